import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0006 zone: a store of version 5 keeps its scans, whose lanes are not known, and takes one word of the guard a scan', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 5);
  createDevice(db);
  db.exec(`
    insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (1, 1, 1, x'00', 'gate-scan', 1, '2026-11-02T01:00:00.000Z', 420, 0, 'b', 'gate', '', x'00', x'00', x'01');
    insert into gate_scan (position, work_date, at, lane, outcome) values (1, '2026-11-02', '2026-11-02T01:00:00.000Z', '1', 'ask-guard');`);
  migrate(db, 6);
  expect(db.prepare('select * from gate_scan').all()).toMatchObject([{ position: 1, lane: '1', outcome: 'ask-guard', lane_direction: null, zone: null }]);
  const word = "insert into guard_decision (position, direction, at, actor) values (1, 'in', '2026-11-02T01:01:00.000Z', 'an')";
  db.exec(word);
  expect(() => db.exec(word)).toThrow('UNIQUE');
  expect(() => db.exec("insert into guard_decision (position, direction, at, actor) values (2, 'in', '', 'an')")).toThrow('FOREIGN KEY');
});
