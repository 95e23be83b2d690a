/** Machine readable zones of ICAO 9303: TD1 (cards, part 5), TD2 (part 6), TD3 (passports, part 4). */

export type MrzFormat = 'TD1' | 'TD2' | 'TD3';

/**
 * Which check digits fit; null where the format prints none. `personalId` is Vietnam's own: position 30 of a TD1's
 * first line, over positions 16 to 27. `optional` is that of the optional data of a TD3.
 */
export interface MrzChecks {
  documentNumber: boolean;
  birthDate: boolean;
  expiryDate: boolean;
  composite: boolean;
  personalId: boolean | null;
  optional: boolean | null;
}

export interface Mrz {
  format: MrzFormat;
  lines: string[];
  documentCode: string;
  issuer: string;
  nationality: string;
  documentNumber: string;
  /** The twelve digits of a Vietnamese card, or in the optional data of a Vietnamese passport; else null. */
  personalId: string | null;
  /** `yymmdd` as printed; filler where unknown. */
  birth: string;
  expiry: string;
  sex: 'M' | 'F' | null;
  surname: string;
  givenNames: string;
  checks: MrzChecks;
  /** Number, birth and expiry with their check digits: what BAC and PACE derive their key from (9303-11 clause 4.3.2). */
  keyInformation: string;
}

const weights = [7, 3, 1];
const shapes: Record<MrzFormat, { lines: number; width: number }> = {
  TD1: { lines: 3, width: 30 },
  TD2: { lines: 2, width: 36 },
  TD3: { lines: 2, width: 44 },
};

/** Check digit of ICAO 9303-3 clause 4.9: weights 7, 3, 1 over 0-9, A=10…Z=35, filler 0; modulo 10. */
export function checkDigit(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const value = code >= 48 && code <= 57 ? code - 48 : code >= 65 && code <= 90 ? code - 55 : 0;
    sum += value * weights[i % 3]!;
  }
  return String(sum % 10);
}

/** The key information from its three parts; a short number is filled to nine characters. */
export function mrzKey(documentNumber: string, birth: string, expiry: string): string {
  const number = documentNumber.padEnd(9, '<');
  return `${number}${checkDigit(number)}${birth}${checkDigit(birth)}${expiry}${checkDigit(expiry)}`;
}

/** `YYYY-MM-DD` as `yymmdd`; a lone year has fillers. Null when it is neither. */
export function mrzDate(iso: string): string | null {
  const match = /^\d{2}(\d{2})(?:-(\d{2})-(\d{2}))?$/.exec(iso);
  if (!match) return null;
  return `${match[1]}${match[2] ?? '<<'}${match[3] ?? '<<'}`;
}

/** `yymmdd` as ISO date in the century that `century` gives; `YYYY` where day and month are filler; null when no date. */
export function isoDate(yymmdd: string, century: number): string | null {
  const match = /^(\d{2})(\d{2}|<<)(\d{2}|<<)$/.exec(yymmdd);
  if (!match) return null;
  const year = `${century}${match[1]}`;
  if (match[2] === '<<' || match[3] === '<<') return year;
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(Number(year), month, 0)).getUTCDate()) return null;
  return `${year}-${match[2]}-${match[3]}`;
}

/**
 * Birth date of an MRZ: the century comes from the fourth digit of the twelve-digit number where there is one
 * (Nghị định 70/2024 art. 11), else the year must not lie after `today`.
 */
export function mrzBirthDate(mrz: Mrz, today: string): string | null {
  const digit = mrz.personalId?.[3];
  if (digit !== undefined) return isoDate(mrz.birth, 19 + Math.floor(Number(digit) / 2));
  const young = isoDate(mrz.birth, 20);
  return young !== null && young <= today ? young : isoDate(mrz.birth, 19);
}

/** Expiry date ISO, `no-expiry` for the 991231 of Vietnam's cards issued from 58 on, null when it is no date. */
export function mrzExpiry(mrz: Mrz): string | null {
  return mrz.expiry === '991231' && mrz.issuer === 'VNM' ? 'no-expiry' : isoDate(mrz.expiry, 20);
}

/**
 * The three TD1 lines, or two of the other formats, from joined lines or lines with breaks and spaces. Null when no MRZ.
 * Only the count of signs decides; `readMrz` of mrz-reading.ts is the strict reader of typed and scanned lines.
 */
export function parseMrz(text: string): Mrz | null {
  if (text.length > 400) return null;
  const joined = text.replace(/[^A-Za-z0-9<]/g, '').toUpperCase();
  for (const [format, { lines, width }] of Object.entries(shapes) as [MrzFormat, { lines: number; width: number }][]) {
    if (joined.length !== lines * width) continue;
    const rows = Array.from({ length: lines }, (_, i) => joined.slice(i * width, (i + 1) * width));
    return format === 'TD1' ? td1(rows) : td2or3(format, rows);
  }
  return null;
}

function td1([one = '', two = '', three = '']: string[]): Mrz {
  const birth = two.slice(0, 6);
  const expiry = two.slice(8, 14);
  const id = one.slice(15, 27);
  const vietnamese = one.slice(2, 5) === 'VNM' && /^\d{12}$/.test(id);
  const { number, numberDigit } = vietnamese ? { number: one.slice(5, 14), numberDigit: one[14]! } : documentNumber(one.slice(5, 15), one.slice(15));
  return finish({
    format: 'TD1', rows: [one, two, three], number, numberDigit, birth, birthDigit: two[6]!, expiry, expiryDigit: two[14]!,
    sex: two[7]!, nationality: two.slice(15, 18), names: three,
    composite: one.slice(5) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18, 29), compositeDigit: two[29]!,
    // A card that prints a filler there has no such digit to check.
    personalId: vietnamese ? id : null, personalDigit: one[29] === '<' ? null : one[29]!, optional: null,
  });
}

/**
 * A number of more than nine characters runs on in the optional data, its check digit after it and a filler in the
 * digit's usual place (9303-5 clause 4.2.2, 9303-6 clause 4.2.2).
 */
function documentNumber(field: string, optional: string): { number: string; numberDigit: string } {
  const overflow = field[9] === '<' ? /^([A-Z0-9]+)([0-9])</.exec(`${optional}<`) : null;
  return overflow ? { number: field.slice(0, 9) + overflow[1], numberDigit: overflow[2]! } : { number: field.slice(0, 9), numberDigit: field[9]! };
}

function td2or3(format: 'TD2' | 'TD3', [one = '', two = '']: string[]): Mrz {
  const last = two.length - 1;
  const optional = two.slice(28, 42);
  // A passport's number never runs on: its field is nine characters (9303-4 clause 4.2.2).
  const numbers = format === 'TD2' ? documentNumber(two.slice(0, 10), two.slice(28, last)) : { number: two.slice(0, 9), numberDigit: two[9]! };
  const vietnamese = format === 'TD3' && one.slice(2, 5) === 'VNM' && /^\d{12}<<$/.test(optional);
  return finish({
    format, rows: [one, two], ...numbers, birth: two.slice(13, 19), birthDigit: two[19]!,
    expiry: two.slice(21, 27), expiryDigit: two[27]!, sex: two[20]!, nationality: two.slice(10, 13), names: one.slice(5),
    composite: two.slice(0, 10) + two.slice(13, 20) + two.slice(21, last), compositeDigit: two[last]!,
    personalId: vietnamese ? optional.slice(0, 12) : null, personalDigit: null,
    // A filler stands for zero where the optional data is empty (9303-4 clause 4.2.2.2).
    optional: format === 'TD3' ? checkDigit(optional) === two[42]!.replace('<', '0') : null,
  });
}

interface Fields {
  format: MrzFormat; rows: string[]; number: string; numberDigit: string; birth: string; birthDigit: string;
  expiry: string; expiryDigit: string; sex: string; nationality: string; names: string;
  composite: string; compositeDigit: string; personalId: string | null; personalDigit: string | null; optional: boolean | null;
}

function finish(f: Fields): Mrz {
  // The first pair of fillers parts the two; some issuers write further pairs between given names.
  const [surname = '', ...given] = f.names.replace(/<+$/, '').split('<<');
  const givenNames = given.join('<');
  const readable = (name: string): string => name.replace(/<+/g, ' ').trim();
  return {
    format: f.format,
    lines: f.rows,
    documentCode: f.rows[0]!.slice(0, 2).replace(/</g, ''),
    issuer: f.rows[0]!.slice(2, 5).replace(/</g, ''),
    nationality: f.nationality.replace(/</g, ''),
    documentNumber: f.number.replace(/</g, ''),
    personalId: f.personalId,
    birth: f.birth,
    expiry: f.expiry,
    sex: f.sex === 'M' || f.sex === 'F' ? f.sex : null,
    surname: readable(surname),
    givenNames: readable(givenNames),
    checks: {
      documentNumber: checkDigit(f.number) === f.numberDigit,
      birthDate: checkDigit(f.birth) === f.birthDigit,
      expiryDate: checkDigit(f.expiry) === f.expiryDigit,
      composite: checkDigit(f.composite) === f.compositeDigit,
      personalId: f.personalId === null || f.personalDigit === null ? null : checkDigit(f.personalId) === f.personalDigit,
      optional: f.optional,
    },
    keyInformation: mrzKey(f.number, f.birth, f.expiry),
  };
}
