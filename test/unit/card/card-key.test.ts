import { describe, expect, it } from 'vitest';
import { passwordsFor } from '../../../electron/card/card-key.ts';
import { toHex } from '../../../electron/card/bytes.ts';
import { expiryCandidates } from '../../../electron/card/expiry.ts';
import type { Citizen } from '../../../shared/contracts/identity.ts';

describe('expiry from birth and issue date (25, 40, 60)', () => {
  it.each([
    ['issuedAt30', '1990-09-17', '2021-05-10', '2030-09-17'],
    ['issuedAt22', '1999-06-01', '2021-07-01', '2024-06-01'],
    ['issuedAt23_runsToForty', '1998-06-01', '2021-07-01', '2038-06-01'],
    ['issuedAt37', '1983-08-01', '2021-07-01', '2023-08-01'],
    ['issuedAt38_runsToSixty', '1983-06-01', '2021-07-01', '2043-06-01'],
    ['issuedAt57', '1964-01-02', '2021-07-01', '2024-01-02'],
    ['issuedAt58_never', '1963-05-01', '2021-07-01', 'no-expiry'],
    ['issuedAt70_never', '1951-05-01', '2021-07-01', 'no-expiry'],
    ['child', '2018-05-01', '2025-07-01', '2032-05-01'],
    ['childOf13_runsToTwentyFive', '2012-05-01', '2025-07-01', '2037-05-01'],
  ])('%s', (_, birth, issued, expiry) => {
    expect(expiryCandidates(birth, issued)[0]).toBe(expiry);
  });

  it('bornOn29February_bothNeighboursAreTried', () => {
    expect(expiryCandidates('1996-02-29', '2020-01-01').slice(0, 3)).toEqual(['2036-02-29', '2021-02-28', '2021-03-01']);
    expect(expiryCandidates('2000-02-29', '2021-07-01').slice(0, 2)).toEqual(['2025-02-28', '2025-03-01']);
  });

  it('neverMoreThanFive_noneWithoutAWholeBirthDate', () => {
    expect(expiryCandidates('2000-02-29', null).length).toBeLessThanOrEqual(5);
    expect(expiryCandidates('1990', '2021-07-01')).toEqual([]);
    expect(expiryCandidates('x', '2021-07-01')).toEqual([]);
  });

  it('bornInAYear_oldAtIssue_neverExpires', () => {
    expect(expiryCandidates('1950', '2021-07-01')).toEqual(['no-expiry']);
  });
});

describe('passwords', () => {
  const qr: Citizen = {
    personalId: '001090012345', oldId: null, fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam', residence: '', issuedOn: '2021-05-10',
  };

  it('fromQr_canFirstThenTheMrzKeysFewInAll', () => {
    const passwords = passwordsFor({ qr });
    expect(passwords.map(({ kind }) => kind)).toEqual(['can', 'mrz', 'mrz', 'mrz']);
    expect(new TextDecoder().decode(passwords[0]!.secret)).toBe('012345');
    expect(toHex(passwords[1]!.secret)).toBe('2F376C1BE471BA6FA914A4DD9E9B02F752F9E5C6');
  });

  it('fromQrWithOnlyAYearOfBirth_canThenTheCardWithoutExpiry', () => {
    expect(passwordsFor({ qr: { ...qr, birthDate: '1950' } }).map(({ kind }) => kind)).toEqual(['can', 'mrz']);
    expect(passwordsFor({ qr: { ...qr, birthDate: '1990' } }).map(({ kind }) => kind)).toEqual(['can']);
  });

  it('threeWaysToTheSameMrzKey_agree', () => {
    const lines = 'IDVNM0900123450001090012345<<1\n9009176M3009174VNM<<<<<<<<<<<2\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<';
    const dates = { birthDate: '1990-09-17', expiryDate: '2030-09-17' };
    const keys = [{ mrz: lines }, { documentNumber: '090012345', ...dates }, { documentNumber: '001090012345', ...dates }];
    expect(new Set(keys.map((key) => toHex(passwordsFor(key)[0]!.secret)))).toEqual(new Set(['2F376C1BE471BA6FA914A4DD9E9B02F752F9E5C6']));
  });
});
