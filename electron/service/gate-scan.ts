import { isProblemCode, problem, ProblemError, type ProblemCode } from '../../shared/contracts/problems.ts';
import { Lane } from '../../shared/contracts/requests/system.ts';
import type { GateAnswer, Via } from '../../shared/contracts/requests/gate.ts';
import type { z } from 'zod';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import { maskCode, maskPersonalId, shortName } from '../../shared/domain/vietnamese.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import {
  appendEvent, findWorkerByCode, findWorkerByPersonalId, insertGateScan, readKiosk, writePresence, type Store,
} from '../store/index.ts';
import { noticesFor } from './gate-notices.ts';
import { attendanceAt, lastSeen, type Decision } from './gate-attendance.ts';

/** Longer codes are no factory card and no pass. */
const longestCode = 64;

export interface ScanInput {
  code: string;
  /** Null: the kiosk's first lane. */
  lane: string | null;
  via: z.infer<typeof Via>;
  /** What the reader found wrong with the text before it came here. */
  unreadable?: string | null;
  actor: string;
  /** Milliseconds since 1970, where the scan is told afterwards; then only the wall clock counts. */
  at?: number;
}

type Code =
  | { kind: 'person'; personalId: string; masked: string }
  | { kind: 'code'; code: string; masked: string }
  | { kind: 'unreadable'; problem: ProblemCode };

/**
 * Decides and stores one scan at the gate: event, log row and presence in one transaction; the answer exists only
 * after its commit. Never throws for what a code holds. Problems: `request-invalid` (lane), `disk-full`.
 */
export function recordScan(store: Store, input: ScanInput): z.infer<typeof GateAnswer> {
  const lane = laneOf(store, input.lane);
  const now = input.at ?? store.clock.now();
  const code = readCode(input, workDateOf(now));
  return store.transaction(() => {
    const worker = code.kind === 'unreadable' ? null
      : code.kind === 'person' ? findWorkerByPersonalId(store, code.personalId) : findWorkerByCode(store, code.code);
    const decision: Decision = code.kind === 'unreadable'
      ? { outcome: 'unreadable', direction: null, reason: code.problem, shiftId: null, workDate: workDateOf(now) }
      : worker === null ? { outcome: 'unknown', direction: null, reason: 'not-in-roster', shiftId: null, workDate: workDateOf(now) }
        : attendanceAt(store, worker, lane, now, input.at !== undefined);
    const masked = code.kind === 'unreadable' ? null : code.masked;
    const { outcome, direction, reason, workDate, shiftId, violation } = decision;
    const zone = lane.zone ?? null;
    const event = appendEvent(store, {
      type: 'gate-scan', actor: input.actor, at: now,
      // Who passed is in the event, the number never: masked where the code was one.
      payload: { lane: lane.lane, via: input.via, outcome, direction, reason, workerId: worker?.workerId ?? null, code: masked, workDate, shiftId, laneDirection: lane.direction, zone, ...(violation !== undefined && { violation }) },
    });
    insertGateScan(store, { position: event.position, workDate, at: event.at, lane: lane.lane, outcome, direction, reason, workerNo: worker?.workerNo ?? null, laneDirection: lane.direction, zone });
    if (outcome === 'recorded' && worker !== null && direction !== null) {
      const scan = { atMs: now, monoMs: store.clock.monoMs(), bootId: input.at === undefined ? store.clock.bootId : '', direction };
      writePresence(store, worker.workerNo, lane.lane, scan, input.at === undefined ? { direction, at: event.at, workDate } : lastSeen(store, worker, now));
    }
    return {
      scanId: event.id, at: event.at, lane: lane.lane, outcome, direction, reason, shiftId,
      workerId: worker?.workerId ?? null, shortName: worker === null ? null : shortName(worker.fullName),
      maskedCode: masked ?? '', language: worker?.language ?? 'vi', workDate, seq: event.seq,
      problem: outcome === 'unknown' ? problem('worker-unknown') : code.kind === 'unreadable' ? problem(code.problem) : null,
      notices: worker === null ? [] : noticesFor(store, worker, decision, now),
    };
  });
}

function laneOf(store: Store, name: string | null): z.infer<typeof Lane> {
  const lanes = readKiosk(store)?.lanes ?? [];
  const wanted = name ?? lanes[0]?.lane ?? '1';
  const known = lanes.find((lane) => lane.lane === wanted);
  if (known !== undefined) return known;
  // A lane that nobody has set up is used both ways: refusing would leave people standing at the gate.
  const parsed = Lane.safeParse({ lane: wanted, name: '', direction: 'both', input: 'any' });
  if (!parsed.success) throw new ProblemError('request-invalid', 'lane');
  return parsed.data;
}

/** What a scanned text is to the gate: a person's number, another code, or nothing that can be read. */
function readCode({ code: text, unreadable, via }: ScanInput, today: string): Code {
  if (typeof unreadable === 'string') return { kind: 'unreadable', problem: isProblemCode(unreadable) ? unreadable : 'qr-not-identity' };
  const reading = parseIdentityQr(text, { today, asciiOnly: via === 'wedge' });
  if (reading.pass !== null) return { kind: 'code', code: reading.pass, masked: maskedCode(reading.pass) };
  // Digits survive where letters are garbled, and only the number is asked for here.
  const personalId = reading.citizen?.personalId ?? reading.partial?.personalId;
  if (personalId !== undefined) return { kind: 'person', personalId, masked: maskPersonalId(personalId) };
  if (reading.problem?.code !== 'qr-not-identity') {
    return bareNumber(text) ?? { kind: 'unreadable', problem: reading.problem?.code ?? 'qr-not-identity' };
  }
  const bare = bareNumber(text);
  if (bare !== null) return bare;
  const code = text.normalize('NFC').trim();
  if (code === '' || code.length > longestCode || !/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._/:-]*$/u.test(code)) return { kind: 'unreadable', problem: 'qr-not-identity' };
  return { kind: 'code', code, masked: maskedCode(code) };
}

function bareNumber(text: string): Code | null {
  const digits = text.trim();
  return /^\d{12}$/.test(digits) ? { kind: 'person', personalId: digits, masked: maskPersonalId(digits) } : null;
}

// A code that is nobody's may be anything, a name included: words are not kept.
function maskedCode(code: string): string {
  return /^[A-Za-z0-9._/:-]+$/.test(code) ? maskCode(code) : '…';
}
