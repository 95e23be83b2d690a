import { z } from 'zod';
import { Instant, LocalDate } from '../identity.ts';
import { ProblemMessage } from '../wire.ts';
import { supervisor, type RequestShape } from './define.ts';

export const Outcome = z.enum([
  'recorded', 'repeat', 'unknown', 'expired', 'not-yet-valid', 'barred', 'unreadable', 'ask-guard', 'passback',
]);
export type Outcome = z.infer<typeof Outcome>;
export const Direction = z.enum(['in', 'out']);
export type Direction = z.infer<typeof Direction>;
export const Via = z.enum(['camera', 'serial', 'hid', 'wedge', 'card', 'typed', 'cli']);

/** What a worker should know at the gate besides the answer; the sentence is the screen's. Minutes are whole, dates ISO. */
export const GateNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('overtime-left'), period: z.enum(['day', 'week', 'month', 'year']), minutes: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('rest-short'), minutes: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('permit-expires'), date: LocalDate, what: z.enum(['permit', 'passport', 'contract']) }),
  z.object({ kind: z.literal('permit-elsewhere'), provinces: z.array(z.string()).max(20) }),
  z.object({ kind: z.literal('night-forbidden') }),
  z.object({ kind: z.literal('overtime-forbidden') }),
  z.object({ kind: z.literal('visitor'), host: z.string() }),
]);
export type GateNotice = z.infer<typeof GateNotice>;

/** What the gate answers, after the commit. Names and numbers are already shortened and masked for a public screen. */
export const GateAnswer = z.object({
  scanId: z.uuid(),
  at: Instant,
  lane: z.string(),
  outcome: Outcome,
  direction: Direction.nullable(),
  /** Why this direction or refusal: a code such as `lane`, `last-state`, `first-today`, `contract-ended`. */
  reason: z.string().nullable(),
  /** The shift that the scan belongs to; null outside all shifts. */
  shiftId: z.string().nullable(),
  workerId: z.string().nullable(),
  shortName: z.string().nullable(),
  maskedCode: z.string(),
  language: z.enum(['vi', 'en', 'zh', 'ko', 'ja']),
  workDate: LocalDate.nullable(),
  seq: z.number().int(),
  problem: ProblemMessage.nullable(),
  notices: z.array(GateNotice).max(5),
});
export type GateAnswer = z.infer<typeof GateAnswer>;

export const RosterRowProblem = z.object({ row: z.number().int(), workerId: z.string().nullable(), code: z.string(), detail: z.string() });

export const gateRequests = {
  'gate/scan': {
    input: z.object({ code: z.string().max(4000), lane: z.string().max(20).nullable(), via: Via,
      /** Set where the reader already knows that the text is no good (merged, garbled, too long). */
      unreadable: z.string().max(40).nullish(),
      /** Made by the page: sent again with the same one, it is the same scan. */
      scanId: z.uuid().toLowerCase().optional() }),
    output: GateAnswer, access: 'kiosk', background: true,
  },
  'gate/summary': {
    input: z.object({}), access: 'kiosk', background: true,
    output: z.object({ date: LocalDate, in: z.number().int(), out: z.number().int(), inside: z.number().int(), refused: z.number().int(), workers: z.number().int(), /** A fire alarm is on. */ fire: z.boolean() }),
  },
  /** Milliseconds from code to stored answer of the last scans since the start; null before the first. */
  'gate/speed': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({ speed: z.object({ scans: z.number().int(), p50: z.number(), p95: z.number(), worst: z.number() }).nullable() }),
  },
  'gate/log': {
    input: z.object({ date: LocalDate, beforeSeq: z.number().int().nullable(), limit: z.number().int().min(1).max(500), outcome: Outcome.nullable() }),
    output: z.object({ rows: z.array(z.object({
      seq: z.number().int(), at: Instant, lane: z.string(), outcome: Outcome, direction: Direction.nullable(),
      workerId: z.string().nullable(), fullName: z.string().nullable(), department: z.string().nullable(), reason: z.string().nullable(), shiftId: z.string().nullable(),
    })) }),
    access: supervisor, background: true,
  },
} as const satisfies Record<string, RequestShape>;
