import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblemCode } from '../../shared/contracts/problems.ts';
import { parseIdentityQr, qrWarnings } from '../../shared/domain/identity-qr.ts';
import { passCheck, passText } from '../../shared/domain/pass-code.ts';
import { qrContents } from '../../shared/domain/qr-content.ts';
import { decodeUtf8 } from '../../shared/domain/utf8.ts';

const today = '2026-11-22';
const read = (text: string) => parseIdentityQr(text, { today });
const fields = ['001090012345', '012345678', 'Nguyễn Văn An', '17091990', 'Nam', 'Thôn 1, An Bình, Gia Bình, Bắc Ninh', '10052021'];
const text = fields.join('|');
const withField = (at: number, value: string) => fields.with(at, value).join('|');
const card2024 = withField(6, '02072024');

const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const mojibake = (right: string, codePage: string) => new TextDecoder(codePage).decode(new TextEncoder().encode(right));

describe('a well-formed card', () => {
  it('2021 card is read in full', () => {
    expect(read(text)).toEqual({
      ok: true, kind: 'cccd-2021', warnings: [], problem: null, partial: null, rawTail: [], pass: null, content: null, mrz: null,
      values: Object.fromEntries(['personalId', 'oldId', 'fullName', 'birthDate', 'sex', 'residence', 'issuedOn'].map((field) => [field, { source: 'qr', confidence: 'high' }])),
      citizen: {
        personalId: '001090012345', oldId: '012345678', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam',
        residence: 'Thôn 1, An Bình, Gia Bình, Bắc Ninh', issuedOn: '2021-05-10',
      },
    });
  });
  it('card issued on the day of the 2023 law is the newer kind, one day before the older', () => {
    expect(read(withField(6, '01072024')).kind).toBe('can-cuoc-2024');
    expect(read(withField(6, '30062024')).kind).toBe('cccd-2021');
  });
  it('no old number and no residence are kept empty', () => {
    const reading = read(fields.with(1, '').with(5, '').join('|'));
    expect(reading.citizen).toMatchObject({ oldId: null, residence: '' });
    expect(reading.warnings).toEqual(['residence-missing']);
  });
  it('decomposed text is stored composed', () => {
    expect(read(text.normalize('NFD')).citizen?.fullName).toBe('Nguyễn Văn An');
  });
  it('a hidden sign between a letter and its mark does not keep them apart', () => {
    expect(read(withField(2, 'Nguye\u200b\u0302\u0303n Văn An')).citizen?.fullName).toBe('Nguyễn Văn An');
  });
  it('byte order mark, line ends and NUL around the text do not count', () => {
    expect(read(`\ufeff${text}\r\n\0`)).toEqual(read(text));
  });
  it('minority names are taken without a warning', () => {
    for (const name of ["H'Bŏ Niê", 'Y Čĭ Ñuôl-Êban', 'Điểu K’Rứ']) {
      expect(read(withField(2, name))).toMatchObject({ ok: true, citizen: { fullName: name }, warnings: [] });
    }
  });
});

describe('the tail of the 2024 card', () => {
  it('empty tail fields change nothing', () => {
    expect(read(`${card2024}|||`)).toMatchObject({ ok: true, kind: 'can-cuoc-2024', warnings: [], rawTail: ['', '', ''] });
  });
  it('cancelled number and parents are told by their content', () => {
    const reading = read(`${card2024}|024090000001|Nguyễn Văn Bình|Trần Thị Chi|`);
    expect(reading.citizen).toMatchObject({ cancelledId: '024090000001', father: 'Nguyễn Văn Bình', mother: 'Trần Thị Chi' });
    expect(reading.values).toMatchObject({
      cancelledId: { confidence: 'high' }, father: { source: 'qr', confidence: 'low', reason: 'parents-order-assumed' }, mother: { confidence: 'low' }, fullName: { confidence: 'high' },
    });
    expect(reading.warnings).toEqual(['parents-order-assumed']);
  });
  it('mother alone in her place is the mother', () => {
    expect(read(`${card2024}|||Trần Thị Chi`).citizen).toMatchObject({ mother: 'Trần Thị Chi' });
  });
  it('old number in the tail is taken where its own field is empty', () => {
    expect(read(`${fields.with(1, '').with(6, '02072024').join('|')}|012345678`)).toMatchObject({
      citizen: { oldId: '012345678' }, warnings: ['old-id-from-tail'], values: { oldId: { confidence: 'medium', reason: 'old-id-from-tail' } },
    });
  });
  it('unknown content is kept raw with a warning', () => {
    const reading = read(`${card2024}|x9|%%`);
    expect(reading).toMatchObject({ ok: true, warnings: ['tail-unknown'], rawTail: ['x9', '%%'] });
  });
  it('older card with a tail keeps its kind and warns', () => {
    expect(read(`${text}|024090000001`)).toMatchObject({ kind: 'cccd-2021', warnings: ['tail-unexpected'] });
  });
  it('without an issue date the tail decides the kind', () => {
    expect(read(`${withField(6, '')}|||`)).toMatchObject({ ok: true, kind: 'can-cuoc-2024', warnings: ['issue-date-missing'] });
    expect(read(withField(6, ''))).toMatchObject({ ok: true, kind: 'cccd-2021', citizen: { issuedOn: null } });
  });
});

describe('dates', () => {
  it.each(['1990', '00001990', '00051990'])('birth %s is the year only', (birth) => {
    expect(read(withField(3, birth))).toMatchObject({ ok: true, citizen: { birthDate: '1990' }, warnings: ['birth-year-only'] });
  });
  it.each(['31021990', '29022023', '00990000', '17/09/1990', '17091890', '1709199', 'abcdefgh', '23112026', ''])(
    'birth %s is refused', (birth) => expect(read(withField(3, birth)).problem?.code).toBe('qr-field-invalid'));
  it.each(['32012022', '10132021', '23112026', '16091990'])('issue date %s is refused', (issue) => {
    expect(read(withField(6, issue)).problem?.code).toBe('qr-field-invalid');
  });
  it('issued today is taken', () => expect(read(withField(6, '22112026')).ok).toBe(true));
});

describe('checks that only warn', () => {
  it.each([
    [withField(0, '001190012345'), 'id-sex-differs'],
    [withField(0, '001091012345'), 'id-birth-year-differs'],
    [withField(0, '003090012345'), 'id-place-unknown'],
    [withField(4, 'Khác'), 'sex-other'],
    [withField(4, ''), 'sex-other'],
    [withField(1, '12345'), 'old-id-unusual'],
    [withField(2, 'Nguyễn Văn 4n'), 'name-unusual'],
    [withField(2, 'Nguyễn Văn Аn'), 'name-unusual'],
    [`${card2024}||024090000001`, 'tail-order-assumed'],
    [`]Q1${text}`, 'prefix-removed'],
    [`s${text}`, 'prefix-removed'],
    [`P01${text}`, 'prefix-removed'],
    [withField(6, '01012019'), 'issue-date-early'],
    [fields.with(2, 'Phan Minh Long').with(5, 'Ham Minh, Ham Thuan').join('|'), 'marks-missing'],
    [withField(2, 'Nguyễn\u202eVăn An'), 'signs-removed'],
  ])('%s → %s', (input, warning) => expect(read(input)).toMatchObject({ ok: true, warnings: [warning] }));
  it('every warning has its sentence', () => {
    for (const sentence of Object.values(qrWarnings)) expect(sentence).toBe(sentence.normalize('NFC'));
  });
});

describe('what devices do to the text', () => {
  it.each(['windows-1252', 'windows-1258', 'latin1'])('UTF-8 taken for %s is repaired', (codePage) => {
    for (const name of ['Nguyễn Văn An', 'Đặng Thị Hương Ở', 'HUỲNH TRỌNG ĐỨC', 'Vũ Từ Ỷ']) {
      const right = withField(2, name);
      const wrong = codePage === 'latin1' ? latin1(new TextEncoder().encode(right)) : mojibake(right, codePage);
      expect(read(wrong)).toMatchObject({ ok: true, citizen: { fullName: name }, warnings: ['text-repaired'] });
    }
  });
  it('text wrongly decoded twice is repaired', () => {
    const wrong = mojibake(mojibake(text, 'windows-1252'), 'windows-1252');
    expect(read(wrong).citizen?.fullName).toBe('Nguyễn Văn An');
  });
  it('wrongly decoded text with lost bytes is garbled, the digits stay usable', () => {
    const reading = read(mojibake(withField(2, 'Đỗ Thị Lọ'), 'windows-1252').replace(/[\u0080-\u009f]/g, ''));
    expect(reading).toMatchObject({
      ok: false, citizen: null, problem: { code: 'qr-garbled', retry: true },
      partial: { personalId: '001090012345', birthDate: '1990-09-17', issuedOn: '2021-05-10' },
    });
  });
  it.each([withField(2, 'Nguy?n V?n An'), withField(2, 'Nguy\ufffdn Van An'), withField(2, ''), withField(4, 'N?'), withField(4, 'N')])(
    'lost letters in %s are garbled', (input) => expect(read(input).problem?.code).toBe('qr-garbled'));
  it('plain ASCII from a keyboard wedge is garbled, from elsewhere only worth a warning', () => {
    const ascii = fields.with(2, 'Phan Minh Long').with(5, 'Ham Minh').join('|');
    expect(parseIdentityQr(ascii, { today, asciiOnly: true }).problem?.code).toBe('qr-garbled');
    expect(read(ascii)).toMatchObject({ ok: true, warnings: ['marks-missing'] });
  });
  it('letters left out are garbled where no mark is left, else worth a warning', () => {
    expect(read(fields.with(2, 'Nguyn Vn An').with(5, 'Thn 1').join('|')).problem?.code).toBe('qr-garbled');
    expect(read(withField(2, 'Trn Văn An'))).toMatchObject({ ok: true, warnings: ['name-unusual'], values: { fullName: { confidence: 'low' } } });
    expect(read(withField(2, "Y K'Sor H'Đrê Knul"))).toMatchObject({ ok: true, warnings: [] });
  });
  it.each(['>', '¦', '§', '~'])('fields parted by %s are taken after a second check', (sign) => {
    expect(read(fields.join(sign))).toMatchObject({ ok: true, warnings: ['separator-replaced'] });
    expect(read(fields.with(6, 'x').join(sign)).problem?.code).toBe('qr-not-identity');
  });
  it.each([text + text, `${text}\n${card2024}`, `${text}\r\n001190054321||Trần Thị Chi|01021990|Nữ|Hà Nội|01022022`])(
    'two scans run together are refused', (input) => expect(read(input).problem?.code).toBe('scan-merged'));
});

describe('refusals', () => {
  it.each(['', ' ', 'https://example.vn/?a=1', 'NV-00017', '001090012345', 'a|b|c|d|e|f|g', '|||||||||'])(
    '%s is not an identity text', (input) => {
      expect(read(input)).toMatchObject({ ok: false, kind: 'other', citizen: null, problem: { code: 'qr-not-identity' } });
    });
  it.each([fields.slice(0, 6).join('|'), fields.slice(0, 3).join('|'), withField(0, '00109001234'), withField(0, '0010900123456')])(
    '%s is an identity text with a bad field', (input) => expect(read(input).problem?.code).toBe('qr-field-invalid'));
  it('2,000 signs are read, 2,001 are too long', () => {
    expect(read(withField(5, 'x'.repeat(2000 - text.length + fields[5]!.length))).problem?.code).toBe('qr-field-invalid');
    expect(read('x'.repeat(2001)).problem?.code).toBe('code-too-long');
  });
});

describe('each value has its confidence', () => {
  it.each([
    ['repaired text', mojibake(text, 'windows-1252'), { fullName: 'medium', residence: 'medium', personalId: 'high', birthDate: 'high' }],
    ['replaced separators', fields.join('>'), { fullName: 'medium', personalId: 'medium', issuedOn: 'medium' }],
    ['letters without marks', fields.with(2, 'Phan Minh Long').with(5, 'Ham Minh').join('|'), { fullName: 'low', residence: 'low', sex: 'high' }],
    ['a number that tells another sex', withField(0, '001190012345'), { personalId: 'medium', sex: 'medium', birthDate: 'high' }],
    ['a foreign code of the place', withField(0, '003090012345'), { personalId: 'medium', fullName: 'high' }],
    ['a year for a birth date', withField(3, '1990'), { birthDate: 'medium' }],
  ])('%s', (_, input, expected) => {
    const { values } = read(input);
    for (const [field, confidence] of Object.entries(expected)) expect(values).toHaveProperty(field, expect.objectContaining({ source: 'qr', confidence }));
  });
  it('a value that is not there has none, a garbled text keeps its digits', () => {
    expect(Object.keys(read(fields.with(1, '').with(5, '').join('|')).values)).toEqual(['personalId', 'fullName', 'birthDate', 'sex', 'issuedOn']);
    expect(read(withField(2, 'Nguy?n')).values).toEqual({
      personalId: { source: 'qr', confidence: 'high' }, birthDate: { source: 'qr', confidence: 'high' }, issuedOn: { source: 'qr', confidence: 'high' },
    });
  });
});

describe('addresses of before and after 1 July 2025', () => {
  it.each(['Tổ 5, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh', 'Phường Sài Gòn, Thành phố Hồ Chí Minh', 'Bản Phja Đa, Xã Cô Ba, Bảo Lạc, Cao Bằng'])('%s is taken as it is', (residence) => {
    expect(read(withField(5, residence))).toMatchObject({ ok: true, warnings: [], citizen: { residence } });
  });
});

describe('codes of other kinds are told by name', () => {
  it.each([
    ['payment', '00020101021238570010A00000072701270006970436011301234567890120208QRIBFTTA53037045802VN63049E6F'],
    ['health-insurance', 'DN4010101234567|4e677579e1bb856e2056c4836e20416e|17/09/1990|1|48c3a0204ee1bb9969|01 - 001|01/01/2025|-|01/01/2025|01|-|4|-|15e1bd5b5fd8eab-7102|$'],
    ['wifi', 'WIFI:T:WPA;S:Mau;P:matkhau;;'], ['contact', 'BEGIN:VCARD\nFN:An\nEND:VCARD'], ['message', 'tel:0900000000'],
    ['link', 'https://example.vn/?a=1'], ['driving-licence', 'https://gplx.gov.vn/?x=1'], ['vneid', 'https://vneid.gov.vn/login?n=1'],
    ['offline', '{"nonce":"x"}'], ['offline', 'eyJhbGciOiJFUzI1NiJ9.eyJub25jZSI6IjEyMzQ1Njc4OTAifQ.c2lnbmF0dXJl'],
    ['number', '001090012345'], ['other', 'Xin chào'],
  ])('%s', (content, input) => {
    const reading = read(input);
    expect(reading).toMatchObject({ ok: false, kind: 'other', content, problem: { code: 'qr-not-identity', detail: content }, values: {}, rawTail: [] });
    expect(reading.problem?.vi).toBe(qrContents[reading.content!]);
    expect(JSON.stringify(reading)).not.toContain(input.slice(0, 20));
  });
  it('an MRZ in a code is read', () => {
    const lines = ['IDVNM0900123450001090012345<<1', '9009176M3009174VNM<<<<<<<<<<<2', 'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'];
    expect(read(lines.join('\n'))).toMatchObject({ ok: false, content: 'mrz', mrz: { ok: true, personalId: '001090012345' } });
  });
});

describe('a printed pass of our own', () => {
  it('check signs are those of ISO/IEC 7064 MOD 1271-36', () => expect(passCheck('ISO79')).toBe('3W'));
  it('is told from other codes and read, in small letters and with scanner signs too', () => {
    const printed = passText('KH-20261122-07')!;
    expect(read(printed)).toMatchObject({ ok: true, kind: 'pass', pass: 'KH-20261122-07', citizen: null, problem: null });
    expect(read(`]C0${printed.toLowerCase()}\r\n`)).toMatchObject({ ok: true, pass: 'KH-20261122-07' });
  });
  it('two of them run together are told as merged', () => {
    expect(read(passText('KH-07')! + passText('KH-08')!).problem?.code).toBe('scan-merged');
  });
  it('codes with other signs have no pass', () => expect(['', 'nv1', 'A--B', '-A', 'Đ1', 'A'.repeat(41)].map(passText)).toEqual(Array(6).fill(null)));
  it('every wrong sign and every swap of neighbours is found', () => {
    const printed = passText('KH-20261122-07')!;
    const body = [...printed].map((sign, at) => [sign, at] as const).filter(([, at]) => at >= 5);
    for (const [sign, at] of body) {
      for (const other of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.replace(sign, '')) {
        expect(read(printed.slice(0, at) + other + printed.slice(at + 1))).toMatchObject({ ok: false, kind: 'pass', problem: { code: 'pass-check-digit' } });
      }
      const swapped = printed.slice(0, at) + (printed[at + 1] ?? '') + sign + printed.slice(at + 2);
      expect(swapped === printed || !read(swapped).ok).toBe(true);
    }
  });
});

describe('settings of the scanner that spoil the text are named', () => {
  const sevenBits = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte & 0x7f)).join('');
  const evenParity = Array.from(text.normalize('NFD').replace(/[^ -~]/g, ''), (sign) => {
    const code = sign.charCodeAt(0);
    return String.fromCharCode([...code.toString(2)].filter((bit) => bit === '1').length % 2 === 0 ? code : code | 0x80);
  }).join('');
  it('a lost eighth bit, digits kept', () => {
    expect(read(sevenBits)).toMatchObject({ ok: false, problem: { code: 'scanner-seven-bit' }, partial: { personalId: '001090012345' } });
  });
  it('a parity bit', () => expect(read(evenParity).problem?.code).toBe('scanner-seven-bit'));
});

describe('hostile input', () => {
  const sane = (input: string) => {
    const reading = parseIdentityQr(input, { today });
    expect(reading.ok).toBe(reading.citizen !== null || reading.pass !== null);
    expect(reading.ok).toBe(reading.problem === null);
    if (reading.problem !== null) expect(isProblemCode(reading.problem.code)).toBe(true);
    if (reading.citizen !== null) {
      expect(reading.citizen.personalId).toMatch(/^\d{12}$/);
      expect(reading.citizen.fullName).toBe(reading.citizen.fullName.normalize('NFC'));
    }
  };
  it('5,000 random texts never throw and always answer one way', () => {
    const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 2200 }), fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 12 }).map((parts) => parts.join('|')));
    expect(() => fc.assert(fc.property(any, sane), { numRuns: 5000 })).not.toThrow();
  });
  it('5,000 mutations of true texts never throw and always answer one way', () => {
    const mutation = fc.record({
      base: fc.constantFrom(text, `${card2024}|024090000001|A|B|`, mojibake(text, 'windows-1252'), text + text, text.normalize('NFD')),
      cuts: fc.array(fc.record({ at: fc.nat(), drop: fc.nat(8), put: fc.string({ unit: 'binary', maxLength: 5 }) }), { minLength: 1, maxLength: 6 }),
    });
    const holds = fc.property(mutation, ({ base, cuts }) => {
      let mutated = base;
      for (const { at, drop, put } of cuts) {
        const place = at % (mutated.length + 1);
        mutated = mutated.slice(0, place) + put + mutated.slice(place + drop);
      }
      sane(mutated);
    });
    expect(() => fc.assert(holds, { numRuns: 5000 })).not.toThrow();
  });
});

describe('decodeUtf8', () => {
  it('agrees with TextDecoder on any bytes', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const expected = (bytes: Uint8Array) => {
      try { return strict.decode(bytes); } catch { return null; }
    };
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.string({ unit: 'binary' }).map((s) => new TextEncoder().encode(s)),
      fc.array(fc.constantFrom(0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0x41), { maxLength: 8 }).map((a) => Uint8Array.from(a)));
    fc.assert(fc.property(bytes, (input) => {
      expect(decodeUtf8(input)).toBe(expected(input));
    }), { numRuns: 3000 });
  });
});
