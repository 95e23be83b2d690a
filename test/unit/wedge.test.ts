import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import { passText } from '../../shared/domain/pass-code.ts';
import recordings from '../fixtures/scanner/wedge.json' with { type: 'json' };
import { endOfBurst, noBurst, pressKey, usSign, type WedgeKey } from '../../shared/domain/wedge.ts';

const codes = ['Space', 'Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Backslash', 'Semicolon', 'Quote', 'Backquote', 'Comma', 'Period', 'Slash',
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `Key${letter}`), ...'0123456789'.split('').map((digit) => `Digit${digit}`)];
const keyOf = new Map(codes.flatMap((code) => [true, false].map((shiftKey) => [usSign(code, shiftKey), { code, shiftKey }] as const)));

type Press = Omit<WedgeKey, 'timeStamp'>;
const plain = (code: string): Press => ({ code, shiftKey: false, altKey: false });
/** What a scanner presses for a text; letters that no US keyboard has are left out, as scanners do. */
const typed = (text: string): Press[] => [...text].flatMap((sign) => {
  const key = keyOf.get(sign);
  if (key === undefined) return [];
  const press = { ...key, altKey: false };
  return key.shiftKey ? [{ ...plain('ShiftLeft'), shiftKey: true }, press] : [press];
});

function play(presses: Press[], gap = 5, start = 1000) {
  let burst = noBurst;
  let at = start;
  const scans: string[] = [];
  let swallowed = 0;
  for (const press of presses) {
    at += gap;
    const step = pressKey(burst, { ...press, timeStamp: at });
    burst = step.burst;
    scans.push(...step.scans);
    if (step.swallow) swallowed += 1;
  }
  return { scans, swallowed, burst, at };
}

const enter = plain('Enter');

describe('a burst', () => {
  it('ends at Enter, at Tab, at Ctrl+J', () => {
    for (const end of [enter, plain('Tab'), plain('NumpadEnter'), { ...plain('KeyJ'), ctrlKey: true }]) {
      expect(play([...typed('NV-00017|x'), end]).scans).toEqual(['NV-00017|x']);
    }
  });
  it('any printable ASCII text comes out as it was scanned', () => {
    expect(() => fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 300 }), (text) => {
      expect(play([...typed(text), enter]).scans).toEqual([text]);
    }))).not.toThrow();
  });
  it('all presses but the first two, and the end key, are swallowed', () => {
    expect(play([...typed('abcdef'), enter]).swallowed).toBe(5);
  });
  it('without an end key it is complete when the pause has passed', () => {
    const { burst, scans } = play(typed('nv00017'));
    expect(scans).toEqual([]);
    expect(endOfBurst(burst)).toEqual(['nv00017']);
  });
  it('without an end key it is complete when the next burst starts', () => {
    const first = play(typed('nv00017'));
    const step = pressKey(first.burst, { ...plain('KeyA'), timeStamp: first.at + 200 });
    expect(step).toMatchObject({ scans: ['nv00017'], swallow: false, burst: { text: 'a' } });
  });
  it('number pad digits count, Alt codes become their letters', () => {
    const alt = (number: string): Press[] => [{ ...plain('AltLeft'), altKey: true }, ...[...number].map((digit) => ({ ...plain(`Numpad${digit}`), altKey: true }))];
    expect(play([...[...'0012'].map((digit) => plain(`Numpad${digit}`)), enter]).scans).toEqual(['0012']);
    expect(play([...typed('Nguy'), ...alt('7877'), ...alt('0110'), ...typed(' An'), enter]).scans).toEqual(['Nguyễn An']);
    expect(play([...typed('abc'), ...alt('130'), enter]).scans).toEqual(['abc?']);
  });
  it('is bounded', () => {
    const [scan] = play([...typed('x'.repeat(5000)), enter]).scans;
    expect(parseIdentityQr(scan!).problem?.code).toBe('code-too-long');
  });
});

describe('Alt codes', () => {
  const alt = (number: string): Press[] => [{ ...plain('AltLeft'), altKey: true }, ...[...number].map((digit) => ({ ...plain(digit === '+' ? 'NumpadAdd' : /\d/.test(digit) ? `Numpad${digit}` : `Key${digit}`), altKey: true }))];
  const card = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';
  const press = (codesOf: (sign: string) => string[]) => [...card].flatMap((sign) => (sign < '\u0080' ? typed(sign) : codesOf(sign).flatMap(alt)));
  const bytesOf = (sign: string) => [...new TextEncoder().encode(sign)].map(String);
  it.each([
    ['Unicode numbers', (sign: string) => [String(sign.codePointAt(0)).padStart(4, '0')]],
    ['hexadecimal Unicode numbers', (sign: string) => [`+${sign.codePointAt(0)!.toString(16).toUpperCase()}`]],
    ['UTF-8 bytes of four digits', (sign: string) => bytesOf(sign).map((byte) => `0${byte}`)],
    ['UTF-8 bytes of three digits', bytesOf],
  ])('%s give the text of the card', (_, codesOf) => {
    const [scan] = play([...press(codesOf), enter]).scans;
    expect(parseIdentityQr(scan!, { today: '2026-11-22', asciiOnly: true })).toMatchObject({ ok: true, citizen: { fullName: 'Nguyễn Văn An', residence: 'Thôn 1, An Bình, Gia Bình, Bắc Ninh' } });
  });
  it('bytes of Windows-1258 give their letters, numbers of an unknown code page do not', () => {
    expect(play([...typed('Nguy'), ...alt('0234'), ...alt('0222'), ...typed('n'), enter]).scans.map((text) => text.normalize('NFC'))).toEqual(['Nguyễn']);
    expect(play([...typed('Nguy'), ...alt('136'), ...typed('n'), enter]).scans).toEqual(['Nguy?n']);
  });
});

describe('settings of scanner and machine', () => {
  const ascii = '001090012345|012345678|Phan Minh Long|17091990|Nam|Yen Dinh, Quang Ham|10052021';
  const shifted = (code: string): Press[] => [{ ...plain('ShiftLeft'), shiftKey: true }, { code, shiftKey: true, altKey: false }];
  const letter = (sign: string, moved: Readonly<Record<string, string>>): Press[] => {
    const code = moved[sign.toLowerCase()] ?? `Key${sign.toUpperCase()}`;
    return sign === sign.toUpperCase() ? shifted(code) : [plain(code)];
  };
  /** AltGr as each system tells it. */
  const altGr = { windows: { ctrlKey: true, altKey: true }, linux: { altGraph: true, altKey: false }, usKeyboard: { altKey: true } };
  const withAltGr = (code: string, how: keyof typeof altGr): Press[] => [plain('AltRight'), { ...plain(code), ...altGr[how] }];
  const layouts: Record<string, (sign: string, how: keyof typeof altGr) => Press[]> = {
    french: (sign, how) => (/\d/.test(sign) ? shifted(`Digit${sign}`) : sign === '|' ? withAltGr('Digit6', how) : sign === ',' ? [plain('KeyM')] : sign === ' ' ? [plain('Space')]
      : letter(sign, { a: 'KeyQ', q: 'KeyA', z: 'KeyW', w: 'KeyZ', m: 'Semicolon' })),
    german: (sign, how) => (sign === '|' ? withAltGr('IntlBackslash', how) : /[\d, ]/.test(sign) ? typed(sign) : letter(sign, { y: 'KeyZ', z: 'KeyY' })),
    spanish: (sign, how) => (sign === '|' ? withAltGr('Digit1', how) : typed(sign)),
    italian: (sign) => (sign === '|' ? shifted('Backquote') : typed(sign)),
    japanese: (sign) => (sign === '|' ? shifted('IntlYen') : typed(sign)),
  };
  it.each(Object.keys(layouts).flatMap((name) => Object.keys(altGr).map((how) => [name, how as keyof typeof altGr] as const)))(
    'keys for a %s keyboard, AltGr as on %s: number and dates are read, the problem names the setting', (name, how) => {
      const [scan] = play([...[...ascii].flatMap((sign) => layouts[name]!(sign, how)), enter]).scans;
      const reading = parseIdentityQr(scan!, { today: '2026-11-22', asciiOnly: true });
      expect(reading).toMatchObject({ ok: false, partial: { personalId: '001090012345', birthDate: '1990-09-17', issuedOn: '2021-05-10' }, warnings: ['layout-foreign'] });
      expect(['scanner-layout', 'qr-garbled']).toContain(reading.problem?.code);
    });
  it.each(Object.keys(layouts))('our own pass through a %s keyboard is read', (name) => {
    const hyphen: Record<string, Press[]> = { french: [plain('Digit6')], german: [plain('Slash')], spanish: [plain('Slash')], italian: [plain('Slash')], japanese: [plain('Minus')] };
    const keys = [...passText('KH20261122A7')!].flatMap((sign) => (sign === '-' ? hyphen[name]! : layouts[name]!(sign, 'windows')));
    const [scan] = play([...keys, enter]).scans;
    expect(parseIdentityQr(scan!, { asciiOnly: true })).toMatchObject({ ok: true, kind: 'pass', pass: 'KH20261122A7' });
  });
  it.each(Object.keys(altGr) as (keyof typeof altGr)[])('keys for a Vietnamese keyboard, AltGr as on %s, give the whole text', (how) => {
    const row = ['Backquote', ...'1234567890'.split('').map((digit) => `Digit${digit}`), 'Minus', 'Equal', 'BracketLeft', 'BracketRight'];
    const plainSigns = ['`', 'ă', 'â', 'ê', 'ô', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323', 'đ', '-', '₫', 'ư', 'ơ'];
    const shiftSigns = ['~', 'Ă', 'Â', 'Ê', 'Ô', '%', '^', '&', '*', '(', 'Đ', '_', '+', 'Ư', 'Ơ'];
    // The tone alone apart: ễ is ê and a tilde, as this keyboard has them.
    const signs = [...'001090012345|012345678|Đặng Thị Hường|17091990|Nữ|Thôn 1, Bắc Ninh|10052021'].flatMap((sign) => {
      const apart = [...sign.normalize('NFD')];
      const tones = apart.filter((mark) => '\u0300\u0309\u0303\u0301\u0323'.includes(mark));
      return [apart.filter((mark) => !tones.includes(mark)).join('').normalize('NFC'), ...tones];
    });
    const keys = signs.flatMap((sign) => (/\d/.test(sign) ? withAltGr(`Digit${sign}`, how)
      : plainSigns.includes(sign) ? [plain(row[plainSigns.indexOf(sign)]!)] : shiftSigns.includes(sign) ? shifted(row[shiftSigns.indexOf(sign)]!) : typed(sign)));
    const [scan] = play([...keys, enter]).scans;
    expect(parseIdentityQr(scan!, { today: '2026-11-22', asciiOnly: true })).toMatchObject({
      ok: true, warnings: ['id-sex-differs'], citizen: { personalId: '001090012345', fullName: 'Đặng Thị Hường', sex: 'Nữ', residence: 'Thôn 1, Bắc Ninh', issuedOn: '2021-05-10' },
    });
  });
  it('digits that come as signs name the keyboard country', () => {
    const [scan] = play([...[...'NV00017'].flatMap((sign) => layouts.french!(sign, 'windows')), enter]).scans;
    expect(parseIdentityQr(scan!, { asciiOnly: true }).problem?.code).toBe('scanner-layout');
  });
  it('Telex and VNI do not matter: keys are the same', () => {
    expect(play([...typed('dd aa ee oo w1 a6 d9 NV-00017'), enter]).scans).toEqual(['dd aa ee oo w1 a6 d9 NV-00017']);
  });
  it.each([['backspaces', 'Backspace'], ['signs without a key', '']])('an input method that sends %s is named', (_, code) => {
    const keys = [...typed(ascii.slice(0, 30)), plain(code), ...typed(ascii.slice(30)), enter];
    expect(parseIdentityQr(play(keys).scans[0]!, { today: '2026-11-22', asciiOnly: true })).toMatchObject({
      ok: false, problem: { code: 'scanner-input-method' }, partial: { personalId: '001090012345' },
    });
  });
  it('a scanner that switches CapsLock for capitals gives capitals', () => {
    const keys = [plain('CapsLock'), plain('KeyN'), plain('KeyV'), plain('CapsLock'), plain('Minus'), plain('KeyA'), plain('Digit1')];
    expect(play([...keys, enter]).scans).toEqual(['NV-a1']);
    expect(play([...keys, enter, ...keys, enter]).scans).toEqual(['NV-a1', 'NV-a1']);
  });
  it('Ctrl+J of a real keyboard, with its Ctrl key, ends the scan', () => {
    expect(play([...typed('NV-00017'), plain('ControlLeft'), { ...plain('KeyJ'), ctrlKey: true }]).scans).toEqual(['NV-00017']);
  });
});

describe('recorded with Vietnamese input methods on', () => {
  const scanOf = (keys: readonly string[]): string[] => play(keys.map((key) => ({ ...plain(key.replace('+', '')), shiftKey: key.endsWith('+') }))).scans;
  it.each(recordings.filter(({ text }) => text !== undefined).map((recording) => [recording.name, recording] as const))('%s: the text as it was scanned', (_, { keys, text }) => {
    expect(scanOf(keys)).toEqual([text]);
  });
  it.each(recordings.filter(({ problem }) => problem !== undefined).map((recording) => [recording.name, recording] as const))('%s: nobody, and the setting is named', (_, { keys, problem, personalId }) => {
    const scans = scanOf(keys);
    const reading = parseIdentityQr(scans[0]!, { today: '2026-11-22', asciiOnly: true });
    expect({ scans: scans.length, citizen: reading.citizen, problem: reading.problem?.code, number: reading.partial?.personalId }).toEqual({ scans: 1, citizen: null, problem, number: personalId });
  });
});

describe('a person typing', () => {
  it('is left alone', () => {
    expect(play([...typed('nguyen van an'), enter], 90)).toMatchObject({ scans: [], swallowed: 0 });
  });
  it('two fast presses and Enter are no scan', () => {
    expect(play([...typed('ok'), enter], 20)).toMatchObject({ scans: [] });
  });
  it('a shortcut or an arrow ends what was collected', () => {
    expect(play([...typed('abcd'), { ...plain('KeyC'), ctrlKey: true }]).burst).toEqual(noBurst);
    expect(play([...typed('ab'), plain('ArrowLeft'), ...typed('cd')]).burst.text).toBe('cd');
  });
});

describe('an identity card through a keyboard', () => {
  const text = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';
  it('loses its marks: garbled, but the number is usable', () => {
    const [scan] = play([...typed(text), enter]).scans;
    expect(parseIdentityQr(scan!, { today: '2026-11-22', asciiOnly: true })).toMatchObject({
      problem: { code: 'qr-garbled' }, partial: { personalId: '001090012345', birthDate: '1990-09-17' },
    });
  });
  it('two cards without a pause are told as merged', () => {
    const [scan] = play([...typed(text + text), enter]).scans;
    expect(parseIdentityQr(scan!, { asciiOnly: true }).problem?.code).toBe('scan-merged');
  });
});
