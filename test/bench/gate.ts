import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pino } from 'pino';
import { recordScan } from '../../electron/service/gate-scan.ts';
import { startUpkeep } from '../../electron/service/upkeep.ts';
import { openStore } from '../../electron/store/index.ts';
import type { StartMessage } from '../../shared/contracts/wire.ts';
import { percentile, rounded, type Figure } from './figure.ts';
import { plainPeer } from './gate-plain.ts';
import { benchCode, seededStore } from './gate-seed.ts';

const scans = 3000;
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
    figure('gate decision p99', percentile(ours, 99), percentile(plain, 99), 50, null),
    figure('gate decision max', Math.max(...ours), Math.max(...plain), 300, null),
    { name: 'store open', value: rounded(opened), unit: 'ms', peer: null, ratio: null, goal: '<= 300 ms', met: opened <= 300 },
    await startToFirstScan(dir),
  ];
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
