import { z } from 'zod';
import { Sha256Hex } from './event.ts';
import { LocalDate } from './identity.ts';
import { Direction } from './requests/gate.ts';

/** Milliseconds since 1970; nothing at a gate is older than 2000 or later than 2200. */
const At = z.number().int().min(946_684_800_000).max(7_258_118_400_000);
/** No control characters but line breaks, no half letters. */
const Note = z.string().max(500).regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u).overwrite((text) => text.normalize('NFC').trim());
const Name = z.string().max(200);

/** A lane that no gate has: what somebody added later stands on it in a worker's scans. */
export const correctionLane = 'correction';

/**
 * What a work date of a worker shall be. Each correction says the whole of it: a later one stands in the place of the one
 * before. `keep`: looked at, and right as it is. `restore`: as the scans alone give it.
 */
export const CorrectionChanges = z.object({
  kind: z.enum(['change', 'keep', 'restore']),
  /** Punches that no reader saw. */
  add: z.array(z.object({ direction: Direction, at: At })).max(8),
  /** Scans that do not count; they stay in the log. */
  leaveOut: z.array(z.object({ at: At, lane: z.string().min(1).max(64) })).max(40),
  /** Overtime of a date that the system closed, in minutes after the end of the shift; null: not said. */
  overtimeMinutes: z.number().int().min(0).max(720).nullable(),
  /** Another shift for this date, `id` null for none; null: as planned. */
  shift: z.object({ id: z.string().min(1).max(64).nullable() }).nullable(),
  /** The whole shift counts as worked, whatever was scanned: on an errand, at a meeting. */
  wholeDay: z.boolean(),
}).refine(({ kind, add, leaveOut, overtimeMinutes, shift, wholeDay }) => (
  (kind === 'change') === (add.length > 0 || leaveOut.length > 0 || overtimeMinutes !== null || shift !== null || wholeDay)), 'empty or more than said')
  .refine(({ wholeDay, add, leaveOut, overtimeMinutes }) => !wholeDay || (add.length === 0 && leaveOut.length === 0 && overtimeMinutes === null), 'whole day and single punches');
export type CorrectionChanges = z.infer<typeof CorrectionChanges>;

/** One proposal, with the id that its caller made. */
export const CorrectionProposal = z.object({ id: z.uuid(), workerId: z.string().min(1).max(64), workDate: LocalDate, changes: CorrectionChanges });
export type CorrectionProposal = z.infer<typeof CorrectionProposal>;

/** Who acted. The login name stands beside the id: one person may have an account at each gate of a site. */
export const CorrectionActor = z.object({ userId: z.string().min(1).max(64), loginName: Name, displayName: Name });
export type CorrectionActor = z.infer<typeof CorrectionActor>;

/** Payload of `correction-proposed`. `batchId` joins what was proposed in one act. */
export const ProposedPayload = CorrectionProposal.extend({
  batchId: z.uuid(), reason: z.string().min(1).max(40), reasonsVersion: z.string().max(40), note: Note, by: CorrectionActor,
});
export type ProposedPayload = z.infer<typeof ProposedPayload>;

/** `withdrawn` is for the proposer alone, before anybody decided. */
export const CorrectionDecision = z.enum(['approved', 'refused', 'withdrawn']);
export type CorrectionDecision = z.infer<typeof CorrectionDecision>;
export const CorrectionState = z.enum(['proposed', ...CorrectionDecision.options]);
export type CorrectionState = z.infer<typeof CorrectionState>;

/** Payload of `correction-decided`. */
export const DecidedPayload = z.object({ correctionId: z.uuid(), decision: CorrectionDecision, note: Note, by: CorrectionActor });
export type DecidedPayload = z.infer<typeof DecidedPayload>;

/** Where an event stands in the chain of its device: what an inspector checks it by. */
export const EventProof = z.object({ at: z.string(), device: z.string(), seq: z.number().int(), hash: Sha256Hex });
export type EventProof = z.infer<typeof EventProof>;

/** Why somebody corrects; the list is data with a version (resources/attendance/reasons.json). */
export const CorrectionReasons = z.object({
  version: z.string().min(1).max(40), effectiveFrom: LocalDate, legalBasis: z.string(), verified: z.boolean(),
  reasons: z.array(z.object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), label: z.string().min(1).max(80),
    /** What it is offered for. */
    for: z.array(z.enum(['punch', 'leave-out', 'overtime', 'shift', 'whole-day', 'keep', 'outage'])).min(1),
    noteNeeded: z.boolean(),
  })).min(1).max(200),
});
export type CorrectionReasons = z.infer<typeof CorrectionReasons>;

export { Note as CorrectionNote };
