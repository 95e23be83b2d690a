import { isProblemCode, problem, ProblemError, type ProblemCode } from '../../../shared/contracts/problems.ts';
import { Lane } from '../../../shared/contracts/requests/system.ts';
import type { GateAnswer, Via } from '../../../shared/contracts/requests/gate.ts';
import type { z } from 'zod';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import { maskCard, maskCode, maskPersonalId, shortName } from '../../../shared/domain/vietnamese.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import {
  appendEvent, findWorkerByCode, findWorkerByPersonalId, insertGateScan, isNumberBarred, noteVisitorScan, readKiosk, storeAlarm, writePresence, type Store,
  type StoredVisitor, type StoredWorker,
} from '../../store/index.ts';
import { noticesFor } from './gate-notices.ts';
import { attendanceAt, lastSeen, type Decision } from './gate-attendance.ts';
import { tickByScan } from './muster.ts';
import { findVisitorByCode, visitorAt } from './visitor-scan.ts';

/** Tries of somebody who is barred, on one lane, within so long are one alarm. */
const barredRowMs = 300_000;
/** Longer codes are no factory card and no pass. */
const longestCode = 64;
/** Shorter parts, of unequal length, of a code that is nobody's are somebody's by chance. */
const shortestPart = 6;

export interface ScanInput {
  code: string;
  /** Null: the kiosk's first lane. */
  lane: string | null;
  via: z.infer<typeof Via>;
  /** What the reader found wrong with the text before it came here. */
  unreadable?: string | null;
  actor: string;
  /** Made by whoever asks, where it may ask again; the id of the event. */
  scanId?: string | undefined;
  /** Milliseconds since 1970, where the scan is told afterwards; then only the wall clock counts. */
  at?: number;
}

type Code =
  | { kind: 'person'; personalId: string; masked: string; /** Twelve digits and nothing else. */ isBare?: boolean }
  | { kind: 'code'; code: string; masked: string }
  | { kind: 'unreadable'; problem: ProblemCode };

/**
 * Decides and stores one scan at the gate: event, log row and presence in one transaction; the answer exists only
 * after its commit. Never throws for what a code holds. Problems: `request-invalid` (lane), `disk-full`.
 */
export function recordScan(store: Store, input: ScanInput): z.infer<typeof GateAnswer> {
  const lane = laneOf(store, input.lane);
  const now = input.at ?? store.clock.now();
  const read = readCode(input, workDateOf(now));
  return store.transaction(() => {
    const worker = read.kind === 'unreadable' ? null
      : read.kind === 'person' ? findWorkerByPersonalId(store, read.personalId) : findWorkerByCode(store, read.code);
    const visitor = worker !== null || read.kind === 'unreadable' ? null : findVisitorByCode(store, read);
    const code: Code = worker === null && visitor === null && isTwoCodes(store, read) ? { kind: 'unreadable', problem: 'scan-merged' } : read;
    if (input.at === undefined) {
      const ticked = assemblyAnswer(store, lane.lane, worker, visitor, code, input);
      if (ticked !== null) return ticked;
    }
    // Whoever is barred by his number is so by every card that is his: it may have been barred before he was put on the roster.
    const number = code.kind === 'person' ? code.personalId : worker?.personalId ?? null;
    const barred = number !== null && isNumberBarred(store, number);
    const decision = decide(store, code, { worker, visitor, barred }, lane, now, input.at !== undefined);
    const masked = shownCode(code, worker, visitor);
    const { outcome, direction, reason, workDate, shiftId, violation } = decision;
    const zone = lane.zone ?? null;
    const event = appendEvent(store, {
      type: 'gate-scan', actor: input.actor, at: now, id: input.scanId,
      // Who passed is in the event, the number never: masked where the code was one.
      payload: { lane: lane.lane, via: input.via, outcome, direction, reason, workerId: worker?.workerId ?? null, ...(visitor !== null && { visitorId: visitor.visitorId }), code: masked, workDate, shiftId, laneDirection: lane.direction, zone, ...(violation !== undefined && { violation }) },
    });
    insertGateScan(store, { position: event.position, workDate, at: event.at, lane: lane.lane, outcome, direction, reason, workerNo: worker?.workerNo ?? null, laneDirection: lane.direction, zone });
    if (outcome === 'recorded' && worker !== null && direction !== null) {
      const scan = { atMs: now, monoMs: store.clock.monoMs(), bootId: input.at === undefined ? store.clock.bootId : '', direction };
      writePresence(store, worker.workerNo, lane.lane, scan, input.at === undefined ? { direction, at: event.at, workDate } : lastSeen(store, worker, now));
    }
    if (visitor !== null) {
      const clock = { monoMs: store.clock.monoMs(), bootId: input.at === undefined ? store.clock.bootId : '' };
      noteVisitorScan(store, visitor.visitorNo, event.position, { outcome, direction, at: event.at, lane: lane.lane, ...clock });
    }
    if (outcome === 'barred' && input.at === undefined) alarmOfBarred(store, { worker, visitor, masked }, lane.lane, now, input.actor);
    if (outcome === 'recorded' && worker !== null && input.at === undefined) alarmOfPermit(store, worker, lane.lane, now, input.actor);
    return {
      scanId: event.id, at: event.at, lane: lane.lane, outcome, direction, reason, shiftId,
      workerId: worker?.workerId ?? null, shortName: shortNameOf(worker, visitor),
      maskedCode: masked ?? '', language: worker?.language ?? 'vi', workDate, seq: event.seq,
      problem: outcome === 'unknown' ? problem('worker-unknown') : code.kind === 'unreadable' ? problem(code.problem) : null,
      notices: worker === null ? visitorNotices(visitor) : noticesFor(store, worker, decision, now),
    };
  });
}

/** Whether a code that is nobody's is two people's, or the same one twice: the scanner sent no end mark between them. */
function isTwoCodes(store: Store, code: Code): boolean {
  if (code.kind === 'unreadable') return false;
  // Two cards of six digits look like one personal number; a card's QR says more than a number, and who is barred need not be on the roster.
  const text = code.kind === 'code' ? code.code : code.isBare && !isNumberBarred(store, code.personalId) ? code.personalId : '';
  if (text.length < 8) return false;
  const isKnown = (part: string): boolean => findWorkerByCode(store, part) !== null || (/^\d{12}$/.test(part) && findWorkerByPersonalId(store, part) !== null);
  const parts = (at: number): boolean => isKnown(text.slice(0, at)) && isKnown(text.slice(at));
  if (text.length % 2 === 0 && parts(text.length / 2)) return true;
  // Cards of two makers, or a card and a pass, are not of one length.
  for (let at = shortestPart; at <= text.length - shortestPart; at += 1) if (parts(at)) return true;
  return false;
}

/** What the gate decides of a code, by whoever it is. */
function decide(
  store: Store, code: Code, { worker, visitor, barred }: { worker: StoredWorker | null; visitor: StoredVisitor | null; barred: boolean },
  lane: z.infer<typeof Lane>, now: number, told: boolean,
): Decision {
  const nobody = { direction: null, shiftId: null, workDate: workDateOf(now) };
  if (code.kind === 'unreadable') return { ...nobody, outcome: 'unreadable', reason: code.problem };
  if (worker !== null) return attendanceAt(store, barred ? { ...worker, barred } : worker, lane, now, told);
  if (barred) return { ...nobody, outcome: 'barred', reason: 'barred' };
  return visitor === null ? { ...nobody, outcome: 'unknown', reason: 'not-in-roster' } : visitorAt(store, visitor, lane, now, told);
}

/** At the assembly point of a roll call a scan ticks somebody off: no way in, no way out. */
function assemblyAnswer(
  store: Store, lane: string, worker: StoredWorker | null, visitor: StoredVisitor | null, code: Code, { actor, scanId }: ScanInput,
): z.infer<typeof GateAnswer> | null {
  const person = worker !== null ? { kind: 'worker' as const, personNo: worker.workerNo, code: worker.workerId }
    : visitor !== null ? { kind: 'visitor' as const, personNo: visitor.visitorNo, code: visitor.visitorId } : null;
  const ticked = person === null ? null : tickByScan(store, lane, person, actor, scanId);
  if (ticked === null) return null;
  const { event, again } = ticked;
  return {
    scanId: event.id, at: event.at, lane, outcome: again ? 'repeat' : 'recorded', direction: null, reason: 'muster', shiftId: null, workerId: worker?.workerId ?? null,
    shortName: shortNameOf(worker, visitor), maskedCode: shownCode(code, worker, visitor) ?? '', language: worker?.language ?? 'vi', workDate: null, seq: event.seq,
    problem: null, notices: [],
  };
}

function shortNameOf(worker: StoredWorker | null, visitor: StoredVisitor | null): string | null {
  const name = worker?.fullName ?? visitor?.fullName ?? null;
  return name === null ? null : shortName(name);
}

/** The host's name is the guard's to know: the public screen only says that a visitor is welcome. */
function visitorNotices(visitor: StoredVisitor | null): z.infer<typeof GateAnswer>['notices'] {
  return visitor === null ? [] : [{ kind: 'visitor', host: '' }];
}

/** In the scan's own transaction, so that no crash between the two leaves the guard without it. Tries in a row are one. */
function alarmOfBarred(
  store: Store, { worker, visitor, masked }: { worker: StoredWorker | null; visitor: StoredVisitor | null; masked: string | null }, lane: string, at: number, actor: string,
): void {
  const [workerId, visitorId] = [worker?.workerId ?? null, visitor?.visitorId ?? null];
  const cause = `barred ${workerId ?? visitorId ?? masked} ${lane} ${Math.floor(at / barredRowMs)}`;
  storeAlarm(store, { kind: 'barred', cause, at, lane, workerId, visitorId, detail: { code: masked }, actor });
}

/** Somebody works on a permit that is over (Bộ luật Lao động 2019 art. 151, 153): once a day. */
function alarmOfPermit(store: Store, { workerId, details }: StoredWorker, lane: string, at: number, actor: string): void {
  const today = workDateOf(at);
  const expiresOn = details.permit?.expiresOn ?? null;
  if (expiresOn === null || expiresOn >= today) return;
  storeAlarm(store, { kind: 'permit', cause: `permit ${workerId} ${today}`, at, lane, workerId, detail: { expiresOn }, actor });
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
  return /^\d{12}$/.test(digits) ? { kind: 'person', personalId: digits, masked: maskPersonalId(digits), isBare: true } : null;
}

/** What is told of a code on the public screen and in the event: of a card or a pass that opens the gate its last signs only, since whoever knows it whole can print it. */
function shownCode(code: Code, worker: StoredWorker | null, visitor: StoredVisitor | null): string | null {
  if (code.kind === 'unreadable') return null;
  return code.kind === 'code' && (visitor !== null || (worker !== null && code.code !== worker.workerId)) ? maskCard(code.code) : code.masked;
}

// A code that is nobody's may be anything, a name included: words are not kept.
function maskedCode(code: string): string {
  return /^[A-Za-z0-9._/:-]+$/.test(code) ? maskCode(code) : '…';
}
