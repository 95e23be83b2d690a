import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0010 correction: a store of version 9 keeps its scans and takes corrections, whose change marks the worker’s kept days', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 9);
  createDevice(db);
  db.exec(`
    insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (1, 'W1', 'An', '', '', 'vi', 'an');
    insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (1, 1, 1, x'00', 'gate-scan', 1, '2026-11-02T01:00:00.000Z', 420, 0, 'b', 'gate', '', x'00', x'00', x'01');
    insert into gate_scan (position, work_date, at, lane, outcome, worker_no) values (1, '2026-11-02', '2026-11-02T01:00:00.000Z', '1', 'recorded', 1);
    delete from work_dirty;`);
  const held = () => ['worker', 'gate_scan', 'event'].map((table) => db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all());
  const before = held();
  migrate(db, 10);
  expect(held()).toEqual(before);
  const dirty = () => db.prepare<[], { worker_no: number; from_date: string }>('select worker_no, from_date from work_dirty').all();
  db.exec(`insert into correction (correction_id, worker_id, work_date, batch_id, body, at, device, epoch, seq, hash, state, stamp)
    values ('c', 'W1', '2026-11-02', 'b', '{}', '2026-11-03', 'd', 'e', 1, 'h', 'proposed', 1)`);
  expect(dirty()).toEqual([]);
  db.exec("update correction set state = 'approved', counts = 1");
  expect(dirty()).toEqual([{ worker_no: 1, from_date: '2026-11-02' }]);
  expect(() => db.exec("update correction set state = 'x'")).toThrow('CHECK');
  const plan = db.prepare<[], { detail: string }>("explain query plan select body from correction where counts = 1 and work_date between '2026-11-01' and '2026-11-30'").get();
  expect(plan?.detail).toContain('correction_counting');
  migrate(db);
  expect(held().slice(1)).toEqual(before.slice(1));
});
