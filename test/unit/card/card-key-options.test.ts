import { describe, expect, it } from 'vitest';
import { cardKeyOf, type CardKeyOptions } from '../../../electron/cli/card-key-options.ts';
import { UsageError } from '../../../electron/cli/io.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';

const lines = ['IDVNM0900123450001090012345<<1', '9009176M3009174VNM<<<<<<<<<<<2', 'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'];
const qr = '001090012345||Nguyễn Văn An|17091990|Nam|Thôn 1, Gia Bình, Bắc Ninh|10052021';
const dates = { birth: '1990-09-17', expiry: '2030-09-17' };

describe('what a chip is opened with', () => {
  it.each<[string, CardKeyOptions, object]>([
    ['can', { can: '012345' }, { can: '012345' }],
    ['mrzInLines', { mrz: lines.join('\n') }, { mrz: lines.join('\n') }],
    ['mrzJoined', { mrz: lines.join('') }, { mrz: lines.join('') }],
    ['mrzWithLineBreaksAsAShellLeavesThem', { mrz: lines.join(String.raw`\n`) }, { mrz: lines.join('\n') }],
    ['qr', { qr }, { qr: expect.objectContaining({ personalId: '001090012345' }) }],
    ['documentInSmallLetters', { document: ' c01x00t47', ...dates }, { documentNumber: 'C01X00T47', birthDate: '1990-09-17', expiryDate: '2030-09-17' }],
    ['noExpiry', { document: '001055012345', birth: '1955', expiry: 'no-expiry' }, { documentNumber: '001055012345', birthDate: '1955', expiryDate: 'no-expiry' }],
  ])('%s_isTaken', (_, options, key) => {
    expect(cardKeyOf('', options)).toEqual(key);
  });

  it.each<[string, CardKeyOptions, string]>([
    ['nothing', {}, 'card-key-needed'], ['qrOfSomethingElse', { qr: 'hello' }, 'qr-not-identity'], ['mrzThatIsNone', { mrz: 'hello' }, 'mrz-not-found'],
    ['oneLineOfAnMrz', { mrz: lines[0]! }, 'mrz-not-found'],
  ])('%s_isACodedProblem', (_, options, code) => {
    const problem = cardKeyOf('', options);
    expect(problem).toBeInstanceOf(ProblemError);
    expect(problem).toMatchObject({ code });
  });

  it.each<[string, CardKeyOptions]>([
    ['twoKinds', { can: '012345', qr }], ['canOfFiveDigits', { can: '12345' }], ['documentAlone', { document: '090012345' }],
    ['dateInAnotherForm', { document: '090012345', birth: '17/09/1990', expiry: '2030-09-17' }],
  ])('%s_isBadUsage', (_, options) => {
    expect(() => cardKeyOf('', options)).toThrow(UsageError);
  });
});
