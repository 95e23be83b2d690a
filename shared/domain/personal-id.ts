import type { Sex } from '../contracts/identity.ts';
import { provinceCodes } from './province-codes.ts';

/** What the digits of a personal number say. `place` is the old name of the unit of birth registration. */
export interface PersonalIdParts {
  placeCode: string;
  place: string | null;
  sex: Sex;
  birthYear: number;
}

/** Consistency warnings about a personal number. Never errors: numbers are re-issued, sex and dates corrected. */
export type PersonalIdWarning = 'id-place-unknown' | 'id-sex-differs' | 'id-birth-year-differs';

/**
 * Takes a 12-digit personal number apart: `PPP G YY RRRRRR`, place, century and sex, year, random; there is no
 * check digit. Null where the text is not 12 digits. Source: Thông tư 59/2021/TT-BCA art. 4,
 * Nghị định 70/2024/NĐ-CP art. 11.
 */
export function readPersonalId(id: string): PersonalIdParts | null {
  if (!/^\d{12}$/.test(id)) return null;
  const placeCode = id.slice(0, 3);
  const centuryAndSex = Number(id[3]);
  return {
    placeCode,
    place: Object.hasOwn(provinceCodes, placeCode) ? (provinceCodes[placeCode] ?? null) : null,
    sex: centuryAndSex % 2 === 0 ? 'Nam' : 'Nữ',
    birthYear: 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(id.slice(4, 6)),
  };
}

/**
 * Compares a number with what else is known of the person. A cancelled number is never used again and a new one
 * may follow the corrected sex or year (Nghị định 70/2024/NĐ-CP art. 11 clause 7): each finding is only a warning.
 * @param birthDate `YYYY-MM-DD` or `YYYY`
 */
export function personalIdWarnings(id: string, person: { sex: Sex | null; birthDate: string | null }): PersonalIdWarning[] {
  const parts = readPersonalId(id);
  if (parts === null) return [];
  const warnings: PersonalIdWarning[] = [];
  if (parts.place === null) warnings.push('id-place-unknown');
  if (person.sex !== null && person.sex !== parts.sex) warnings.push('id-sex-differs');
  if (person.birthDate !== null && Number(person.birthDate.slice(0, 4)) !== parts.birthYear) {
    warnings.push('id-birth-year-differs');
  }
  return warnings;
}
