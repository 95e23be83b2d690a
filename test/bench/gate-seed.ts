import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendEvent, insertGateScan, insertUser, saveWorker, writeKiosk, writePresence, type Store,
} from '../../electron/store/index.ts';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import type { Worker } from '../../shared/domain/roster.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { seededOnce } from './bench-seed.ts';

/** The n-th worker of a big gate: all may pass. */
export function benchWorker(n: number): Worker {
  return { ...demoWorker(n, '2026-01-01'), workerId: `NV${n}`, startDate: null, endDate: null, barred: false };
}

/** The QR of the n-th worker's card. */
export function benchCode(n: number): string {
  const { personalId, fullName, birthDate, sex } = benchWorker(n);
  const [year, month, day] = (birthDate ?? '').split('-');
  return `${personalId}||${fullName}|${day}${month}${year}|${sex}|Thôn ${n % 97}, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu|01052021`;
}

/** Folder of a store with so many workers and scans. Seeding writes what the gate writes, with the log's index built afterwards. */
export function seededStore(workers: number, events: number): string {
  return seededOnce('bench-gate', `${workers}-${events}`, (store) => seed(store, workers, events));
}

function seed(store: Store, workers: number, events: number): void {
  // Built once at the end instead of at each row; what triggers keep of a scan is not what is measured.
  const beside = store.db.prepare<[], { type: string; name: string; sql: string }>(
    "select type, name, sql from sqlite_schema where tbl_name = 'gate_scan' and type in ('index', 'trigger') and sql is not null").all();
  store.transaction(() => {
    writeKiosk(store, { mode: 'gate', unit: { code: 'BENCH', name: 'Bench' }, lanes: [{ lane: '1', name: 'Làn 1', direction: 'both', input: 'any' }], demo: true });
    insertUser(store, { userId: 'bench', loginName: 'bench', displayName: 'Bench', role: 'kiosk-admin', disabled: false }, 'none');
    for (let n = 0; n < workers; n += 1) saveWorker(store, benchWorker(n));
    for (const { type, name } of beside) store.db.exec(`drop ${type} ${name}`);
  });
  // Three months of scans that end yesterday.
  const end = Date.now() - 86_400_000;
  const step = (90 * 86_400_000) / events;
  for (let from = 0; from < events; from += 20_000) {
    store.transaction(() => {
      for (let i = from; i < Math.min(from + 20_000, events); i += 1) seedScan(store, (i * 7919) % workers, end - (events - i) * step, i);
    });
    if (from % 200_000 === 0) process.stderr.write(`bench: seeding ${events} events, ${from} done\n`);
  }
  for (const { sql } of beside) store.db.exec(sql);
}

function seedScan(store: Store, n: number, at: number, i: number): void {
  const ms = Math.floor(at);
  const workDate = workDateOf(ms);
  const direction = i % 2 === 0 ? 'in' : 'out';
  const event = appendEvent(store, {
    type: 'gate-scan', actor: 'gate', at: ms,
    payload: { lane: '1', via: 'camera', outcome: 'recorded', direction, reason: 'last-state', workerId: `NV${n}`, code: '001*****0001', workDate },
  });
  insertGateScan(store, { position: event.position, workDate, at: event.at, lane: '1', outcome: 'recorded', direction, reason: 'last-state', workerNo: n + 1, laneDirection: 'both', zone: null });
  writePresence(store, n + 1, '1', { atMs: ms, monoMs: 0, bootId: 'seed', direction }, { direction, at: event.at, workDate });
}

/** Key of a seeded store, from its key file. */
export function seedKey(dir: string): Buffer {
  return Buffer.from(readFileSync(join(dir, 'store.key'), 'utf8').trim(), 'hex');
}
