/**
 * What scanners put around a code: start and end signs, NUL, byte order mark, spaces. C1 controls and the hard space stay:
 * in wrongly decoded text they are halves of letters (à as `Ã` and U+00A0).
 */
export function trimScan(text: string): string {
  // By hand: a regular expression looks at each run of spaces inside the text again and again.
  let from = 0;
  let to = text.length;
  while (from < to && isAround(text.charCodeAt(from))) from += 1;
  while (to > from && isAround(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function isAround(code: number): boolean {
  return code <= 0x20 || code === 0x7f || code === 0xfeff;
}

/**
 * The text without the kind of code that scanners can be set to send before it: an AIM identifier (ISO/IEC 15424: `]`,
 * letter, sign) before anything, a maker's own mark (one to three signs) only before the twelve digits of an identity text.
 */
export function withoutScannerPrefix(text: string): string {
  const aim = text.replace(/^\][A-Za-z][0-9A-Za-z]/, '');
  return aim.replace(/^(?:[A-Za-z]{1,3}|[A-Za-z]\d{2})(?=\d{12}\|)/, '');
}
