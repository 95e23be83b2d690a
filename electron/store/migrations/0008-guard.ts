import type { Migration } from './migration.ts';

/** Visitors and their passes, who is barred, the guard's alarms, and roll calls. */
export const guard: Migration = {
  version: 8,
  name: 'guard',
  up: (db) => {
    db.exec(`
      -- Khách and nhà thầu. After erasure only the row's key, kind, company and times stay.
      create table visitor (
        visitor_no integer primary key,
        visitor_id text not null unique,
        pass_code text not null unique,
        kind text not null check (kind in ('visitor', 'contractor')),
        full_name text,
        company text not null,
        purpose text,
        host_worker_id text,
        host_name text,
        personal_hash blob,
        masked_id text,
        vehicle text,
        tools text,
        escort integer not null check (escort in (0, 1)),
        -- ISO instants, UTC, both included.
        valid_from text not null,
        valid_to text not null,
        registered_at text not null,
        registered_by text not null,
        -- The last scan of the pass that counted.
        direction text check (direction in ('in', 'out')),
        at text,
        lane text,
        mono_ms integer,
        boot_id text,
        returned_at text,
        ended_at text,
        erased_at text,
        search_text text not null
      ) strict;
      create index visitor_by_personal_hash on visitor (personal_hash, valid_to) where personal_hash is not null;
      create index visitor_inside on visitor (valid_to) where direction = 'in';
      create index visitor_by_end on visitor (valid_to) where erased_at is null;

      -- Which scans of the log are a visitor's.
      create table visitor_scan (
        position integer primary key references event,
        visitor_no integer not null references visitor
      ) strict;

      -- Barred by number or by visitor; a worker of the roster carries the mark himself, here is why.
      create table barred_person (
        barred_id text primary key,
        worker_id text,
        visitor_id text,
        personal_hash blob,
        masked_id text,
        full_name text,
        reason text not null,
        at text not null,
        actor text not null,
        lifted_at text,
        lifted_by text
      ) strict, without rowid;
      create index barred_by_personal_hash on barred_person (personal_hash) where personal_hash is not null and lifted_at is null;
      create index barred_by_visitor on barred_person (visitor_id) where visitor_id is not null and lifted_at is null;

      create table alarm (
        alarm_no integer primary key,
        alarm_id text not null unique,
        -- The same cause again is the same alarm.
        cause text not null unique,
        kind text not null,
        at text not null,
        lane text,
        worker_id text,
        visitor_id text,
        detail text not null,
        settled_at text,
        settled_by text,
        note text
      ) strict;
      create index alarm_waiting on alarm (alarm_no) where settled_at is null;

      -- A roll call; people: who was inside when it began, as JSON of keys, so that names are kept in one place only.
      create table muster (
        muster_id text primary key,
        cause text not null,
        started_at text not null,
        started_by text not null,
        people text not null,
        total integer not null,
        ended_at text,
        ended_by text
      ) strict;
      create index muster_running on muster (started_at) where ended_at is null;
      create table muster_tick (
        muster_id text not null references muster,
        kind text not null check (kind in ('worker', 'visitor')),
        person_no integer not null,
        at text not null,
        lane text,
        actor text not null,
        primary key (muster_id, kind, person_no)
      ) strict, without rowid;
    `);
  },
};
