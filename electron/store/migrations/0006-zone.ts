import type { Migration } from './migration.ts';

/** Zones, and the direction that a lane had when a scan was made. */
export const zone: Migration = {
  version: 6,
  name: 'zone',
  up: (db) => {
    db.exec("alter table gate_scan add column lane_direction text check (lane_direction in ('in', 'out', 'both'))");
  },
};
