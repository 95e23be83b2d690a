import { correctionLane, type CorrectionChanges } from '../../../shared/contracts/correction.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import type { Attendance } from '../../../shared/domain/attendance.ts';
import { noChanges, punchBounds, type Punch } from '../../../shared/domain/correction.ts';
import { suggestChanges } from '../../../shared/domain/correction-suggestion.ts';
import { readAnswers, readDateCorrections, type Store, type StoredCorrection } from '../../store/index.ts';
import { reasonLabel } from './correction-reasons.ts';
import { dateLines, personOf, type DateLines } from './correction-lines.ts';

type Asked<N extends 'inbox/day' | 'inbox/preview' | 'inbox/plan'> = Input<N> & { now: number };
type DayPunch = Output<'inbox/day'>['punches'][number];

/**
 * One worker's date: scans, what the gate answered then and how they are taken now, the line without and with the
 * correction that counts, a suggestion and all that was proposed so far. Problem: `not-found`.
 */
export function inboxDay(store: Store, { workerId, workDate, userId, now }: Asked<'inbox/day'> & { userId: string }): Output<'inbox/day'> {
  const lines = found(dateLines(store, now)(workerId, workDate));
  const before = lines.lineWith(null);
  const current = lines.lineWith(lines.known);
  const shifts = lines.shifts();
  return {
    worker: personOf(lines.worker), workDate, before, now: current,
    suggestion: current === null ? null : suggestChanges(current, shifts, lines.known),
    shifts: shifts.map(({ shiftId, startAt, endAt }) => ({ id: shiftId, startAt, endAt })),
    punches: punchesOfDay(store, lines, workDate),
    history: readDateCorrections(store, { workerId, workDate }).map((one) => historyOf(one, userId)).toReversed(),
  };
}

/** The line of a date as it would be with other changes. Problem: `not-found`. */
export function inboxPreview(store: Store, { workerId, workDate, changes, now }: Asked<'inbox/preview'>): Output<'inbox/preview'> {
  return { line: found(dateLines(store, now)(workerId, workDate)).lineWith(changes) };
}

/** Suggestions for many dates; `left` counts those where only a person can tell. */
export function inboxPlan(store: Store, { items, now }: Asked<'inbox/plan'>): Output<'inbox/plan'> {
  const linesOf = dateLines(store, now);
  const planned = items.flatMap(({ workerId, workDate }) => {
    const lines = linesOf(workerId, workDate);
    const current = lines?.lineWith(lines.known) ?? null;
    const changes = lines === null || current === null ? null : suggestChanges(current, lines.shifts(), lines.known);
    return lines === null || changes === null ? [] : [{ ...personOf(lines.worker), workDate, changes }];
  });
  return { planned, left: items.length - planned.length };
}

function found(lines: DateLines | null): DateLines {
  if (lines === null) throw new ProblemError('not-found');
  return lines;
}

/** Scans as the date has them without its correction, and what the correction adds. */
function punchesOfDay(store: Store, { desk, worker, others, known }: DateLines, workDate: string): DayPunch[] {
  const { from, to } = punchBounds(workDate);
  const answers = readAnswers(store, worker.workerNo, from, to);
  const taken = (changes: CorrectionChanges | null): Map<string, { punch: Punch; attendance: Attendance }> => {
    const all = new Map<string, { punch: Punch; attendance: Attendance }>();
    desk.daysOf(worker, changes === null ? others : [...others, { workDate, changes }], (punch, attendance) => {
      if (attendance.workDate === workDate) all.set(`${punch.at} ${punch.lane}`, { punch, attendance });
    });
    return all;
  };
  const now = taken(known);
  const all = new Map([...taken(null), ...now]);
  const gone = new Set((known?.kind === 'change' ? known : noChanges).leaveOut.map(({ at, lane }) => `${at} ${lane}`));
  return [...all].map(([key, { punch: { at, lane } }]): DayPunch => {
    const answer = answers.get(key);
    const current = now.get(key)?.attendance;
    return {
      at, lane, added: lane === correctionLane, leftOut: gone.has(key), outcome: answer?.outcome ?? null, direction: answer?.direction ?? null,
      reason: answer?.reason ?? null, now: current?.outcome === 'recorded' ? current.direction : null,
    };
  }).sort((a, b) => a.at - b.at);
}

function historyOf({ id, batchId, changes, reason, note, state, counts, by, proof, decision }: StoredCorrection, userId: string): Output<'inbox/day'>['history'][number] {
  return {
    id, batchId, changes, reason: reasonLabel(reason), note, state, counts, by: { displayName: by.displayName, at: proof.at }, own: by.userId === userId,
    decided: decision === null ? null : { displayName: decision.by.displayName, at: decision.proof.at, note: decision.note },
  };
}
