/**
 * Vietnamese text as data: one normal form for storing, looser forms for comparing and searching,
 * and masked forms for screens that others can see. Pure; no locale of the machine is asked.
 */

/** The form in which every Vietnamese text is stored: Unicode NFC. */
export function nfc(text: string): string {
  return text.normalize('NFC');
}

// NFD does not take đ apart; Ð (Eth) and Ɖ look the same on screen and come from old fonts and converters.
const D_LIKE = /[đĐðÐƉɖ]/g;

function foldSpaces(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/gu, ' ').trim();
}

/**
 * Text for searching without accents: lower case, marks stripped, đ as d, runs of space as one.
 * `fold('  Đặng  Thị Hòa') === 'dang thi hoa'`.
 */
export function fold(text: string): string {
  const plain = text.replace(D_LIKE, 'd').normalize('NFD').replace(/\p{M}+/gu, '');
  return foldSpaces(plain.toLowerCase());
}

// Grave, acute, tilde, hook above, dot below: the five written tones. The other marks make other letters.
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** A key that is equal for `hòa` and `hoà`: the tone belongs to the syllable, its place is a matter of taste. */
function toneKey(word: string): string {
  const apart = word.normalize('NFD');
  const tones = (apart.match(TONES) ?? []).join('');
  return apart.replace(TONES, '') + tones;
}

// Apostrophes, hyphens and stops stand in names of ethnic minorities and are written in many ways.
const NAME_SIGNS = /['’‘ʼ`´\-‐‑–.]/gu;

/**
 * True when two spellings are the same name: case, spaces, place of the tone mark, apostrophes and hyphens
 * do not count; tones and letters do. For "same but for the marks" compare `fold` of both.
 */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

function nameKey(name: string): string {
  const letters = nfc(name).replace(/[ðÐƉɖ]/g, 'đ').toLowerCase().replace(NAME_SIGNS, '');
  return foldSpaces(letters).split(' ').map(toneKey).join(' ');
}

/**
 * A number that names a person, with its middle hidden: `001*****2345` for 12 digits, `******678` for the
 * old 9; anything else keeps at most its last two signs. For screens, command output and logs.
 */
export function maskPersonalId(id: string): string {
  if (/^\d{12}$/.test(id)) return `${id.slice(0, 3)}*****${id.slice(8)}`;
  const shown = id.length >= 9 ? 3 : id.length > 4 ? 2 : 0;
  return '*'.repeat(id.length - shown) + id.slice(id.length - shown);
}

/** Free text in which every run of 9 or 12 digits, the two forms of a personal number, is masked. */
export function maskNumbers(text: string): string {
  return text.replace(/(?<!\d)(?:\d{12}|\d{9})(?!\d)/g, maskPersonalId);
}

/**
 * A scanned code as it may be shown or logged: of an identity text only the masked number stays,
 * in any other code personal numbers are masked.
 */
export function maskCode(code: string): string {
  const [first = '', ...rest] = code.split('|');
  return rest.length >= 3 ? `${maskNumbers(first)}|…` : maskNumbers(code);
}

/** The number of a card or a pass: `maskCard('7700000001') === '*****0001'`; of a short one nothing stays. */
export function maskCard(code: string): string {
  const signs = [...code];
  return `*****${signs.length > 7 ? signs.slice(-4).join('') : ''}`;
}

/** A name with all but the given name as initials: `maskName('Nguyễn Văn An') === 'N. V. An'`. */
export function maskName(fullName: string): string {
  const words = nameWords(fullName);
  return words.map((word, i) => (i < words.length - 1 ? `${[...word][0] ?? ''}.` : word)).join(' ');
}

/**
 * The name for public screens: given name with the middle name before it, without the family name.
 * `shortName('NGUYỄN VĂN AN') === 'Văn An'`, `shortName('Lê An') === 'An'`.
 */
export function shortName(fullName: string): string {
  const words = nameWords(fullName);
  return words.slice(words.length > 2 ? -2 : -1).join(' ');
}

/** `NGUYỄN VĂN AN` as `Nguyễn Văn An`; a name that already has small letters is left as it is written. */
export function properName(fullName: string): string {
  const text = foldSpaces(nfc(fullName));
  if (text !== text.toUpperCase()) return text;
  return text.toLowerCase().replace(/(^|[\s\-‐‑])(\p{L})/gu, (_, before: string, first: string) => before + first.toUpperCase());
}

function nameWords(fullName: string): string[] {
  return properName(fullName).split(' ');
}
