import type { ProblemCode } from '../contracts/problems.ts';
import type { QrWarning } from './identity-qr.ts';
import { ALT_GR, fromForeignLayout } from './keyboard-layout.ts';
import { readPass } from './pass-code.ts';
import { withoutScannerPrefix } from './scan-text.ts';

/** The text without controls, zero-width and direction signs: invisible on screen, they could make two names look the same. */
export function withoutHiddenSigns(text: string, warnings: Set<QrWarning>): string {
  const plain = text.replace(/(?![\t\n\r\u0080-\u009f])[\p{Cc}\p{Cf}]/gu, '');
  if (plain !== text) warnings.add('signs-removed');
  return plain;
}

/** The text without what the scanner puts before it to name the kind of code. */
export function withoutPrefix(text: string, warnings: Set<QrWarning>): string {
  const plain = withoutScannerPrefix(text);
  if (plain !== text) warnings.add('prefix-removed');
  return plain;
}

/** What the keys give that were pressed for another country's keyboard, where that is an identity text or a pass. */
export function onUsKeyboard(text: string, warnings: Set<QrWarning>): string {
  const makesSense = (read: string): boolean => /^\d{12}\|(?:\d{9})?\|[^|]*\|\d{4,8}\|/.test(read) || readPass(read)?.code !== undefined;
  if (makesSense(text)) return text;
  const read = fromForeignLayout(text, makesSense);
  if (read === null) return text;
  // The Vietnamese keyboard carries every letter, so that setting may stay.
  if (read.layout !== 'vn') warnings.add('layout-foreign');
  return read.text;
}

/**
 * A setting of the scanner or the machine that shows in the text itself and spoils its letters. Controls between the
 * letters of an identity text are UTF-8 bytes that lost their eighth bit; digits with an eighth bit have a parity bit.
 */
export function spoiltBy(text: string, { asciiOnly, isIdentity }: { asciiOnly: boolean; isIdentity: boolean }): ProblemCode | null {
  // The digits of a French keyboard are its shifted signs.
  if (asciiOnly) return text.includes(ALT_GR) || (!/\d/.test(text) && /[!@#$%^&*()]{3}/.test(text)) ? 'scanner-layout' : null;
  if (isIdentity) return /[\p{L}\p{N}:;<=](?![\t-\r\u007f-\u009f])\p{Cc}/u.test(text) ? 'scanner-seven-bit' : null;
  const sevenBits = Array.from(text.slice(0, 13), (sign) => String.fromCharCode(sign.charCodeAt(0) & 0x7f)).join('');
  return /^\d{12}\|/.test(sevenBits) ? 'scanner-seven-bit' : null;
}
