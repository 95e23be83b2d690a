import type { Migration } from './migration.ts';

/** What a lane was when a scan was made, and the guard's word on scans that were held. */
export const zone: Migration = {
  version: 6,
  name: 'zone',
  up: (db) => {
    db.exec(`
      alter table gate_scan add column lane_direction text check (lane_direction in ('in', 'out', 'both'));
      alter table gate_scan add column zone text;

      -- One word a scan: the first counts. Direction is null where the guard let nobody pass.
      create table guard_decision (
        position integer primary key references gate_scan,
        direction text check (direction in ('in', 'out')),
        at text not null,
        actor text not null
      ) strict;
      create index gate_scan_held on gate_scan (position) where outcome in ('ask-guard', 'passback');
    `);
  },
};
