import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { readWorkerScans, type Store } from '../../electron/store/index.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0012 scan-read: a store of version 11 keeps its scans, and what a decision asks of a worker is read from the indexes alone', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 11);
  createDevice(db);
  db.exec(`
    insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (1, 'W1', 'An', '', '', 'vi', 'an');
    insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (1, 1, 1, x'00', 'gate-scan', 1, '2026-11-02T01:00:00.000Z', 420, 0, 'b', 'gate', '', x'00', x'00', x'01');
    insert into gate_scan (position, work_date, at, lane, outcome, worker_no) values (1, '2026-11-02', '2026-11-02T01:00:00.000Z', '1', 'recorded', 1);`);
  migrate(db, 12);
  const asked: string[] = [];
  const sql = (text: string) => {
    asked.push(text);
    return db.prepare(text);
  };
  const store = { db, sql, device: { id: 'a'.repeat(64) }, epoch: { base: 0 } } as unknown as Store;
  const day = 86_400_000;
  const at = Date.parse('2026-11-02T01:00:00.000Z');
  expect(readWorkerScans(store, 1, at - day, at + day)).toMatchObject([{ at, lane: 'aaaaaaaa/1', seq: 1, approved: '2026-11-02' }]);
  const plans = asked.flatMap((text) => db.prepare<unknown[], { detail: string }>(`explain query plan ${text}`).all(...Array<number>((text.match(/\?/g) ?? []).length).fill(1)))
    .map(({ detail }) => detail);
  expect(plans).toContainEqual(expect.stringContaining('gate_scan USING COVERING INDEX gate_scan_by_worker'));
  expect(plans).toContainEqual(expect.stringContaining('s USING COVERING INDEX site_scan_by_worker'));
  expect(plans.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
});
