import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0009 work-day: a store of version 8 keeps what it has; who was at the gate is marked whole, each further scan marks its date', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 8);
  createDevice(db);
  db.exec(`
    insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (1, 'W1', 'An', '', '', 'vi', 'an'), (2, 'W2', 'Chi', '', '', 'vi', 'chi');
    insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (1, 1, 1, x'00', 'gate-scan', 1, '2026-11-02T01:00:00.000Z', 420, 0, 'b', 'gate', '', x'00', x'00', x'01'),
        (2, 1, 2, x'02', 'gate-scan', 1, '2026-11-02T17:30:00.000Z', 420, 0, 'b', 'gate', '', x'00', x'01', x'02');
    insert into gate_scan (position, work_date, at, lane, outcome, worker_no) values (1, '2026-11-02', '2026-11-02T01:00:00.000Z', '1', 'recorded', 1);`);
  const held = () => ['worker', 'gate_scan', 'event'].map((table) => db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all());
  const before = held();
  migrate(db, 9);
  expect(held()).toEqual(before);
  const marks = () => db.prepare<[], { worker_no: number; from_date: string }>('select worker_no, from_date from work_dirty order by worker_no').all();
  expect(marks()).toEqual([{ worker_no: 1, from_date: '0001-01-01' }]);
  // Half past midnight of the next date in Vietnam.
  db.exec("insert into gate_scan (position, work_date, at, lane, outcome, worker_no) values (2, '2026-11-02', '2026-11-02T17:30:00.000Z', '1', 'recorded', 2)");
  expect(marks()).toEqual([{ worker_no: 1, from_date: '0001-01-01' }, { worker_no: 2, from_date: '2026-11-03' }]);
  const plan = db.prepare<[], { detail: string }>('explain query plan select 1 from work_state where due_at <= 5').get();
  expect(plan?.detail).toContain('work_state_by_due');
});
