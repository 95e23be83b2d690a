import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { enrolKiosk } from '../../electron/service/handlers/sync.ts';
import { storeOutbox } from '../../electron/service/sync-loop.ts';
import { ackedSeq, openStore, readEvents, verifyChain } from '../../electron/store/index.ts';
import { deliver } from '../../electron/sync/deliver.ts';
import { createHubClient } from '../../electron/sync/hub-client.ts';
import type { GateAnswer } from '../../shared/contracts/requests/gate.ts';
import type { StartMessage } from '../../shared/contracts/wire.ts';
import type { z } from 'zod';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { enrolCode, exportedRows, startTestServer, type TestServer } from '../fixtures/hub-server.ts';
import { temporaryFolder } from './temporary.ts';
import { setUpService } from './test-service.ts';

const entry = path.resolve(import.meta.dirname, '..', '..', 'electron', 'service', 'main.ts');
const workers = 400;

type Reply = { message?: { kind: string; id: number; ok: boolean; output: z.infer<typeof GateAnswer> } };

/** The real service process as main runs it where Electron's Node is too old, asked over the relay. */
export async function startProcess(dataDir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced', env: { ...process.env, MOTCUA_STRICT: '1' },
  });
  child.send({ kind: 'start', dataDir, key: null, keySource: 'key-file', appVersion: '0.1.0' } satisfies StartMessage);
  const ended = once(child, 'exit').then(([code]) => { throw new Error(`the service ended with ${code} before it had started`); });
  const [started] = await Promise.race([once(child, 'message'), ended]) as [{ ok: boolean }];
  ended.catch(() => undefined);
  expect(started).toEqual({ kind: 'started', ok: true });
  return child;
}

/** How long a process is waited for that shall be killed in the middle of its push. */
const pushMs = 20_000;

/**
 * Sends scans without waiting for answers, until the process is gone; gives every answer that came back. Killed at another
 * moment of the work each time, between two scans or in a transaction; every third only when the hub has heard from it.
 */
async function scanUntilKilled(dataDir: string, round: number, heard: () => Promise<number>): Promise<z.infer<typeof GateAnswer>[]> {
  const child = await startProcess(dataDir);
  const answers: z.infer<typeof GateAnswer>[] = [];
  const killed = once(child, 'exit');
  let alive = true;
  child.on('message', ({ message }: Reply) => {
    if (message?.kind === 'reply' && message.ok) answers.push(message.output);
  });
  const before = await heard();
  const kill = async (): Promise<void> => {
    const deadline = Date.now() + pushMs;
    while (round % 3 === 0 && await heard() === before && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
    alive = false;
    child.kill('SIGKILL');
  };
  const ending = new Promise<void>((resolve, reject) => { setTimeout(() => void kill().then(resolve, reject), 40 + (round * 37) % 160); });
  for (let id = 1; alive; id += 1) {
    const code = demoWorker((round * 131 + id) % workers, '2026-11-22').cardNumber ?? '';
    child.send({ kind: 'relay', connection: 1, message: { kind: 'request', id, name: 'gate/scan', input: { code, lane: '1', via: 'camera' } } }, () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await ending;
  await killed;
  return answers;
}

/** The test that the service may be killed so many times while scans arrive. Minutes bound it against a hang. */
export function killUnderLoad(rounds: number, minutes: number): void {
  let server: TestServer;
  beforeAll(async () => { server = await startTestServer(); }, 60_000);
  afterAll(() => server.stop());

  describe('kill -9', () => {
    it(`${rounds} times while scans arrive: every scan that was answered is stored as answered, reaches the hub once, and the chain is whole`, async () => {
      const dir = temporaryFolder();
      const hub = await server.hub();
      const service = await setUpService('gate', { dir });
      const header = 'workerId,fullName,personalId,cardNumber';
      const rows = Array.from({ length: workers }, (_, n) => demoWorker(n, '2026-11-22')).map((one) => [one.workerId, one.fullName, one.personalId, one.cardNumber].join());
      await service.ask('roster/import', { fileName: 'r.csv', content: new TextEncoder().encode([header, ...rows].join('\n')), dryRun: false });
      await enrolKiosk(service.context.store, hub.url, await enrolCode(hub), 'an');
      await service.close();

      const answered: z.infer<typeof GateAnswer>[] = [];
      const heard = async (): Promise<number> => Number((await hub.sql<{ count: string }[]>`select count(*) from event`)[0]?.count);
      for (let round = 0; round < rounds; round += 1) answered.push(...await scanUntilKilled(dir, round, heard));
      // Enough to say something on a slow machine, too: how many there are depends on its speed.
      expect(answered.length).toBeGreaterThan(100);
      expect(answered.filter((answer) => answer.outcome === 'recorded').length).toBeGreaterThan(20);

      const store = openStore(dir, { appVersion: '0.1.0' });
      onTestFinished(() => store.close());
      expect(verifyChain(store)).toMatchObject({ ok: true });
      const stored = new Map(readEvents(store, { afterSeq: 0, limit: 1_000_000 }).map((event) => [event.seq, event]));
      expect([...stored.keys()]).toEqual(Array.from(stored, (_, at) => at + 1));
      for (const { seq, scanId, at, outcome, direction, workerId } of answered) {
        expect(stored.get(seq)).toMatchObject({ id: scanId, at, type: 'gate-scan', payload: { outcome, direction, workerId } });
      }
      // What the screens read says the same as the events.
      const scans = store.sql<[], { n: number }>('select count(*) as n from gate_scan').get()?.n;
      expect(scans).toBe([...stored.values()].filter((event) => event.type === 'gate-scan').length);

      // The hub heard from the processes that were killed, which do not know how much of it arrived.
      expect(await heard()).toBeGreaterThan(workers);
      await deliver(storeOutbox(store), createHubClient({ url: hub.url, signer: { device: store.device.id, sign: (bytes) => store.device.sign(bytes) } }));
      expect(ackedSeq(store)).toBe(stored.size);
      const arrived = await exportedRows(hub, 'events');
      expect(arrived.map(({ receivedAt: _receivedAt, ...event }) => event)).toEqual([...stored.values()]);
      // The lists that the province reads hold each answer once too.
      const listed = (await exportedRows(hub, 'gate-scans')).map((row) => row.seq);
      expect(listed).toEqual([...stored.values()].filter((event) => event.type === 'gate-scan').map((event) => event.seq));
      expect(answered.filter((answer) => !listed.includes(answer.seq))).toEqual([]);
    }, minutes * 60_000);
  });
}
