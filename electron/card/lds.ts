import type { CardWarning } from '../../shared/contracts/card-warnings.ts';
import type { CardReading, ChipPerson } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { mrzExpiry, type Mrz } from '../../shared/domain/mrz.ts';
import { compareMrzWithDg13, compareWithNumber } from './cross-check.ts';
import { parseDg1 } from './dg1.ts';
import { parseDg11, parseDg12 } from './dg11.ts';
import { hasUnknownFields, parseDg13, personFromDg13 } from './dg13.ts';
import { parseDg2, type FacePicture } from './dg2.ts';
import { personFromMrz } from './mrz-person.ts';

/** What the files of a document say, by `COM`, `SOD`, `DG1` …; how far it can be trusted is judged elsewhere. */
export interface LdsFacts {
  mrz: Mrz | null;
  /** As DG13 tells it; null without a DG13 that we know. */
  dg13: ChipPerson | null;
  /** From DG13, else from the MRZ with DG11 and DG12. */
  person: ChipPerson | null;
  document: CardReading['document'];
  face: FacePicture | null;
  warnings: CardWarning[];
}

const vietnam = 'VNM';

/**
 * Turns files that were read whole into a person, a document and a face, with what is odd about them; no DG1 is no person.
 * @throws ProblemError `card-file-invalid` for a DG1 without an MRZ
 */
export function factsOf(files: ReadonlyMap<string, Uint8Array>, today: string): LdsFacts {
  const warnings = new Set<CardWarning>();
  const dg1 = files.get('DG1');
  const mrz = dg1 ? parseDg1(dg1) : null;
  if (mrz && Object.values(mrz.checks).includes(false)) warnings.add('mrz-check-digit');
  const dg13 = mrz?.issuer === vietnam ? vietnamesePerson(files.get('DG13'), mrz, warnings) : null;
  const person = dg13 ?? (mrz && personFromMrz(mrz, readable(files.get('DG11'), parseDg11), readable(files.get('DG12'), parseDg12), today));
  if (mrz && dg13) compareMrzWithDg13(mrz, dg13, today).forEach((warning) => warnings.add(warning));
  if (person) compareWithNumber(person).forEach((warning) => warnings.add(warning));
  const face = readable(files.get('DG2'), parseDg2);
  if (files.has('DG2') && !face) warnings.add('face-unreadable');
  const document = mrz && documentOf(mrz);
  const expiry = person?.expiresOn ?? document?.expiry ?? '';
  if (/^\d/.test(expiry) && expiry < today) warnings.add('expired');
  return { mrz, dg13, person, document, face, warnings: [...warnings] };
}

/**
 * Whether DG13 holds the Vietnamese fields, or is missed when it is not there: on every card with a personal number, and
 * wherever a Vietnamese document has one. Another state keeps there what it likes.
 */
export function hasVietnameseFields({ issuer, personalId }: Mrz, isThere: boolean): boolean {
  return issuer === vietnam && (personalId !== null || isThere);
}

function documentOf(mrz: Mrz): CardReading['document'] {
  return { mrz: mrz.lines.join('\n'), number: mrz.documentNumber, expiry: mrzExpiry(mrz) ?? '' };
}

/** The Vietnamese fields; a document without the twelve-digit number, such as a passport, has none to miss. */
function vietnamesePerson(file: Uint8Array | undefined, mrz: Mrz, warnings: Set<CardWarning>): ChipPerson | null {
  if (!file) {
    if (mrz.personalId !== null) warnings.add('dg13-missing');
    return null;
  }
  const dg13 = readable(file, parseDg13);
  const person = dg13 && personFromDg13(dg13);
  if (!person) warnings.add('dg13-unreadable');
  if (dg13?.damaged) warnings.add('dg13-field-damaged');
  if (dg13 && hasUnknownFields(dg13)) warnings.add('dg13-field-unknown');
  return person;
}

function readable<T>(file: Uint8Array | undefined, parse: (file: Uint8Array) => T): T | null {
  try {
    return file ? parse(file) : null;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
