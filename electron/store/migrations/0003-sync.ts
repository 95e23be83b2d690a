import type { Migration } from './migration.ts';

/** Sync: where the kiosk is enrolled, what the hub told, and which scans it has confirmed. */
export const sync: Migration = {
  version: 3,
  name: 'sync',
  up: (db) => {
    db.exec(`
      -- The cursor stands beside what was read with it: one transaction moves both.
      create table hub_link (
        only integer primary key check (only = 1),
        url text not null,
        hub_id text not null,
        hub_epoch text,
        cursor text not null default '',
        last_contact_at text,
        marked_offset_ms integer not null default 0,
        blobs_seen integer not null default 0
      ) strict;

      -- Scans that events name, and whether the hub has confirmed the whole of each.
      create table blob_delivery (
        sha256 text primary key,
        size integer not null,
        position integer not null,
        sent_at text
      ) strict, without rowid;
      create index blob_waiting on blob_delivery (size, sha256) where sent_at is null;

      -- The newest body of everything that the hub publishes, as it came.
      create table hub_change (
        kind text not null check (kind in ('procedure', 'worker', 'calendar')),
        key text not null,
        body text not null,
        at text not null,
        primary key (kind, key)
      ) strict, without rowid;
    `);
  },
};
