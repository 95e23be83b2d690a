import { fold } from '../../shared/domain/vietnamese.ts';

/** The letters that an MRZ can show of a name: no marks, đ as d, anything else a space. */
export function mrzName(name: string): string {
  return fold(name).toUpperCase().replace(/[^A-Z]+/g, ' ').trim();
}

/** Whether a full name may stand behind the possibly cut name of an MRZ. */
export function nameFitsMrz(fullName: string, surname: string, givenNames: string): boolean {
  const shown = mrzName(`${surname} ${givenNames}`).replaceAll(' ', '');
  return shown !== '' && mrzName(fullName).replaceAll(' ', '').startsWith(shown);
}
