/** Remarks about a chip that was read without a protocol fault: code and what the officer reads. */
export const cardWarnings = {
  'com-missing': 'Thẻ không có danh mục tệp (EF.COM).',
  'sod-missing': 'Thẻ không có tệp chữ ký của cơ quan cấp (EF.SOD); không đối chiếu được dữ liệu.',
  'dg13-missing': 'Thẻ không có tệp thông tin tiếng Việt (DG13); chỉ có dữ liệu vùng máy đọc, không dấu.',
  'dg13-unreadable': 'Tệp thông tin tiếng Việt (DG13) không đúng cấu trúc; chỉ dùng dữ liệu vùng máy đọc.',
  'dg13-field-damaged': 'Tệp thông tin tiếng Việt (DG13) có mục bị hỏng; mục đó để trống.',
  'dg13-field-unknown': 'Tệp thông tin tiếng Việt (DG13) có mục chưa biết; mục đó không được hiển thị.',
  'not-in-sod': 'Có tệp trong thẻ không nằm trong danh sách được ký.',
  'not-allowed-to-read': 'Có tệp được ký mà thẻ không cho đọc.',
  'mrz-check-digit': 'Vùng máy đọc có số kiểm tra không khớp.',
  'id-differs-mrz-dg13': 'Số định danh ở vùng máy đọc và ở DG13 khác nhau.',
  'birth-differs-mrz-dg13': 'Ngày sinh ở vùng máy đọc và ở DG13 khác nhau.',
  'name-differs-mrz-dg13': 'Họ tên ở vùng máy đọc và ở DG13 khác nhau.',
  'id-differs-qr': 'Số định danh trên mã QR và trong chip khác nhau.',
  'name-differs-qr': 'Họ tên trên mã QR và trong chip khác nhau.',
  'birth-differs-qr': 'Ngày sinh trên mã QR và trong chip khác nhau.',
  'sex-differs-qr': 'Giới tính trên mã QR và trong chip khác nhau.',
  'issue-differs-qr': 'Ngày cấp trên mã QR và trong chip khác nhau.',
  'expired': 'Thẻ đã hết hạn sử dụng.',
} as const satisfies Record<string, string>;

export type CardWarning = keyof typeof cardWarnings;
