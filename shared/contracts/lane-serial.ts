import { z } from 'zod';
import { BaudRate, Parity } from './signal.ts';

/**
 * What a converter of Wiegand readers writes for a card. `line`: the text of its line, with `{f}` for the facility code,
 * `{n}` for the number (both decimal), or `{hex}` alone for all bits in hexadecimal; blanks count for any number of them.
 */
export const WiegandLine = z.object({
  line: z.string().min(3).max(60).refine((line) => /^[^{}]*(?:\{f\}[^{}]*\{n\}|\{n\}|\{hex\})[^{}]*$/.test(line)),
  /** Bits of the card that `{hex}` holds: 26 and 34 with their two parity bits, which are checked and left out. */
  bits: z.union([z.literal(24), z.literal(26), z.literal(32), z.literal(34)]),
  /** How the number is written in the roster: `123-45678`, ten digits of both together, or hexadecimal digits. */
  write: z.enum(['facility-number', 'decimal', 'hex']),
});
export type WiegandLine = z.infer<typeof WiegandLine>;

/** What ends a code on a serial line; `any`: CR, LF or both. A pause ends it in every case but `pause`, which waits for nothing else. */
export const ScanEnd = z.enum(['any', 'cr', 'lf', 'tab', 'etx', 'pause']);
export type ScanEnd = z.infer<typeof ScanEnd>;

/** How a lane's reader on a serial line is set; one on USB has no true line and takes any speed. */
export const LaneSerial = z.object({ baudRate: BaudRate, parity: Parity, end: ScanEnd, wiegand: WiegandLine.nullable() });
export type LaneSerial = z.infer<typeof LaneSerial>;

export const usualSerial: LaneSerial = { baudRate: 9600, parity: 'none', end: 'any', wiegand: null };
