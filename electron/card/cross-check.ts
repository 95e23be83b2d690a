import type { CardWarning } from '../../shared/contracts/card-warnings.ts';
import type { ChipPerson, Citizen } from '../../shared/contracts/identity.ts';
import { mrzBirthDate, type Mrz } from '../../shared/domain/mrz.ts';
import { sameName } from '../../shared/domain/vietnamese.ts';
import { nameFitsMrz } from './names.ts';

/** Differences between the two places of the chip that tell who this is. */
export function compareMrzWithDg13(mrz: Mrz, person: ChipPerson, today: string): CardWarning[] {
  const warnings: CardWarning[] = [];
  if (mrz.personalId !== null && mrz.personalId !== person.personalId) warnings.push('id-differs-mrz-dg13');
  if (person.birthDate !== '' && mrzBirthDate(mrz, today) !== person.birthDate) warnings.push('birth-differs-mrz-dg13');
  if (person.fullName !== '' && !nameFitsMrz(person.fullName, mrz.surname, mrz.givenNames)) warnings.push('name-differs-mrz-dg13');
  return warnings;
}

/** Differences between the QR, which anyone can print, and the chip. A value that one side lacks is no difference. */
export function compareQrWithChip(qr: Citizen, person: ChipPerson): CardWarning[] {
  const warnings: CardWarning[] = [];
  if (qr.personalId !== person.personalId) warnings.push('id-differs-qr');
  if (person.fullName !== '' && !sameName(qr.fullName, person.fullName)) warnings.push('name-differs-qr');
  if (person.birthDate !== '' && qr.birthDate !== person.birthDate) warnings.push('birth-differs-qr');
  if (qr.sex !== null && person.sex !== null && qr.sex !== person.sex) warnings.push('sex-differs-qr');
  if (qr.issuedOn !== null && person.issuedOn !== null && qr.issuedOn !== person.issuedOn) warnings.push('issue-differs-qr');
  return warnings;
}
