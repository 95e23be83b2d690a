import type { Migration } from './migration.ts';

/**
 * A worker's scans lie far apart in the log, one page each. What a decision asks of them is in the index beside one another:
 * with ten million scans that is one page or two instead of some forty.
 */
export const scanRead: Migration = {
  version: 12,
  name: 'scan-read',
  up: (db) => {
    db.exec(`
      drop index gate_scan_by_worker;
      create index gate_scan_by_worker on gate_scan (worker_no, at, position, lane, lane_direction, zone, outcome, work_date) where worker_no is not null;
      drop index site_scan_by_worker;
      create index site_scan_by_worker on site_scan (worker_id, at, lane, seq, lane_direction, zone, outcome, work_date, event_id);
    `);
  },
};
