import type { z } from 'zod';
import type { Direction, Outcome } from '../../../shared/contracts/requests/gate.ts';
import type { Lane, LaneDirection } from '../../../shared/contracts/requests/system.ts';
import type { Shift } from '../../../shared/contracts/shift.ts';
import {
  attend, defaultRules, inOrder, nobodySeen, type AttendanceRules, type AttendanceScan, type AttendanceState, type AttendanceWorker,
} from '../../../shared/domain/attendance.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import { ownFormerTerms, readKiosk, readLaneScan, readPassback, readSettings, readWorkerPlan, readWorkerScans, ownLane, type Store, type StoredWorker, type WorkerScan } from '../../store/index.ts';

/** What the gate decided of a scan, and what is kept of it. */
export interface Decision {
  outcome: Outcome;
  direction: Direction | null;
  reason: string;
  shiftId: string | null;
  workDate: string;
  /** Somebody came into a zone again without having gone out of it. */
  violation?: 'passback';
}

const dayMs = 86_400_000;
/** Scans before this no longer bear on a decision of a shift: no stay lasts as long. */
const horizonMs = 3 * dayMs;
/** Law gives everybody a rest of a day each week, or four in a month (Bộ luật Lao động 2019 art. 111). */
const restMs = dayMs;
const [usual, furthest] = [8 * dayMs, 35 * dayMs];

/** Direction of each lane of this kiosk by its name at the site; a lane that nobody has set up is used both ways. */
export function laneDirections(store: Store): (lane: string) => z.infer<typeof LaneDirection> {
  const directions = new Map((readKiosk(store)?.lanes ?? []).map(({ lane, direction }) => [ownLane(store, lane), direction]));
  return (lane) => directions.get(lane) ?? 'both';
}

/** How this kiosk decides scans. */
export function attendanceRules(store: Store): AttendanceRules {
  const { repeatSeconds, oppositeSeconds } = readSettings(store);
  return { ...defaultRules, repeatSeconds, oppositeSeconds, passback: readPassback(store) };
}

/** A worker of the roster with his plan around some work dates. */
export function attendanceWorker(
  store: Store, worker: Pick<StoredWorker, 'workerId' | 'shiftId' | 'barred' | 'startDate' | 'endDate'>, from: string, to: string,
  shifts?: ReadonlyMap<string, Shift>,
): AttendanceWorker {
  const { barred, startDate, endDate } = worker;
  const formerTerms = ownFormerTerms(store, worker.workerId);
  return { ...readWorkerPlan(store, worker, from, to, shifts), barred, startDate, endDate, ...(formerTerms.length > 0 && { formerTerms }) };
}

/**
 * Decides a scan of somebody of the roster from all scans of his that this kiosk holds. Told of an earlier time, only what
 * lies before it counts; at this moment everything does, since a clock that was set back must not undo what was seen.
 * @param at milliseconds since 1970
 */
export function attendanceAt(store: Store, worker: StoredWorker, lane: z.infer<typeof Lane>, at: number, told: boolean): Decision {
  const context = contextOf(store, worker, at);
  const scan: AttendanceScan = { at, lane: ownLane(store, lane.lane), seq: Number.MAX_SAFE_INTEGER, laneDirection: lane.direction, zone: lane.zone ?? null };
  const state = after(context, scansFromRest(store, worker.workerNo, at - horizonMs, told ? at : at + horizonMs).filter((one) => !told || inOrder(one, scan) < 0));
  if (!told) {
    const repeat = repeatNow(store, worker, lane.lane, at, state, context.rules.repeatSeconds);
    if (repeat) return repeat;
  }
  const rules = told ? context.rules : { ...context.rules, repeatSeconds: 0 };
  const { shift, ...decision } = attend(state, scan, context.worker, lane.direction, rules).attendance;
  return { ...decision, shiftId: shift?.shiftId ?? null };
}

/** Where all scans around an instant leave a worker, whatever the order in which they came. */
export function lastSeen(store: Store, worker: StoredWorker, at: number): { direction: Direction; at: string; workDate: string } {
  const seen = whereabouts(store, worker, at);
  if (seen === null) throw new Error('a recorded scan is not in the log');
  return seen;
}

/** The same of somebody of whom another gate told; null where no scan of his counts. `lane` as the site names it. */
export function whereabouts(store: Store, worker: StoredWorker, at: number): { direction: Direction; at: string; workDate: string; lane: string } | null {
  const { last } = after(contextOf(store, worker, at), scansFromRest(store, worker.workerNo, at - horizonMs, Infinity));
  if (last === null || last.attendance.direction === null) return null;
  return { direction: last.attendance.direction, at: new Date(last.at).toISOString(), workDate: last.attendance.workDate, lane: last.lane };
}

/**
 * A worker's scans between two instants, both included, and those before them back to a rest of a whole day: whoever comes
 * every twelve hours without a shift is told in from out by the scans before alone, so they must not begin just anywhere.
 */
export function scansFromRest(store: Store, workerNo: number, from: number, to: number): WorkerScan[] {
  let scans: WorkerScan[] = [];
  for (const back of [usual, furthest]) {
    scans = readWorkerScans(store, workerNo, from - back, to);
    const rested = scans.findIndex(({ at }, i) => at - (scans[i - 1]?.at ?? from - back) >= restMs && (i === 0 || at <= from));
    if (rested >= 0) return scans.slice(rested);
    if (scans.length === 0) break;
  }
  return scans;
}

/** How many days before a period a worker's plan is needed, for the scans that `scansFromRest` may give. */
export const planDays = furthest / dayMs + 3;

interface Context {
  worker: AttendanceWorker;
  rules: AttendanceRules;
  direction: (lane: string) => z.infer<typeof LaneDirection>;
}

function contextOf(store: Store, worker: StoredWorker, at: number): Context {
  const date = workDateOf(at);
  return {
    worker: attendanceWorker(store, worker, addDays(date, -planDays - 3), addDays(date, 4)), rules: attendanceRules(store), direction: laneDirections(store),
  };
}

function after({ worker, rules, direction }: Context, scans: readonly AttendanceScan[]): AttendanceState {
  return scans.toSorted(inOrder).reduce<AttendanceState>((state, scan) => attend(state, scan, worker, direction(scan.lane), rules).state, nobodySeen);
}

/** Within one boot the monotonic clock knows how long ago a scan was, whatever was done to the wall clock. */
function repeatNow(store: Store, worker: StoredWorker, lane: string, at: number, state: AttendanceState, repeatSeconds: number): Decision | null {
  const last = readLaneScan(store, worker.workerNo, lane);
  if (last === null || worker.barred || repeatSeconds <= 0) return null;
  const agoMs = last.bootId === store.clock.bootId ? store.clock.monoMs() - last.monoMs : at - last.atMs;
  if (Math.abs(agoMs) > repeatSeconds * 1_000) return null;
  const before = state.lanes.get(ownLane(store, lane))?.attendance;
  return { outcome: 'repeat', direction: last.direction, reason: 'same-lane', shiftId: before?.shift?.shiftId ?? null, workDate: before?.workDate ?? workDateOf(at) };
}
