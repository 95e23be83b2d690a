/**
 * Strict UTF-8 to text, or null where the bytes are not well-formed UTF-8 (RFC 3629: no overlong form, no
 * surrogate, nothing above U+10FFFF). Written out because `shared` has neither DOM nor Node types; a test holds
 * it against TextDecoder.
 */
export function decodeUtf8(bytes: ArrayLike<number>): string | null {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i]!;
    const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (length === 0 || i + length > bytes.length) return null;
    let point = length === 1 ? lead : lead & (0xff >> (length + 1));
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k]!;
      if ((next & 0xc0) !== 0x80) return null;
      point = (point << 6) | (next & 0x3f);
    }
    if (length === 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) return null;
    if (length === 4 && (point < 0x10000 || point > 0x10ffff)) return null;
    text += String.fromCodePoint(point);
    i += length;
  }
  return text;
}
