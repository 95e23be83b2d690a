import { decodeUtf8 } from '../../shared/domain/utf8.ts';
import { trimScan } from '../../shared/domain/scan-text.ts';
import { nfc } from '../../shared/domain/vietnamese.ts';

/** 2,000 signs are the most that is parsed, of at most 4 bytes each. */
export const MAX_SCAN_BYTES = 8000;

/** UTF-8, else the Vietnamese Windows code page, which some scanners are set to. Control characters at the ends go. */
export function textOfScan(bytes: Uint8Array): string {
  return nfc(trimScan(decodeUtf8(bytes) ?? new TextDecoder('windows-1258').decode(bytes)));
}

/** Signs that separate fields in codes of packages and in scanners' own frames. */
const separators: ReadonlySet<number> = new Set([0x02, 0x03, 0x04, 0x09, 0x0a, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f]);

/**
 * Whether bytes are no text in any encoding that scanners are set to: what a line of another speed, or a plug that is
 * pushed in, gives. Text of 8-bit code pages has more ASCII than other bytes, and none has control signs inside.
 */
export function isNoise(bytes: Uint8Array): boolean {
  let from = 0;
  let to = bytes.length;
  while (from < to && bytes[from]! <= 0x20) from += 1;
  while (to > from && bytes[to - 1]! <= 0x20) to -= 1;
  const inside = bytes.subarray(from, to);
  const controls = inside.reduce((count, byte) => count + (byte < 0x20 && !separators.has(byte) ? 1 : 0), 0);
  if (decodeUtf8(inside) !== null) return controls * 5 > inside.length;
  const upper = inside.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  return controls > 0 || upper * 2 > inside.length;
}
