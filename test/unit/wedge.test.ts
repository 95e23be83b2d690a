import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
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
