import type { ChipPerson } from '../../shared/contracts/identity.ts';
import { mrzBirthDate, mrzExpiry, type Mrz } from '../../shared/domain/mrz.ts';
import type { Dg11, Dg12 } from './dg11.ts';
import { nameFitsMrz } from './names.ts';

/**
 * The person of a document without DG13, such as a foreign passport: names as the MRZ writes them, better ones and more
 * from DG11 and DG12 where the card has them. `personalId` is that of a Vietnamese card only. A name of DG11 that does
 * not fit the MRZ is not taken.
 */
export function personFromMrz(mrz: Mrz, more: Dg11 | null, document: Dg12 | null, today: string): ChipPerson {
  const written = `${mrz.surname} ${mrz.givenNames}`.trim();
  const fuller = more?.fullName ?? null;
  return {
    personalId: mrz.personalId,
    fullName: fuller !== null && nameFitsMrz(fuller, mrz.surname, mrz.givenNames) ? fuller : written,
    birthDate: mrzBirthDate(mrz, today) ?? more?.birthDate ?? '',
    sex: mrz.sex === 'M' ? 'Nam' : mrz.sex === 'F' ? 'Nữ' : null,
    nationality: mrz.nationality,
    ethnicity: null, religion: null,
    origin: more?.birthPlace ?? null,
    residence: more?.address ?? null,
    features: null,
    issuedOn: document?.issuedOn ?? null,
    expiresOn: mrzExpiry(mrz),
    father: null, mother: null, spouses: [], oldId: null,
  };
}
