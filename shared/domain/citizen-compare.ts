import type { CardReading, ChipPerson, Citizen } from '../contracts/identity.ts';
import type { CitizenPanel, ComparedRow } from '../contracts/requests/counter.ts';
import { mrzBirthDate, mrzExpiry, parseMrz, type Mrz } from './mrz.ts';
import { readPersonalId } from './personal-id.ts';
import { fold, sameName } from './vietnamese.ts';

type Field = ComparedRow['field'];
type Place = 'qr' | 'chip' | 'mrz' | 'number';
type Values = Partial<Record<Field, string | null>>;

const fields = ['personalId', 'fullName', 'birthDate', 'sex', 'nationality', 'residence', 'oldId', 'issuedOn', 'expiresOn'] as const satisfies readonly Field[];
const places = ['chip', 'mrz', 'qr', 'number'] as const satisfies readonly Place[];

/** Whether the person of a reading comes from the Vietnamese data of the chip, not from its machine readable zone alone. */
export function hasVietnameseData({ warnings }: Pick<CardReading, 'warnings'>): boolean {
  return !warnings.includes('dg13-missing') && !warnings.includes('dg13-unreadable');
}

/**
 * What QR, chip (DG13), machine readable zone (DG1) and the digits of the number tell differently of one person. A value
 * that a place does not tell is no difference. Names agree whatever their case and spelling of the tone; with the MRZ,
 * which has no marks and is cut, by their bare letters. `today` ISO.
 */
export function compareSources({ chip, qr }: { chip: CardReading | null; qr: Citizen | null }, today: string): ComparedRow[] {
  const zone = chip?.document?.mrz;
  const mrz = zone === undefined ? null : parseMrz(zone);
  const told: Record<Place, Values> = {
    qr: qr === null ? {} : qrValues(qr),
    chip: chip !== null && chip.person !== null && hasVietnameseData(chip) ? chipValues(chip.person) : {},
    mrz: mrz === null ? {} : mrzValues(mrz, today),
    number: {},
  };
  told.number = numberValues(told.chip.personalId ?? told.mrz.personalId ?? told.qr.personalId ?? null);
  return fields.flatMap((field) => {
    const value = (place: Place): string | null => told[place][field] ?? null;
    const reference = places.find((place) => value(place) !== null);
    if (reference === undefined) return [];
    const differing = places.filter((place): place is Exclude<Place, 'chip'> => (
      place !== 'chip' && place !== reference && value(place) !== null && !agree(field, reference, value(reference)!, place, value(place)!)));
    if (differing.length === 0) return [];
    return [{ field, qr: value('qr'), chip: value('chip'), mrz: value('mrz'), number: value('number'), differing }];
  });
}

/** A foreign passport or another document that does not hold the twelve-digit number; null where the number is there. */
export function documentWithoutId(chip: CardReading | null): CitizenPanel['document'] {
  if (chip === null || chip.document === null || typeof chip.person?.personalId === 'string') return null;
  const mrz = parseMrz(chip.document.mrz);
  return { kind: mrz?.format === 'TD3' ? 'passport' : 'card', number: chip.document.number, issuer: mrz?.issuer ?? '', expiry: chip.document.expiry };
}

function qrValues({ personalId, fullName, birthDate, sex, residence, oldId, issuedOn }: Citizen): Values {
  return { personalId, fullName, birthDate, sex, residence: residence || null, oldId, issuedOn };
}

function chipValues(person: ChipPerson): Values {
  const { personalId, sex, nationality, residence, oldId, issuedOn, expiresOn } = person;
  return { personalId, fullName: person.fullName || null, birthDate: person.birthDate || null, sex, nationality, residence, oldId, issuedOn, expiresOn };
}

function mrzValues(mrz: Mrz, today: string): Values {
  return {
    personalId: mrz.personalId, fullName: `${mrz.surname} ${mrz.givenNames}`.trim() || null, birthDate: mrzBirthDate(mrz, today),
    sex: mrz.sex === 'M' ? 'Nam' : mrz.sex === 'F' ? 'Nữ' : null, nationality: mrz.nationality || null, expiresOn: mrzExpiry(mrz),
  };
}

/** The digits tell sex and year of birth (Nghị định 70/2024/NĐ-CP art. 11). */
function numberValues(personalId: string | null): Values {
  const parts = personalId === null ? null : readPersonalId(personalId);
  return parts === null ? {} : { sex: parts.sex, birthDate: String(parts.birthYear) };
}

function agree(field: Field, from: Place, a: string, place: Place, b: string): boolean {
  if (field === 'fullName') return from === 'mrz' || place === 'mrz' ? agreeByLetters(a, b) : sameName(a, b);
  if (field === 'residence') return words(a) === words(b);
  if (field === 'birthDate' && (a.length === 4 || b.length === 4)) return a.slice(0, 4) === b.slice(0, 4);
  // The MRZ names countries by three letters. Only Vietnam's name is known here; any other pair is left to the eye.
  if (field === 'nationality') return (words(a) === 'viet nam') === (b === 'VNM');
  return a === b;
}

/** The name of an MRZ may be cut at the end of its line. */
function agreeByLetters(a: string, b: string): boolean {
  const [one, other] = [words(a).replaceAll(' ', ''), words(b).replaceAll(' ', '')];
  return one.startsWith(other) || other.startsWith(one);
}

function words(text: string): string {
  return fold(text).replace(/[^a-z0-9]+/g, ' ').trim();
}
