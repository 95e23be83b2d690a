import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { Instant } from '../identity.ts';
import { AlarmKind, GuardSettings, PassCard, VisitorForm, VisitorKind, VisitorLine } from '../visitor.ts';
import { admin, supervisor, type RequestShape } from './define.ts';
import { RosterRowProblem } from './gate.ts';

const count = z.number().int().nonnegative();
const file = z.object({ fileName: z.string(), content: Bytes });
const note = z.string().trim().min(2).max(500).regex(/^[^\p{Cs}]*$/u).overwrite((text) => text.normalize('NFC'));
const id = z.string().min(1).max(64);

const Filter = z.enum(['inside', 'overdue', 'not-returned', 'expected', 'recent']);

const Alarm = z.object({
  alarmNo: z.number().int(), alarmId: z.string(), kind: AlarmKind, at: Instant, lane: z.string().nullable(), workerId: z.string().nullable(), visitorId: z.string().nullable(),
  fullName: z.string().nullable(), group: z.string().nullable(), detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  settledAt: Instant.nullable(), settledBy: z.string().nullable(), note: z.string().nullable(),
});

export const guardRequests = {
  'visitors/list': {
    input: z.object({ filter: Filter, query: z.string().max(100), limit: z.number().int().min(1).max(1000) }),
    output: z.object({ counts: z.record(Filter, count), visitors: z.array(VisitorLine) }),
    access: supervisor, background: true,
  },
  /** Who a card at the guard's desk says somebody is; `text` is the card's QR or the number as typed. */
  'visitors/identify': {
    input: z.object({ text: z.string().min(1).max(4000) }),
    output: z.object({
      maskedId: z.string(), fullName: z.string().nullable(), barred: z.boolean(),
      worker: z.object({ workerId: z.string(), fullName: z.string() }).nullable(), /** His last visit here. */ last: VisitorLine.nullable(),
    }),
    access: supervisor,
  },
  /** The next card of somebody new at a reader of this machine is told as `visitors/card` and is no scan of the gate; for two minutes at most. */
  'visitors/await': { input: z.object({ on: z.boolean() }), output: z.object({}), access: supervisor, background: true },
  'visitors/register': {
    input: z.object({ visitorId: z.uuid(), visitor: VisitorForm, identity: z.string().max(4000).nullable(), /** A card of the gate's own in the place of a printed pass. */ passCard: PassCard.nullish() }), output: VisitorLine, access: supervisor,
  },
  'visitors/change': {
    input: z.object({ visitorId: id, validTo: Instant.optional(), returned: z.boolean().optional(), ended: z.boolean().optional() }), output: VisitorLine, access: supervisor,
  },
  /** The pass to print: A6, or a strip for an 80 mm thermal printer. */
  'visitors/pass': { input: z.object({ visitorId: id, form: z.enum(['a6', 'thermal']) }), output: file, access: supervisor },
  'visitors/import': {
    input: z.object({ fileName: z.string().max(255), content: Bytes, dryRun: z.boolean(), kind: VisitorKind.optional() }),
    output: z.object({ rows: count, imported: count, unchanged: count, refused: z.array(RosterRowProblem), refusedTotal: count, columns: z.record(z.string(), z.string()) }),
    access: supervisor,
  },
  /** How many alarms wait; nothing more, since the public screen asks too. */
  'alarms/count': { input: z.object({}), output: z.object({ waiting: count }), access: 'kiosk', background: true },
  'alarms/list': {
    input: z.object({ settled: z.boolean(), before: z.number().int().nullable(), limit: z.number().int().min(1).max(500) }),
    output: z.object({ waiting: count, alarms: z.array(Alarm) }), access: supervisor, background: true,
  },
  'alarms/settle': { input: z.object({ alarmId: z.uuid(), note }), output: z.object({ waiting: count }), access: supervisor },
  'barred/list': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({ people: z.array(z.object({
      barredId: z.string().nullable(), workerId: z.string().nullable(), visitorId: z.string().nullable(), fullName: z.string().nullable(), group: z.string().nullable(),
      maskedId: z.string().nullable(), reason: z.string().nullable(), at: Instant.nullable(), actor: z.string().nullable(),
    })) }),
  },
  /** Bars a worker, a visitor, or whoever has a number (typed, or a card's QR). */
  'barred/add': {
    input: z.object({ barredId: z.uuid(), who: z.discriminatedUnion('by', [
      z.object({ by: z.literal('worker'), workerId: id }), z.object({ by: z.literal('visitor'), visitorId: id }),
      z.object({ by: z.literal('number'), identity: z.string().min(1).max(4000), fullName: z.string().trim().max(100).nullable() }),
    ]), reason: note }),
    output: z.object({ added: z.boolean() }), access: supervisor,
  },
  /** Takes somebody off the list: an entry, or a worker whom the roster alone bars. */
  'barred/lift': { input: z.object({ barredId: z.string().max(64).nullable(), workerId: z.string().max(64).nullable(), reason: note }), output: z.object({ lifted: z.boolean() }), access: supervisor },
  'guard/settings': { input: z.object({}), output: GuardSettings, access: supervisor, background: true },
  'guard/set': { input: GuardSettings, output: GuardSettings, access: admin },
  /** Which lanes of this kiosk tick people off while a roll call runs: set at the place, by whoever leads it. */
  'muster/assembly': { input: z.object({ lanes: GuardSettings.shape.assemblyLanes }), output: GuardSettings, access: supervisor },
} as const satisfies Record<string, RequestShape>;

/** Told to every page whenever it changes: how many alarms wait. */
export const AlarmsWaiting = z.object({ waiting: count });
