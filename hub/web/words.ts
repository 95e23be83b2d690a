import type { Dataset } from '../../shared/contracts/hub.ts';
import type { Act } from '../store/acts.ts';

const zone = 'Asia/Ho_Chi_Minh';
const stamp = new Intl.DateTimeFormat('vi-VN', { timeZone: zone, hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit', year: 'numeric' });
const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
const plain = new Intl.NumberFormat('vi-VN');

/** "10:35, 22/11/2026" on the wall clock of Vietnam. */
export const whenText = (iso: string): string => {
  const parts = Object.fromEntries(stamp.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${parts.hour}:${parts.minute}, ${parts.day}/${parts.month}/${parts.year}`;
};
export const clockText = (iso: string): string => clock.format(new Date(iso));
/** "22/11/2026" of a `YYYY-MM-DD`. */
export const dayText = (iso: string): string => iso.split('-').toReversed().join('/');
/** `YYYY-MM-DD` of an instant in Vietnam. */
export const dayOf = (at: Date): string => day.format(at);
export const numberText = (value: number): string => plain.format(value);
export const percentText = (part: number, whole: number): string => (whole === 0 ? '–' : `${plain.format(Math.round((part / whole) * 1000) / 10)} %`);

export function agoText(iso: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(iso)) / 1000));
  if (seconds < 60) return 'vừa xong';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} phút trước`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} giờ trước`;
  return `${Math.floor(seconds / 86_400)} ngày trước`;
}

/** A clock's deviation in words; below two seconds it is the way of the request, not the clock. */
export function offsetText(ms: number | null): string {
  if (ms === null) return 'chưa đo';
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 2) return 'đúng giờ';
  const amount = seconds < 120 ? `${seconds} giây` : seconds < 7200 ? `${Math.round(seconds / 60)} phút`
    : seconds < 172_800 ? `${Math.round(seconds / 3600)} giờ` : `${numberText(Math.round(seconds / 86_400))} ngày`;
  return `${ms > 0 ? 'nhanh' : 'chậm'} ${amount}`;
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${plain.format(Math.round(bytes / 100) / 10)} kB`;
  return `${plain.format(Math.round(bytes / 100_000) / 10)} MB`;
}

export const modeText = { gate: 'Cổng nhà máy', counter: 'Quầy Một cửa' } as const;

export const datasetText: Readonly<Record<Dataset, string>> = {
  events: 'Bản ghi sự kiện', 'gate-scans': 'Lượt qua cổng', dossiers: 'Hồ sơ', results: 'Kết quả đã số hóa',
  workers: 'Người lao động', kiosks: 'Ki-ốt', 'look-ups': 'Lượt tra cứu', mobility: 'Biến động lao động',
};

export const actText: Readonly<Record<Act, string>> = {
  'logged-in': 'Đăng nhập', 'password-changed': 'Đổi mật khẩu', 'kiosk-revoked': 'Thu hồi ki-ốt', 'token-made': 'Tạo mã truy cập', 'token-revoked': 'Thu hồi mã truy cập',
  'enrol-code-made': 'Tạo mã ghi danh', 'alarm-cleared': 'Đánh dấu đã xem cảnh báo', 'mobility-exported': 'Tải biến động lao động', 'zone-set': 'Đặt khu công nghiệp của đơn vị',
};

const alarmTexts: Readonly<Record<string, string>> = {
  'chain-fork': 'Chuỗi ghi nhận bị rẽ nhánh: có thể máy đã bị sao chép hoặc khôi phục từ bản cũ',
  quarantine: 'Có bản ghi chưa hiểu được, đang để riêng',
  'mass-erasure': 'Ki-ốt này đã xóa hơn một nửa số bản ghi của mình trong một ngày; hãy hỏi đơn vị xem có đúng là xóa theo thời hạn lưu dữ liệu không',
  'number-block-clash': 'Khối số hồ sơ của quầy này đã cấp cho quầy khác sau khi máy chủ được khôi phục; đã cấp khối mới, cần đối chiếu mã hồ sơ cấp trong thời gian đó',
};
export const alarmText = (code: string): string => alarmTexts[code] ?? code;

const quarantineTexts: Readonly<Record<string, string>> = {
  'type-unknown': 'loại bản ghi máy chủ chưa biết (cần nâng cấp máy chủ)', 'schema-newer': 'phiên bản bản ghi mới hơn máy chủ (cần nâng cấp máy chủ)',
  'text-unstorable': 'nội dung có ký tự không lưu được', 'payload-invalid': 'thiếu thông tin bắt buộc', 'payload-hash': 'nội dung không khớp mã băm',
  'hash-mismatch': 'bản ghi không khớp mã băm', 'time-unusable': 'thời điểm không hợp lệ', 'id-taken': 'mã bản ghi trùng với bản ghi khác',
};
export const quarantineText = (code: string): string => quarantineTexts[code] ?? code;
