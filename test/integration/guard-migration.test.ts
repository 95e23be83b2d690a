import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0008 guard: a store of version 7 keeps its scans and takes visitors, alarms and roll calls', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 7);
  createDevice(db);
  db.exec(`
    insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (1, 'W1', 'An', '', '', 'vi', 'an');
    insert into presence (worker_no, direction, at, lane, work_date) values (1, 'in', '2026-11-22T01:00:00.000Z', '1', '2026-11-22');`);
  const held = () => ['worker', 'presence'].map((table) => db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all());
  const before = held();
  migrate(db, 8);
  expect(held()).toEqual(before);
  db.exec(`
    insert into visitor (visitor_no, visitor_id, pass_code, kind, company, escort, valid_from, valid_to, registered_at, registered_by, search_text)
      values (1, 'v', 'V-1', 'visitor', '', 0, '', '', '', '', '');
    insert into alarm (alarm_id, cause, kind, at, detail) values ('a', 'c', 'barred', '', '{}');
    insert into muster (muster_id, cause, started_at, started_by, people, total) values ('m', 'fire', '', '', '{}', 0);
    insert into muster_tick (muster_id, kind, person_no, at, actor) values ('m', 'worker', 1, '', '');`);
  expect(() => db.exec("insert into alarm (alarm_id, cause, kind, at, detail) values ('b', 'c', 'barred', '', '{}')")).toThrow('UNIQUE');
  expect(() => db.exec("insert into muster_tick (muster_id, kind, person_no, at, actor) values ('x', 'worker', 1, '', '')")).toThrow('FOREIGN KEY');
  const plan = db.prepare<[], { detail: string }>('explain query plan select 1 from barred_person where personal_hash = x\'00\' and lifted_at is null').get();
  expect(plan?.detail).toContain('barred_by_personal_hash');
});
