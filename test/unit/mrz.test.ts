import { describe, expect, it } from 'vitest';
import { checkDigit, isoDate, mrzBirthDate, mrzDate, mrzExpiry, mrzKey, parseMrz } from '../../shared/domain/mrz.ts';

const card = ['IDVNM0900123450001090012345<<1', '9009176M3009174VNM<<<<<<<<<<<2', 'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'];
const good = { documentNumber: true, birthDate: true, expiryDate: true, composite: true };

describe('a Vietnamese TD1', () => {
  it.each([['lines', card.join('\n')], ['joined', card.join('')], ['spacesAndSmallLetters', card.join(' \r\n').toLowerCase()]])('%s_parsesWhole', (_, text) => {
    expect(parseMrz(text)).toEqual({
      format: 'TD1', lines: card, documentCode: 'ID', issuer: 'VNM', nationality: 'VNM', documentNumber: '090012345',
      personalId: '001090012345', birth: '900917', expiry: '300917', sex: 'M', surname: 'NGUYEN', givenNames: 'VAN AN',
      checks: { ...good, personalId: true, optional: null }, keyInformation: '090012345090091763009174',
    });
  });

  it('centuryOfBirth_comesFromThePersonalNumber', () => {
    const young = parseMrz(card.join('').replace('001090012345', '001290012345'))!;
    expect([mrzBirthDate(parseMrz(card.join(''))!, '2026-01-01'), mrzBirthDate(young, '2026-01-01')]).toEqual(['1990-09-17', '2090-09-17']);
  });

  it('expiry991231_isNoExpiry', () => {
    const mrz = parseMrz(card.join('').replace('3009174', '9912315'))!;
    expect([mrzExpiry(mrz), mrzExpiry(parseMrz(card.join(''))!)]).toEqual(['no-expiry', '2030-09-17']);
  });

  it.each([
    ['documentNumber', 5, { documentNumber: false, composite: false }], ['personalId', 20, { personalId: false, composite: false }],
    ['birthDate', 31, { birthDate: false, composite: false }], ['expiryDate', 40, { expiryDate: false, composite: false }],
    ['composite', 59, { composite: false }],
  ] as const)('digitOf_%s_changed_isFound', (_, at, wrong) => {
    const text = card.join('');
    const changed = text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1);
    expect(parseMrz(changed)?.checks).toEqual({ ...good, personalId: true, optional: null, ...wrong });
  });
});

// The specimen zones that ICAO 9303 prints in its parts 4, 5 and 6.
describe('the specimens of ICAO 9303', () => {
  it.each([
    ['TD1', 'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<', 'D23145890'],
    ['TD2', 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6', 'D23145890'],
    ['TD3', 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10', 'L898902C3'],
  ])('%s_everyCheckDigitFits', (format, text, number) => {
    expect(parseMrz(text)).toMatchObject({
      format, documentNumber: number, surname: 'ERIKSSON', givenNames: 'ANNA MARIA', sex: 'F', birth: '740812', expiry: '120415',
      checks: good, issuer: 'UTO', nationality: 'UTO',
    });
  });

  it('longNumberOfTd1_runsOnInTheOptionalData', () => {
    const mrz = parseMrz('I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<');
    expect(mrz).toMatchObject({ documentNumber: 'D23145890734', checks: { documentNumber: true, composite: true } });
    expect(mrz?.keyInformation).toBe('D23145890734934071279507122');
  });
});

describe('parts', () => {
  it('checkDigit_ofStandardExamples', () => {
    expect([checkDigit('520727'), checkDigit('AB2134<<<')]).toEqual(['3', '5']);
  });

  it('dates_bothWays', () => {
    expect([mrzDate('1990-09-17'), mrzDate('1950'), mrzDate('17/09/1990')]).toEqual(['900917', '50<<<<', null]);
    expect([isoDate('900917', 19), isoDate('50<<<<', 19), isoDate('900231', 19), isoDate('9009', 19)]).toEqual(['1990-09-17', '1950', null, null]);
  });

  it('key_shortNumberIsFilled', () => {
    expect(mrzKey('L898902C', '690806', '940623')).toBe('L898902C<369080619406236');
  });

  it.each([[''], ['IDVNM'], ['<'.repeat(91)], ['A'.repeat(500)], [card.slice(0, 2).join('')]])('noMrz_%s_isNull', (text) => {
    expect(parseMrz(text)).toBeNull();
  });
});
