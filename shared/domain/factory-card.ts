/**
 * Whether a factory card's number is the kind that a card draws anew at each tap: four bytes beginning with 08
 * (ISO/IEC 14443-3 section 6.5.4), as identity cards and phones do. Such a number finds nobody the next day.
 * Only a number as our readers print it (capital hex digits without gaps) is meant, and one of digits alone is not: that is
 * how factories number their own cards, and nine of ten random ones have a letter.
 */
export function isRandomUid(number: string): boolean {
  return /^08[0-9A-F]{6}$/.test(number) && /[A-F]/.test(number);
}

/** Whether the bytes of a card's number, as read from the card itself, are drawn anew at each tap. */
export function isRandomUidBytes(uid: Uint8Array): boolean {
  return uid.length === 4 && uid[0] === 0x08;
}

/** Why such a card is not taken, and what to do. */
export const randomUidReason = 'Số thẻ bắt đầu bằng 08 gồm 4 byte: thẻ này đổi số mỗi lần chạm (thẻ căn cước, điện thoại), không dùng làm thẻ ra vào được; cần thẻ có số cố định.';

/** A card's number for screens and events of its giving out: the last four signs at most, `•••0001`. */
export function maskCardNumber(number: string): string {
  return `•••${number.slice(-Math.min(4, Math.floor(number.length / 2)))}`;
}
