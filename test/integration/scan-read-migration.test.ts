import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { openStore, readWorkerScans } from '../../electron/store/index.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

const indexesOf = "select name, sql from sqlite_master where type = 'index' and name in ('gate_scan_by_worker', 'site_scan_by_worker') order by name";

it('0012 scan-read: a store of version 11 keeps its scans, and has both indexes anew', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 11);
  createDevice(db);
  db.exec(`
    insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (1, 1, 1, x'00', 'gate-scan', 1, '2026-11-02T01:00:00.000Z', 420, 0, 'b', 'gate', '', x'00', x'00', x'01');
    insert into gate_scan (position, work_date, at, lane, outcome) values (1, '2026-11-02', '2026-11-02T01:00:00.000Z', '1', 'unknown');`);
  const held = () => db.prepare<[], Record<string, unknown>>('select * from gate_scan').all();
  const before = held();
  migrate(db, 12);
  expect(held()).toEqual(before);
  expect(db.prepare<[], { name: string; sql: string }>(indexesOf).all()).toMatchObject([
    { name: 'gate_scan_by_worker', sql: expect.stringContaining('work_date') as string }, { name: 'site_scan_by_worker', sql: expect.stringContaining('event_id') as string },
  ]);
});

it('what a decision asks of a worker is read from the indexes alone, in order', () => {
  const store = openStore(temporaryFolder(), { create: true, appVersion: '0.1.0' });
  onTestFinished(() => store.close());
  const asked = vi.spyOn(store, 'sql');
  readWorkerScans(store, 1, 0, 1);
  const plans = asked.mock.calls.flatMap(([text]) => store.db.prepare<unknown[], { detail: string }>(`explain query plan ${text}`).all(...Array<number>(text.split('?').length - 1).fill(1)))
    .map(({ detail }) => detail);
  expect(plans).toContainEqual(expect.stringContaining('gate_scan USING COVERING INDEX gate_scan_by_worker'));
  expect(plans).toContainEqual(expect.stringContaining('s USING COVERING INDEX site_scan_by_worker'));
  expect(plans.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
});
