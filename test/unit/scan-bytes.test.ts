import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isNoise, textOfScan } from '../../electron/devices/scan-bytes.ts';
import type { Scan } from '../../electron/devices/scanner.ts';
import { scanAssembler } from '../../electron/devices/serial-scanner-lines.ts';
import type { ScanEnd } from '../../shared/contracts/lane-serial.ts';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import { recorded } from '../fixtures/scanner/recorded.ts';

const card = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** What a line of another speed makes of a text: levels of the sender, taken at the middle of the receiver's bits. */
function atSpeed(text: string, sent: number, read: number): Uint8Array {
  const levels: number[] = [];
  for (const byte of Buffer.from(text)) levels.push(0, ...Array.from({ length: 8 }, (_, i) => (byte >> i) & 1), 1, 1);
  const level = (bit: number): number => levels[Math.floor(bit * sent / read)] ?? 1;
  const bytes: number[] = [];
  for (let at = 0; at * sent / read < levels.length;) {
    if (level(at) === 1) {
      at += 0.25;
      continue;
    }
    let byte = 0;
    for (let i = 0; i < 8; i++) byte |= level(at + 1.5 + i) << i;
    bytes.push(byte);
    at += 9.5;
  }
  return Uint8Array.from(bytes);
}

function play(chunks: readonly Uint8Array[], end: ScanEnd = 'any'): Scan[] {
  vi.useFakeTimers();
  try {
    const scans: Scan[] = [];
    const assembler = scanAssembler((scan) => scans.push(scan), 120, end);
    for (const chunk of chunks) assembler.push(chunk);
    vi.advanceTimersByTime(200);
    return scans;
  } finally {
    vi.useRealTimers();
  }
}
const texts = (scans: Scan[]): string[] => scans.map(({ text }) => text);

describe('noise', () => {
  it.each([[19_200, 9600], [38_400, 9600], [4800, 9600], [9600, 115_200], [2400, 9600]])('a scanner of %i baud on a line of %i is told as noise, not as somebody', (sent, read) => {
    const scans = play([atSpeed(`${card}\r`, sent, read)]);
    const readings = scans.map(({ text, problem }) => problem ?? parseIdentityQr(text).problem?.code);
    expect(readings).toContain('scanner-noise');
    expect(scans.filter(({ text }) => parseIdentityQr(text).citizen !== null)).toEqual([]);
  });
  it('of a scanner twelve times as fast so few bytes are left that they are nobody', () => {
    expect(play([atSpeed(`${card}\r`, 115_200, 9600)]).filter(({ text }) => parseIdentityQr(text).citizen !== null || parseIdentityQr(text).partial !== null)).toEqual([]);
  });
  it('the same speed is the card', () => {
    expect(texts(play([atSpeed(`${card}\r`, 9600, 9600)]))).toEqual([card]);
  });
  it.each(['ff', '00', 'fffe80', '000000000000', '80', '0d0a0d0a'])('a few bytes of a plug or a motor are nobody: %s', (bytes) => {
    expect(play([hex(bytes)])).toEqual([]);
  });
  it('noise before a code does not swallow the next one', () => {
    expect(play([hex('ff80fe0d'), Buffer.from('NV-00017\r')]).at(-1)).toMatchObject({ text: 'NV-00017', problem: null });
  });
  it('no recorded scan of a scanner that is set right is noise', () => {
    const serial = recorded.filter(({ way, text }) => way === 'serial' && text !== null);
    expect(serial.length).toBeGreaterThan(5);
    for (const { chunks } of serial) expect(isNoise(Buffer.concat(chunks))).toBe(false);
  });
  it('text in any Vietnamese, UTF-8 or code page, is none; any bytes are told without a fall', () => {
    expect(isNoise(Buffer.from(card))).toBe(false);
    expect(isNoise(hex('4e677579eade6e'))).toBe(false);
    expect(() => fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      isNoise(bytes);
      textOfScan(bytes);
    }))).not.toThrow();
    expect(() => fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !/\p{Cc}/u.test(text)), (text) => {
      expect(isNoise(Buffer.from(text))).toBe(false);
    }))).not.toThrow();
  });
});

describe('what ends a code', () => {
  const two = (end: string) => [Buffer.from(`NV-00017${end}NV-00018${end}`)];
  it.each<[ScanEnd, string]>([['any', '\r'], ['any', '\n'], ['any', '\r\n'], ['cr', '\r'], ['cr', '\r\n'], ['lf', '\n'], ['tab', '\t'], ['etx', '\u0003'], ['etx', '\u0003\u0002']])('%s %j: two codes are two scans', (end, sign) => {
    expect(texts(play(two(sign), end))).toEqual(['NV-00017', 'NV-00018']);
  });
  it('a tab inside a code stays where the end is another', () => {
    expect(texts(play([Buffer.from('A\tB\r')], 'cr'))).toEqual(['A\tB']);
  });
  it('a burst of 20 codes in one piece is 20 scans in order, also cut anywhere', () => {
    const codes = Array.from({ length: 20 }, (_, i) => `NV-${String(i).padStart(5, '0')}`);
    const bytes = Buffer.from(codes.map((code) => `${code}\r\n`).join(''));
    expect(texts(play([bytes]))).toEqual(codes);
    expect(() => fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 40 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      expect(texts(play(at.slice(1).map((to, i) => bytes.subarray(at[i], to))))).toEqual(codes);
    }), { numRuns: 40 })).not.toThrow();
  });
  it('two cards without an end mark between them are told as merged, and half a card is no card', () => {
    const [both] = play([Buffer.from(card + card)]);
    expect(parseIdentityQr(both!.text).problem?.code).toBe('scan-merged');
    const [half] = play([Buffer.from(card.slice(0, 40))]);
    expect(parseIdentityQr(half!.text).citizen).toBeNull();
  });
});
