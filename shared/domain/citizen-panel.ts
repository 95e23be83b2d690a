import type { z } from 'zod';
import type { CitizenFields, SourcedField } from '../contracts/dossier.ts';
import type { CardReading, Citizen } from '../contracts/identity.ts';
import type { CitizenPanel } from '../contracts/requests/counter.ts';
import { hasVietnameseData } from './citizen-compare.ts';
import { fold, nfc, sameName } from './vietnamese.ts';

type FieldName = keyof CitizenFields;
type Panel = z.infer<typeof CitizenPanel>;

const identityFields = ['personalId', 'oldId', 'fullName', 'birthDate', 'sex', 'residence'] as const satisfies readonly FieldName[];
/** Not on any card: only the store or the officer knows them. */
const contactFields = ['phone', 'email'] as const satisfies readonly FieldName[];

/** What may be known of the citizen, each source apart. */
export interface CitizenSources {
  chip: CardReading | null;
  qr: Citizen | null;
  stored: CitizenFields | null;
}

/**
 * One value a field with its source and trust: chip before QR before store; the others are never lost in silence, a
 * difference between chip and QR stands in `differences`, one with the store in `storeDiffers`. The chip's values count
 * as signed only where the hashes and the signature over them were found good; a QR is a claim (no signature).
 */
export function mergeCitizen({ chip, qr, stored }: CitizenSources): Pick<Panel, 'fields' | 'differences'> & { storeDiffers: FieldName[] } {
  const fromChip = chip === null ? {} : chipValues(chip);
  const fromQr = qr === null ? {} : qrValues(qr);
  const signed = chip !== null && chip.trust.hashes.ok === true && chip.trust.signature.ok === true;
  // Without the Vietnamese data what the chip tells is its machine readable zone: names have no marks then.
  const chipSource = chip === null || hasVietnameseData(chip) ? 'chip' : 'mrz';
  const fields: CitizenFields = {};
  const differences: Panel['differences'] = [];
  const storeDiffers: FieldName[] = [];
  for (const name of identityFields) {
    const [c, q, s] = [fromChip[name] ?? null, fromQr[name] ?? null, stored?.[name] ?? null];
    const found: SourcedField | null = c !== null ? field(c, chipSource, signed ? 'signed' : 'claimed')
      : q !== null ? field(q, 'qr', 'claimed')
      : s !== null ? { ...s, source: 'store', trust: 'stored', edited: false } : null;
    if (found !== null) fields[name] = found;
    const isCompared = name !== 'fullName' || chipSource === 'chip';
    if (c !== null && q !== null && isCompared && !sameValue(name, c, q)) differences.push({ field: name, chip: c, qr: q });
    if (s !== null && found !== null && !sameValue(name, found.value, s.value)) storeDiffers.push(name);
  }
  for (const name of contactFields) {
    const s = stored?.[name];
    if (s !== undefined) fields[name] = { ...s, source: 'store', trust: 'stored', edited: false };
  }
  return { fields, differences, storeDiffers };
}

function chipValues({ person }: CardReading): Partial<Record<FieldName, string>> {
  if (person === null) return {};
  return known({
    personalId: person.personalId, oldId: person.oldId, fullName: person.fullName, birthDate: person.birthDate, sex: person.sex, residence: person.residence,
  });
}

function qrValues(citizen: Citizen): Partial<Record<FieldName, string>> {
  return known({
    personalId: citizen.personalId, oldId: citizen.oldId, fullName: citizen.fullName, birthDate: citizen.birthDate, sex: citizen.sex, residence: citizen.residence,
  });
}

function known(values: Partial<Record<FieldName, string | null>>): Partial<Record<FieldName, string>> {
  const entries = Object.entries(values).filter((entry): entry is [FieldName, string] => typeof entry[1] === 'string' && entry[1].trim() !== '');
  return Object.fromEntries(entries.map(([name, value]) => [name, nfc(value).trim().slice(0, 500)]));
}

function field(value: string, source: SourcedField['source'], trust: SourcedField['trust']): SourcedField {
  return { value, source, trust, edited: false };
}

/** Names by Vietnamese spelling, addresses by their letters alone: cards write the same place with other commas. */
function sameValue(name: FieldName, a: string, b: string): boolean {
  if (name === 'fullName') return sameName(a, b);
  if (name === 'residence') return letters(a) === letters(b);
  // A QR may hold the year alone of a birth date that the chip has in full.
  if (name === 'birthDate' && (a.length === 4 || b.length === 4)) return a.slice(0, 4) === b.slice(0, 4);
  return a === b;
}

function letters(text: string): string {
  return fold(text).replace(/[^a-z0-9]+/g, ' ').trim();
}

/** Whether the fields name a person well enough to take in a dossier: number and name. */
export function namesPerson(fields: CitizenFields): boolean {
  return /^\d{12}$/.test(fields.personalId?.value ?? '') && (fields.fullName?.value ?? '').trim() !== '';
}

/** Whether the person was read from a card (chip or QR), so that the card may stand for a paper. */
export function readFromCard(fields: CitizenFields): boolean {
  const source = fields.personalId?.source;
  return source === 'chip' || source === 'mrz' || source === 'qr';
}
