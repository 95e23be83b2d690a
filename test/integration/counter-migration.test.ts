import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0002 counter: a store of version 1 takes dossiers, papers, scans and finds them by words; later versions keep them', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 1);
  createDevice(db);
  db.exec(`insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
    values (1, 1, 1, zeroblob(16), 'scan-attached', 1, '2026-11-22T00:00:00.000Z', 420, 0, 'b', 'u', '', zeroblob(32), zeroblob(32), zeroblob(32))`);
  migrate(db, 2);
  db.exec(`
    insert into citizen (personal_id, fields, updated_at) values ('001090012345', '{}', '2026-11-22T00:00:00.000Z');
    insert into blob (sha256, size, mime, pages, position) values ('aa', 1, 'application/pdf', 1, 1);
    insert into dossier (dossier_id, dossier_code, local_date, block, serial, procedure_code, procedure_name, verified, result_name, status, citizen_no, citizen,
      received_at, officer, officer_name, copies, content_hash, last_position)
      values ('d', 'U-261122-0101', '2026-11-22', '01', 1, 'TY-14', 'Đăng ký khai sinh', 0, 'Giấy khai sinh', 'received', 1, '{}', '2026-11-22T00:00:00.000Z', 'u', 'An', 1, 'h', 1);
    insert into dossier_component (dossier_no, ordinal, component_id, name, origin, copies, blobs) values (1, 0, 'to-khai', 'Tờ khai', 'paper-original', 1, '[]');
    insert into dossier_event (dossier_no, position) values (1, 1);
    insert into paper (paper_id, citizen_no, paper_type, name, trust, blobs, dossier_no) values ('p', 1, 'giay-khai-sinh', 'Giấy khai sinh', 'result-of-this-system', '[]', 1);
    insert into blob_use (sha256, citizen_no, dossier_no) values ('aa', 1, 1);
    insert into dossier_search (rowid, words) values (1, 'dang thi my u-261122-0101');`);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  const tables = ['event', 'citizen', 'blob', 'dossier', 'dossier_component', 'dossier_event', 'paper', 'blob_use'];
  const held = () => tables.map((table) => db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all());
  const before = held();
  migrate(db);
  expect(held()).toMatchObject(before);
  expect(db.prepare(`select rowid from dossier_search where dossier_search match '"dan"* "my"*'`).all()).toHaveLength(1);
  expect(() => db.exec(`update dossier set dossier_code = null`)).toThrow('NOT NULL');
  expect(() => db.exec(`insert into dossier (dossier_id, dossier_code, local_date, block, serial, procedure_code, procedure_name, verified, result_name, status, citizen_no,
    citizen, received_at, officer, officer_name, copies, content_hash, last_position)
    select 'e', 'other', local_date, block, serial, procedure_code, procedure_name, verified, result_name, status, citizen_no, citizen, received_at, officer, officer_name,
    copies, content_hash, last_position from dossier`)).toThrow('UNIQUE');
});
