import { readMrz } from './mrz-reading.ts';

/** What a code is that is no identity text: the sentence for the person who showed it. Nothing of it is stored. */
export const qrContents = {
  mrz: 'Mã này chứa vùng máy đọc (MRZ), không phải mã QR trên thẻ căn cước. Vui lòng quét mã QR trên thẻ.',
  number: 'Mã này chỉ có số, không có họ tên. Vui lòng quét mã QR trên thẻ căn cước.',
  payment: 'Đây là mã chuyển khoản ngân hàng (VietQR), không phải mã trên thẻ căn cước.',
  'health-insurance': 'Đây là mã trên thẻ bảo hiểm y tế, không phải mã trên thẻ căn cước.',
  'driving-licence': 'Đây là mã trên giấy phép lái xe, không phải mã trên thẻ căn cước.',
  vneid: 'QR này không đọc được ngoại tuyến (mã của ứng dụng VNeID). Vui lòng dùng mã QR trên thẻ hoặc đặt thẻ lên đầu đọc.',
  link: 'Đây là mã mở trang web, không phải mã trên thẻ căn cước.',
  wifi: 'Đây là mã kết nối Wi-Fi, không phải mã trên thẻ căn cước.',
  contact: 'Đây là danh thiếp điện tử, không phải mã trên thẻ căn cước.',
  message: 'Đây là mã gọi điện, nhắn tin hoặc gửi thư, không phải mã trên thẻ căn cước.',
  offline: 'QR này không đọc được ngoại tuyến. Vui lòng dùng mã QR trên thẻ hoặc đặt thẻ lên đầu đọc.',
  other: 'Mã QR này không phải mã trên thẻ căn cước.',
} as const satisfies Record<string, string>;
export type QrContent = keyof typeof qrContents;

/**
 * What a code that is no identity text most likely is, by its outer form alone.
 * Forms: EMV QRCPS (`000201`, NAPAS VietQR), social insurance card (15 signs and hexadecimal UTF-8, ended by `|$`), vCard,
 * MeCard, Wi-Fi and telephone links as phones write them. VNeID's own codes are in no published text: told by its name,
 * else any text of tokens without words is `offline`.
 */
export function contentOf(text: string): QrContent {
  if (/^\d{9}(?:\d{3})?$/.test(text)) return 'number';
  if (readMrz(text).format !== null) return 'mrz';
  if (/^000201(?:\d{2}){2}/.test(text) && /6304[0-9A-F]{4}$/i.test(text)) return 'payment';
  if (/^(?:[A-Z]{2}\d{13}|\d{10})\|[0-9a-f]{2,}\|/i.test(text)) return 'health-insurance';
  if (/vneid|vn-eid|dinhdanhdientu/i.test(text)) return 'vneid';
  if (/gplx|giấy phép lái xe|giay phep lai xe/iu.test(text)) return 'driving-licence';
  if (/^WIFI:/i.test(text)) return 'wifi';
  if (/^(?:BEGIN:VCARD|MECARD:|BIZCARD:)/i.test(text)) return 'contact';
  if (/^(?:tel|sms|smsto|mailto|matmsg|geo|zalo):/i.test(text)) return 'message';
  if (/^(?:https?:\/\/|www\.|[a-z][a-z0-9+.-]{1,20}:\/\/)/i.test(text)) return 'link';
  if (/^[{[]/.test(text) || /^[A-Za-z0-9+/_=.:-]{40,}$/.test(text)) return 'offline';
  return 'other';
}
