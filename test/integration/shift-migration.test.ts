import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0005 shift: a store of version 4 keeps its scans, which are then found by worker, and takes shifts and assignments', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 4);
  createDevice(db);
  db.exec(`
    insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (1, 'W1', 'An', '', '', 'vi', 'an');
    insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (1, 1, 1, x'00', 'gate-scan', 1, '2026-11-02T01:00:00.000Z', 420, 0, 'b', 'gate', '', x'00', x'00', x'01');
    insert into gate_scan (position, work_date, at, lane, outcome, worker_no) values (1, '2026-11-02', '2026-11-02T01:00:00.000Z', '1', 'recorded', 1);`);
  const held = () => ['worker', 'gate_scan', 'event'].map((table) => db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all());
  const before = held();
  migrate(db, 5);
  expect(held()).toEqual(before);
  const plan = db.prepare<[], { detail: string }>(`explain query plan select at from gate_scan where worker_no = 1 and at between '2026' and '2027'`).get();
  expect(plan?.detail).toContain('gate_scan_by_worker');
  db.exec(`insert into shift (shift_id, plan) values ('D', '{}'); insert into shift_assignment values ('W1', '2026-11-01', '2026-11-30', 'D')`);
  expect(() => db.exec(`insert into shift_assignment values ('W1', '2026-11-01', '2026-11-30', 'X')`)).toThrow('FOREIGN KEY');
});
