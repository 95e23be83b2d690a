import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0014 hub-change: of a store of version 13 the copies of what the hub told of people are gone, from its pages too', () => {
  const path = join(temporaryFolder(), 'store.db');
  const db = openDatabase(path, { key: new Uint8Array(32).fill(1) });
  migrate(db, 13);
  createDevice(db);
  db.exec(`insert into hub_change (kind, key, body, at) values ('worker', 'W1', '{"fullName":"Secret Person"}', '2026-11-22T00:00:00.000Z')`);
  migrate(db, 14);
  expect(db.prepare("select name from sqlite_master where name = 'hub_change'").all()).toEqual([]);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  // In plain bytes, to be looked through.
  db.pragma("rekey = ''");
  db.close();
  const bytes = readFileSync(path);
  expect(bytes.includes('worker_no')).toBe(true);
  expect(bytes.includes('Secret Person')).toBe(false);
});
