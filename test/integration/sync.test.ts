import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { enrolKiosk } from '../../electron/service/handlers/sync.ts';
import { storeOutbox } from '../../electron/service/sync-loop.ts';
import { insertBlob, putBlob } from '../../electron/store/blob.ts';
import {
  ackedSeq, appendEvent, findWorkerById, findWorkerByPersonalId, openStore, readHead, readHubLink, readKiosk, saveWorker, workerPayload, writeKiosk, type Store,
} from '../../electron/store/index.ts';
import { deliver } from '../../electron/sync/deliver.ts';
import { createHubClient, type HubClient } from '../../electron/sync/hub-client.ts';
import { createSyncLoop, type SyncLoop } from '../../electron/sync/sync-loop.ts';
import { emptyDetails } from '../../shared/contracts/worker-details.ts';
import type { SyncState } from '../../shared/contracts/requests/system.ts';
import { enrolCode, localPost, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { startLossyProxy, type LossyProxy } from '../fixtures/lossy-proxy.ts';
import { gateScan } from '../fixtures/scripted-kiosk.ts';
import { temporaryFolder } from './temporary.ts';

let server: TestServer;
let hub: TestHub;
let proxy: LossyProxy;
let store: Store;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  hub = await server.hub();
  proxy = await startLossyProxy(hub.url);
  store = await enrolledStore();
  return () => proxy.close();
}, 30_000);

async function enrolledStore(unit = 'KCN-01'): Promise<Store> {
  const made = openStore(temporaryFolder(), { create: true, appVersion: '0.1.0' });
  onTestOrHookFinished(() => made.close());
  made.transaction(() => writeKiosk(made, { mode: 'gate', unit: { code: 'chưa', name: 'Chưa đặt' }, lanes: [], demo: false }));
  await enrolKiosk(made, proxy.url, await enrolCode(hub, unit), 'quan-tri');
  return made;
}

// Stores made in beforeEach close with the test as well.
const closing: (() => void)[] = [];
function onTestOrHookFinished(close: () => void): void {
  closing.push(close);
}
afterAll(() => closing.forEach((close) => close()));

const note = (count: number, into = store): void => into.transaction(() => {
  for (let i = 0; i < count; i += 1) appendEvent(into, { type: 'gate-scan', payload: gateScan(i), actor: 'gate' });
});
const clientOf = (of = store, url = proxy.url): HubClient => createHubClient({ url, signer: { device: of.device.id, sign: (bytes) => of.device.sign(bytes) }, timeoutMs: 10_000 });
const send = (of = store): ReturnType<typeof deliver> => deliver(storeOutbox(of), clientOf(of));
const held = async (): Promise<number[]> => (await hub.sql<{ seq: string }[]>`select seq from event where device = ${store.device.id} order by seq`).map(({ seq }) => Number(seq));
const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

async function scan(of: Store, bytes: Buffer): Promise<string> {
  const sha256 = await putBlob(of, bytes);
  of.transaction(() => {
    const ref = { sha256, size: bytes.length, mime: 'image/png' };
    const { position } = appendEvent(of, { type: 'scan-attached', payload: { sha256 }, actor: 'can-bo', blobs: [ref] });
    insertBlob(of, { ...ref, pages: 1 }, position);
  });
  return sha256;
}


describe('enrolment of a store', () => {
  it('theHubsUnitAndSiteKey_areTakenOver_andNumbersAreHashedAnew', async () => {
    const fresh = openStore(temporaryFolder(), { create: true, appVersion: '0.1.0' });
    closing.push(() => fresh.close());
    fresh.transaction(() => {
      writeKiosk(fresh, { mode: 'gate', unit: { code: 'x', name: 'X' }, lanes: [], demo: false });
      saveWorker(fresh, worker('NV-1', '079203001234'));
    });
    const code = await enrolCode(hub);
    await enrolKiosk(fresh, hub.url, ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `, 'quan-tri');
    expect(readHubLink(fresh)).toMatchObject({ url: hub.url, cursor: '' });
    expect(findWorkerByPersonalId(fresh, '079203001234')?.workerId).toBe('NV-1');
    expect(fresh.transaction(() => appendEvent(fresh, { type: 'gate-scan', payload: {}, actor: 'gate' })).seq).toBeGreaterThan(1);
  });

  it('aHubThatKnowsNoNameForTheUnit_leavesTheNameTypedOnTheKiosk', async () => {
    const nameless = (await localPost(hub, '/local/enrol-codes', { unit: 'KCN-09' })).json.code as unknown as string;
    store.transaction(() => writeKiosk(store, { mode: 'gate', unit: { code: 'chưa', name: 'Nhà máy Mẫu' }, lanes: [], demo: false }));
    await enrolKiosk(store, proxy.url, nameless, 'quan-tri');
    expect(readKiosk(store)?.unit).toEqual({ code: 'KCN-09', name: 'Nhà máy Mẫu' });
    await enrolKiosk(store, proxy.url, await enrolCode(hub), 'quan-tri');
    expect(readKiosk(store)?.unit).toEqual({ code: 'KCN-01', name: 'Khu công nghiệp số 1' });
  });

  it('plainHttpToAnotherMachine_isRefused', async () => {
    await expect(enrolKiosk(store, 'http://192.0.2.1:8480', await enrolCode(hub), 'x')).rejects.toMatchObject({ code: 'hub-address' });
  });
});

describe('delivery', () => {
  it('everythingThatWaits_arrivesInOrder_andIsConfirmed', async () => {
    note(1234);
    const { seq } = readHead(store);
    await send();
    expect(await held()).toEqual(all(seq));
    expect(ackedSeq(store)).toBe(seq);
  });

  it('ofEventsThatFillAMessage_onlyThoseThatGoAlongAreRead_withoutAGapBetweenSlices', () => {
    note(120);
    const from = readHead(store).seq;
    store.transaction(() => {
      for (let i = 0; i < 60; i += 1) appendEvent(store, { type: 'paper-held', payload: { note: 'ă'.repeat(10_000) }, actor: 'can-bo' });
    });
    const seqs = (afterSeq: number, limit: number, maxBytes: number): number[] => storeOutbox(store).read(afterSeq, limit, maxBytes).map(({ seq }) => seq);
    expect(seqs(0, 500, 1_000_000_000)).toEqual(all(from + 60));
    expect(seqs(0, 77, 1_000_000_000)).toEqual(all(77));
    expect(seqs(from, 500, 100_000)).toEqual([1, 2, 3, 4].map((n) => from + n));
    expect(seqs(from, 500, 1)).toEqual([from + 1]);
    expect(seqs(from + 60, 500, 1)).toEqual([]);
  });

  it('aScanThatTheHubNamesAsMissingAgain_costsNoWrite', async () => {
    const missing = await scan(store, randomBytes(1000));
    storeOutbox(store).blobsWaitingCount();
    const changes = (): number => store.db.prepare<[], { n: number }>('select total_changes() as n').get()!.n;
    const before = changes();
    storeOutbox(store).blobMissing(missing);
    expect(changes()).toBe(before);
    storeOutbox(store).blobSent(missing);
    storeOutbox(store).blobMissing(missing);
    expect(changes()).toBe(before + 2);
    expect(storeOutbox(store).blobsWaitingCount()).toBe(1);
  });

  it('answersLostAfterTheCommit_makeNoSecondRow_andAreMadeUpForByAsking', async () => {
    note(40);
    proxy.plan = ['pass', 'lose-answer'];
    await expect(send()).rejects.toMatchObject({ code: 'hub-unreachable' });
    expect(await held()).toHaveLength(readHead(store).seq);
    expect(ackedSeq(store)).toBe(0);
    const { sent } = await send();
    expect([sent, ackedSeq(store)]).toEqual([0, readHead(store).seq]);
    expect(await held()).toEqual(all(readHead(store).seq));
  });

  it('aLineThatLosesEveryThirdMessageEitherWay_deliversAllOnce', async () => {
    let n = 0;
    const fates = ['pass', 'lose-request', 'pass', 'lose-answer', 'pass'] as const;
    note(700);
    for (let tries = 0; tries < 40 && (ackedSeq(store) < readHead(store).seq); tries += 1) {
      proxy.plan = Array.from({ length: 6 }, () => fates[n++ % fates.length]!);
      note(3);
      await send().catch(() => undefined);
    }
    proxy.plan = [];
    await send();
    expect(await held()).toEqual(all(readHead(store).seq));
    expect(ackedSeq(store)).toBe(readHead(store).seq);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('aServerProcessOfTheDatabaseEndedBy%sDuringThePush_losesNothing', async (signal) => {
    note(3000);
    const { seq } = readHead(store);
    const codes = new Set<string>();
    const attempt = async (): Promise<void> => { await send().catch((error: { code: string }) => codes.add(error.code)); };
    const first = attempt();
    // SIGKILL of one makes the whole server recover from its log.
    const rows = await hub.sql<{ pid: number }[]>`select pid from pg_stat_activity where application_name = 'motcua-hub' and datname = current_database() limit 4`;
    for (const { pid } of rows) process.kill(pid, signal);
    await first;
    for (let tries = 0; tries < 100 && ackedSeq(store) < seq; tries += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      await attempt();
    }
    expect(rows.length).toBeGreaterThan(0);
    expect([...codes].filter((code) => code !== 'too-busy')).toEqual([]);
    expect(await held()).toEqual(all(seq));
  });

  it('aHubSetBackToAnOlderDatabase_getsAgainWhatItLost', async () => {
    note(20);
    await send();
    await hub.close();
    const backup = `backup_${randomBytes(4).toString('hex')}`;
    await copyDatabase(hub.database, backup);
    hub = await server.hub({ database: hub.database, dataDir: hub.dataDir });
    proxy.target = hub.url;
    note(30);
    await send();
    const epochBefore = readHubLink(store)!.hubEpoch;
    expect(ackedSeq(store)).toBe(readHead(store).seq);
    await hub.close();
    // The backup comes back under a data folder that remembers more.
    hub = await server.hub({ database: backup, dataDir: hub.dataDir });
    proxy.target = hub.url;
    expect(await held()).not.toHaveLength(readHead(store).seq);
    await send();
    expect(await held()).toEqual(all(readHead(store).seq));
    expect(readHubLink(store)!.hubEpoch).not.toBe(epochBefore);
  });

  it('aHubThatHoldsMoreOrOtherThanWe_isAFork_andNothingIsSent', async () => {
    note(10);
    await send();
    const acked = ackedSeq(store);
    await hub.sql`update chain set have_seq = have_seq + 5`;
    note(2);
    await expect(send()).rejects.toMatchObject({ code: 'chain-fork' });
    await hub.sql`update chain set have_seq = have_seq - 5, have_head = ${'a'.repeat(64)}`;
    await expect(send()).rejects.toMatchObject({ code: 'chain-fork' });
    expect(ackedSeq(store)).toBe(acked);
  });

  it('anotherHubAtTheAddress_isRefused', async () => {
    const other = await server.hub();
    proxy.target = other.url;
    note(1);
    await expect(send()).rejects.toMatchObject({ code: 'device-unknown' });
  });

  it('aPortalThatAnswersForTheHub_isNoConfirmation', async () => {
    note(3);
    const portal = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
    await new Promise<void>((resolve) => { portal.listen(0, '127.0.0.1', resolve); });
    onTestFinished(() => void portal.close());
    proxy.target = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
    await expect(send()).rejects.toMatchObject({ code: 'hub-refused' });
    expect(ackedSeq(store)).toBe(0);
  });

  it('aClockThatJumps_isMarkedOnce_andDeliveryGoesOn', async () => {
    const off = (): HubClient => createHubClient({ url: proxy.url, signer: { device: store.device.id, sign: (bytes) => store.device.sign(bytes) }, now: () => Date.now() - 3_600_000 });
    note(1);
    for (let i = 0; i < 3; i += 1) await deliver(storeOutbox(store), off());
    const marks = await hub.sql<{ offset: string }[]>`select payload->>'offsetMs' as offset from event where type = 'clock-marked'`;
    expect(marks).toHaveLength(1);
    expect(Math.abs(Number(marks[0]!.offset) - 3_600_000)).toBeLessThan(10_000);
  });
});

describe('scans', () => {
  it('aScanOfSeveralPieces_goesOnWhereTheLineBroke_andIsWhole', async () => {
    const bytes = randomBytes(2_300_000);
    const sha256 = await scan(store, bytes);
    proxy.plan = ['pass', 'pass', 'pass', 'pass', 'pass', 'lose-answer'];
    await expect(send()).rejects.toMatchObject({ code: 'hub-unreachable' });
    const before = (await hub.sql<{ received: string; complete_at: unknown }[]>`select received, complete_at from blob`)[0]!;
    expect([Number(before.received) > 0, before.complete_at]).toEqual([true, null]);
    await send();
    expect(await clientOf().blobState(sha256)).toEqual({ size: bytes.length, complete: true });
    expect(storeOutbox(store).blobsWaitingCount()).toBe(0);
    const chunks = await hub.sql<{ bytes: Buffer }[]>`select bytes from blob_chunk order by start`;
    expect(chunks.some((chunk) => chunk.bytes.includes(bytes.subarray(0, 64)))).toBe(false);
  });

  it('theSameBytesInTwoEvents_areSentOnce_andAnEmptyFileIsComplete', async () => {
    const bytes = randomBytes(5_000);
    await scan(store, bytes);
    await scan(store, bytes);
    const empty = await scan(store, Buffer.alloc(0));
    await send();
    expect(proxy.seen.filter((each) => each.startsWith('PUT'))).toHaveLength(2);
    expect(await clientOf().blobState(empty)).toEqual({ size: 0, complete: true });
  });

  it('bytesWithAnotherHash_areThrownAway_andTheRightOnesPassAfterwards', async () => {
    const bytes = randomBytes(10_000);
    const sha256 = await scan(store, bytes);
    const client = clientOf();
    await client.push(storeOutbox(store).read(0, 100, 1e6));
    await expect(client.putChunk(sha256, 0, randomBytes(10_000))).rejects.toMatchObject({ code: 'blob-hash-wrong' });
    await expect(client.putChunk(sha256, 500, bytes.subarray(500))).rejects.toMatchObject({ code: 'blob-offset-wrong', detail: '0' });
    await expect(client.putChunk(sha256, 0, Buffer.concat([bytes, bytes]))).rejects.toMatchObject({ code: 'blob-offset-wrong' });
    await expect(client.putChunk('f'.repeat(64), 0, bytes)).rejects.toMatchObject({ code: 'not-found' });
    expect(await client.putChunk(sha256, 0, bytes)).toEqual({ size: 10_000, complete: true });
    expect(await client.putChunk(sha256, 0, bytes)).toEqual({ size: 10_000, complete: true });
  });

  it('aScanWhoseFileIsDamaged_doesNotHoldUpTheOthers', async () => {
    const outbox = storeOutbox(store);
    const bad = await scan(store, randomBytes(100));
    const good = await scan(store, randomBytes(5_000));
    const broken = { ...outbox, readBlob: (sha256: string, offset: number, length: number) => (sha256 === bad ? Promise.resolve(null) : outbox.readBlob(sha256, offset, length)) };
    expect(await deliver(broken, clientOf())).toMatchObject({ blobs: 1, blobProblem: 'file-unreadable' });
    expect(outbox.blobsWaiting().map(({ sha256 }) => sha256)).toEqual([bad]);
    expect((await clientOf().blobState(good)).complete).toBe(true);
  });

  it('aScanThatTheHubLost_isOfferedAgain', async () => {
    const sha256 = await scan(store, randomBytes(1_000));
    await send();
    await hub.sql`delete from blob_chunk`;
    await hub.sql`update blob set received = 0, complete_at = null`;
    note(1);
    await send();
    expect((await clientOf().blobState(sha256)).complete).toBe(true);
  });
});

describe('pull', () => {
  it('aWorkerRecordedAtOneGate_passesAtAnotherOfTheUnit_andNotElsewhere', async () => {
    const [second, elsewhere] = [await enrolledStore(), await enrolledStore('KCN-02')];
    store.transaction(() => {
      saveWorker(store, worker('NV-7', '079203001234'));
      appendEvent(store, { type: 'worker-recorded', actor: 'x', payload: workerPayload(store, worker('NV-7', '079203001234')) });
    });
    await send();
    await send(second);
    await send(elsewhere);
    expect(findWorkerByPersonalId(second, '079203001234')).toMatchObject({ workerId: 'NV-7', fullName: 'Lê Văn Chi', personalId: null });
    expect(findWorkerById(elsewhere, 'NV-7')).toBeNull();
    await send();
    expect(findWorkerById(store, 'NV-7')?.personalId).toBe('079203001234');
    const seq = readHead(second).seq;
    for (let i = 0; i < 3; i += 1) await send(second);
    expect(readHead(second).seq).toBe(seq);
  });

  it('moreChangesThanOnePage_allArrive_andTheCursorStandsBesideThem', async () => {
    for (let i = 0; i < 450; i += 1) await hub.sql`insert into change (unit, kind, key, body) values (null, 'worker', ${`NV-${i}`}, ${hub.sql.json({ workerId: `NV-${i}`, fullName: `Người số ${i}` })})`;
    expect((await send()).changes).toBe(450);
    expect(findWorkerById(store, 'NV-449')?.fullName).toBe('Người số 449');
    expect((await send()).changes).toBe(0);
  });

  it('aChangeCommittedLate_isNotSkipped', async () => {
    let release = (): void => undefined;
    const late = hub.sql.begin(async (tx) => {
      await tx`insert into change (unit, kind, key, body) values (null, 'worker', 'LATE', '{"workerId":"LATE","fullName":"Muộn"}')`;
      await new Promise<void>((resolve) => { release = resolve; });
    });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect((await localPost(hub, '/local/changes', { unit: null, change: { kind: 'worker', workerId: 'EARLY', body: { workerId: 'EARLY', fullName: 'Sớm' } } })).status).toBe(200);
    await send();
    expect(findWorkerById(store, 'EARLY')).toBeNull();
    release();
    await late;
    await send();
    expect([findWorkerById(store, 'LATE')?.fullName, findWorkerById(store, 'EARLY')?.fullName]).toEqual(['Muộn', 'Sớm']);
  });
});

describe('a brief delivery', () => {
  it('toAHubGreetedAMomentAgo_sendsOnlyWhatIsNew_andGreetsWhenTheHubLostSomething', async () => {
    await send();
    proxy.seen.length = 0;
    note(3);
    await deliver(storeOutbox(store), clientOf(), { greeted: true });
    expect(proxy.seen).toEqual(['POST /v1/events']);
    await hub.sql`truncate event, chain, gate_scan, quarantine, event_blob`;
    note(1);
    await deliver(storeOutbox(store), clientOf(), { greeted: true });
    expect(await held()).toEqual(all(readHead(store).seq));
  });
});

describe('the loop', () => {
  const loopOf = (states: SyncState[] = []): SyncLoop => {
    const loop = createSyncLoop({
      outbox: storeOutbox(store), onState: (state) => states.push(state), onBug: (error) => { throw error; }, random: () => 0.5,
      connect: (url, signal) => createHubClient({ url, signal, signer: { device: store.device.id, sign: (bytes) => store.device.sign(bytes) } }),
    });
    onTestFinished(() => loop.stop());
    return loop;
  };
  const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 400 && !await done(); i += 1) await new Promise((resolve) => { setTimeout(resolve, 25); });
    expect(await done()).toBe(true);
  };

  it('aNewEvent_isDeliveredByItself', async () => {
    const loop = loopOf();
    await until(() => loop.state().state === 'idle' && loop.state().waiting === 0);
    note(5);
    await until(() => loop.state().waiting === 0);
    expect(await held()).toEqual(all(readHead(store).seq));
    expect(loop.state()).toMatchObject({ state: 'idle', problem: null, blobsWaiting: 0 });
  });

  it('whileTheHubIsAway_itSaysSo_keepsCount_andCatchesUp', async () => {
    const states: SyncState[] = [];
    proxy.always = 'lose-request';
    const loop = loopOf(states);
    note(7);
    expect(await loop.now()).toMatchObject({ state: 'offline', problem: 'hub-unreachable', waiting: readHead(store).seq });
    proxy.always = 'pass';
    await until(() => loop.state().state === 'idle' && loop.state().waiting === 0);
    expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['offline', 'idle']));
    expect(await held()).toEqual(all(readHead(store).seq));
  });

  it('aRevokedKiosk_isToldRefused_andAForkStops', async () => {
    const loop = loopOf();
    await until(() => loop.state().state === 'idle');
    await hub.sql`update chain set have_head = ${'b'.repeat(64)}`;
    expect(await loop.now()).toMatchObject({ state: 'fork', problem: 'chain-fork' });
    await hub.sql`update kiosk set state = 'revoked'`;
    expect(await loop.now()).toMatchObject({ state: 'refused', problem: 'device-revoked' });
  });
});

function worker(workerId: string, personalId: string): Parameters<typeof saveWorker>[1] {
  return {
    workerId, fullName: 'Lê Văn Chi', department: 'Tổ may 2', employer: 'Công ty Ba', personalId, startDate: null, endDate: null, shiftId: null, cardNumber: null,
    pass: null, barred: false, language: 'vi', nationality: null, sex: 'Nam', birthDate: null, details: emptyDetails,
  };
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const { default: postgres } = await import('postgres');
  const owner = postgres(server.cluster.url('postgres'), { max: 1, onnotice: () => undefined });
  await owner.unsafe(`create database ${to} template ${from}`);
  await owner.end();
}
