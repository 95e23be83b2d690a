import type { Migration } from './migration.ts';

/** Shifts: who works when, and the scans of one worker in order, which timesheets and late arrivals ask for. */
export const shift: Migration = {
  version: 5,
  name: 'shift',
  up: (db) => {
    db.exec(`
      create table shift (
        shift_id text primary key,
        plan text not null
      ) strict, without rowid;

      -- Dates are work dates, both included. The worker may be one whom the roster does not know yet.
      create table shift_assignment (
        worker_id text not null,
        from_date text not null,
        to_date text not null,
        shift_id text not null references shift,
        primary key (worker_id, from_date, to_date, shift_id)
      ) strict, without rowid;

      create index gate_scan_by_worker on gate_scan (worker_no, at) where worker_no is not null;
    `);
  },
};
