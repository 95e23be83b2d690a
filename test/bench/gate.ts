import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { importRoster } from '../../electron/service/people/roster-import.ts';
import { startUpkeep } from '../../electron/service/upkeep.ts';
import { openStore, type Store } from '../../electron/store/index.ts';
import type { StartMessage } from '../../shared/contracts/wire.ts';
import { percentile, rounded, type Figure } from './figure.ts';
import { plainPeer } from './gate-plain.ts';
import { benchCode, benchWorker, seededStore } from './gate-seed.ts';

const scans = 3000;
const importRows = 20_000;
const peerName = 'better-sqlite3 without encryption: the same rows in one transaction';

/**
 * The gate with a big store: QR text → decided and committed, beside the bare insert of the same rows in plain
 * better-sqlite3 with the same pragmas, one after the other in one run, while upkeep (checkpoints, quick_check) goes
 * on in its thread; and the time from starting the service to its first accepted scan.
 */
export async function bench({ workers, events }: { workers: number; events: number }): Promise<Figure[]> {
  const dir = seededStore(workers, events);
  const peer = plainPeer(dir);
  const opening = performance.now();
  const store = openStore(dir, { appVersion: 'bench' });
  const opened = performance.now() - opening;
  const upkeep = startUpkeep(store, pino({ level: 'silent' }));
  const ours: number[] = [];
  const plain: number[] = [];
  let importing: number[] = [];
  try {
    for (let i = 0; i < scans + 100; i += 1) {
      const code = benchCode((i * 104_729 + Date.now()) % workers);
      const start = performance.now();
      const answer = recordScan(store, { code, lane: '1', via: 'camera', actor: 'gate' });
      const ms = performance.now() - start;
      const plainMs = peer.insert(store, answer.seq);
      // The first hundred warm both up.
      if (i >= 100) {
        ours.push(ms);
        plain.push(plainMs);
      }
      // Lets the timers of upkeep in, as an event loop does.
      if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    importing = await scansDuringImport(store, workers);
  } finally {
    await upkeep.close();
    store.close();
    peer.close();
  }
  const figure = (name: string, value: number, bare: number, limit: number, ratioLimit: number | null): Figure => ({
    name, value: rounded(value), unit: 'ms', peer: { name: peerName, value: rounded(bare) }, ratio: rounded(value / bare),
    goal: ratioLimit === null ? `<= ${limit} ms` : `<= ${limit} ms and <= ${ratioLimit} x peer`,
    met: value <= limit && (ratioLimit === null || value / bare <= ratioLimit),
  });
  return [
    figure('gate decision p50', percentile(ours, 50), percentile(plain, 50), 15, 3),
    figure('gate decision p99', percentile(ours, 99), percentile(plain, 99), 50, 3),
    figure('gate decision max', Math.max(...ours), Math.max(...plain), 300, null),
    {
      name: 'gate decision p99 while a roster is stored, waiting included', value: rounded(percentile(importing, 99)), unit: 'ms',
      peer: null, ratio: null, goal: '<= 100 ms', met: percentile(importing, 99) <= 100,
    },
    { name: 'store open', value: rounded(opened), unit: 'ms', peer: null, ratio: null, goal: '<= 300 ms', met: opened <= 300 },
    await startToFirstScan(dir),
  ];
}

/** Milliseconds from the moment a scan is due to its commit, every 10 ms while a roster moves people to another team. */
async function scansDuringImport(store: Store, workers: number): Promise<number[]> {
  const team = `Tổ ${Date.now()}`;
  const rows = Array.from({ length: Math.min(importRows, workers) }, (_, n) => `NV${n},${benchWorker(n).fullName},${team}`);
  const content = new TextEncoder().encode(['workerId,fullName,department', ...rows].join('\n'));
  let busy = true;
  const done = importRoster(store, { fileName: 'bench.csv', content, dryRun: false, actor: 'bench' }).finally(() => { busy = false; });
  const times: number[] = [];
  for (let i = 0; busy; i += 1) {
    const due = performance.now() + 10;
    await setTimeout(10);
    recordScan(store, { code: benchCode((i * 7919) % workers), lane: '1', via: 'camera', actor: 'gate' });
    times.push(performance.now() - due);
  }
  await done;
  return times;
}

async function startToFirstScan(dir: string): Promise<Figure> {
  const bareStart = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  const bare = performance.now() - bareStart;

  const start = performance.now();
  const entry = path.resolve(import.meta.dirname, '..', '..', 'electron', 'service', 'main.ts');
  const service = spawn(process.execPath, [entry], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced', env: { ...process.env, MOTCUA_LOG: 'error' } });
  const message: StartMessage = { kind: 'start', dataDir: dir, key: null, keySource: 'key-file', appVersion: 'bench' };
  service.send(message);
  const scan = { kind: 'request', id: 1, name: 'gate/scan', input: { code: benchCode(1), lane: '1', via: 'camera' } };
  service.on('message', (heard: { kind?: string }) => {
    if (heard.kind === 'started') service.send({ kind: 'relay', connection: 1, message: scan });
  });
  let answered: { message?: { ok?: boolean } } = {};
  while (answered.message?.ok === undefined) [answered] = await once(service, 'message') as [typeof answered];
  const value = performance.now() - start;
  service.kill();
  await once(service, 'exit');
  if (!answered.message.ok) throw new Error('the first scan was refused');
  return { name: 'start to first scan accepted', value: rounded(value), unit: 'ms', peer: { name: 'bare node', value: rounded(bare) }, ratio: rounded(value / bare), goal: null, met: null };
}
