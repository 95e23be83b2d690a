import { decodeUtf8 } from './utf8.ts';

// Windows-1252, 0x80 to 0x9F; the five bytes without a sign come out as the control character of the same number.
const UPPER_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
// Windows-1258 (Vietnamese) differs from 1252 in these places.
const DIFFERENT_IN_1258: Readonly<Record<number, string>> = {
  0x8a: '\u008a', 0x8e: '\u008e', 0x9a: '\u009a', 0x9e: '\u009e', 0xc3: 'Ă', 0xcc: '\u0300', 0xd0: 'Đ', 0xd2: '\u0309',
  0xd5: 'Ơ', 0xdd: 'Ư', 0xde: '\u0303', 0xe3: 'ă', 0xec: '\u0301', 0xf0: 'đ', 0xf2: '\u0323', 0xf5: 'ơ', 0xfd: 'ư', 0xfe: '₫',
};

function reverseTable(different: Readonly<Record<number, string>>): Map<string, number> {
  const table = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    const usual = byte >= 0x80 && byte < 0xa0 ? UPPER_1252[byte - 0x80]! : String.fromCharCode(byte);
    table.set(different[byte] ?? usual, byte);
  }
  return table;
}

const codePages = [reverseTable({}), reverseTable(DIFFERENT_IN_1258)];

/** The text of bytes in Windows-1258, the Vietnamese code page; its tones are signs of their own, so NFC comes after. */
export function decode1258(bytes: readonly number[]): string {
  return bytes.map((byte) => DIFFERENT_IN_1258[byte] ?? (byte >= 0x80 && byte < 0xa0 ? UPPER_1252[byte - 0x80]! : String.fromCharCode(byte))).join('');
}

function repairOnce(text: string): string | null {
  for (const page of codePages) {
    // C1 controls stand for themselves: ISO-8859-1 readers leave them where 1252 has a sign.
    const bytes = Array.from(text, (sign) => page.get(sign) ?? (sign >= '\u0080' && sign <= '\u009f' ? sign.charCodeAt(0) : -1));
    if (bytes.includes(-1)) continue;
    const repaired = decodeUtf8(bytes);
    if (repaired !== null && repaired !== text) return repaired;
  }
  return null;
}

/**
 * Undoes UTF-8 that a scanner driver took for Windows-1252 or 1258 (`Nguyá»…n`), once or twice over.
 * Only a text whose bytes are strict UTF-8 in full is changed, which true Vietnamese in those code pages never is
 * by chance. Null where there is nothing to repair.
 */
export function repairMojibake(text: string): string | null {
  if (!/[\u0080-\uffff]/.test(text)) return null;
  const once = repairOnce(text);
  if (once === null) return null;
  return (/[\u0080-\uffff]/.test(once) ? repairOnce(once) : null) ?? once;
}

/** True where traces of wrongly decoded or lost letters are left: `Ã¡`, `á»`, `Ä‘`, `?` or U+FFFD beside letters. */
export function looksGarbled(text: string): boolean {
  return /\ufffd|\?|á[»º]|Ä[\u0080-\u00bf‘’]|[ÃĂ][\u0080-\u00bf]|Æ[°¡\u00a0]|[\u0080-\u009f]/u.test(text);
}
