/** Texts of the tab with the timesheets. */
export const timesheet = {
  tab: 'Chấm công',
  kind: 'Kỳ', kinds: { day: 'Theo ngày', month: 'Theo tháng' },
  date: 'Ngày', month: 'Tháng', earlier: { day: 'Ngày trước', month: 'Tháng trước' }, later: { day: 'Ngày sau', month: 'Tháng sau' },
  monthName: (month: string) => `Tháng ${Number(month.slice(5))}/${month.slice(0, 4)}`,
  search: 'Tên hoặc mã số',
  department: 'Bộ phận', employer: 'Doanh nghiệp', shift: 'Ca', onlyToCheck: 'Chỉ dòng cần xem lại',
  reload: 'Tính lại', export: 'Xuất Excel', exporting: 'Đang lập tệp…', saved: 'Đã lập tệp chấm công. Vui lòng chọn nơi lưu.',
  at: (time: string) => `Tính đến ${time}`,
  columns: {
    worker: 'Công nhân', date: 'Ngày', shift: 'Ca', in: 'Vào', out: 'Ra, đóng bởi', worked: 'Giờ làm', overtime: 'Tăng ca', night: 'Ca đêm', late: 'Đi muộn', early: 'Về sớm',
    check: 'Cần xem lại', days: 'Ngày công',
  },
  sums: { lines: 'Dòng công', people: 'Công nhân', worked: 'Giờ làm', overtime: 'Tăng ca', night: 'Ca đêm', check: 'Cần xem lại' },
  times: (n: string, hours: string) => `${n} lần · ${hours}`,
  toCheck: (n: string) => `${n} ngày`,
  corrected: 'Đã điều chỉnh',
  open: 'đang làm', closedBy: { scan: 'theo lượt quét', system: 'tự đóng', correction: 'điều chỉnh' },
  empty: { day: 'Ngày này chưa có ai chấm công', month: 'Tháng này chưa có ai chấm công' },
  emptyHint: 'Công nhân quẹt thẻ tại cổng thì công hiện ở đây. Khai báo ca ở thẻ “Ca làm việc” để tính muộn, sớm và tăng ca.',
  emptyFilter: 'Không có dòng nào với bộ lọc này.',
  working: 'Đang tính bảng công…',
} as const;
