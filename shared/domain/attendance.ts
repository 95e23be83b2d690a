import type { Direction } from '../contracts/requests/gate.ts';
import type { LaneDirection } from '../contracts/requests/system.ts';
import type { z } from 'zod';
import { shiftsAround, type ShiftDay, type WorkerPlan } from './shift.ts';
import { workDateOf } from './work-date.ts';
import { afterPassage, nowhere, passbackOf, type Occupancy, type Passback } from './zone.ts';

/**
 * A worker's scan that the gate could read; `at` in milliseconds since 1970, `seq` the order in which one lane saw them.
 * What the gate knew and did then is a fact that no later scan and no later setting changes.
 */
export interface AttendanceScan {
  at: number;
  /** The same name at every gate of the site: `<gate>/<lane>` where there are several. */
  lane: string;
  seq: number;
  /** Direction of the lane when the scan was made; absent: the one that it has now. */
  laneDirection?: z.infer<typeof LaneDirection>;
  /** The zone that the lane led into then. */
  zone?: string | null;
  /** Why the gate let nobody pass; null: it did. Absent: not decided yet. */
  held?: Held | null;
  /** The way in which the guard let somebody pass who was held. */
  passed?: Direction | null;
  /** The work date for which the gate let him pass: a roster that changes later takes no work away. */
  approved?: string | null;
}

/** Why somebody whom the roster lets pass had to stay. */
export type Held = 'barred' | 'passback' | 'ask-guard';

export interface AttendanceRules {
  /** A scan on the same lane within so many seconds of the last that was no repeat is one; both ends included. */
  repeatSeconds: number;
  /** A scan of the other direction on another lane within so many seconds asks the guard; null is off. */
  oppositeSeconds: number | null;
  /** How long somebody without a shift may be inside before he counts as gone, in hours. */
  unplannedHours: number;
  /** Zones of the site; absent: none. */
  passback?: Passback;
}

export const defaultRules: AttendanceRules = { repeatSeconds: 20, oppositeSeconds: null, unplannedHours: 14 };

/** What is known of a worker for deciding; dates both included, the end date being the last work date. */
export interface AttendanceWorker extends WorkerPlan {
  barred: boolean;
  startDate: string | null;
  endDate: string | null;
  /** Times of work before this one, of somebody who came back: what was worked then stays worked. */
  formerTerms?: readonly { startDate: string | null; endDate: string | null }[];
}

/** Why a scan was taken as it was; kept with the event and shown to the guard. */
export type AttendanceReason =
  | 'barred' | 'not-started' | 'contract-ended' | 'same-lane' | 'opposite-lane' | 'zone' | 'guard'
  | 'lane' | 'shift-window' | 'last-state' | 'first-today';

export interface Attendance {
  outcome: 'recorded' | 'repeat' | 'expired' | 'not-yet-valid' | Held;
  /** Null where the worker does not pass. */
  direction: Direction | null;
  reason: AttendanceReason;
  /** The shift that the scan belongs to; null outside all shifts. */
  shift: ShiftDay | null;
  workDate: string;
  /** He came into a zone again without having gone out of it. */
  violation?: 'passback';
}

interface Inside {
  since: number;
  shift: ShiftDay | null;
  workDate: string;
}

/** Where the scans so far have left a worker. */
export interface AttendanceState {
  inside: Inside | null;
  /** Scans that counted, the last one on each lane. */
  lanes: ReadonlyMap<string, { at: number; attendance: Attendance }>;
  last: { at: number; lane: string; attendance: Attendance } | null;
  zones: Occupancy;
}

export const nobodySeen: AttendanceState = { inside: null, lanes: new Map(), last: null, zones: nowhere };

const secondMs = 1_000;
/** From this part of a shift on, a first scan is taken for a forgotten way in and a way out. */
const homeward = 3 / 4;
const hourMs = 3_600_000;
/** Who is seen longer before a shift than this has not come for it: that shift's own way in would become a way out. */
const earliestHours = 6;

/**
 * Decides one scan from where the ones before have left the worker (scans in the order of `inOrder`). The lane's own
 * direction counts first, then the window of the shift, then the last state. The work date is that of the shift, so that
 * a night shift is one day's work; a forgotten way out ends with its shift and never turns later days around.
 */
export function attend(
  state: AttendanceState, scan: AttendanceScan, worker: AttendanceWorker, laneDirection: z.infer<typeof LaneDirection>, rules: AttendanceRules,
): { attendance: Attendance; state: AttendanceState } {
  const attendance = decide(state, scan, worker, scan.laneDirection ?? laneDirection, rules);
  return { attendance, state: attendance.outcome === 'recorded' ? moved(state, scan, attendance, rules) : state };
}

/**
 * The one order in which scans are decided, wherever they were made and whenever they arrived. Of scans at one instant the
 * way out comes first: nobody comes in and is gone in no time, but whoever changes jobs goes out and in.
 */
export function inOrder(a: AttendanceScan, b: AttendanceScan): number {
  return a.at - b.at || outFirst(a) - outFirst(b) || (a.lane < b.lane ? -1 : a.lane > b.lane ? 1 : a.seq - b.seq);
}

function outFirst({ laneDirection }: AttendanceScan): number {
  return laneDirection === 'out' ? 0 : laneDirection === 'in' ? 2 : 1;
}

function decide(
  state: AttendanceState, scan: AttendanceScan, worker: AttendanceWorker, laneDirection: z.infer<typeof LaneDirection>, rules: AttendanceRules,
): Attendance {
  const { at, lane, held, passed = null } = scan;
  if (passed !== null) return { ...place(state, at, worker, passed, rules), outcome: 'recorded', reason: 'guard' };
  if (held === 'barred' || (held === undefined && worker.barred)) return { outcome: 'barred', direction: null, reason: 'barred', shift: null, workDate: workDateOf(at) };
  const onLane = state.lanes.get(lane);
  if (onLane && rules.repeatSeconds > 0 && at - onLane.at <= rules.repeatSeconds * secondMs) {
    return { ...onLane.attendance, outcome: 'repeat', reason: 'same-lane' };
  }
  const placed = place(state, at, worker, laneDirection, rules);
  if (held) return { ...placed, outcome: held, reason: held === 'passback' ? 'zone' : 'opposite-lane' };
  const { workDate } = placed;
  const isFormer = worker.formerTerms?.some(({ startDate, endDate }) => (startDate ?? '') <= workDate && workDate <= (endDate ?? workDate)) ?? false;
  const isApproved = isFormer || scan.approved === workDate;
  if (!isApproved && worker.startDate !== null && workDate < worker.startDate) return { ...placed, outcome: 'not-yet-valid', direction: null, reason: 'not-started' };
  if (!isApproved && worker.endDate !== null && workDate > worker.endDate) return { ...placed, outcome: 'expired', direction: null, reason: 'contract-ended' };
  const passback = placed.direction === 'in' && typeof scan.zone === 'string' ? passbackOf(rules.passback?.zones.get(scan.zone), state.zones, at) : null;
  const recorded: Attendance = { ...placed, outcome: 'recorded', ...(passback !== null && { violation: 'passback' }) };
  // What the gate let pass has passed, and in a fire nobody stays behind a turnstile.
  if (held === null || rules.passback?.fire === true) return recorded;
  if (passback === 'hard') return { ...placed, outcome: 'passback', reason: 'zone' };
  return hasTurned(state, scan, placed, rules) ? { ...placed, outcome: 'ask-guard', reason: 'opposite-lane' } : recorded;
}

/** Whether somebody goes the other way on another lane so soon that it may be somebody else. */
function hasTurned({ last }: AttendanceState, { at, lane }: AttendanceScan, { direction }: Placed, { oppositeSeconds }: AttendanceRules): boolean {
  return oppositeSeconds !== null && last !== null && last.lane !== lane && last.attendance.direction !== direction && at - last.at <= oppositeSeconds * secondMs;
}

type Placed = Omit<Attendance, 'outcome' | 'violation'>;

/** Direction and shift of a scan of somebody who may pass. */
function place(
  { inside, last }: AttendanceState, at: number, worker: AttendanceWorker, laneDirection: z.infer<typeof LaneDirection>, rules: AttendanceRules,
): Placed {
  const shifts = shiftsAround(worker, at);
  const stays = inside !== null && at <= endOfStay(inside, rules) ? inside : null;
  const late = stays === null && inside !== null && inside.shift !== null && hasOnlyLeftLate(inside, at, rules) ? inside : null;
  const seen = (shift: ShiftDay): boolean => last !== null && sameShift(last.attendance.shift, shift);
  const here = (direction: Direction, reason: AttendanceReason, shift: ShiftDay | null): Placed => (
    { direction, reason, shift, workDate: shift?.workDate ?? workDateOf(at) });
  const out = (reason: AttendanceReason): Placed => (
    stays !== null ? { ...here('out', reason, stays.shift), workDate: stays.workDate } : here('out', reason, leavingShift(shifts, at) ?? late?.shift ?? null));

  if (laneDirection === 'out') return out('lane');
  if (laneDirection === 'in') return here('in', 'lane', arrivingShift(shifts, at, seen));
  if (stays !== null) {
    const next = nextShift(shifts, stays.shift, at);
    // The window counts before the state: who shows the card once more while the shift has not begun has not gone home.
    const beginning = shifts.find(({ opensAt, startAt }) => opensAt <= at && at < startAt);
    if (beginning !== undefined && (stays.shift === null || sameShift(stays.shift, beginning))) return here('in', 'shift-window', beginning);
    return next ? here('in', 'shift-window', next) : out('last-state');
  }
  const window = bestWindow(shifts, at, seen);
  if (window !== null) return here(window.direction, seen(window.shift) && window.direction === 'in' ? 'last-state' : 'shift-window', window.shift);
  if (late !== null) return here('out', 'last-state', late.shift);
  const later = laterToday(shifts, at);
  if (later !== null) return here('in', 'first-today', later);
  return here('in', last?.attendance.workDate === workDateOf(at) ? 'last-state' : 'first-today', null);
}

/** Beyond the late window of the shift, yet nobody comes to work then: he goes out, and somebody looks at the hours. */
function hasOnlyLeftLate({ since }: Inside, at: number, { unplannedHours }: AttendanceRules): boolean {
  return at <= since + unplannedHours * hourMs || workDateOf(at) === workDateOf(since);
}

function endOfStay({ since, shift }: Inside, { unplannedHours }: AttendanceRules): number {
  return shift === null ? since + unplannedHours * hourMs : Math.max(shift.closesAt, since);
}

/** True for the same shift of the same work date, and for none twice. */
export function sameShift(a: ShiftDay | null, b: ShiftDay | null): boolean {
  return a === null || b === null ? a === b : a.shiftId === b.shiftId && a.workDate === b.workDate;
}

/** Smallest by a measure; null of none. */
function nearest<T>(items: readonly T[], distance: (item: T) => number): T | null {
  return items.reduce<T | null>((best, item) => (best === null || distance(item) < distance(best) ? item : best), null);
}

/** The shift that begins while somebody still counts as inside from the one before: its start is nearer than that end. */
function nextShift(shifts: readonly ShiftDay[], current: ShiftDay | null, at: number): ShiftDay | null {
  if (current === null || at < current.endAt) return null;
  const next = nearest(shifts.filter((one) => !sameShift(one, current) && one.startAt > current.startAt && one.opensAt <= at && at < one.endAt),
    ({ startAt }) => Math.abs(at - startAt));
  return next !== null && Math.abs(at - next.startAt) < at - current.endAt ? next : null;
}

/** Coming in: back into the shift that was begun, else the one whose start is nearest, else one later that day. */
function arrivingShift(shifts: readonly ShiftDay[], at: number, seen: (shift: ShiftDay) => boolean): ShiftDay | null {
  const open = shifts.filter(({ opensAt, endAt }) => opensAt <= at && at < endAt);
  const begun = open.find((one) => seen(one) && !open.some(({ startAt }) => startAt > one.startAt));
  if (open.length > 0) return begun ?? nearest(open, ({ startAt }) => Math.abs(at - startAt));
  const over = nearest(shifts.filter(({ endAt, closesAt }) => endAt <= at && at <= closesAt), ({ endAt }) => at - endAt);
  const later = laterToday(shifts, at);
  return over !== null && later !== null ? (at - over.endAt <= later.startAt - at ? over : later) : over ?? later;
}

/** Going out without having come in: the shift whose end is nearest. */
function leavingShift(shifts: readonly ShiftDay[], at: number): ShiftDay | null {
  return nearest(shifts.filter(({ opensAt, closesAt }) => opensAt <= at && at <= closesAt), ({ endAt }) => Math.abs(at - endAt));
}

/** A shift that has not opened yet on the same day: whoever comes very early comes for it, but nobody half a day before. */
function laterToday(shifts: readonly ShiftDay[], at: number): ShiftDay | null {
  return nearest(shifts.filter(({ workDate, opensAt, startAt }) => workDate === workDateOf(at) && opensAt > at && startAt - at <= earliestHours * hourMs), ({ startAt }) => startAt - at);
}

/** On a lane for both ways and with nobody inside: a shift's start or end, whichever is nearest and makes sense. */
function bestWindow(shifts: readonly ShiftDay[], at: number, seen: (shift: ShiftDay) => boolean): { shift: ShiftDay; direction: Direction } | null {
  const open = shifts.filter(({ opensAt, closesAt }) => opensAt <= at && at <= closesAt);
  const options = open.flatMap((shift) => {
    const coming = { shift, direction: 'in' as const, distance: Math.abs(at - shift.startAt) };
    // Whoever has left already leaves again only where nothing else begins.
    const leaving = { shift, direction: 'out' as const, distance: seen(shift) ? Infinity : Math.abs(at - shift.endAt) };
    // Nobody begins after the end; whoever was seen before and went out comes back, unless the next shift has opened and its start is nearer.
    if (at >= shift.endAt) return [leaving];
    if (seen(shift)) return [open.some(({ startAt }) => startAt > shift.startAt) ? coming : { ...coming, distance: 0 }];
    // Somebody may come as late as that; only in the last part of a shift is a first scan the way home.
    return at - shift.startAt >= (shift.endAt - shift.startAt) * homeward ? [coming, leaving] : [coming];
  });
  // Where one shift ends as another begins both are as near: nobody leaves for whom no way in is known.
  return nearest([...options.filter(({ direction }) => direction === 'in'), ...options.filter(({ direction }) => direction === 'out')], ({ distance }) => distance);
}

/** Where a recorded scan leaves a worker. */
export function moved(state: AttendanceState, { at, lane, zone = null }: AttendanceScan, attendance: Attendance, rules: AttendanceRules = defaultRules): AttendanceState {
  const { direction, shift, workDate } = attendance;
  const { inside } = state;
  // A second way in without one out between: inside since the first, as long as it is the same work.
  const again = inside !== null && inside.workDate === workDate && sameShift(inside.shift, shift);
  const stay: Inside = { since: again ? inside.since : at, shift, workDate };
  return {
    inside: direction === 'in' ? stay : null,
    lanes: new Map(state.lanes).set(lane, { at, attendance }),
    last: { at, lane, attendance },
    zones: direction === null ? state.zones : afterPassage(state.zones, zone, direction, { at, until: endOfStay(stay, rules) }),
  };
}

/** Scans that break the passback rule of a zone when all scans are known, in order; those that the gate refused are none. */
export function violationsIn(
  scans: readonly AttendanceScan[], worker: AttendanceWorker, laneDirection: (lane: string) => z.infer<typeof LaneDirection>, rules: AttendanceRules,
): AttendanceScan[] {
  let state = nobodySeen;
  return scans.toSorted(inOrder).filter((scan) => {
    const decided = attend(state, scan, worker, laneDirection(scan.lane), rules);
    state = decided.state;
    return decided.attendance.violation !== undefined;
  });
}
