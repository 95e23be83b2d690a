/**
 * What scanners put around a code: start and end signs, NUL, byte order mark, spaces. C1 controls and the hard space stay:
 * in wrongly decoded text they are halves of letters (à as `Ã` and U+00A0).
 */
export function trimScan(text: string): string {
  return text.replace(/^(?:(?![\u0080-\u009f])[\p{Cc}\ufeff ])+|(?:(?![\u0080-\u009f])[\p{Cc}\ufeff ])+$/gu, '');
}

/**
 * The text without the kind of code that scanners can be set to send before it: an AIM identifier (ISO/IEC 15424: `]`,
 * letter, sign) before anything, a maker's own mark (one to three signs) only before the twelve digits of an identity text.
 */
export function withoutScannerPrefix(text: string): string {
  const aim = text.replace(/^\][A-Za-z][0-9A-Za-z]/, '');
  return aim.replace(/^(?:[A-Za-z]{1,3}|[A-Za-z]\d{2})(?=\d{12}\|)/, '');
}
