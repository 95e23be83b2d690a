import type { Migration } from './migration.ts';

/** What a work date of a worker came to, kept from scan to scan; whatever bears on it marks the worker by trigger. */
export const workDay: Migration = {
  version: 9,
  name: 'work-day',
  up: (db) => {
    db.exec(`
      -- One row a worker and work date: the line of the timesheet. It holds for a period that ends between valid_from and
      -- valid_to (milliseconds, the end of the period or the instant of asking): who is still inside is told otherwise later.
      create table work_day (
        worker_no integer not null references worker,
        work_date text not null,
        shift_id text,
        -- All shifts of a split day as JSON; null where shift_id is the only one.
        shift_ids text,
        in_at integer,
        out_at integer,
        worked integer not null,
        overtime integer not null,
        night integer not null,
        late integer not null,
        early integer not null,
        closed_by text,
        exceptions text not null,
        more text,
        plan text not null check (plan in ('shift', 'day-off', 'none')),
        break_minutes integer,
        valid_from integer not null,
        valid_to integer not null,
        primary key (worker_no, work_date)
      ) strict, without rowid;

      -- Sums of a month as the law counts. capped: against the caps of month and year; continuous: where the break of the
      -- worker's department counts as work.
      create table work_month (
        worker_no integer not null references worker,
        month text not null,
        days integer not null,
        worked integer not null,
        overtime integer not null,
        night integer not null,
        capped integer not null,
        capped_continuous integer not null,
        primary key (worker_no, month)
      ) strict, without rowid;

      -- Who must be worked out anew, and from which date on. mark counts: a row is taken away only as it was when it was read.
      create table work_dirty (
        worker_no integer primary key references worker,
        from_date text not null,
        mark integer not null default 1
      ) strict;

      -- By which rules a worker's rows were made, and when one of them changes by itself.
      create table work_state (
        worker_no integer primary key references worker,
        generation integer not null,
        due_at integer
      ) strict;
      create index work_state_by_generation on work_state (generation);
      create index work_state_by_due on work_state (due_at) where due_at is not null;

      create table work_rules (
        only integer primary key check (only = 1),
        generation integer not null,
        rules text not null
      ) strict;
      insert into work_rules (only, generation, rules) values (1, 0, '');

      create trigger work_dirty_by_scan after insert on gate_scan when new.worker_no is not null
        begin
          insert into work_dirty (worker_no, from_date) values (new.worker_no, date(new.at, '+7 hours'))
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;
      create trigger work_dirty_by_scan_changed after update of at, lane, worker_no, lane_direction, zone, outcome, work_date on gate_scan
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, date(min(old.at, new.at), '+7 hours') from worker where worker_no in (old.worker_no, new.worker_no)
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;
      create trigger work_dirty_by_guard after insert on guard_decision
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, date(at, '+7 hours') from gate_scan where position = new.position and worker_no is not null
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;
      create trigger work_dirty_by_scan_removed after delete on gate_scan when old.worker_no is not null
        begin
          insert into work_dirty (worker_no, from_date) values (old.worker_no, date(old.at, '+7 hours'))
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;
      create trigger work_dirty_by_worker after update of shift_id, barred, start_date, end_date on worker
        when old.shift_id is not new.shift_id or old.barred <> new.barred or old.start_date is not new.start_date or old.end_date is not new.end_date
        begin
          insert into work_dirty (worker_no, from_date) values (new.worker_no, '0001-01-01')
          on conflict (worker_no) do update set from_date = excluded.from_date, mark = mark + 1;
        end;
      create trigger work_dirty_by_assignment after insert on shift_assignment
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, new.from_date from worker where worker_id = new.worker_id
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;
      create trigger work_dirty_by_assignment_removed after delete on shift_assignment
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, old.from_date from worker where worker_id = old.worker_id
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;

      insert into work_dirty (worker_no, from_date) select worker_no, '0001-01-01' from worker
        where exists (select 1 from gate_scan where gate_scan.worker_no = worker.worker_no);
    `);
  },
};
