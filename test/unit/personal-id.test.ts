import { describe, expect, it } from 'vitest';
import { personalIdWarnings, readPersonalId } from '../../shared/domain/personal-id.ts';
import { provinceCodes } from '../../shared/domain/province-codes.ts';

describe('readPersonalId', () => {
  it('takes place, sex and year apart', () => {
    expect(readPersonalId('001090012345')).toEqual({ placeCode: '001', place: 'Hà Nội', sex: 'Nam', birthYear: 1990 });
    expect(readPersonalId('079305012345')).toEqual({ placeCode: '079', place: 'Thành phố Hồ Chí Minh', sex: 'Nữ', birthYear: 2005 });
  });
  it('place outside the list is unknown, not an error', () => expect(readPersonalId('999200000000')?.place).toBeNull());
  it.each(['', '00109001234', '0010900123456', '00109001234x', '００1090012345'])('%s is no personal number', (id) => {
    expect(readPersonalId(id)).toBeNull();
    expect(personalIdWarnings(id, { sex: 'Nam', birthDate: '1990' })).toEqual([]);
  });
});

describe('personalIdWarnings', () => {
  it('silent where all fits or nothing else is known', () => {
    expect(personalIdWarnings('001090012345', { sex: 'Nam', birthDate: '1990-09-17' })).toEqual([]);
    expect(personalIdWarnings('001090012345', { sex: null, birthDate: null })).toEqual([]);
  });
  it('names each difference', () => {
    expect(personalIdWarnings('003090012345', { sex: 'Nữ', birthDate: '1991' })).toEqual(
      ['id-place-unknown', 'id-sex-differs', 'id-birth-year-differs']);
  });
});

it('the list holds the 63 units, in NFC', () => {
  expect(Object.keys(provinceCodes)).toHaveLength(63);
  for (const name of Object.values(provinceCodes)) expect(name).toBe(name.normalize('NFC'));
});
