import type { Breakdown, ReportPurpose } from '../../shared/contracts/report.ts';
import type { ReportLine } from '../../shared/contracts/requests/report.ts';

/** Texts of the section with the reports. */
export const reports = {
  tab: 'Báo cáo',
  groups: { attendance: 'Chấm công', labour: 'Lao động', movement: 'Biến động lao động', site: 'Vận hành cổng' } satisfies Record<ReportLine['group'], string>,
  back: 'Các báo cáo khác',
  unverified: 'Mẫu, chưa đối chiếu',
  unverifiedHint: (source: string) => `Bố cục chưa đối chiếu với mẫu trên công báo. Nguồn: ${source}.`,
  basis: (text: string) => `Căn cứ: ${text}`,
  version: (version: string, date: string) => `Bố cục phiên bản ${version}, áp dụng từ ${date}`,
  due: (date: string, days: string) => `Hạn nộp ${date}, còn ${days} ngày`, dueToday: (date: string) => `Hạn nộp hôm nay, ${date}`, dueFar: (date: string) => `Hạn nộp kế tiếp: ${date}`,
  reminder: (names: string) => `Sắp đến hạn nộp: ${names}.`,
  period: {
    label: 'Kỳ báo cáo', custom: 'Tự chọn ngày', today: 'Hôm nay', yesterday: 'Hôm qua', week: '7 ngày qua', month: 'Tháng này', lastMonth: 'Tháng trước', quarter: '3 tháng qua', half: '6 tháng qua', year: 'Năm nay',
    from: 'Từ ngày', to: 'Đến ngày', orderError: 'Ngày cuối phải từ ngày đầu trở đi, nhiều nhất 400 ngày.',
    earlier: { day: 'Ngày trước', month: 'Tháng trước' }, later: { day: 'Ngày sau', month: 'Tháng sau' }, monthName: (month: string) => `Tháng ${Number(month.slice(5))}/${month.slice(0, 4)}`,
  },
  employer: 'Doanh nghiệp', department: 'Bộ phận',
  breakdown: 'Xem theo',
  breakdowns: {
    employer: 'Doanh nghiệp', department: 'Bộ phận', province: 'Tỉnh cư trú', commune: 'Xã, phường cư trú', zone: 'Khu công nghiệp', day: 'Ngày', week: 'Tuần', month: 'Tháng',
  } satisfies Record<Breakdown, string>,
  absentDays: 'Vắng trên (ngày)', absentDaysError: 'Nhập số ngày từ 1 đến 365.',
  views: { label: 'Cách xem', table: 'Bảng', charts: 'Biểu đồ' },
  reload: 'Tính lại', working: 'Đang lập báo cáo…', workingOf: (done: string, of: string) => `${done}/${of} công nhân`, stop: 'Dừng',
  at: (time: string) => `Tính đến ${time}`, rows: (n: string) => `${n} dòng`,
  empty: 'Không có dòng nào trong kỳ này', emptyHint: 'Vui lòng chọn kỳ khác, hoặc bỏ bớt điều kiện lọc.',
  noCharts: 'Báo cáo này không có biểu đồ', noChartsHint: 'Mọi số liệu nằm ở bảng.',
  notes: 'Ghi chú của báo cáo',
  masked: 'Số giấy tờ được che bớt trên màn hình; tệp xuất ra có đủ số.',
  export: {
    button: 'Xuất tệp', title: (name: string) => `Xuất ${name}`, purpose: 'Mục đích sử dụng', logged: 'Lần xuất được ghi vào nhật ký cùng tên người xuất, mục đích và mã kiểm tra của tệp.',
    xlsx: 'Lưu tệp Excel', pdf: 'Lưu tệp PDF', saved: 'Đã lập xong báo cáo. Vui lòng chọn nơi lưu.', cancel: 'Hủy',
    to: (names: string) => `Nơi nhận trên báo cáo: ${names}`, nobody: 'Chưa khai báo nơi nhận cho báo cáo này: phần “Kính gửi” sẽ để trống.',
  },
  purposes: {
    payroll: 'Tính lương', 'authority-report': 'Báo cáo cơ quan nhà nước', inspection: 'Thanh tra, kiểm tra', safety: 'An toàn lao động', internal: 'Quản lý nội bộ',
  } satisfies Record<ReportPurpose, string>,
  settings: {
    button: 'Nơi nhận', title: 'Nơi nhận báo cáo và khu công nghiệp',
    hint: 'Tên cơ quan thay đổi theo địa phương và theo từng đợt sắp xếp: vui lòng ghi đúng tên đang dùng. Ô để trống thì báo cáo không ghi nơi nhận đó.',
    name: (role: string) => `${role}: tên`, address: 'Địa chỉ', zones: 'Khu công nghiệp của từng doanh nghiệp', zonesHint: (unit: string) => `Để trống thì tính vào “${unit}”.`,
    save: 'Lưu', saved: 'Đã lưu nơi nhận báo cáo', cancel: 'Hủy', noEmployers: 'Danh sách công nhân chưa ghi doanh nghiệp nào.',
  },
  chart: { legend: 'Chú giải' },
} as const;
