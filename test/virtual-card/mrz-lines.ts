import { checkDigit, mrzKey } from '../../shared/domain/mrz.ts';
import { mrzName } from '../../electron/card/names.ts';
import type { CardPerson, CardProfile, ForeignDocument } from './profile.ts';

const yymmdd = (iso: string): string => (iso === 'no-expiry' ? '991231' : iso.slice(2).replaceAll('-', ''));
const fill = (text: string, width: number): string => text.padEnd(width, '<').slice(0, width);

/** A name without marks, as an MRZ writes it, words apart. */
export const plainName = mrzName;

/** The lines on the document: Vietnam's TD1, or those of the foreign document (ICAO 9303-4 to 9303-6 clause 4.2). */
export function mrzOf({ person, document }: Pick<CardProfile, 'person' | 'document'>): string[] {
  if (!document) return vietnamese(person);
  return document.format === 'TD1' ? foreignTd1(person, document) : foreignTwoLines(person, document);
}

/** Research: the number's last nine digits, then all twelve with a check digit of their own. */
function vietnamese(person: CardPerson): string[] {
  const number = person.personalId.slice(-9);
  const one = `IDVNM${number}${checkDigit(number)}${person.personalId}<<${checkDigit(person.personalId)}`;
  const dates = datesOf(person, person.sex === 'Nam' ? 'M' : 'F');
  const filler = '<'.repeat(11);
  const composite = checkDigit(one.slice(5) + dates.slice(0, 7) + dates.slice(8) + filler);
  const [surname = '', ...given] = mrzName(person.fullName).split(' ');
  return [one, `${dates}VNM${filler}${composite}`, fill(`${surname}<<${given.join('<')}`, 30)];
}

/** Birth date, sex and expiry date, each date with its check digit: fifteen characters. */
function datesOf(person: CardPerson, sex: string): string {
  const birth = yymmdd(person.birthDate);
  const expiry = yymmdd(person.expiresOn);
  return `${birth}${checkDigit(birth)}${sex}${expiry}${checkDigit(expiry)}`;
}

function sexOf(person: CardPerson, document: ForeignDocument): string {
  return document.sexUnspecified ? '<' : person.sex === 'Nam' ? 'M' : 'F';
}

const namesOf = ({ surname, givenNames }: ForeignDocument): string => `${surname}<<${givenNames}`.replaceAll(' ', '<');

function foreignTd1(person: CardPerson, document: ForeignDocument): string[] {
  const { number } = document;
  const long = number.length > 9;
  // 9303-5 clause 4.2.2: a longer number goes on in the optional data, after a filler in the place of its check digit.
  const field = long ? `${number.slice(0, 9)}<${number.slice(9)}${checkDigit(number)}<` : `${fill(number, 9)}${checkDigit(fill(number, 9))}`;
  const one = fill(`${document.code}${document.issuer}${field}${document.optional}`, 30);
  const dates = datesOf(person, sexOf(person, document));
  const filler = '<'.repeat(11);
  const composite = checkDigit(one.slice(5) + dates.slice(0, 7) + dates.slice(8) + filler);
  return [one, `${dates}${document.nationality}${filler}${composite}`, fill(namesOf(document), 30)];
}

function foreignTwoLines(person: CardPerson, document: ForeignDocument): string[] {
  const width = document.format === 'TD3' ? 44 : 36;
  const number = fill(document.number, 9);
  const dates = datesOf(person, sexOf(person, document));
  const head = `${number}${checkDigit(number)}${document.nationality}${dates}`;
  const optional = fill(document.optional, document.format === 'TD3' ? 14 : 7);
  // Only TD3 has a check digit over its optional data; it may be a filler where there are none.
  const tail = document.format === 'TD3' ? `${optional}${document.optional === '' ? '<' : checkDigit(optional)}` : optional;
  const composite = checkDigit(head.slice(0, 10) + head.slice(13, 20) + head.slice(21) + tail);
  return [fill(`${document.code}${document.issuer}${namesOf(document)}`, width), `${head}${tail}${composite}`];
}

/** What BAC and PACE derive their key from (9303-11 clauses 4.3.2 and 4.4.4.1). */
export function mrzInformationOf(person: CardPerson, document: ForeignDocument | null = null): string {
  return mrzKey(document?.number ?? person.personalId.slice(-9), yymmdd(person.birthDate), yymmdd(person.expiresOn));
}

/** The text of the QR on the front of a card of 2021, or on the back of one of 2024. */
export function qrOf(person: CardPerson, kind: CardProfile['qr'] = '2021'): string {
  const plain = (iso: string): string => iso.split('-').toReversed().join('');
  return [
    person.personalId, person.oldId, person.fullName, plain(person.birthDate), person.sex, person.residence, plain(person.issuedOn),
    ...(kind === '2024' ? ['', '', ''] : []),
  ].join('|');
}
