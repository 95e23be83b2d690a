import type { Migration } from './migration.ts';

/** Details, former terms, credentials, photos, who looked, and what was erased of workers. */
export const people: Migration = {
  version: 7,
  name: 'people',
  up: (db) => {
    db.exec(`
      alter table worker add column details text not null default '{}';
      -- The same person's later employment under another code, which took over the numbers.
      alter table worker add column next_worker_no integer references worker;

      -- Terms of work that are over, of those who came back under the same code. An open start is ''.
      create table worker_term (
        worker_no integer not null references worker,
        start_date text not null,
        end_date text not null,
        department text not null,
        employer text not null,
        primary key (worker_no, start_date, end_date)
      ) strict, without rowid;

      -- Which column of a list with these headers holds what, as a person once said.
      create table roster_mapping (
        signature text primary key,
        columns text not null,
        at text not null
      ) strict, without rowid;

      create table withdrawn_card (
        number text primary key,
        worker_no integer references worker,
        reason text not null check (reason in ('lost', 'broken', 'returned', 'replaced')),
        at text not null
      ) strict, without rowid;

      create table worker_pin (
        worker_no integer primary key references worker,
        secret_hash text not null,
        at text not null
      ) strict;

      -- By the keyed hash of what was typed, not by worker: codes that nobody has are locked out the same way.
      create table pin_failure (
        kind text not null check (kind in ('worker', 'lane')),
        key text not null,
        failures integer not null,
        locked_until integer not null,
        at_ms integer not null,
        primary key (kind, key)
      ) strict, without rowid;

      -- The bytes lie encrypted beside the store, under this hash.
      create table worker_photo (
        worker_no integer primary key references worker,
        sha256 text not null,
        size integer not null,
        mime text not null,
        consent_version text not null,
        at text not null
      ) strict;

      -- Who saw what of a worker; event.position is the key.
      create table worker_access (
        position integer primary key references event,
        worker_no integer not null references worker,
        at text not null,
        user_id text not null,
        what text not null
      ) strict;
      create index worker_access_by_worker on worker_access (worker_no, position);

      -- One row a run of the erasure, for its certificate.
      create table erasure (
        position integer primary key references event,
        at text not null,
        body text not null
      ) strict;
    `);
  },
};
