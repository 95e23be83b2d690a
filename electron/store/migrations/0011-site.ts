import type { Migration } from './migration.ts';

/** Events of the other gates of the site, what follows from them, and how far the clock is off. */
export const site: Migration = {
  version: 11,
  name: 'site',
  up: (db) => {
    // What was put upon the table goes with it, and comes back with the next.
    const upon = db.prepare<[], { sql: string }>("select sql from sqlite_master where tbl_name = 'shift_assignment' and type <> 'table' and sql is not null").all();
    db.exec(`
      create table site_gate (
        gate_no integer primary key,
        device text not null unique,
        name text not null default '',
        heard_at text,
        heard_by text check (heard_by in ('hub', 'lan', 'file')),
        -- What it told last: once its events are here up to told_seq, told_until is reported_until.
        told_epoch text,
        told_seq integer not null default 0,
        told_until integer,
        reported_until integer,
        offset_ms integer,
        lanes text not null default '[]',
        retired_at text
      ) strict;

      create table site_chain (
        chain_no integer primary key,
        gate_no integer not null references site_gate,
        epoch text not null,
        unique (gate_no, epoch)
      ) strict;

      -- Which numbers are accounted for: after < seq <= through. Runs never touch one another.
      create table site_run (
        chain_no integer not null references site_chain,
        after integer not null,
        through integer not null,
        primary key (chain_no, after)
      ) strict, without rowid;

      -- Append-only, as the gate wrote it.
      create table site_event (
        event_no integer primary key,
        chain_no integer not null references site_chain,
        seq integer not null,
        type text not null,
        at text not null,
        hash blob not null,
        prev_hash blob not null,
        body text not null,
        unique (chain_no, seq)
      ) strict;
      create index site_event_by_type on site_event (type, event_no) where type <> 'gate-scan';
      create index site_event_of_worker on site_event (json_extract(body, '$.payload.workerId')) where type <> 'gate-scan';

      create table site_quarantine (
        device text not null,
        epoch text not null,
        seq integer not null,
        code text not null,
        body text not null,
        at text not null,
        primary key (device, epoch, seq, code)
      ) strict, without rowid;

      -- By the worker's code: the scan of somebody who is not on the roster here yet counts once he is.
      create table site_scan (
        chain_no integer not null references site_chain,
        seq integer not null,
        worker_id text not null,
        at text not null,
        lane text not null,
        lane_direction text not null,
        zone text,
        outcome text not null,
        direction text,
        work_date text,
        event_id text not null,
        primary key (chain_no, seq)
      ) strict, without rowid;
      create index site_scan_by_worker on site_scan (worker_id, at);

      -- The last word of each gate on one thing; among the gates the latest by time counts.
      create table site_word (
        kind text not null,
        key text not null,
        device text not null,
        epoch text not null,
        seq integer not null,
        at text not null,
        primary key (kind, key, device, epoch)
      ) strict, without rowid;

      -- Whole plans, and what was assigned to a worker in the order of all gates.
      create table site_plan (
        plan_id text primary key,
        at text not null,
        device text not null,
        epoch text not null,
        seq integer not null,
        parts integer not null
      ) strict, without rowid;
      create table site_plan_part (plan_id text not null, part integer not null, primary key (plan_id, part)) strict, without rowid;
      create table site_assigned (
        worker_id text not null,
        at text not null,
        device text not null,
        epoch text not null,
        seq integer not null,
        plan_id text,
        body text not null,
        primary key (worker_id, at, device, epoch, seq)
      ) strict, without rowid;
      create index site_assigned_by_plan on site_assigned (plan_id, worker_id) where plan_id is not null;

      -- What is to be worked out anew, a little at a time.
      create table site_due (
        kind text not null check (kind in ('shifts', 'worker', 'assigned', 'zones', 'rule', 'presence')),
        key text not null,
        primary key (kind, key)
      ) strict, without rowid;

      create table clock_offset (
        against text primary key,
        offset_ms integer not null,
        measured_at text not null,
        mono_ms integer not null,
        boot_id text not null
      ) strict, without rowid;

      -- Another gate may have taken out the shift that this one assigns: such an assignment gives no shift, and is kept.
      create table shift_assignment_next (
        worker_id text not null,
        from_date text not null,
        to_date text not null,
        shift_id text not null,
        primary key (worker_id, from_date, to_date, shift_id)
      ) strict, without rowid;
      insert into shift_assignment_next select worker_id, from_date, to_date, shift_id from shift_assignment;
      drop table shift_assignment;
      alter table shift_assignment_next rename to shift_assignment;

      -- A guard's word on a scan that another gate held.
      create table site_guard (
        scan_id text primary key,
        direction text check (direction in ('in', 'out')),
        at text not null
      ) strict, without rowid;

      create trigger work_dirty_by_site_scan after insert on site_scan
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, date(new.at, '+7 hours') from worker where worker_id = new.worker_id
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;

      -- Whose held scan a guard's word is about; there are few of them.
      create index site_scan_held on site_scan (event_id) where outcome in ('ask-guard', 'passback');
      create trigger work_dirty_by_site_guard after insert on site_guard
        begin
          insert into work_dirty (worker_no, from_date) select worker_no, date(site_scan.at, '+7 hours') from site_scan join worker using (worker_id)
            where event_id = new.scan_id and outcome in ('ask-guard', 'passback')
          on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1;
        end;

      create trigger work_dirty_by_known_worker after insert on worker when exists (select 1 from site_scan where worker_id = new.worker_id)
        begin
          insert into work_dirty (worker_no, from_date) values (new.worker_no, '0001-01-01')
          on conflict (worker_no) do update set from_date = excluded.from_date, mark = mark + 1;
        end;

      -- What was assigned before gates were merged is the ground of what follows.
      insert into site_assigned (worker_id, at, device, epoch, seq, plan_id, body)
        select worker_id, '', '', '', 0, '', json_group_array(json_object('workerId', worker_id, 'shiftId', shift_id, 'from', from_date, 'to', to_date))
        from shift_assignment group by worker_id;
    `);
    for (const { sql } of upon) db.exec(sql);
  },
};
