import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enrolKiosk } from '../../electron/service/handlers/sync.ts';
import { storeOutbox } from '../../electron/service/sync-loop.ts';
import { readEvents, verifyChain } from '../../electron/store/index.ts';
import { deliver } from '../../electron/sync/deliver.ts';
import { createHubClient, enrolWithHub, type HubClient } from '../../electron/sync/hub-client.ts';
import { openKeys } from '../../hub/store/keys.ts';
import { unseal } from '../../hub/store/seal.ts';
import { openChange, openEventContent, openWorker, type Content } from '../../hub/store/sealed-row.ts';
import { readPast } from '../../hub/store/worker-past.ts';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import { enrolCode, enrolled, exportedRows, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { gateScan } from '../fixtures/scripted-kiosk.ts';
import { scan } from './people-parts.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

let server: TestServer;
let hub: TestHub;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => { hub = await server.hub(); }, 30_000);

const at = (date: string) => ({ at: `${date}T01:00:00.000Z` });
type Row = Record<string, unknown>;

/** All that the hub's database tells of people to who has its key. */
async function opened(of = hub): Promise<string> {
  const keys = await openKeys(of.sql, of.dataDir);
  const events = (await of.sql<(Content & { device: string; epoch: string; seq: string; type: string })[]>`select * from event order by device, epoch, seq`)
    .map(({ seq, ...row }) => [row.type, openEventContent(keys, { ...row, seq: Number(seq) }, row)]);
  const workers = (await of.sql<{ unit: string; worker_id: string; body: Row | null; sealed: Buffer | null }[]>`select * from worker order by unit, worker_id`)
    .map((row) => [row.worker_id, openWorker(keys, row.unit, row.worker_id, row.body, row.sealed)]);
  const changes = (await of.sql<{ unit: string; key: string; body: Row | null; sealed: Buffer | null }[]>`select * from change order by change_no`)
    .map((row) => [row.key, openChange(keys, row.unit, row.key, row.body, row.sealed)]);
  const units = await of.sql<{ code: string }[]>`select code from unit`;
  const pasts = await Promise.all(units.map(async ({ code }) => [...await readPast(of.sql, keys, code)]));
  return JSON.stringify([events, workers, changes, pasts, await of.sql`select * from gate_scan order by device, epoch, seq`]);
}

/** The events as the kiosks sent them. */
async function exportedEvents(): Promise<Row[]> {
  const rows = await exportedRows(hub, 'events');
  rows.forEach((row) => delete row.receivedAt);
  return rows;
}

/** What lies apart, opened. */
async function apart(): Promise<string> {
  const keys = await openKeys(hub.sql, hub.dataDir);
  const rows = await hub.sql<{ device: string; epoch: string; seq: string; raw: Buffer | null }[]>`select * from quarantine`;
  return rows.map(({ device, epoch, seq, raw }) => (raw === null ? '' : unseal(keys.record(device), `quarantine ${device} ${epoch} ${seq}`, raw).toString())).join('\n');
}

async function mobilityPage(): Promise<string> {
  const login = await fetch(new URL('/login', hub.url), { method: 'POST', redirect: 'manual', body: new URLSearchParams({ name: 'admin', password: hub.admin.password! }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
  return (await fetch(new URL('/mobility?from=2026-11-01&to=2026-11-20', hub.url), { headers: { cookie } })).text();
}

describe('whom a kiosk erases by law', () => {
  const secrets = /Bí Mật|001190000001|Công ty Riêng/;

  async function enrolledGate(): Promise<{ service: TestService; client: HubClient; send: () => Promise<void> }> {
    const service = await setUpService();
    const { store } = service.context;
    await enrolKiosk(store, hub.url, await enrolCode(hub), 'quan-tri');
    const client = createHubClient({ url: hub.url, signer: { device: store.device.id, sign: (bytes) => store.device.sign(bytes) }, timeoutMs: 10_000 });
    return { service, client, send: async () => { await deliver(storeOutbox(store), client); } };
  }

  it.each([true, false])('isGoneAtTheHubToo_rowsExportAndMobility_theChainIsWhole_hoursKept_%s', async (keepTimesheet) => {
    const { service, client, send } = await enrolledGate();
    const { store } = service.context;
    await importRows(service, 'NVK-004411,Trần Thị Bí Mật,001190000001,May 1,A,2024-01-01,,,7700001,,', 'NV2,Lê Còn,001090000002,May 1,A,2024-01-01,,,7700002,,');
    await scan(service, '7700001');
    await scan(service, '7700002');
    // A move leaves a sealed copy of the former place.
    await service.ask('worker/change', { workerId: 'NVK-004411', changes: { employer: 'Công ty Riêng' } });
    await send();
    await service.ask('worker/change', { workerId: 'NVK-004411', changes: { employer: 'Công ty Sau', endDate: '2026-11-22' } });
    await send();
    expect(await opened()).toMatch(/Bí Mật.*Công ty Riêng/s);
    expect((await hub.sql`select from worker_past`).length).toBeGreaterThan(0);
    expect(await mobilityPage()).toContain('Công ty Sau');

    await service.ask('people/settings-set', { erasureDays: 30, keepTimesheet });
    service.clock.pass(32 * 86_400_000);
    await service.ask('auth/login', { loginName: 'an', secret: '246810' });
    expect(await service.ask('erasure/run', {})).toMatchObject({ workers: 1 });
    await send();
    const after = await opened();
    expect(after).not.toMatch(secrets);
    expect(after).toContain('Lê Còn');
    expect(after.includes('NVK-004411')).toBe(keepTimesheet);
    expect(await mobilityPage()).not.toMatch(/Công ty (Riêng|Sau)/);
    expect(await hub.sql`select from worker_past`).toHaveLength(0);
    for (const dataset of ['events', 'workers', 'gate-scans']) expect(JSON.stringify(await exportedRows(hub, dataset))).not.toMatch(secrets);

    // What the hub gives out is what the kiosk itself would send now, number by number, and the chain holds.
    const own = readEvents(store, { afterSeq: 0, limit: 10_000 });
    const exported = await exportedEvents();
    expect(exported).toEqual(own);
    expect(own.filter(({ payload }) => payload === null)).toHaveLength(keepTimesheet ? 3 : 4);
    expect(verifyChain(store)).toMatchObject({ ok: true });

    // Sent again, all of it: the same.
    expect(await client.push(own)).toMatchObject({ ackedSeq: own.length, quarantined: [] });
    expect(await opened()).toBe(after);
    expect(await hub.sql`select code from alarm`).toEqual([]);
  }, 30_000);

  it('beforeAnythingWasSent_theHubNeverLearnsWhoItWas', async () => {
    const { service, send } = await enrolledGate();
    await importRows(service, 'NVK-004411,Trần Thị Bí Mật,001190000001,May 1,A,2024-01-01,2026-11-22,,7700001,,');
    await service.ask('people/settings-set', { erasureDays: 30, keepTimesheet: true });
    service.clock.pass(32 * 86_400_000);
    await service.ask('auth/login', { loginName: 'an', secret: '246810' });
    expect(await service.ask('erasure/run', {})).toMatchObject({ workers: 1 });
    await send();
    expect(await opened()).not.toMatch(secrets);
    expect(await exportedEvents()).toEqual(readEvents(service.context.store, { afterSeq: 0, limit: 10_000 }));
  }, 30_000);
});

describe('an erasure as any kiosk may send it', () => {
  const record = (workerId: string, more: Row = {}): Row => ({ workerId, fullName: `Trần ${workerId}`, employer: 'Công ty Một', startDate: '2024-01-01', ...more });
  const contents = async (device: string): Promise<(StoredEvent['payload'])[]> => (await exportedRows(hub, 'events')).filter((row) => row.device === device).map((row) => row.payload as Row | null);

  it('emptiesItsOwnNumbersOnly_neverThoseOfAnotherDevice_andIsNoFork', async () => {
    const [one, two] = [await enrolled(hub), await enrolled(hub)];
    one.kiosk.append('worker-recorded', record('CN-1'), at('2026-10-01'));
    one.kiosk.append('gate-scan', gateScan(1), at('2026-10-01'));
    two.kiosk.append('worker-recorded', record('CN-2'), at('2026-10-01'));
    two.kiosk.append('gate-scan', gateScan(2), at('2026-10-01'));
    await one.client.push(one.kiosk.events);
    await two.client.push(two.kiosk.events);
    // By the other's epoch too: a device is nowhere named, so it is always the sender's own.
    one.kiosk.append('worker-erased', { emptied: [{ epoch: one.kiosk.epoch, runs: [[1, 1]] }, { epoch: two.kiosk.epoch, runs: [[1, 2]] }] });
    expect(await one.client.push(one.kiosk.events)).toMatchObject({ ackedSeq: 3, quarantined: [] });
    expect(await contents(two.kiosk.device)).toEqual(two.kiosk.events.map(({ payload }) => payload));
    expect(await contents(one.kiosk.device)).toEqual([null, one.kiosk.events[1]!.payload, one.kiosk.events[2]!.payload]);
    expect((await exportedRows(hub, 'workers')).map(({ workerId }) => workerId)).toEqual(['CN-2']);
    // Whole or emptied, it is the same event.
    expect(await one.client.push(one.kiosk.events)).toMatchObject({ ackedSeq: 3 });
    expect(await contents(one.kiosk.device)).toEqual([null, one.kiosk.events[1]!.payload, one.kiosk.events[2]!.payload]);
    expect((await two.client.changes('')).changes.map((change) => 'workerId' in change && change.workerId)).toEqual(['CN-2']);
  });

  it('ofAWorkerOfWhomAnotherKioskSpokeLast_leavesThatWord_andTakesTheOwnPast', async () => {
    const [one, two] = [await enrolled(hub), await enrolled(hub)];
    one.kiosk.append('worker-recorded', record('CN-1'), at('2026-10-01'));
    one.kiosk.append('worker-recorded', record('CN-1', { employer: 'Công ty Hai' }), at('2026-10-02'));
    await one.client.push(one.kiosk.events.slice(0, 1));
    await one.client.push(one.kiosk.events.slice(1));
    two.kiosk.append('worker-recorded', record('CN-1', { employer: 'Công ty Ba' }), at('2026-10-03'));
    await two.client.push(two.kiosk.events);
    one.kiosk.append('worker-erased', { emptied: [{ epoch: one.kiosk.epoch, runs: [[1, 2]] }] });
    await one.client.push(one.kiosk.events.slice(2));
    expect(await exportedRows(hub, 'workers')).toMatchObject([{ workerId: 'CN-1', body: { employer: 'Công ty Ba' } }]);
    expect((await hub.sql`select device from worker_past`).map(({ device }) => String(device))).toEqual([two.kiosk.device]);
    // Once that one erases too, nothing is left.
    two.kiosk.append('worker-erased', { emptied: [{ epoch: two.kiosk.epoch, runs: [[1, 1]] }] });
    await two.client.push(two.kiosk.events.slice(1));
    expect(await opened()).not.toContain('CN-1');
  });

  it('whoIsRecordedAgainAfterwards_isKnownAgain_alsoInOneBatch', async () => {
    const { kiosk, client } = await enrolled(hub);
    kiosk.append('worker-recorded', record('CN-1', { fullName: 'Trần Cũ' }), at('2026-10-01'));
    kiosk.append('worker-erased', { emptied: [{ epoch: kiosk.epoch, runs: [[1, 1]] }] });
    kiosk.append('worker-recorded', { workerId: 'CN-1', employer: 'Công ty Mới' }, at('2026-10-03'));
    await client.push(kiosk.events);
    expect(await exportedRows(hub, 'workers')).toMatchObject([{ body: { workerId: 'CN-1', employer: 'Công ty Mới' } }]);
    expect(await opened()).not.toContain('Trần Cũ');
  });

  it('beforeTheEventsThatItNames_emptiesThemAsTheyCome', async () => {
    const { kiosk, client } = await enrolled(hub);
    const former = structuredClone([kiosk.append('worker-recorded', record('CN-1'), at('2026-10-01')), kiosk.append('worker-recorded', { workerId: 'CN-1', fullName: '\u0000Trần Hỏng' }, at('2026-10-01'))]);
    const epoch = kiosk.epoch;
    [kiosk.epoch, kiosk.events] = ['00000000000000ff', []];
    kiosk.append('worker-erased', { emptied: [{ epoch, runs: [[1, 2]] }] });
    await client.push(kiosk.events);
    await client.push(former);
    expect(await exportedRows(hub, 'workers')).toEqual([]);
    expect((await exportedRows(hub, 'events')).filter(({ type }) => type !== 'worker-erased')).toMatchObject([{ seq: 1, payload: null, salt: null }]);
    expect(await apart()).not.toContain('Hỏng');
  });

  it('aHubThatWasSetBack_andOneThatLostAll_endAsTheOneThatHeardIt', async () => {
    const { kiosk, client } = await enrolled(hub);
    kiosk.append('worker-recorded', record('CN-1'), at('2026-10-01'));
    kiosk.append('gate-scan', { ...gateScan(1), workerId: 'CN-1' }, at('2026-10-02'));
    kiosk.append('worker-recorded', record('CN-2'), at('2026-10-02'));
    await client.push(kiosk.events);
    const whole = structuredClone(kiosk.events);
    kiosk.append('worker-erased', { emptied: [{ epoch: kiosk.epoch, runs: [[1, 2]] }] }, at('2026-11-01'));
    for (const event of kiosk.events.slice(0, 2)) Object.assign(event, { payload: null, salt: null });
    await client.push(kiosk.events.slice(3));
    const after = await opened();
    for (const held of [whole, []]) {
      const other = await server.hub();
      await enrolWithHub(other.url, { code: await enrolCode(other), publicKey: kiosk.publicKey, name: 'Cổng 1', mode: 'gate', appVersion: '0.1.0' });
      const to = createHubClient({ url: other.url, signer: kiosk.signer });
      if (held.length > 0) await to.push(held);
      await to.push(kiosk.events.slice(held.length));
      const times = /"(received_at|changed_at|left_at)":"[^"]*"/g;
      expect((await opened(other)).replace(times, '')).toBe(after.replace(times, ''));
      expect((await exportedRows(other, 'events')).map(({ payload }) => payload)).toEqual(kiosk.events.map(({ payload }) => payload));
    }
  });

  it('whatLiesApartWithItsContent_isEmptiedToo', async () => {
    const { kiosk, client } = await enrolled(hub);
    kiosk.append('worker-recorded', { workerId: 'CN-1', fullName: 'Trần\u0000Hỏng' });
    kiosk.append('worker-erased', { emptied: [{ epoch: kiosk.epoch, runs: [[1, 1]] }] });
    await client.push(kiosk.events.slice(0, 1));
    expect(await apart()).toContain('Hỏng');
    await client.push(kiosk.events.slice(1));
    expect(await hub.sql`select raw from quarantine`).toEqual([{ raw: null }]);
    // In one batch too.
    const other = await enrolled(hub);
    other.kiosk.append('worker-recorded', { workerId: 'CN-1', fullName: 'Trần\u0000Hỏng' });
    other.kiosk.append('worker-erased', { emptied: [{ epoch: other.kiosk.epoch, runs: [[1, 1]] }] });
    await other.client.push(other.kiosk.events);
    expect(await hub.sql`select from quarantine`).toHaveLength(2);
    expect(await apart()).not.toContain('Hỏng');
  });

  it('ofAWrongForm_orOfWhatComesAfterIt_erasesNothing_andLiesApart', async () => {
    const { kiosk, client } = await enrolled(hub);
    kiosk.append('worker-recorded', record('CN-1'));
    kiosk.append('worker-erased', { emptied: [{ epoch: kiosk.epoch, runs: [[1, 9]] }] });
    expect(await client.push(kiosk.events)).toMatchObject({ quarantined: [{ seq: 2, code: 'payload-invalid' }] });
    expect(await contents(kiosk.device)).toEqual(kiosk.events.map(({ payload }) => payload));
  });

  it('ofMoreThanHalfOfItsEvents_isDone_andIsAnAlarm_andTheProofItselfStays', async () => {
    const { kiosk, client } = await enrolled(hub);
    for (let i = 0; i < 150; i += 1) kiosk.append('gate-scan', gateScan(i), at('2026-10-01'));
    kiosk.append('worker-erased', { emptied: [{ epoch: kiosk.epoch, runs: [[1, 60]] }] });
    await client.push(kiosk.events);
    expect(await hub.sql`select code from alarm`).toEqual([]);
    kiosk.append('worker-erased', { emptied: [{ epoch: kiosk.epoch, runs: [[61, 151]] }] });
    expect(await client.push(kiosk.events.slice(151))).toMatchObject({ ackedSeq: 152, quarantined: [] });
    expect((await hub.sql`select code, detail from alarm`).map(({ code, detail }) => [code, detail] as unknown)).toEqual([['mass-erasure', '151 / 152']]);
    expect((await contents(kiosk.device)).filter((payload) => payload !== null)).toHaveLength(2);
    expect(Number((await hub.sql`select count(*) as n from gate_scan`)[0]!.n)).toBe(0);
  });

  it('theAppsRole_mayEmptyAnEvent_andWriteNothingElseInIt', async () => {
    const { kiosk, client } = await enrolled(hub);
    kiosk.append('worker-recorded', record('CN-1'));
    await client.push(kiosk.events);
    for (const statement of ['update event set payload = null', "update event set sealed = ''::bytea", 'update quarantine set raw = null', 'delete from erased_run', 'update erased_run set last = 9']) {
      await expect(hub.sql.begin(async (tx) => {
        await tx`set local role hub_app`;
        await tx.unsafe(statement);
      })).rejects.toMatchObject({ code: '42501' });
    }
  });
});
