import type { Assignment, ShiftPlan } from '../../shared/contracts/shift.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { WorkerPlan } from '../../shared/domain/shift.ts';
import { appendEvent } from './event.ts';
import type { Store } from './store.ts';

const shiftCaches = new WeakMap<Store, ReadonlyMap<string, Shift>>();

/** Shifts of this site by id, kept in memory: they are asked for at each scan. */
function readShifts(store: Store): ReadonlyMap<string, Shift> {
  const known = shiftCaches.get(store);
  if (known && !store.readOnly) return known;
  const rows = store.sql<[], { plan: string }>('select plan from shift order by shift_id').all();
  const shifts = new Map(rows.map(({ plan }) => Shift.parse(JSON.parse(plan))).map((shift) => [shift.id, shift]));
  shiftCaches.set(store, shifts);
  return shifts;
}

/** Who works when, for one worker around some work dates, both included. */
export function readWorkerPlan(store: Store, worker: { workerId: string; shiftId: string | null }, from: string, to: string): WorkerPlan {
  const assignments = store.sql<[string, string, string], Assignment>(`
    select worker_id as workerId, shift_id as shiftId, from_date as "from", to_date as "to" from shift_assignment
    where worker_id = ? and to_date >= ? and from_date <= ? order by from_date, to_date, shift_id`).all(worker.workerId, from, to);
  return { shiftId: worker.shiftId, assignments, shifts: readShifts(store) };
}

/**
 * Sets the plan of this site in the place of the one before: shifts, assignments and an event, in one transaction.
 * Problem: `shift-unknown` where an assignment names a shift that the plan does not have, or its dates are the wrong way round.
 */
export function saveShiftPlan(store: Store, { shifts, assignments }: Omit<ShiftPlan, 'lanes'>, actor: string): void {
  const ids = new Set(shifts.map(({ id }) => id));
  const wrong = assignments.find(({ shiftId, from, to }) => !ids.has(shiftId) || from > to);
  if (wrong) throw new ProblemError('shift-unknown', `${wrong.workerId} ${wrong.shiftId} ${wrong.from} ${wrong.to}`);
  store.transaction(() => {
    store.sql('delete from shift_assignment').run();
    store.sql('delete from shift').run();
    for (const shift of shifts) {
      store.sql<[string, string]>('insert into shift (shift_id, plan) values (?, ?) on conflict (shift_id) do update set plan = excluded.plan').run(shift.id, JSON.stringify(shift));
    }
    const insert = store.sql<[string, string, string, string]>('insert or ignore into shift_assignment (worker_id, from_date, to_date, shift_id) values (?, ?, ?, ?)');
    for (const { workerId, from, to, shiftId } of assignments) insert.run(workerId, from, to, shiftId);
    appendEvent(store, { type: 'shift-plan-set', actor, payload: { shifts, assignments: assignments.length } });
  });
  shiftCaches.delete(store);
}
