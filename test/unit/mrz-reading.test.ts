import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblemCode } from '../../shared/contracts/problems.ts';
import { mrzWarnings, readMrz } from '../../shared/domain/mrz-reading.ts';

const today = '2026-11-22';
const read = (...lines: string[]) => readMrz(lines.join('\n'), today);
const card = ['IDVNM0900123450001090012345<<1', '9009176M3009174VNM<<<<<<<<<<<2', 'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'] as [string, string, string];
const allFour = { documentNumber: true, birthDate: true, expiryDate: true, composite: true };
const whole = {
  ok: true, format: 'TD1', documentNumber: '090012345', personalId: '001090012345', birthDate: '1990-09-17', sex: 'Nam', expiryDate: '2030-09-17',
  issuer: 'VNM', nationality: 'VNM', surname: 'NGUYEN', givenNames: 'VAN AN', checks: { ...allFour, personalId: true }, warnings: [], problem: null,
};
const set = (line: string, at: number, sign: string) => line.slice(0, at) + sign + line.slice(at + 1);

describe('a Vietnamese card', () => {
  it.each([
    ['three lines', card.join('\n')], ['CR LF and a last line end', `${card.join('\r\n')}\r\n`], ['joined', card.join('')],
    ['small letters and spaces', card.join('\n').toLowerCase().replace(/(.{5})/g, '$1 ')], ['byte order mark and NUL', `\ufeff${card.join('\n')}\0`],
    ['guillemets for two fillers', card.join('\n').replace('NGUYEN<<', 'NGUYEN«')],
  ])('%s_isReadWhole', (_, text) => expect(readMrz(text, today)).toEqual(whole));

  it.each([['too few', 'NGUYEN<<VAN<AN'], ['too many', `${card[2]}<<<`]])('%s fillers at the end_areMendedWithAWarning', (_, last) => {
    expect(read(card[0], card[1], last)).toEqual({ ...whole, warnings: ['fillers-mended'] });
  });
  it('lettersForDigitsAndBack_areMendedWhereEveryCheckDigitThenFits', () => {
    expect(read('1DVNMO9OO123450001O90012345<<1', '9OO9176M3009I74VNM<<<<<<<<<<<2', 'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<')).toEqual({ ...whole, warnings: ['letters-mended'] });
  });
  it.each([
    ['documentNumber', 0, 7], ['personalId', 0, 20], ['birthDate', 1, 3], ['expiryDate', 1, 9], ['composite', 1, 29],
  ] as const)('wrongSignOf_%s_isTold_andEveryValueStillShown', (check, row, at) => {
    const wrong = [...card].with(row, set(card[row], at, String((Number(card[row][at]) + 1) % 10)));
    const reading = read(...wrong);
    expect(reading).toMatchObject({ ok: false, format: 'TD1', surname: 'NGUYEN', problem: { code: 'mrz-check-digit', retry: true } });
    expect(reading.checks).toEqual({ ...whole.checks, composite: false, [check]: false });
  });
  it('noExpiry_yearOnlyBirth_andUnknownBirth', () => {
    expect(read(card[0], '9009176M9912315VNM<<<<<<<<<<<4', card[2])).toMatchObject({ ok: true, expiryDate: 'no-expiry', warnings: [] });
    expect(read('IDVNM0420123457001042012345<<8', '42<<<<4M9912315VNM<<<<<<<<<<<2', card[2])).toMatchObject({ ok: true, birthDate: '1942', expiryDate: 'no-expiry', checks: { birthDate: true }, warnings: ['birth-year-only'] });
    expect(read(card[0], '<<<<<<0M3009174VNM<<<<<<<<<<<0', card[2])).toMatchObject({ ok: true, birthDate: null, checks: { birthDate: true }, warnings: ['birth-unknown'] });
  });
  it('centuryOfBirth_isThatOfTheNumber', () => {
    expect(readMrz(card.join('').replace('001090012345', '001290012345'), today).birthDate).toBe('2090-09-17');
  });
  it.each([['F', 'Nữ', ['id-sex-differs']], ['X', null, []], ['<', null, []]])('sex_%s_is_%s', (sign, sex, warnings) => {
    expect(read(card[0], set(card[1], 7, sign), card[2])).toMatchObject({ ok: true, sex, warnings });
  });
  it('aDateThatDoesNotExist_isAProblem', () => {
    expect(read(card[0], '9002306M3009174VNM<<<<<<<<<<<4', card[2])).toMatchObject({ ok: false, birthDate: null, problem: { code: 'mrz-field-invalid' } });
  });
  it('expired_andACutName_areWarnings', () => {
    expect(readMrz(card.join('\n'), '2030-09-18').warnings).toEqual(['expired']);
    expect(readMrz(card.join('\n'), '2030-09-17').warnings).toEqual([]);
    expect(read(card[0], card[1], 'NGUYEN<<VAN<ANHHHHHHHHHHHHHHHH').warnings).toEqual(['name-cut']);
  });
  it('aFillerInPlaceOfTheLastDigit_isNoCheckOfTheNumber', () => {
    expect(read(set(card[0], 29, '<'), card[1], card[2]).checks).not.toHaveProperty('personalId');
  });
});

// The zones that ICAO 9303 prints in its parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (visas).
describe('specimens of ICAO 9303', () => {
  const eriksson = { ok: true, birthDate: '1974-08-12', sex: 'Nữ', expiryDate: '2012-04-15', issuer: 'UTO', nationality: 'UTO', surname: 'ERIKSSON', givenNames: 'ANNA MARIA', personalId: null, warnings: ['expired'] };
  it.each([
    ['TD1', ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'], 'D23145890', allFour],
    ['TD2', ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'], 'D23145890', allFour],
    ['TD3', ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'], 'L898902C3', { ...allFour, optional: true }],
  ])('%s_isRead', (format, lines, documentNumber, checks) => {
    expect(read(...lines)).toMatchObject({ ...eriksson, format, documentNumber, checks });
    expect(read(lines.join('').toLowerCase())).toEqual(read(...lines));
  });
  it.each([
    ['TD1', ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<']],
    ['TD2', ['I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<', 'D23145890<UTO3407127M95071227349<<<8']],
  ])('longDocumentNumberOf_%s_isJoined', (_, lines) => {
    expect(read(...lines)).toMatchObject({ ok: true, documentNumber: 'D23145890734', surname: 'STEVENSON', birthDate: '1934-07-12', checks: allFour });
  });
  it.each([
    ['MRV-A', ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<']],
    ['MRV-B', ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<']],
  ])('visa_%s_isRefusedByName', (_, lines) => {
    expect(read(...lines)).toMatchObject({ ok: false, format: null, problem: { code: 'mrz-visa' } });
  });
});

it('vietnamesePassport_hasTheTwelveDigitsInItsOptionalData', () => {
  expect(read('P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<', 'C123456788VNM9009176M3009174001090012345<<12')).toMatchObject({
    ok: true, format: 'TD3', documentNumber: 'C12345678', personalId: '001090012345', birthDate: '1990-09-17',
  });
});

describe('what is no MRZ', () => {
  it.each([
    [''], ['\n\n'], ['NGUYEN VAN AN'], [card.slice(0, 2).join('\n')], [[...card, card[0]].join('\n')], ['A'.repeat(90)], ['<'.repeat(90)], ['0'.repeat(88)],
    [set(card.join('\n'), 3, 'Ễ')], ['001090012345|012345678|Nguyễn Văn An|17091990|Nam|Bắc Ninh|10052021'], ['x'.repeat(100_000)],
  ])('%s', (text) => {
    expect(readMrz(text, today)).toMatchObject({ ok: false, format: null, checks: {}, documentNumber: null, problem: { code: 'mrz-not-found' } });
  });
  it('anyText_givesOneAnswerWithAListedProblem', () => {
    const unit = fc.constantFrom(...'<<<<0123456789ABCXYZV \n');
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit, minLength: 70, maxLength: 95 }));
    fc.assert(fc.property(texts, (text) => {
      const reading = readMrz(text, today);
      expect(reading.ok).toBe(reading.problem === null);
      expect(reading.problem === null || isProblemCode(reading.problem.code)).toBe(true);
    }), { numRuns: 3000 });
  });
  it('everyWarningHasItsSentence', () => {
    for (const sentence of Object.values(mrzWarnings)) expect(sentence).toBe(sentence.normalize('NFC'));
  });
});
