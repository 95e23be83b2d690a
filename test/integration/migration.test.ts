import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from 'better-sqlite3';
import { createDevice } from '../../electron/store/device.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { migrate, migrations, schemaVersion } from '../../electron/store/migrations/index.ts';
import { temporaryFolder } from './temporary.ts';

/** An empty database brought to a version. */
function databaseAt(version: number): Database {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, version);
  return db;
}
const versionOf = (db: Database) => db.pragma('user_version', { simple: true });
const tablesOf = (db: Database) => db.prepare<[], { name: string; sql: string }>("select name, sql from sqlite_schema where type = 'table' order by name").all();

describe('the list of migrations', () => {
  it('is numbered from 1 without a gap and each has a name of its own', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, at) => at + 1));
    expect(new Set(migrations.map((migration) => migration.name)).size).toBe(migrations.length);
  });

  it('step by step ends in the same schema as at once, and again changes nothing', () => {
    const slow = databaseAt(0);
    for (let version = 1; version <= schemaVersion; version += 1) {
      migrate(slow, version);
      expect(versionOf(slow)).toBe(version);
    }
    const fast = databaseAt(schemaVersion);
    expect(tablesOf(slow)).toEqual(tablesOf(fast));
    migrate(slow);
    expect(tablesOf(slow)).toEqual(tablesOf(fast));
  });

  it('every table of our own is STRICT', () => {
    const tables = databaseAt(schemaVersion).pragma('table_list') as { name: string; type: string; strict: number }[];
    // Search indexes are virtual, with tables of SQLite's own behind them.
    const ours = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'));
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter(({ strict }) => strict !== 1).map(({ name }) => name)).toEqual([]);
  });

  it('a newer database is refused before anything is changed', () => {
    const db = databaseAt(schemaVersion);
    db.pragma(`user_version = ${schemaVersion + 1}`);
    expect(() => migrate(db)).toThrow('store-too-new');
    expect(versionOf(db)).toBe(schemaVersion + 1);
  });
});

describe('0001 ground', () => {
  it('on an empty file makes a store that takes a device, an event and a worker', () => {
    const db = databaseAt(0);
    migrate(db, 1);
    createDevice(db);
    db.exec(`insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (1, 1, 1, zeroblob(16), 'clock-marked', 1, '2026-11-22T00:00:00.000Z', 420, 0, 'b', 'system', '', zeroblob(32), zeroblob(32), zeroblob(32));
      insert into worker (worker_id, full_name, department, employer, search_text) values ('NV1', 'Lê Chi', '', '', '');
      insert into gate_scan (position, work_date, at, lane, outcome, worker_no) values (1, '2026-11-22', '2026-11-22T00:00:00.000Z', '1', 'recorded', 1);`);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(() => db.exec("insert into worker (worker_id, full_name, department, employer, search_text) values ('NV1', 'Khác', '', '', '')")).toThrow('UNIQUE');
  });

  it('what it holds is the same after all later migrations', () => {
    const db = databaseAt(1);
    createDevice(db);
    db.exec(`insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload, salt, payload_hash, prev_hash, hash)
      values (1, 1, 1, zeroblob(16), 'gate-scan', 1, '2026-11-22T00:00:00.000Z', 420, 0, 'b', 'gate', 'KCN', '{}', zeroblob(16), zeroblob(32), zeroblob(32), zeroblob(32));
      insert into setting (name, value) values ('settings', '{}');
      insert into user (user_id, login_name, display_name, role, secret_hash) values ('u', 'an', 'An', 'kiosk-admin', 'x');
      insert into worker (worker_id, full_name, department, employer, search_text) values ('NV1', 'Lê Chi', 'May 1', 'Công ty A', 'le chi');
      insert into gate_scan (position, work_date, at, lane, outcome, worker_no) values (1, '2026-11-22', '2026-11-22T00:00:00.000Z', '1', 'recorded', 1);
      insert into presence (worker_no, direction, at, lane, work_date) values (1, 'in', '2026-11-22T00:00:00.000Z', '1', '2026-11-22');`);
    const held = () => ['device', 'epoch', 'event', 'setting', 'user', 'worker', 'gate_scan', 'presence'].map((table) => db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all());
    const before = held();
    migrate(db);
    held().forEach((rows, at) => expect(rows).toMatchObject(before[at] ?? []));
  });
});
