import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enrolKiosk } from '../../electron/service/handlers/sync.ts';
import { storeOutbox } from '../../electron/service/sync-loop.ts';
import { readGates, readSiteEvents, reportedUntil, siteHave, type Store } from '../../electron/store/index.ts';
import { deliver } from '../../electron/sync/deliver.ts';
import { createHubClient, type HubClient } from '../../electron/sync/hub-client.ts';
import { enrolCode, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { startLossyProxy, type LossyProxy } from '../fixtures/lossy-proxy.ts';
import { dayShift, gateClock, openGate, presenceOf, scanAt, setPlan, sheetOf, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

let server: TestServer;
let hub: TestHub;
let proxy: LossyProxy;
const closing: (() => void)[] = [];

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(async () => {
  closing.forEach((close) => close());
  await server.stop();
});
beforeEach(async () => {
  hub = await server.hub();
  proxy = await startLossyProxy(hub.url);
  return () => proxy.close();
}, 30_000);

const now = Date.now();
const hour = 3_600_000;
/** The first midnight in Vietnam of two days ago. */
const dayStart = Math.floor((now + 7 * hour) / (24 * hour)) * 24 * hour - 7 * hour - 48 * hour;
const date = new Date(dayStart + 7 * hour).toISOString().slice(0, 10);
const today = new Date(now + 7 * hour).toISOString().slice(0, 10);

interface Gate { store: Store; clock: GateClock; client: HubClient }

async function gateOf(dir: string, number: number, unit = 'KCN-01'): Promise<Gate> {
  const clock = gateClock(now);
  const store = openGate(dir, number, clock, new Uint8Array(32).fill(number));
  closing.push(() => store.close());
  await enrolKiosk(store, proxy.url, await enrolCode(hub, unit), 'quan-tri');
  const client = createHubClient({ url: proxy.url, signer: { device: store.device.id, sign: (bytes) => store.device.sign(bytes) }, timeoutMs: 10_000 });
  return { store, clock, client };
}

/** Delivers until it passes, over whatever line. */
async function send({ store, client }: Gate): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await deliver(storeOutbox(store), client);
      return;
    } catch (error) {
      if (tries > 30) throw error;
    }
  }
}

function live({ store }: Gate, number: number): void {
  for (let i = 0; i < 20; i += 1) scanAt(store, `W${i}`, dayStart + 8 * hour + number * 60_000 + i * 1_000);
  for (let i = 0; i < 20; i += 1) scanAt(store, `W${(i + number) % 20}`, dayStart + 17 * hour + number * 60_000 + i * 1_000, 'ra');
}

describe('gates of a unit through the hub', () => {
  it('overALineThatLosesRequestsAndAnswers_allGatesHaveTheSameTimesheetsAndPresence', async () => {
    const dir = temporaryFolder();
    const all = [await gateOf(dir, 1), await gateOf(dir, 2), await gateOf(dir, 3)];
    for (let i = 0; i < 20; i += 1) tellWorker(all[0]!.store, worker(`W${i}`, { personalId: `0792030012${String(i).padStart(2, '0')}` }));
    setPlan(all[0]!.store, Array.from({ length: 20 }, (_, i) => ({ workerId: `W${i}`, shiftId: dayShift.id, from: date, to: today })));
    await send(all[0]!);
    await send(all[1]!);
    await send(all[2]!);
    all.forEach(live);
    proxy.plan = Array.from({ length: 60 }, (_, i) => (['pass', 'lose-answer', 'pass', 'lose-request', 'pass'] as const)[i % 5]!);
    for (const gate of [...all, ...all]) await send(gate);
    const sheets = all.map(({ store }) => sheetOf(store, date, today));
    expect(JSON.parse(sheets[0]!)).toHaveLength(20);
    expect(sheets[1]).toBe(sheets[0]);
    expect(sheets[2]).toBe(sheets[0]);
    expect(new Set(all.map(({ store }) => presenceOf(store))).size).toBe(1);
    // Numbers cross as keyed hashes under the one site key, so that a card is known at every gate.
    expect(all[2]!.store.sql("select count(distinct hex(personal_hash)) as n from worker where personal_hash is not null").get()).toEqual({ n: 20 });
  }, 60_000);

  it('ofAnotherUnit_andOfEventsThatDoNotMatterThere_nothingIsTold', async () => {
    const dir = temporaryFolder();
    const [ours, theirs] = [await gateOf(dir, 1), await gateOf(dir, 2, 'KCN-02')];
    tellWorker(ours.store, worker('W0'));
    scanAt(ours.store, 'W0', dayStart);
    for (const gate of [ours, theirs, ours, theirs]) await send(gate);
    expect(siteHave(theirs.store)).toEqual([]);
    expect(readGates(theirs.store, now, 'x')).toHaveLength(1);
    const second = await gateOf(dir, 3);
    await send(second);
    const types = second.store.sql<[], { type: string }>('select distinct type from site_event order by 1').all().map(({ type }) => type);
    expect(types).toEqual(['gate-scan', 'kiosk-enrolled', 'worker-recorded']);
    expect(readSiteEvents(second.store, 'worker-recorded')[0]?.payload).toMatchObject({ workerId: 'W0' });
  });

  it('aSilentGate_holdsBackWhatIsDecided_untilItHasToldAgain', async () => {
    const dir = temporaryFolder();
    const [first, second] = [await gateOf(dir, 1), await gateOf(dir, 2)];
    await send(second);
    first.clock.at = Date.now() + 1_000;
    await send(first);
    const before = reportedUntil(first.store, Date.now() + 10 * 60_000);
    expect(before.missing.map(({ device }) => device)).toEqual([second.store.device.id]);
    expect(before.until).toBeLessThan(Date.now() + 1_000);
    scanAt(second.store, 'nobody', dayStart);
    first.clock.at = Date.now() + 1_000;
    await send(first);
    expect(reportedUntil(first.store, Date.now()).until).toBe(before.until);
    await send(second);
    first.clock.at = Date.now() + 1_000;
    await send(first);
    expect(reportedUntil(first.store, Date.now()).until).toBeGreaterThan(before.until);
    expect(readGates(first.store, Date.now(), 'Cổng 1')[1]).toMatchObject({ heardBy: 'hub', behind: 0, retired: false });
  });
});
