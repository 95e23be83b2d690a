const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * A name for comparing: NFC and NFD alike, case and spaces apart, and the tone mark of each word behind it, because
 * sources differ in where they set it (hòa, hoà).
 */
export function foldName(name: string): string {
  return name.normalize('NFD').toLowerCase().trim().split(/\s+/)
    .map((word) => word.replace(toneMarks, '') + (word.match(toneMarks) ?? []).join(''))
    .join(' ');
}

/** The letters that an MRZ can show of a name: no marks, đ as d, anything else a space. */
export function mrzName(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toUpperCase().replace(/[^A-Z]+/g, ' ').trim();
}

/** Whether a full name may stand behind the possibly cut name of an MRZ. */
export function nameFitsMrz(fullName: string, surname: string, givenNames: string): boolean {
  const shown = mrzName(`${surname} ${givenNames}`).replaceAll(' ', '');
  return shown !== '' && mrzName(fullName).replaceAll(' ', '').startsWith(shown);
}
