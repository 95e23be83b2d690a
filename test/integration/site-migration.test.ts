import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../electron/store/device.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

it('0011 site: a store of version 10 keeps its assignments as the ground of what other gates add, its triggers, and marks who is seen elsewhere', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 10);
  createDevice(db);
  db.exec(`
    insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (1, 'W1', 'An', '', '', 'vi', 'an');
    insert into shift (shift_id, plan) values ('D', '{}');
    insert into shift_assignment values ('W1', '2026-11-01', '2026-11-10', 'D'), ('W1', '2026-11-12', '2026-11-30', 'D');`);
  const of = (what: string) => db.prepare<[], Record<string, unknown>>(what).all();
  const triggers = () => of("select name from sqlite_master where type = 'trigger' and tbl_name = 'shift_assignment' order by name");
  const before = { rows: of('select * from shift_assignment'), triggers: triggers() };
  expect(before.triggers.length).toBeGreaterThan(0);
  migrate(db, 11);
  expect({ rows: of('select * from shift_assignment'), triggers: triggers() }).toEqual(before);
  expect(of('select worker_id, plan_id, body from site_assigned')).toEqual([{
    worker_id: 'W1', plan_id: '',
    body: '[{"workerId":"W1","shiftId":"D","from":"2026-11-01","to":"2026-11-10"},{"workerId":"W1","shiftId":"D","from":"2026-11-12","to":"2026-11-30"}]',
  }]);
  // A shift that another gate has taken out leaves the assignment where it is.
  db.exec("delete from shift; delete from work_dirty");
  expect(of('select count(*) as n from shift_assignment')).toEqual([{ n: 2 }]);
  db.exec(`
    insert into site_gate (gate_no, device) values (1, 'aa');
    insert into site_chain (chain_no, gate_no, epoch) values (1, 1, 'bb');
    insert into site_scan (chain_no, seq, worker_id, at, lane, lane_direction, outcome, event_id) values
      (1, 1, 'W1', '2026-11-02T18:00:00.000Z', 'aa/1', 'in', 'recorded', 'x'), (1, 2, 'W2', '2026-11-02T18:00:00.000Z', 'aa/1', 'in', 'recorded', 'y');`);
  expect(of('select worker_no, from_date from work_dirty')).toEqual([{ worker_no: 1, from_date: '2026-11-03' }]);
  db.exec("insert into worker (worker_no, worker_id, full_name, department, employer, language, search_text) values (2, 'W2', 'Bình', '', '', 'vi', 'binh')");
  expect(of('select worker_no from work_dirty order by 1')).toEqual([{ worker_no: 1 }, { worker_no: 2 }]);
  const plan = db.prepare<[], { detail: string }>("explain query plan select at from site_scan where worker_id = 'W1' and at between '2026' and '2027'").get();
  expect(plan?.detail).toContain('site_scan_by_worker');
});

it('0013 site-proof: a store of version 12 keeps its gates, events and what waits, asks for everything once more, and orders what lies apart', () => {
  const db = openDatabase(join(temporaryFolder(), 'store.db'), { key: new Uint8Array(32).fill(1) });
  onTestFinished(() => void db.close());
  migrate(db, 12);
  createDevice(db);
  db.exec(`
    insert into site_gate (gate_no, device, name, heard_at, heard_by, reported_until) values
      (1, 'aa', 'Cổng 1', '2026-11-02T18:00:00.000Z', 'hub', 5), (2, 'bb', 'Cổng 2', '2026-11-02T18:00:00.000Z', 'lan', 6), (3, 'cc', '', null, null, null);
    insert into site_chain (chain_no, gate_no, epoch) values (1, 1, 'ee');
    insert into site_run values (1, 0, 40);
    insert into site_event (chain_no, seq, type, at, hash, prev_hash, body) values (1, 1, 'zones-set', '2026-11-02T18:00:00.000Z', x'00', x'00', '{}');
    insert into site_due values ('rule', 'repeatSeconds'), ('presence', 'W1');
    insert into site_quarantine values ('aa', 'ee', 7, 'hash', '{}', '2026-11-03'), ('aa', 'ee', 9, 'hash', '{}', '2026-11-02');`);
  migrate(db, 13);
  const of = (what: string) => db.prepare<[], Record<string, unknown>>(what).all();
  expect(of('select device, known_by, listed, reported_until from site_gate order by 1')).toEqual([
    { device: 'aa', known_by: 'hub', listed: 1, reported_until: 5 }, { device: 'bb', known_by: 'lan', listed: 0, reported_until: 6 },
    { device: 'cc', known_by: null, listed: 0, reported_until: null },
  ]);
  expect(of('select count(*) as n from site_run')).toEqual([{ n: 0 }]);
  expect(of('select seq from site_event')).toEqual([{ seq: 1 }]);
  expect(of('select kind from site_due order by 1')).toEqual([{ kind: 'presence' }, { kind: 'rule' }]);
  expect(of('select seq, bearer from site_quarantine order by quarantine_no')).toEqual([{ seq: 9, bearer: null }, { seq: 7, bearer: null }]);
  expect(of('select proven from site_chain')).toEqual([{ proven: 0 }]);
});
