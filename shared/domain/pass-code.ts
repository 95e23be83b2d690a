/**
 * The text on a printed pass of our own: `MCK1-<code>-<two check signs>`, capital letters, digits and hyphens only, so
 * that every symbology, every scanner and every keyboard layout with the same letters carries it, and a person can type
 * it. The check signs are ISO/IEC 7064 MOD 1271-36 over the code, a hyphen counting as `0Z`: every single wrong sign and
 * every swap of neighbours is found, also with a hyphen.
 */

const prefix = 'MCK1-';
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const modulus = 1271;
const longestCode = 40;

/** The two check signs of ISO/IEC 7064 MOD 1271-36 for a text of digits, capital letters and hyphens. */
export function passCheck(text: string): string {
  let sum = 0;
  for (const sign of text.replaceAll('-', '0Z')) sum = ((sum + signs.indexOf(sign)) * signs.length) % modulus;
  const check = (modulus + 1 - ((sum * signs.length) % modulus)) % modulus;
  return signs[Math.floor(check / signs.length)]! + signs[check % signs.length]!;
}

/** What a pass with this code says; null where the code has other signs than A-Z, 0-9 and single hyphens inside, or over 40. */
export function passText(code: string): string | null {
  if (code.length > longestCode || !/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/.test(code)) return null;
  return `${prefix}${code}-${passCheck(code)}`;
}

/**
 * The code on a pass. Null: the text is no pass of ours; no `code`: it begins like one, but a sign is wrong or missing.
 * Small letters are taken, as a keyboard with CapsLock sends them.
 */
export function readPass(text: string): { code: string } | { code?: undefined } | null {
  const written = text.trim().toUpperCase();
  if (!written.startsWith(prefix)) return null;
  const code = written.slice(prefix.length, -3);
  return passText(code) === written ? { code } : {};
}
