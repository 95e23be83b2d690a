import { describe, expect, it } from 'vitest';
import type { CardReading, Citizen } from '../../shared/contracts/identity.ts';
import { compareSources, documentWithoutId } from '../../shared/domain/citizen-compare.ts';

const today = '2026-11-22';
const zone = 'IDVNM0900123450001090012345<<1\n9009176M3009174VNM<<<<<<<<<<<2\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<';
const open = { ok: null, reason: '' };
const qr: Citizen = {
  personalId: '001090012345', oldId: null, fullName: 'NGUYỄN VĂN AN', birthDate: '1990-09-17', sex: 'Nam',
  residence: 'Thôn 1 - An Bình, Bắc Ninh', issuedOn: '2021-05-10',
};
type Person = NonNullable<CardReading['person']>;
const chip = (person: Partial<Person> = {}, over: Partial<CardReading> = {}): CardReading => ({
  ok: true, chip: null, face: null, warnings: [], problem: null, document: { mrz: zone, number: '090012345', expiry: '2030-09-17' },
  person: {
    personalId: '001090012345', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam', nationality: 'Việt Nam', ethnicity: null, religion: null,
    origin: null, residence: 'Thôn 1, An Bình, Bắc Ninh', features: null, issuedOn: '2021-05-10', expiresOn: '2030-09-17', father: null, mother: null,
    spouses: [], oldId: null, ...person,
  },
  trust: { hashes: open, signature: open, chain: open, active: open, chip: open, genuine: open }, ...over,
});

describe('QR, chip, MRZ and number against each other', () => {
  it('one person told alike in all of them → nothing to show', () => expect(compareSources({ chip: chip(), qr }, today)).toEqual([]));
  it('a mark in a name makes another name on the QR; the MRZ knows no marks', () => {
    expect(compareSources({ chip: chip({ fullName: 'Nguyễn Văn Ân' }), qr }, today)).toEqual([
      { field: 'fullName', qr: 'NGUYỄN VĂN AN', chip: 'Nguyễn Văn Ân', mrz: 'NGUYEN VAN AN', number: null, differing: ['qr'] },
    ]);
  });
  it('a chip whose DG13 is another person\'s: every field that the MRZ tells otherwise', () => {
    const rows = compareSources({ chip: chip({ personalId: '079190054321', fullName: 'Lê Thị Dung', birthDate: '1990-01-02', sex: 'Nữ' }), qr: null }, today);
    expect(rows.map(({ field, differing }) => [field, differing])).toEqual([['personalId', ['mrz']], ['fullName', ['mrz']], ['birthDate', ['mrz']], ['sex', ['mrz']]]);
  });
  it('the digits of the number tell another sex and year', () => {
    const rows = compareSources({ chip: null, qr: { ...qr, personalId: '001195012345' } }, today);
    expect(rows.map(({ field, number, differing }) => [field, number, differing])).toEqual([['birthDate', '1995', ['number']], ['sex', 'Nữ', ['number']]]);
  });
  it('a name that the MRZ cuts, a year without day, commas of an address: no differences', () => {
    const long = chip({ fullName: 'Nguyễn Văn An Bình Minh' });
    expect(compareSources({ chip: long, qr: { ...qr, fullName: 'Nguyễn Văn An Bình Minh', birthDate: '1990' } }, today)).toEqual([]);
  });
  it('without DG13 the MRZ is not compared with itself', () => {
    const bare = chip({ fullName: 'NGUYEN VAN AN', residence: null, nationality: 'VNM', issuedOn: null }, { warnings: ['dg13-missing'] });
    expect(compareSources({ chip: bare, qr }, today)).toEqual([]);
    expect(compareSources({ chip: bare, qr: { ...qr, fullName: 'Trần Văn An' } }, today)).toMatchObject([{ field: 'fullName', chip: null, mrz: 'NGUYEN VAN AN', differing: ['qr'] }]);
  });
  it('expiry, day of issue and nationality', () => {
    const rows = compareSources({ chip: chip({ expiresOn: 'no-expiry', issuedOn: '2021-05-11', nationality: 'Lào' }), qr }, today);
    expect(rows.map(({ field }) => field)).toEqual(['nationality', 'issuedOn', 'expiresOn']);
  });
});

describe('a document without the twelve-digit number', () => {
  const passport = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';
  it('a foreign passport is known by its own number', () => {
    expect(documentWithoutId(chip({ personalId: null }, { document: { mrz: passport, number: 'L898902C3', expiry: '2012-04-15' } })))
      .toEqual({ kind: 'passport', number: 'L898902C3', issuer: 'UTO', expiry: '2012-04-15' });
  });
  it('a Vietnamese card is none', () => expect(documentWithoutId(chip())).toBeNull());
});
