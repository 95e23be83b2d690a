import { randomUUID } from 'node:crypto';
import type { Assignment, ShiftPlan } from '../../shared/contracts/shift.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { WorkerPlan } from '../../shared/domain/shift.ts';
import { appendEvent } from './event.ts';
import type { Store } from './store.ts';

/** An event stays small enough to be sent with others. */
const mostInEvent = 500;

const shiftCaches = new WeakMap<Store, ReadonlyMap<string, Shift>>();

/** Shifts of this site by id, kept in memory by the writer: they are asked for at each scan. */
export function readShifts(store: Store): ReadonlyMap<string, Shift> {
  const known = shiftCaches.get(store);
  if (known && !store.readOnly) return known;
  const rows = store.sql<[], { plan: string }>('select plan from shift order by shift_id').all();
  const shifts = new Map(rows.map(({ plan }) => Shift.parse(JSON.parse(plan))).map((shift) => [shift.id, shift]));
  shiftCaches.set(store, shifts);
  return shifts;
}

/** Who works when, for one worker around some work dates, both included. `shifts`: where many are asked for, read once. */
export function readWorkerPlan(
  store: Store, worker: { workerId: string; shiftId: string | null }, from: string, to: string, shifts = readShifts(store),
): WorkerPlan {
  const assignments = store.sql<[string, string, string], Assignment>(`
    select worker_id as workerId, shift_id as shiftId, from_date as "from", to_date as "to" from shift_assignment
    where worker_id = ? and to_date >= ? and from_date <= ? order by from_date, to_date, shift_id`).all(worker.workerId, from, to);
  return { shiftId: worker.shiftId, assignments, shifts };
}

/**
 * Sets the plan of this site in the place of the one before: shifts, assignments and their events, in one transaction.
 * Problem: `shift-unknown` where an assignment names a shift that the plan does not have, or its dates are the wrong way round.
 */
export function saveShiftPlan(store: Store, { shifts, assignments }: Omit<ShiftPlan, 'lanes'>, actor: string): void {
  const ids = new Set(shifts.map(({ id }) => id));
  const wrong = assignments.find(({ shiftId, from, to }) => !ids.has(shiftId) || from > to);
  if (wrong) throw new ProblemError('shift-unknown', `${wrong.workerId} ${wrong.shiftId} ${wrong.from} ${wrong.to}`);
  change(store, () => {
    store.sql('delete from shift_assignment').run();
    store.sql('delete from shift').run();
    for (const shift of shifts) insertShift(store, shift);
    for (const assignment of assignments) insertAssignment(store, assignment);
    // The other gates decide by the same plan: the assignments follow, a bounded number in each event.
    const planId = randomUUID();
    const parts = Math.ceil(assignments.length / mostInEvent);
    appendEvent(store, { type: 'shift-plan-set', actor, payload: { shifts, assignments: assignments.length, planId, parts } });
    for (let part = 0; part < parts; part += 1) {
      appendEvent(store, { type: 'shift-assigned', actor, payload: { planId, part, assignments: assignments.slice(part * mostInEvent, (part + 1) * mostInEvent) } });
    }
  });
}

/**
 * Adds or changes shifts, each by its id, and tells so in one event; assignments stay as they are. Returns how many were
 * others before: none, no event.
 */
export function setShifts(store: Store, shifts: readonly Shift[], actor: string): number {
  return change(store, () => {
    const known = readShifts(store);
    const others = shifts.filter((shift) => JSON.stringify(known.get(shift.id)) !== JSON.stringify(shift));
    if (others.length === 0) return 0;
    for (const shift of others) insertShift(store, shift);
    tellShifts(store, { changed: others.map(({ id }) => id) }, actor);
    return others.length;
  });
}

/**
 * Takes a shift out, with its event. False where it is not there. Problem: `shift-in-use` while the roster or an
 * assignment names it; the detail counts both.
 */
export function removeShift(store: Store, shiftId: string, actor: string): boolean {
  return change(store, () => {
    if (!readShifts(store).has(shiftId)) return false;
    const { workers, assignments } = store.sql<[string, string], { workers: number; assignments: number }>(`
      select (select count(*) from worker where shift_id = ?) as workers,
        (select count(*) from shift_assignment where shift_id = ?) as assignments`).get(shiftId, shiftId)!;
    if (workers + assignments > 0) throw new ProblemError('shift-in-use', `${workers} ${assignments}`);
    store.sql<[string]>('delete from shift where shift_id = ?').run(shiftId);
    tellShifts(store, { removed: [shiftId] }, actor);
    return true;
  });
}

/** All assignments of a worker, in order of dates. */
export function readAssignments(store: Store, workerId: string): Assignment[] {
  return [...readWorkerPlan(store, { workerId, shiftId: null }, '', '9999-99-99', new Map()).assignments];
}

/** A worker's assignments in the place of those before; inside a transaction, together with the event that tells of it. */
export function writeAssignments(store: Store, workerId: string, assignments: readonly Assignment[]): void {
  store.sql<[string]>('delete from shift_assignment where worker_id = ?').run(workerId);
  for (const assignment of assignments) insertAssignment(store, assignment);
}

/** The shifts that all gates of the site have agreed on in the place of those before; inside a transaction. Makes no event. */
export function replaceShifts(store: Store, shifts: readonly Shift[]): void {
  shiftCaches.delete(store);
  store.sql('delete from shift').run();
  for (const shift of shifts) insertShift(store, shift);
}

export interface ShiftUse {
  /** With how many workers of the roster have it as theirs, and how many assignments name it. */
  shifts: (Shift & { workers: number; assignments: number })[];
  /** Codes in the roster that are no shift yet: whoever has one is without a shift. */
  missing: { shiftId: string; workers: number }[];
}

/** The shifts by code, and who uses them. */
export function readShiftUse(store: Store): ShiftUse {
  const counts = (sql: string): Map<string, number> => new Map(store.sql<[], { id: string; n: number }>(sql).all().map(({ id, n }) => [id, n]));
  const workers = counts('select shift_id as id, count(*) as n from worker where shift_id is not null group by shift_id order by shift_id');
  const assignments = counts('select shift_id as id, count(*) as n from shift_assignment group by shift_id');
  const shifts = readShifts(store);
  return {
    shifts: [...shifts.values()].map((shift) => ({ ...shift, workers: workers.get(shift.id) ?? 0, assignments: assignments.get(shift.id) ?? 0 })),
    missing: [...workers].filter(([id]) => !shifts.has(id)).map(([shiftId, n]) => ({ shiftId, workers: n })),
  };
}

function change<T>(store: Store, work: () => T): T {
  try {
    return store.transaction(work);
  } finally {
    shiftCaches.delete(store);
  }
}

function insertShift(store: Store, shift: Shift): void {
  store.sql<[string, string]>('insert into shift (shift_id, plan) values (?, ?) on conflict (shift_id) do update set plan = excluded.plan').run(shift.id, JSON.stringify(shift));
}

function insertAssignment(store: Store, { workerId, from, to, shiftId }: Assignment): void {
  store.sql<[string, string, string, string]>('insert or ignore into shift_assignment (worker_id, from_date, to_date, shift_id) values (?, ?, ?, ?)').run(workerId, from, to, shiftId);
}

/** All shifts as they are now: whoever gets the event needs no earlier one. */
function tellShifts(store: Store, what: { changed: string[] } | { removed: string[] }, actor: string): void {
  shiftCaches.delete(store);
  const assignments = store.sql<[], { n: number }>('select count(*) as n from shift_assignment').get()?.n ?? 0;
  appendEvent(store, { type: 'shift-plan-set', actor, payload: { shifts: [...readShifts(store).values()], assignments, ...what } });
}
