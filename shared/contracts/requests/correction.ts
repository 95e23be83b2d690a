import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { CorrectionChanges, CorrectionDecision, CorrectionNote, CorrectionProposal, CorrectionReasons, CorrectionState, EventProof } from '../correction.ts';
import { Instant, LocalDate } from '../identity.ts';
import { supervisor, type RequestShape } from './define.ts';
import { Direction, Outcome } from './gate.ts';
import { TimesheetException, TimesheetLine } from './shift.ts';

const count = z.number().int().nonnegative();
const text = z.string().max(200);
const WorkerId = z.string().min(1).max(64);
const page = { offset: count, limit: z.number().int().min(1).max(1000) };

/** Longest period that a list of exceptions or differences is made of, in days. */
const longestPeriod = 62;
const Period = z.object({ from: LocalDate, to: LocalDate }).refine(({ from, to }) => {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days >= 0 && days < longestPeriod;
}, 'period');

/** Most proposals in one message; a larger act is several messages with one batch. */
export const mostProposals = 2_000;

/** What somebody must look at: exceptions of a work date, and what the gate itself could not settle. */
export const InboxKind = z.enum([...TimesheetException.exclude(['still-inside']).options, 'passback', 'ask-guard', 'unknown']);
export type InboxKind = z.infer<typeof InboxKind>;

export const InboxFilter = z.object({
  query: z.string().max(100), department: text.nullable(), employer: text.nullable(), shiftId: text.nullable(), kind: InboxKind.nullable(),
  /** Leaves out what already waits for a second person. */
  onlyOpen: z.boolean(),
});
export type InboxFilter = z.infer<typeof InboxFilter>;

const Person = z.object({ workerId: WorkerId, fullName: z.string(), department: z.string(), employer: z.string() });
const PersonDate = Person.extend({ workDate: LocalDate });

const InboxRow = z.object({
  /** Null for a card that nobody knows; `code` is masked then. */
  worker: Person.nullable(), code: z.string().nullable(),
  workDate: LocalDate, shiftIds: z.array(z.string()), kinds: z.array(InboxKind),
  in: z.number().nullable(), out: z.number().nullable(), closedBy: TimesheetLine.shape.closedBy,
  /** When and where the gate asked, for what is one scan only. */
  at: z.number().nullable(), lane: z.string().nullable(),
  /** Whether a proposal waits, and whether a correction counts. */
  waiting: z.boolean(), corrected: z.boolean(),
});

/** A scan of the date, or a punch that a correction added (`outcome` null: no gate answered it). */
const DayPunch = z.object({
  at: z.number(), lane: z.string(), added: z.boolean(), leftOut: z.boolean(),
  outcome: Outcome.nullable(), direction: Direction.nullable(), reason: z.string().nullable(),
  /** How it is taken now that all scans are known. */
  now: Direction.nullable(),
});

const Who = z.object({ displayName: z.string(), at: z.string() });
const History = z.object({
  id: z.uuid(), batchId: z.uuid(), changes: CorrectionChanges, reason: z.string(), note: z.string(), state: CorrectionState, counts: z.boolean(),
  by: Who, own: z.boolean(), decided: Who.extend({ note: z.string() }).nullable(),
});

const Difference = PersonDate.extend({
  id: z.uuid(), before: TimesheetLine.nullable(), after: TimesheetLine.nullable(), changes: CorrectionChanges, reason: z.string(), note: z.string(),
  proposedBy: z.string(), decidedBy: z.string(), decisionNote: z.string(), proposal: EventProof, decision: EventProof,
});

const Team = z.object({ shiftId: text.nullable(), department: text.nullable(), employer: text.nullable() });
const WaitingBatch = z.object({
  batchId: z.uuid(), by: Who, own: z.boolean(), reason: z.string(), note: z.string(), count, from: LocalDate, to: LocalDate,
  /** Some of those concerned, by name. */
  names: z.array(z.string()),
});

export const correctionRequests = {
  'inbox/list': {
    input: z.object({ period: Period, filter: InboxFilter, ...page, fresh: z.boolean() }), access: supervisor, background: true,
    output: z.object({ total: count, rows: z.array(InboxRow), counts: z.record(InboxKind, count), dates: count, waiting: count, at: Instant }),
  },
  'inbox/day': {
    input: z.object({ workerId: WorkerId, workDate: LocalDate }), access: supervisor,
    output: z.object({
      worker: Person, workDate: LocalDate, before: TimesheetLine.nullable(), now: TimesheetLine.nullable(), suggestion: CorrectionChanges.nullable(),
      shifts: z.array(z.object({ id: z.string(), startAt: z.number(), endAt: z.number() })), punches: z.array(DayPunch), history: z.array(History),
    }),
  },
  /** The line as it would be with other changes. */
  'inbox/preview': {
    input: z.object({ workerId: WorkerId, workDate: LocalDate, changes: CorrectionChanges }), access: supervisor,
    output: z.object({ line: TimesheetLine.nullable() }),
  },
  /** What would be proposed for many dates at once; those where only a person can tell are left out. */
  'inbox/plan': {
    input: z.object({ items: z.array(z.object({ workerId: WorkerId, workDate: LocalDate })).min(1).max(mostProposals) }), access: supervisor,
    output: z.object({ planned: z.array(PersonDate.extend({ changes: CorrectionChanges })), left: count }),
  },
  /** Who lacks a punch because his shift began or ended while scanning was not possible. */
  'inbox/outage': {
    input: z.object({ lanes: z.array(z.string().max(64)).max(64), from: Instant, to: Instant, team: Team }), access: supervisor,
    output: z.object({
      rows: z.array(PersonDate.extend({
        shiftId: z.string(), add: CorrectionChanges.shape.add, changes: CorrectionChanges,
        /** Whether any scan of the date shows that he was there. */
        seen: z.boolean(),
      })).max(30_000),
      /** Scans that those lanes made all the same in that time. */
      scans: count,
    }),
  },
  'corrections/reasons': { input: z.object({}), output: CorrectionReasons, access: supervisor, background: true },
  /** Ids are the caller's, so that an act sent twice is one. */
  'corrections/propose': {
    input: z.object({ batchId: z.uuid(), reason: z.string().max(40), note: CorrectionNote, proposals: z.array(CorrectionProposal).min(1).max(mostProposals) }),
    output: z.object({ proposed: count, unchanged: count }), access: supervisor,
  },
  'corrections/waiting': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({ batches: z.array(WaitingBatch), total: count, /** Whether another account could decide. */ others: z.boolean() }),
  },
  'corrections/batch': {
    input: z.object({ batchId: z.uuid(), ...page }), access: supervisor,
    output: z.object({ total: count, rows: z.array(PersonDate.extend({ id: z.uuid(), changes: CorrectionChanges, before: TimesheetLine.nullable(), after: TimesheetLine.nullable() })) }),
  },
  'corrections/decide': {
    input: z.object({ what: z.union([z.object({ batchId: z.uuid() }), z.object({ ids: z.array(z.uuid()).min(1).max(mostProposals) })]), decision: CorrectionDecision, note: CorrectionNote }),
    output: z.object({ decided: count, unchanged: count }), access: supervisor,
  },
  'corrections/differences': {
    input: z.object({ period: Period, query: z.string().max(100), ...page }), access: supervisor,
    output: z.object({ total: count, rows: z.array(Difference) }),
  },
  /** The same as a file for an inspector. */
  'corrections/export': {
    input: z.object({ period: Period, query: z.string().max(100), format: z.enum(['xlsx', 'pdf']) }), access: supervisor,
    output: z.object({ fileName: z.string(), content: Bytes }),
  },
} as const satisfies Record<string, RequestShape>;
