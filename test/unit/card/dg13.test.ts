import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex } from '../../../electron/card/bytes.ts';
import { hasUnknownFields, parseDg13, personFromDg13, vietnameseDate } from '../../../electron/card/dg13.ts';
import { tlv } from '../../../electron/card/tlv.ts';

// Byte samples of the layout, made by hand from the descriptions, of an invented person.
const sample = {
  1: '3011020101130c303031303930303132333435',
  2: '30150201020c104e677579e1bb856e2056c4836e20416e',
  3: '300f020103130a31372f30392f31393930',
  12: '300f02010c0c0a31372f30392f32303330',
  13: '302f02010d30150c134e677579e1bb856e2056c4836e2042c3ac6e6830130c115472e1baa76e205468e1bb8b2043c3ba63',
  14: '300302010e',
  15: '300e02010f1309303132333435363738',
};
const all = concat(...Object.values(sample).map(fromHex));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const field = (index: number, ...texts: string[]): Uint8Array => tlv(0x30, tlv(2, Uint8Array.of(index)), ...texts.map((text) => tlv(0x0c, utf8(text))));

const expected = {
  personalId: '001090012345', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', expiresOn: '2030-09-17',
  father: 'Nguyễn Văn Bình', mother: 'Trần Thị Cúc', spouses: [], oldId: '012345678',
};

describe('DG13', () => {
  it.each<[string, Uint8Array]>([
    ['sideBySide', tlv(0x6d, all)],
    ['inASequence', tlv(0x6d, tlv(0x30, all))],
    ['inASet', tlv(0x6d, tlv(0x31, tlv(0xa0, all)))],
    ['backwards', tlv(0x6d, ...Object.values(sample).toReversed().map(fromHex))],
  ])('%s_givesThePerson', (_, file) => {
    expect(personFromDg13(parseDg13(file))).toMatchObject(expected);
  });

  it('indexWithALeadingZero_andWordsInCapitals_areUnderstood', () => {
    const wide = tlv(0x30, Uint8Array.of(2, 2, 0, 4), tlv(0x0c, utf8('NỮ')));
    const file = tlv(0x6d, all.subarray(0, 19), wide, field(12, 'KHÔNG THỜI HẠN'));
    expect(personFromDg13(parseDg13(file))).toMatchObject({ personalId: expected.personalId, sex: 'Nữ', expiresOn: 'no-expiry' });
  });

  it('valueOver128Bytes_isReadWhole', () => {
    const residence = 'Số 12, ngách 34, ngõ 56, đường Nguyễn Thị Minh Khai, khu phố 7, phường Bến Nghé, quận 1, thành phố Hồ Chí Minh'.repeat(3);
    expect(personFromDg13(parseDg13(tlv(0x6d, all, field(9, residence))))?.residence).toBe(residence);
  });

  it('textThatLooksLikeAField_isText', () => {
    const origin = 'x0\u0011\u0002\u0001\u0001\u0013';
    expect(personFromDg13(parseDg13(tlv(0x6d, field(8, origin), all)))).toMatchObject({ ...expected, origin });
  });

  it('decomposedText_becomesNfc', () => {
    const name = 'Nguyễn Văn An';
    expect(personFromDg13(parseDg13(tlv(0x6d, fromHex(sample[1]), field(2, name.normalize('NFD')))))?.fullName).toBe(name);
  });

  it('unknownFields_areKeptAndSaid', () => {
    const dg13 = parseDg13(tlv(0x6d, all, field(40, 'mới')));
    expect([dg13.fields.get(40), hasUnknownFields(dg13), hasUnknownFields(parseDg13(tlv(0x6d, all)))]).toEqual([['mới'], true, false]);
  });

  it('unknownFather_leavesTheMotherInPlace', () => {
    const parents = tlv(0x30, tlv(2, Uint8Array.of(13)), tlv(0x30, tlv(0x0c)), tlv(0x30, tlv(0x0c, utf8('Trần Thị Cúc'))));
    expect(personFromDg13(parseDg13(tlv(0x6d, fromHex(sample[1]), parents)))).toMatchObject({ father: null, mother: 'Trần Thị Cúc' });
  });

  it.each([['3000'], ['30040C02C328']])('fatherWrittenAs_%s_leavesTheMotherInPlace', (father) => {
    const mother = tlv(0x0c, utf8('Trần Thị Cúc'));
    const parents = tlv(0x30, tlv(2, Uint8Array.of(13)), fromHex(father), tlv(0x30, mother));
    expect(personFromDg13(parseDg13(tlv(0x6d, fromHex(sample[1]), parents)))).toMatchObject({ father: null, mother: 'Trần Thị Cúc' });
  });

  it('bytesOfEveryField_areKeptAsTheyStand', () => {
    const { raw } = parseDg13(tlv(0x6d, fromHex(sample[1]), tlv(0x30, tlv(2, Uint8Array.of(77)), tlv(0x85, fromHex('00FF10')))));
    expect([toHex(raw.get(1)!), toHex(raw.get(77)!), raw.get(2)]).toEqual(['130C303031303930303132333435', '850300FF10', undefined]);
  });

  it('twoSpouses_areBothNamed', () => {
    expect(personFromDg13(parseDg13(tlv(0x6d, fromHex(sample[1]), field(14, 'Lê Thị Đào', '', 'Phạm Thị Hoa'))))?.spouses).toEqual(['Lê Thị Đào', 'Phạm Thị Hoa']);
  });

  it.each(['Không thời hạn', 'KHÔNG THỜI HẠN'.normalize('NFD'), 'không  thời hạn'])('expiry_%s_isNoExpiry', (text) => {
    expect(personFromDg13(parseDg13(tlv(0x6d, fromHex(sample[1]), field(12, text))))?.expiresOn).toBe('no-expiry');
  });

  it('withoutANumber_isNobody', () => {
    expect(personFromDg13(parseDg13(tlv(0x6d, fromHex(sample[2]))))).toBeNull();
  });

  it.each(['6D00', '6D0430020500', '6D8430020101', '6D0330FF00', `${'30820100'.repeat(30)}`])('brokenFile_%s_isACodedProblem', (hex) => {
    expect(() => parseDg13(fromHex(hex))).toThrow(expect.objectContaining({ code: 'card-file-invalid' }));
  });

  it('nestedWithoutEnd_isACodedProblem', () => {
    let inner = field(1, 'x');
    for (let i = 0; i < 40; i += 1) inner = tlv(0x31, inner);
    expect(() => parseDg13(tlv(0x6d, inner))).toThrow(expect.objectContaining({ code: 'card-file-invalid' }));
  });

  it('dates_inTheFormsSeen', () => {
    expect(['17/09/1990', '1/2/1990', '17-09-1990', '1950', '31/02/1990', 'x', ''].map(vietnameseDate))
      .toEqual(['1990-09-17', '1990-02-01', '1990-09-17', '1950', null, null, null]);
  });
});
