import http from 'node:http';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSiteLan } from '../../electron/service/site/site-lan.ts';
import { pullFrom } from '../../electron/service/site/site-lan-client.ts';
import { lanPaths, startLanServer } from '../../electron/service/site/site-lan-server.ts';
import { readGates, siteHave, type Store } from '../../electron/store/index.ts';
import { startLossyProxy } from '../fixtures/lossy-proxy.ts';
import { dayShift, gateClock, openGate, presenceOf, scanAt, setPlan, sheetOf, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

const start = Date.parse('2026-11-02T01:00:00Z');
let stores: Store[];
let addresses: string[];
let clocks: GateClock[];

async function gates(count: number, keyOf: (index: number) => number = () => 7): Promise<void> {
  const dir = temporaryFolder();
  stores = [];
  addresses = [];
  clocks = [];
  for (let i = 0; i < count; i += 1) {
    const clock = gateClock(start + 12 * 3_600_000 + i * 40_000);
    const store = openGate(dir, i + 1, clock, new Uint8Array(32).fill(keyOf(i)));
    const server = await startLanServer(store, { address: '127.0.0.1', port: 0 });
    onTestFinished(async () => {
      await server.close();
      store.close();
    });
    stores.push(store);
    clocks.push(clock);
    addresses.push(`127.0.0.1:${server.port}`);
  }
}

function live(): void {
  for (let i = 0; i < 30; i += 1) tellWorker(stores[0]!, worker(`W${i}`));
  setPlan(stores[0]!, Array.from({ length: 30 }, (_, i) => ({ workerId: `W${i}`, shiftId: dayShift.id, from: '2026-11-01', to: '2026-11-30' })));
}

function scans(): void {
  stores.forEach((store, number) => {
    for (let i = 0; i < 30; i += 1) scanAt(store, `W${(i * 7 + number) % 30}`, start + i * 60_000 + number * 10_000, i % 3 === number ? 'ra' : '1');
  });
}

async function pull(asker: number, address: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await pullFrom(stores[asker]!, address);
      return;
    } catch (error) {
      if (tries > 40) throw error;
      // Who tries again and again waits a moment.
      for (const clock of clocks) clock.mono += 1_000;
    }
  }
}

beforeEach(() => gates(3));

describe('gates over the LAN', () => {
  it('overALineThatLosesHalf_threeGatesEndWithTheSameTimesheetsAndPresence', async () => {
    const proxy = await startLossyProxy(`http://${addresses[0]!}`);
    onTestFinished(() => proxy.close());
    live();
    await pullFrom(stores[1]!, addresses[0]!);
    await pullFrom(stores[2]!, addresses[1]!);
    scans();
    proxy.plan = Array.from({ length: 30 }, (_, i) => (['lose-request', 'pass', 'lose-answer', 'pass', 'pass', 'lose-answer'] as const)[i % 6]!);
    const through = new URL(proxy.url).host;
    await pull(1, through);
    await pull(2, through);
    // The third learns of the second's scans by the first alone.
    await pull(0, addresses[1]!);
    await pull(2, through);
    await pull(0, addresses[2]!);
    await pull(1, through);
    const sheets = stores.map((store) => sheetOf(store, '2026-11-01', '2026-11-03'));
    expect(JSON.parse(sheets[0]!)).toHaveLength(30);
    expect(sheets[1]).toBe(sheets[0]);
    expect(sheets[2]).toBe(sheets[0]);
    expect(new Set(stores.map(presenceOf)).size).toBe(1);
    expect(proxy.seen.length).toBeGreaterThan(10);
  });

  it('howFarTheOtherClockIsOff_isKnown', async () => {
    const { offsetMs } = await pullFrom(stores[0]!, addresses[1]!);
    expect(offsetMs).toBe(40_000);
    expect(readGates(stores[0]!, start, '')[1]).toMatchObject({ offsetMs: 40_000, heardBy: 'lan', name: 'Cổng 2, Ra' });
  });

  it('aGateWithAnotherKey_learnsNothing_andItsWordIsNotTaken', async () => {
    await gates(2, (i) => i + 1);
    live();
    await expect(pullFrom(stores[1]!, addresses[0]!)).rejects.toMatchObject({ code: 'site-key-other' });
    expect(siteHave(stores[1]!)).toEqual([]);
  });

  it('aRecordedConversationSentAgain_isRefused_andNothingThatIsNotSealedIsAnswered', async () => {
    live();
    const seen: { path: string; headers: http.IncomingHttpHeaders; body: Buffer; status: number; size: number }[] = [];
    const recorder = http.createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        const body = Buffer.concat(parts);
        void fetch(`http://${addresses[0]!}${request.url!}`, { method: 'POST', body, headers: request.headers as Record<string, string> }).then(async (answer) => {
          const bytes = Buffer.from(await answer.arrayBuffer());
          seen.push({ path: request.url!, headers: request.headers, body, status: answer.status, size: bytes.length });
          response.writeHead(answer.status).end(bytes);
        });
      });
    });
    await new Promise<void>((resolve) => { recorder.listen(0, '127.0.0.1', resolve); });
    onTestFinished(() => void recorder.close());
    await pullFrom(stores[1]!, `127.0.0.1:${(recorder.address() as { port: number }).port}`);
    const asks = seen.filter(({ path }) => path === lanPaths.ask);
    expect(asks.length).toBeGreaterThan(0);
    expect(asks.every(({ status }) => status === 200)).toBe(true);
    const hello = seen.find(({ path, status }) => path === lanPaths.hello && status === 200)!;
    expect((await fetch(`http://${addresses[0]!}${lanPaths.hello}`, { method: 'POST', body: new Uint8Array(hello.body) })).status).toBe(403);
    for (const { path, headers, body } of asks) {
      const again = await fetch(`http://${addresses[0]!}${path}`, { method: 'POST', body: new Uint8Array(body), headers: { 'motcua-session': String(headers['motcua-session']), 'motcua-count': String(headers['motcua-count']) } });
      expect(again.status).toBe(403);
      // Under the next number it does not open: the number is sealed in.
      const next = await fetch(`http://${addresses[0]!}${path}`, { method: 'POST', body: new Uint8Array(body), headers: { 'motcua-session': String(headers['motcua-session']), 'motcua-count': '999' } });
      expect(next.status).toBe(403);
    }
    for (const [path, body] of [[lanPaths.hello, '{}'], [lanPaths.ask, 'x'.repeat(60)], ['/', ''], [lanPaths.hello, 'y'.repeat(200_000)]] as const) {
      const answer = await fetch(`http://${addresses[0]!}${path}`, { method: 'POST', body }).then(({ status }) => status, () => 0);
      expect([0, 403]).toContain(answer);
    }
  });

  it('aFloodFromOneAddress_isBraked', async () => {
    for (let i = 0; i < 80; i += 1) expect((await fetch(`http://${addresses[0]!}${lanPaths.hello}`, { method: 'POST', body: 'x' })).status).toBe(403);
    await expect(pullFrom(stores[1]!, addresses[0]!)).rejects.toMatchObject({ code: 'site-key-other' });
    clocks[0]!.mono += 10_000;
    await expect(pullFrom(stores[1]!, addresses[0]!)).resolves.toMatchObject({ events: 0 });
  });

  it('aGateOfTheFormBefore_isToldAsOlder_andAnsweredNothing', async () => {
    const older = http.createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(request.url === '/site/1/hello' ? 200 : 403).end('x'));
    });
    await new Promise<void>((resolve) => { older.listen(0, '127.0.0.1', resolve); });
    onTestFinished(() => void older.close());
    await expect(pullFrom(stores[0]!, `127.0.0.1:${(older.address() as { port: number }).port}`)).rejects.toMatchObject({ code: 'site-form-older' });
    expect((await fetch(`http://${addresses[0]!}${lanPaths.olderHello}`, { method: 'POST', body: 'x'.repeat(80) })).status).toBe(403);
  });

  it('aGateThatHandsOnWhatNobodySigned_isNamedAtItsAddress_andTheRestIsTaken', async () => {
    live();
    scans();
    await pullFrom(stores[1]!, addresses[0]!);
    stores[1]!.sql('update site_proof set signature = zeroblob(64)').run();
    const lan = createSiteLan(stores[2]!, { onPulled: () => undefined, onBug: (error) => { throw error; } });
    onTestFinished(() => lan.close());
    await lan.set({ on: false, address: '127.0.0.1', port: 8490, peers: [addresses[1]!] });
    await lan.pullAll();
    expect(lan.peers()).toMatchObject([{ problem: 'site-run-unproven' }]);
    const seen = (number: number) => readGates(stores[2]!, start, '').find(({ device }) => device === stores[number]!.device.id);
    expect([seen(0), seen(1)]).toMatchObject([{ scans: 0, quarantined: expect.any(Number) }, { scans: 30, behind: 0 }]);
    expect(seen(1)!.brought).toBeGreaterThan(0);
    await pullFrom(stores[2]!, addresses[0]!);
    await pullFrom(stores[1]!, addresses[2]!);
    expect(sheetOf(stores[2]!, '2026-11-01', '2026-11-03')).toBe(sheetOf(stores[1]!, '2026-11-01', '2026-11-03'));
  });

  it('aGateThatIsOff_isToldAsUnreachable', async () => {
    await expect(pullFrom(stores[0]!, '127.0.0.1:9')).rejects.toMatchObject({ code: 'gate-unreachable' });
  });
});
