import type { WiegandLine } from '../contracts/lane-serial.ts';

/** What a line of a converter holds: the code of a card, a card whose bits do not fit, or something else. */
export type WiegandReading = { kind: 'card'; code: string } | { kind: 'wrong' } | { kind: 'other' };

/** Bits of facility code and number in the card formats, without parity. */
const widths = { 24: [8, 16], 26: [8, 16], 32: [16, 16], 34: [16, 16] } as const;
const withParity: ReadonlySet<number> = new Set([26, 34]);

/**
 * Reads a converter's line. A facility code or a number that does not fit its bits is no card: it would stand for another
 * one. Codes: `123-45678`; decimal of both numbers together, ten digits; hexadecimal digits, capitals, of all bits.
 */
export function readWiegand(text: string, { line, bits, write }: WiegandLine): WiegandReading {
  const found = new RegExp(`^${pattern(line)}$`, 'i').exec(text.trim());
  if (found === null) return { kind: 'other' };
  const { f, n, hex } = found.groups ?? {};
  const [facilityBits, numberBits] = widths[bits];
  let facility: number;
  let number: number;
  if (hex !== undefined) {
    const value = withoutParity(BigInt(`0x${hex}`), bits);
    if (value === null) return { kind: 'wrong' };
    [facility, number] = [Number(value >> BigInt(numberBits)), Number(value & ((1n << BigInt(numberBits)) - 1n))];
  } else {
    // A number alone may be of both together, as it is printed on cards.
    const whole = Number(n);
    [facility, number] = f === undefined ? [Math.floor(whole / 2 ** numberBits), whole % 2 ** numberBits] : [Number(f), whole];
  }
  if (facility >= 2 ** facilityBits || number >= 2 ** numberBits) return { kind: 'wrong' };
  const both = facility * 2 ** numberBits + number;
  const code = write === 'facility-number' ? `${String(facility).padStart(3, '0')}-${String(number).padStart(5, '0')}`
    : write === 'decimal' ? String(both).padStart(10, '0')
      : both.toString(16).toUpperCase().padStart((facilityBits + numberBits) / 4, '0');
  return { kind: 'card', code };
}

function pattern(line: string): string {
  return line.trim().split(/(\{f\}|\{n\}|\{hex\}|\s+)/).filter((part) => part !== '').map((part) => {
    if (part === '{f}') return String.raw`(?<f>\d{1,5})`;
    if (part === '{n}') return String.raw`(?<n>\d{1,10})`;
    if (part === '{hex}') return '(?<hex>[0-9a-f]{1,16})';
    return part.trim() === '' ? String.raw`\s*` : part.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  }).join('');
}

/** The first bit makes the first half even, the last one the second half odd; null where they do not. */
function withoutParity(value: bigint, bits: WiegandLine['bits']): bigint | null {
  if (value >> BigInt(bits) !== 0n) return null;
  if (!withParity.has(bits)) return value;
  const half = BigInt(bits / 2);
  const first = ones(value >> half);
  const second = ones(value & ((1n << half) - 1n));
  if (first % 2 !== 0 || second % 2 !== 1) return null;
  return (value >> 1n) & ((1n << BigInt(bits - 2)) - 1n);
}

function ones(value: bigint): number {
  let count = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) count += Number(rest & 1n);
  return count;
}
