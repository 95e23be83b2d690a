import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0007 people: a store of version 6 keeps its workers, with nothing known beyond, and takes terms, credentials and photos', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 6);
  createDevice(db);
  db.exec(`insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (1, 'W1', 'An', '', '', 'vi', 'an'), (2, 'W2', 'An', '', '', 'vi', 'an')`);
  migrate(db, 7);
  expect(db.prepare('select worker_no, worker_id, details, next_worker_no from worker').all()).toEqual([
    { worker_no: 1, worker_id: 'W1', details: '{}', next_worker_no: null }, { worker_no: 2, worker_id: 'W2', details: '{}', next_worker_no: null },
  ]);
  db.exec(`update worker set next_worker_no = 2 where worker_no = 1;
    insert into worker_term values (1, '', '2025-01-01', 'May 1', 'A');
    insert into worker_pin values (1, 'x', '2026-11-22T00:00:00.000Z');
    insert into worker_photo values (1, 'ab', 1, 'image/png', '1', '2026-11-22T00:00:00.000Z')`);
  expect(() => db.exec("insert into worker_pin values (3, 'x', '')")).toThrow('FOREIGN KEY');
  expect(() => db.exec("insert into withdrawn_card values ('1', 1, 'stolen', '')")).toThrow('CHECK');
});
