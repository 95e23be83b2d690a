import type { Migration } from './migration.ts';

/** The ground: device and epochs, the append-only event, settings, users, workers and what the gate saw of them. */
export const ground: Migration = {
  version: 1,
  name: 'ground',
  up: (db) => {
    db.exec(`
      create table device (
        only integer primary key check (only = 1),
        device text not null,
        public_key blob not null,
        private_key blob not null,
        site_key blob not null
      ) strict;

      -- A new epoch begins at install and at every restore; base is the position before its first event.
      create table epoch (
        epoch_no integer primary key,
        epoch text not null unique,
        base integer not null,
        acked_seq integer not null default 0
      ) strict;

      -- Append-only: outbox row and audit row at once. position = epoch.base + seq.
      create table event (
        position integer primary key,
        epoch_no integer not null references epoch,
        seq integer not null,
        id blob not null,
        type text not null,
        schema_v integer not null,
        at text not null,
        tz integer not null,
        mono_ms integer not null,
        boot_id text not null,
        actor text not null,
        unit text not null,
        purpose text,
        blobs text,
        payload text,
        salt blob,
        payload_hash blob not null,
        prev_hash blob not null,
        hash blob not null
      ) strict;
      -- Scans are all but everything: leaving them out keeps this index small and a scan's commit short.
      create index event_by_type on event (type, position) where type <> 'gate-scan';
      create trigger event_is_never_deleted before delete on event
        begin select raise(abort, 'event is append-only'); end;
      create trigger event_is_never_changed before update on event
        when not (new.payload is null and new.salt is null and new.hash = old.hash and new.position = old.position)
        begin select raise(abort, 'event is append-only'); end;

      create table setting (name text primary key, value text not null) strict, without rowid;

      create table user (
        user_id text primary key,
        login_name text not null unique,
        display_name text not null,
        role text not null check (role in ('officer', 'gate-supervisor', 'kiosk-admin')),
        disabled integer not null default 0 check (disabled in (0, 1)),
        secret_hash text not null
      ) strict, without rowid;

      -- By login name, not by user: names that nobody has are locked out the same way, so they cannot be told apart.
      create table login_failure (
        login_name text primary key,
        failures integer not null,
        locked_until integer not null
      ) strict, without rowid;

      create table worker (
        worker_no integer primary key,
        worker_id text not null unique,
        full_name text not null,
        department text not null,
        employer text not null,
        personal_id text,
        personal_hash blob,
        masked_id text,
        start_date text,
        end_date text,
        shift_id text,
        card_number text,
        pass text,
        barred integer not null default 0 check (barred in (0, 1)),
        language text not null default 'vi',
        nationality text,
        sex text,
        birth_date text,
        search_text text not null
      ) strict;
      create unique index worker_by_personal_hash on worker (personal_hash) where personal_hash is not null;
      create unique index worker_by_card_number on worker (card_number) where card_number is not null;
      create unique index worker_by_pass on worker (pass) where pass is not null;

      -- One row a scan, for the screens; event.position is the key.
      create table gate_scan (
        position integer primary key references event,
        work_date text not null,
        at text not null,
        lane text not null,
        outcome text not null,
        direction text,
        reason text,
        worker_no integer references worker
      ) strict;
      create index gate_scan_by_date on gate_scan (work_date, outcome, direction);

      -- Where a worker is, by the last scan that counted.
      create table presence (
        worker_no integer primary key references worker,
        direction text not null check (direction in ('in', 'out')),
        at text not null,
        lane text not null,
        work_date text not null
      ) strict;
      create index presence_inside on presence (worker_no) where direction = 'in';

      -- The last scan on a lane that was not a repeat.
      create table lane_scan (
        worker_no integer not null references worker,
        lane text not null,
        at_ms integer not null,
        mono_ms integer not null,
        boot_id text not null,
        direction text not null,
        primary key (worker_no, lane)
      ) strict, without rowid;
    `);
  },
};
