import type { RosterColumn } from '../../shared/domain/roster.ts';
import { detailLabels } from '../../shared/domain/roster-details.ts';
import type { ExpiryBand, ExpiryKind } from '../../shared/domain/worker-expiry.ts';
import { admin } from './admin.ts';

/** Texts of the roster, of a worker's page, of what expires, and of how personal data is kept. */
export const people = {
  fields: { ...admin.import.fields, ...detailLabels } satisfies Record<RosterColumn, string>,
  list: {
    chooseColumns: 'Chọn cột', report: 'Tải báo cáo', reportSaved: 'Đã lập báo cáo. Vui lòng chọn nơi lưu.',
    remembered: 'Đã dùng cách chọn cột của lần nhập trước.', unknown: (headers: string) => `Cột không dùng: ${headers}`,
    added: 'Người mới', moved: 'Chuyển bộ phận', reHired: 'Vào làm lại', leavers: 'Không còn trong tệp',
    shown: 'Xem', views: { refused: 'Các dòng bị từ chối', moves: 'Chuyển bộ phận', reHires: 'Vào làm lại', leavers: 'Không còn trong tệp' },
    cut: (n: string) => `Chỉ hiện ${n} dòng đầu; báo cáo tải về có đủ.`,
    from: 'Từ', to: 'Sang', name: 'Họ và tên', code: 'Mã số', former: 'Mã trước đây', leftOn: 'Đã nghỉ từ', what: 'Thay đổi', whats: { department: 'Bộ phận', employer: 'Doanh nghiệp' },
    whole: (n: string) => `Tệp này là danh sách đầy đủ: ghi nhận ${n} người không còn trong tệp là đã nghỉ việc`,
    wholeOf: (employers: string) => `Chỉ xét người của: ${employers}`,
    endDate: 'Ngày làm việc cuối của họ', many: 'Số người nghỉ việc rất lớn so với tệp. Vui lòng kiểm tra tệp có thiếu người không.',
    leaveGo: (n: string) => `Ghi nhận ${n} người nghỉ việc`, importAndLeave: (n: string, leavers: string) => `Nhập ${n} dòng, ${leavers} người nghỉ việc`,
    left: 'Đã ghi nghỉ việc',
  },
  columns: {
    title: 'Cột nào là gì?', hint: (row: string) => `Dòng tiêu đề là dòng ${row} của tệp. Chọn nội dung cho từng cột; lần sau tệp có cùng tiêu đề sẽ tự nhận.`,
    unused: 'Không dùng', column: (n: string) => `Cột ${n}`, content: (header: string) => `Nội dung của cột ${header}`, samples: (values: string) => `Ví dụ: ${values}`,
    missing: 'Cần chọn cột Mã số và cột Họ và tên.', twice: (field: string) => `“${field}” đang được chọn ở hai cột.`, use: 'Dùng các cột này',
  },
  page: {
    back: 'Về danh sách', edit: 'Sửa', reveal: 'Xem số đầy đủ', ownData: 'Xuất dữ liệu', ownDataSaved: 'Đã lập tệp dữ liệu. Vui lòng chọn nơi lưu và giao cho người lao động.',
    facts: 'Thông tin', work: 'Hợp đồng và giấy tờ', protection: 'Chế độ bảo vệ', credentials: 'Thẻ và mã', photo: 'Ảnh', terms: 'Thời gian làm việc trước', access: 'Ai đã xem',
    noAccess: 'Chưa có ai xem.', unknown: '–', span: (from: string, to: string) => `${from} – ${to}`, open: '…',
    minor: 'Chưa đủ 18 tuổi', left: (date: string) => `Nghỉ việc từ ${date}`, elsewhere: 'Giấy phép ghi tỉnh khác', next: (code: string) => `Hiện làm việc với mã ${code}`,
    expires: { permit: 'Giấy phép lao động', passport: 'Hộ chiếu', contract: 'Hợp đồng' } satisfies Record<ExpiryKind, string>,
    over: (date: string) => `hết hạn ${date}`, until: (date: string) => `đến ${date}`,
    protections: { pregnant: 'Mang thai', nursing: 'Nuôi con nhỏ', disabled: 'Khuyết tật', elderly: 'Cao tuổi' },
    none: 'Không có',
    what: { 'worker-page': 'Trang công nhân', 'worker-numbers': 'Số giấy tờ đầy đủ', 'worker-photo': 'Ảnh', 'worker-own-data': 'Xuất dữ liệu' } as Readonly<Record<string, string>>,
    language: { vi: 'Tiếng Việt', en: 'Tiếng Anh', zh: 'Tiếng Trung', ko: 'Tiếng Hàn', ja: 'Tiếng Nhật' },
    jobGroup: { manager: 'Nhà quản lý', high: 'Chuyên môn kỹ thuật bậc cao', middle: 'Chuyên môn kỹ thuật bậc trung', other: 'Khác' },
    contractKind: { indefinite: 'Không xác định thời hạn', definite: 'Xác định thời hạn', other: 'Khác' },
    contract: 'Hợp đồng', permit: 'Giấy phép lao động', heavy: 'Nặng nhọc, độc hại', consent: 'Đồng ý làm thêm giờ', residence: 'Nơi cư trú', birthDate: 'Ngày sinh',
    revealTitle: 'Xem số đầy đủ', revealReason: 'Lý do xem', revealHint: 'Người xem, lý do và thời điểm được ghi lại.', revealGo: 'Hiện số',
  },
  form: {
    title: (name: string) => `Sửa thông tin: ${name}`, save: 'Lưu', saved: 'Đã lưu thay đổi', dateShape: 'ngày/tháng/năm', dateHint: 'Ngày/tháng/năm, ví dụ 05/02/2026', dateWrong: 'Ngày chưa đúng. Nhập dạng 05/02/2026.',
    from: 'từ ngày', to: 'đến ngày', endDate: 'Ngày làm việc cuối', startDate: 'Ngày bắt đầu', greeting: 'Ngôn ngữ chào', notSet: 'Chưa rõ',
    main: 'Công việc', contract: 'Hợp đồng và giấy tờ', flags: 'Chế độ và làm thêm giờ', provinces: 'Tỉnh ghi trên giấy phép (cách nhau bằng dấu chấm phẩy)',
  },
  card: {
    title: 'Thẻ nhân viên', none: 'Chưa cấp thẻ', give: 'Cấp thẻ', change: 'Đổi thẻ', lost: 'Báo mất', withdraw: 'Thu lại',
    dialog: 'Cấp thẻ nhân viên', tap: 'Chạm thẻ vào đầu đọc…', tapHint: 'Đặt thẻ mới lên đầu đọc để lấy số. Trong lúc này lượt chạm không tính là vào ra.', wait: 'Chờ chạm thẻ', again: 'Chạm thẻ khác',
    number: 'Hoặc nhập số in trên thẻ', read: (number: string) => `Đã đọc số thẻ ${number}`, owner: (name: string) => `Thẻ này đang của ${name}. Vui lòng thu lại ở người đó trước.`,
    former: 'Thẻ cũ', formers: { lost: 'bị mất', broken: 'bị hỏng', returned: 'đã trả lại' }, go: 'Cấp thẻ này', done: 'Đã cấp thẻ', gone: 'Thẻ đã hết hiệu lực',
  },
  pass: { title: 'Mã ra vào in sẵn', none: 'Chưa có', give: 'Tạo mã', withdraw: 'Thu hồi', done: (code: string) => `Đã tạo mã ${code}`, gone: 'Mã đã hết hiệu lực' },
  pin: {
    title: 'Mã PIN tại cổng', set: 'Đã đặt', none: 'Chưa đặt: không dùng được PIN', give: 'Đặt PIN', remove: 'Bỏ PIN', dialog: 'Đặt mã PIN', hint: 'Người lao động tự nhập, 4 đến 8 chữ số, không đặt số liền nhau hoặc giống nhau.',
    first: 'Mã PIN', second: 'Nhập lại mã PIN', differs: 'Hai lần nhập chưa giống nhau.', weak: 'Mã cần 4 đến 8 chữ số và không quá dễ đoán.', go: 'Lưu PIN', done: 'Đã đặt PIN', gone: 'Đã bỏ PIN',
  },
  photo: {
    none: 'Không lưu ảnh. Chỉ lưu khi người lao động đồng ý.', take: 'Thêm ảnh', show: 'Xem ảnh', remove: 'Xóa ảnh', kept: (date: string, version: string) => `Lưu ngày ${date}, theo bản đồng ý ${version}`,
    dialog: 'Lưu ảnh khi có sự đồng ý', agree: 'Người lao động đã đọc và đồng ý với nội dung trên', choose: 'Chọn ảnh', done: 'Đã lưu ảnh', gone: 'Đã xóa ảnh', unverified: 'Nội dung mẫu, chưa đối chiếu',
    alt: (name: string) => `Ảnh của ${name}`,
  },
  expiry: {
    tab: 'Giấy tờ hết hạn', search: 'Tìm theo tên hoặc mã số', export: 'Xuất Excel', saved: 'Đã lập danh sách. Vui lòng chọn nơi lưu.', what: 'Giấy tờ', all: 'Tất cả',
    bands: { over: 'Đã hết hạn', 7: 'Trong 7 ngày', 30: 'Trong 30 ngày', 60: 'Trong 60 ngày' } satisfies Record<ExpiryBand, string>,
    columns: { name: 'Họ và tên', department: 'Bộ phận', what: 'Giấy tờ', date: 'Hết hạn', state: 'Tình trạng' }, counts: 'Số giấy tờ theo thời hạn',
    empty: 'Không có giấy tờ nào sắp hết hạn', emptyHint: 'Hợp đồng, hộ chiếu và giấy phép lao động còn dưới 60 ngày sẽ hiện ở đây. Nhập ngày hết hạn cùng danh sách công nhân.',
    emptyFilter: 'Không có giấy tờ nào với bộ lọc này.',
  },
  privacy: {
    tab: 'Dữ liệu cá nhân', place: 'Nơi làm việc', province: 'Tỉnh, thành phố của nơi này', provinceHint: 'Để nhắc khi giấy phép lao động ghi tỉnh khác. Để trống nếu không cần.',
    photoDays: 'Giữ ảnh sau khi nghỉ việc (ngày)', photoHint: 'Quá thời hạn này ảnh được xóa hẳn.',
    erasure: 'Xóa dữ liệu người đã nghỉ việc', erasureHint: 'Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Điều 25: hết hợp đồng thì xóa, trừ khi luật hoặc thỏa thuận quy định khác.',
    erasureOn: 'Tự xóa khi hết thời hạn lưu', erasureDays: 'Giữ dữ liệu sau khi nghỉ việc (ngày)', erasureDaysHint: 'Theo quy định hoặc thỏa thuận của đơn vị.', keep: 'Giữ lượt ra vào và giờ công theo mã công nhân',
    due: (n: string) => `${n} người đã hết thời hạn lưu`, dueNone: 'Hiện không có ai hết thời hạn lưu.', off: 'Chưa đặt thời hạn lưu: dữ liệu người nghỉ việc chưa được xóa.',
    run: 'Xóa ngay', runSure: (n: string) => `Xóa hẳn dữ liệu cá nhân của ${n} người? Không khôi phục được.`, runGo: 'Xóa hẳn', done: (n: string) => `Đã xóa dữ liệu của ${n} người`,
    runs: 'Các lần đã xóa', runLine: (workers: string, events: string) => `${workers} người, ${events} nội dung bản ghi`, certificate: 'Tải biên bản', noRuns: 'Chưa xóa lần nào.', saved: 'Đã lưu', certificateSaved: 'Đã lập biên bản. Vui lòng chọn nơi lưu.',
    adminOnly: 'Chỉ quản trị ki-ốt thay đổi được các mục này.',
  },
  pad: {
    open: 'Nhập mã PIN', title: 'Vào ra bằng mã PIN', code: 'Mã công nhân', pin: 'Mã PIN', next: 'Tiếp tục', back: 'Sửa mã công nhân', go: 'Xác nhận', close: 'Đóng', erase: 'Xóa một ký tự', letters: 'ABC', digits: '123', codeHint: 'Nhập mã công nhân in trên thẻ', pinHint: 'Nhập mã PIN của bạn',
    space: 'Bàn phím',
  },
} as const;
