import type { Migration } from './migration.ts';

/** Corrections of attendance: what was proposed, what was decided, and which correction counts for a date. */
export const correction: Migration = {
  version: 10,
  name: 'correction',
  up: (db) => {
    db.exec(`
      -- All of it comes out of events, of this gate and of others, in whichever order they arrive. The worker may be one
      -- whom the roster does not know yet.
      create table correction (
        correction_id text primary key,
        worker_id text not null,
        work_date text not null,
        batch_id text not null,
        body text not null,
        at text not null,
        device text not null,
        epoch text not null,
        seq integer not null,
        hash text not null,
        state text not null check (state in ('proposed', 'approved', 'refused', 'withdrawn')),
        -- The decision that made the state.
        decided_device text,
        decided_epoch text,
        decided_seq integer,
        -- 1: the approved correction that stands for its worker and date.
        counts integer not null default 0 check (counts in (0, 1)),
        -- Grows with every change: what was worked out before knows by it what to work out anew.
        stamp integer not null
      ) strict, without rowid;
      create index correction_by_worker on correction (worker_id, work_date);
      create index correction_counting on correction (work_date, worker_id) where counts = 1;
      create index correction_waiting on correction (batch_id) where state = 'proposed';
      create index correction_by_batch on correction (batch_id);
      create index correction_by_stamp on correction (stamp);

      -- A decision may come before what it decides.
      create table correction_decision (
        device text not null,
        epoch text not null,
        seq integer not null,
        correction_id text not null,
        body text not null,
        at text not null,
        hash text not null,
        primary key (device, epoch, seq)
      ) strict, without rowid;
      create index correction_decision_of on correction_decision (correction_id);

      -- The worker's kept work days are worked out anew from the date on.
      create trigger work_dirty_by_correction after insert on correction when new.counts = 1
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, new.work_date from worker where worker_id = new.worker_id
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;
      create trigger work_dirty_by_correction_changed after update on correction when old.counts = 1 or new.counts = 1
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, min(old.work_date, new.work_date) from worker where worker_id = new.worker_id
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;
    `);
  },
};
