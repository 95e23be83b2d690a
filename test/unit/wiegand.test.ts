import { describe, expect, it } from 'vitest';
import { WiegandLine } from '../../shared/contracts/lane-serial.ts';
import { readWiegand } from '../../shared/domain/wiegand.ts';

const line = (text: string, part: Partial<WiegandLine> = {}): WiegandLine => WiegandLine.parse({ line: text, bits: 24, write: 'facility-number', ...part });

describe('lines of a Wiegand converter', () => {
  it.each<[string, WiegandLine, string]>([
    ['123,45678', line('{f},{n}'), '123-45678'],
    ['W26 FC=7 ID=42', line('W26 FC={f} ID={n}'), '007-00042'],
    ['w26  fc=7 id=42 ', line('W26 FC={f} ID={n}'), '007-00042'],
    ['0008106606', line('{n}'), '123-45678'],
    ['7BB26E', line('{hex}'), '123-45678'],
    ['[007bb26e]', line('[{hex}]'), '123-45678'],
    ['123,45678', line('{f},{n}', { write: 'decimal' }), '0008106606'],
    ['123,45678', line('{f},{n}', { write: 'hex' }), '7BB26E'],
    ['1234,56789', line('{f},{n}', { bits: 34, write: 'hex' }), '04D2DDD5'],
  ])('%s', (text, pattern, code) => {
    expect(readWiegand(text, pattern)).toEqual({ kind: 'card', code });
  });
  it('26 bits with their parity: both bits are checked and left out', () => {
    // 0111 1011 1011 0010 0110 1110: nine ones in the first half of twelve, so 1 before; six in the second, so 1 behind.
    const withBits = (value: number, first: number, last: number): string => (first * 2 ** 25 + value * 2 + last).toString(16);
    const ones = (value: number): number => [...value.toString(2)].filter((bit) => bit === '1').length;
    const value = 0x7bb26e;
    const [first, last] = [ones(value >> 12) % 2, 1 - (ones(value & 0xfff) % 2)];
    const pattern = line('{hex}', { bits: 26 });
    expect(readWiegand(withBits(value, first, last), pattern)).toEqual({ kind: 'card', code: '123-45678' });
    expect(readWiegand(withBits(value, 1 - first, last), pattern)).toEqual({ kind: 'wrong' });
    expect(readWiegand(withBits(value, first, 1 - last), pattern)).toEqual({ kind: 'wrong' });
  });
  it('numbers that do not fit their bits are no card', () => {
    expect([readWiegand('256,1', line('{f},{n}')), readWiegand('1,65536', line('{f},{n}')), readWiegand('1000000', line('{hex}')), readWiegand('9999999999', line('{n}'))])
      .toEqual([{ kind: 'wrong' }, { kind: 'wrong' }, { kind: 'wrong' }, { kind: 'wrong' }]);
  });
  it('any other line is left as it is', () => {
    const card = '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, Bắc Ninh|10052021';
    expect([card, '', '123;45678', 'x123,45678', '123,45678,9'].map((text) => readWiegand(text, line('{f},{n}')).kind)).toEqual(['other', 'other', 'other', 'other', 'other']);
  });
  it('what stands around the numbers is meant letter by letter', () => {
    expect(readWiegand('1a2', line('{f}.{n}')).kind).toBe('other');
    expect(readWiegand('(1)2$', line('({f}){n}$')).kind).toBe('card');
  });
  it.each(['{n}{f}', '{f}', '{hex}{n}', 'card', '{x}', '{n}{n}', '{f},{n},{hex}', '{'])('a pattern that says nothing of a number is refused: %s', (text) => {
    expect(WiegandLine.safeParse({ line: text, bits: 24, write: 'hex' }).success).toBe(false);
  });
});
