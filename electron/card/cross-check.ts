import type { CardWarning } from '../../shared/contracts/card-warnings.ts';
import type { ChipPerson, Citizen, Sex } from '../../shared/contracts/identity.ts';
import { mrzBirthDate, mrzExpiry, parseMrz, type Mrz } from '../../shared/domain/mrz.ts';
import { personalIdWarnings } from '../../shared/domain/personal-id.ts';
import { fold, sameName } from '../../shared/domain/vietnamese.ts';
import { nameFitsMrz } from './names.ts';

// A value that one side lacks is no difference; a year alone agrees with any day of it.

/** Differences between the two places of the chip that tell who this is. */
export function compareMrzWithDg13(mrz: Mrz, person: ChipPerson, today: string): CardWarning[] {
  const warnings: CardWarning[] = [];
  if (mrz.personalId !== null && mrz.personalId !== person.personalId) warnings.push('id-differs-mrz-dg13');
  if (datesDiffer(mrzBirthDate(mrz, today), person.birthDate)) warnings.push('birth-differs-mrz-dg13');
  if (person.fullName !== '' && !nameFitsMrz(person.fullName, mrz.surname, mrz.givenNames)) warnings.push('name-differs-mrz-dg13');
  if (person.sex !== null && mrz.sex !== null && (person.sex === 'Nam') !== (mrz.sex === 'M')) warnings.push('sex-differs-mrz-dg13');
  if (datesDiffer(mrzExpiry(mrz), person.expiresOn)) warnings.push('expiry-differs-mrz-dg13');
  return warnings;
}

/** The MRZ printed on the card, which opened the chip, against that inside it. */
export function comparePrintedMrz(printed: string, mrz: Mrz): CardWarning[] {
  return parseMrz(printed)?.lines.join('') === mrz.lines.join('') ? [] : ['mrz-differs-printed'];
}

/** The person against what the digits of the number say. */
export function compareWithNumber(person: ChipPerson): CardWarning[] {
  const { personalId, sex, birthDate } = person;
  return personalId === null ? [] : personalIdWarnings(personalId, { sex, birthDate: birthDate === '' ? null : birthDate });
}

/** Differences between the QR, which anyone can print, and the chip: its MRZ, and DG13 where there is one. */
export function compareQrWithChip(qr: Citizen, dg13: ChipPerson | null, mrz: Mrz, today: string): CardWarning[] {
  const warnings: CardWarning[] = [];
  const ids = [mrz.personalId, dg13?.personalId ?? null].filter((id) => id !== null);
  if (ids.length === 0 || ids.some((id) => id !== qr.personalId)) warnings.push('id-differs-qr');
  const otherName = dg13 !== null && dg13.fullName !== '' && !sameName(qr.fullName, dg13.fullName);
  if (otherName || !nameFitsMrz(qr.fullName, mrz.surname, mrz.givenNames)) warnings.push('name-differs-qr');
  if (datesDiffer(qr.birthDate, dg13?.birthDate ?? null) || datesDiffer(qr.birthDate, mrzBirthDate(mrz, today))) warnings.push('birth-differs-qr');
  if (qr.sex !== null && sexesOf(dg13, mrz).some((sex) => sex !== qr.sex)) warnings.push('sex-differs-qr');
  if (datesDiffer(qr.issuedOn, dg13?.issuedOn ?? null)) warnings.push('issue-differs-qr');
  const { oldId, residence } = dg13 ?? { oldId: null, residence: null };
  if (qr.oldId !== null && oldId !== null && qr.oldId !== oldId) warnings.push('old-id-differs-qr');
  if (qr.residence !== '' && residence !== null && bare(qr.residence) !== bare(residence)) warnings.push('residence-differs-qr');
  return warnings;
}

function datesDiffer(a: string | null, b: string | null): boolean {
  return Boolean(a) && Boolean(b) && !a!.startsWith(b!) && !b!.startsWith(a!);
}

function sexesOf(dg13: ChipPerson | null, { sex }: Mrz): Sex[] {
  const ofMrz: Sex | null = sex === null ? null : sex === 'M' ? 'Nam' : 'Nữ';
  return [dg13?.sex ?? null, ofMrz].filter((one) => one !== null);
}

/** An address without marks, signs and spaces: writing it another way is no other place. */
function bare(address: string): string {
  return fold(address).replaceAll(/[^a-z0-9]+/g, '');
}
