import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { enrolKiosk } from '../../electron/service/handlers/sync.ts';
import { storeOutbox } from '../../electron/service/sync-loop.ts';
import { ackedSeq, appendEvent, findWorkerByPersonalId, openStore, readHead, readHubLink, readKiosk, saveWorker, writeKiosk } from '../../electron/store/index.ts';
import { deliver } from '../../electron/sync/deliver.ts';
import { createHubClient, type HubClient } from '../../electron/sync/hub-client.ts';
import { createSyncLoop, type SyncLoop } from '../../electron/sync/sync-loop.ts';
import type { SyncState } from '../../shared/contracts/requests/system.ts';
import { enrolCode, localPost } from '../fixtures/hub-server.ts';
import { oneTo, syncLine, syncWorker } from './sync-line.ts';
import { temporaryFolder } from './temporary.ts';

const line = syncLine();

describe('enrolment of a store', () => {
  it('theHubsUnitAndSiteKey_areTakenOver_andNumbersAreHashedAnew', async () => {
    const fresh = openStore(temporaryFolder(), { create: true, appVersion: '0.1.0' });
    onTestFinished(() => fresh.close());
    fresh.transaction(() => {
      writeKiosk(fresh, { mode: 'gate', unit: { code: 'x', name: 'X' }, lanes: [], demo: false });
      saveWorker(fresh, syncWorker('NV-1', '079203001234'));
    });
    const code = await enrolCode(line.hub);
    await enrolKiosk(fresh, line.hub.url, ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `, 'quan-tri');
    expect(readHubLink(fresh)).toMatchObject({ url: line.hub.url, cursor: '' });
    expect(findWorkerByPersonalId(fresh, '079203001234')?.workerId).toBe('NV-1');
    expect(fresh.transaction(() => appendEvent(fresh, { type: 'gate-scan', payload: {}, actor: 'gate' })).seq).toBeGreaterThan(1);
  });

  it('aHubThatKnowsNoNameForTheUnit_leavesTheNameTypedOnTheKiosk', async () => {
    const nameless = (await localPost(line.hub, '/local/enrol-codes', { unit: 'KCN-09' })).json.code as unknown as string;
    line.store.transaction(() => writeKiosk(line.store, { mode: 'gate', unit: { code: 'chưa', name: 'Nhà máy Mẫu' }, lanes: [], demo: false }));
    await enrolKiosk(line.store, line.proxy.url, nameless, 'quan-tri');
    expect(readKiosk(line.store)?.unit).toEqual({ code: 'KCN-09', name: 'Nhà máy Mẫu' });
    await enrolKiosk(line.store, line.proxy.url, await enrolCode(line.hub), 'quan-tri');
    expect(readKiosk(line.store)?.unit).toEqual({ code: 'KCN-01', name: 'Khu công nghiệp số 1' });
  });

  it('plainHttpToAnotherMachine_isRefused', async () => {
    await expect(enrolKiosk(line.store, 'http://192.0.2.1:8480', await enrolCode(line.hub), 'x')).rejects.toMatchObject({ code: 'hub-address' });
  });
});

describe('delivery', () => {
  it('everythingThatWaits_arrivesInOrder_andIsConfirmed', async () => {
    line.note(1234);
    const { seq } = readHead(line.store);
    await line.send();
    expect(await line.held()).toEqual(oneTo(seq));
    expect(ackedSeq(line.store)).toBe(seq);
  });

  it('ofEventsThatFillAMessage_onlyThoseThatGoAlongAreRead_withoutAGapBetweenSlices', () => {
    line.note(120);
    const from = readHead(line.store).seq;
    line.store.transaction(() => {
      for (let i = 0; i < 60; i += 1) appendEvent(line.store, { type: 'paper-held', payload: { note: 'ă'.repeat(10_000) }, actor: 'can-bo' });
    });
    const seqs = (afterSeq: number, limit: number, maxBytes: number): number[] => storeOutbox(line.store).read(afterSeq, limit, maxBytes).map(({ seq }) => seq);
    expect(seqs(0, 500, 1_000_000_000)).toEqual(oneTo(from + 60));
    expect(seqs(0, 77, 1_000_000_000)).toEqual(oneTo(77));
    expect(seqs(from, 500, 100_000)).toEqual([1, 2, 3, 4].map((n) => from + n));
    expect(seqs(from, 500, 1)).toEqual([from + 1]);
    expect(seqs(from + 60, 500, 1)).toEqual([]);
  });

  it('answersLostAfterTheCommit_makeNoSecondRow_andAreMadeUpForByAsking', async () => {
    line.note(40);
    line.proxy.plan = ['pass', 'lose-answer'];
    await expect(line.send()).rejects.toMatchObject({ code: 'hub-unreachable' });
    expect(await line.held()).toHaveLength(readHead(line.store).seq);
    expect(ackedSeq(line.store)).toBe(0);
    const { sent } = await line.send();
    expect([sent, ackedSeq(line.store)]).toEqual([0, readHead(line.store).seq]);
    expect(await line.held()).toEqual(oneTo(readHead(line.store).seq));
  });

  it('aLineThatLosesEveryThirdMessageEitherWay_deliversAllOnce', async () => {
    let n = 0;
    const fates = ['pass', 'lose-request', 'pass', 'lose-answer', 'pass'] as const;
    line.note(700);
    for (let tries = 0; tries < 40 && (ackedSeq(line.store) < readHead(line.store).seq); tries += 1) {
      line.proxy.plan = Array.from({ length: 6 }, () => fates[n++ % fates.length]!);
      line.note(3);
      await line.send().catch(() => undefined);
    }
    line.proxy.plan = [];
    await line.send();
    expect(await line.held()).toEqual(oneTo(readHead(line.store).seq));
    expect(ackedSeq(line.store)).toBe(readHead(line.store).seq);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('aServerProcessOfTheDatabaseEndedBy%sDuringThePush_losesNothing', async (signal) => {
    line.note(3000);
    const { seq } = readHead(line.store);
    const codes = new Set<string>();
    const attempt = async (): Promise<void> => { await line.send().catch((error: { code: string }) => codes.add(error.code)); };
    const first = attempt();
    // SIGKILL of one makes the whole server recover from its log.
    const rows = await line.hub.sql<{ pid: number }[]>`select pid from pg_stat_activity where application_name = 'motcua-hub' and datname = current_database() limit 4`;
    for (const { pid } of rows) process.kill(pid, signal);
    await first;
    // On a busy machine the recovery takes a quarter of a minute and more.
    for (let tries = 0; tries < 800 && ackedSeq(line.store) < seq; tries += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      await attempt();
    }
    expect(rows.length).toBeGreaterThan(0);
    expect([...codes].filter((code) => code !== 'too-busy')).toEqual([]);
    expect(await line.held()).toEqual(oneTo(seq));
  });

  it('aHubSetBackToAnOlderDatabase_getsAgainWhatItLost', async () => {
    line.note(20);
    await line.send();
    await line.hub.close();
    const backup = `backup_${randomBytes(4).toString('hex')}`;
    await copyDatabase(line.hub.database, backup);
    line.hub = await line.server.hub({ database: line.hub.database, dataDir: line.hub.dataDir });
    line.proxy.target = line.hub.url;
    line.note(30);
    await line.send();
    const epochBefore = readHubLink(line.store)!.hubEpoch;
    expect(ackedSeq(line.store)).toBe(readHead(line.store).seq);
    await line.hub.close();
    // The backup comes back under a data folder that remembers more.
    line.hub = await line.server.hub({ database: backup, dataDir: line.hub.dataDir });
    line.proxy.target = line.hub.url;
    expect(await line.held()).not.toHaveLength(readHead(line.store).seq);
    await line.send();
    expect(await line.held()).toEqual(oneTo(readHead(line.store).seq));
    expect(readHubLink(line.store)!.hubEpoch).not.toBe(epochBefore);
  });

  it('aHubThatHoldsMoreOrOtherThanWe_isAFork_andNothingIsSent', async () => {
    line.note(10);
    await line.send();
    const acked = ackedSeq(line.store);
    await line.hub.sql`update chain set have_seq = have_seq + 5`;
    line.note(2);
    await expect(line.send()).rejects.toMatchObject({ code: 'chain-fork' });
    await line.hub.sql`update chain set have_seq = have_seq - 5, have_head = ${'a'.repeat(64)}`;
    await expect(line.send()).rejects.toMatchObject({ code: 'chain-fork' });
    expect(ackedSeq(line.store)).toBe(acked);
  });

  it('anotherHubAtTheAddress_isRefused', async () => {
    const other = await line.server.hub();
    line.proxy.target = other.url;
    line.note(1);
    await expect(line.send()).rejects.toMatchObject({ code: 'device-unknown' });
  });

  it('aPortalThatAnswersForTheHub_isNoConfirmation', async () => {
    line.note(3);
    const portal = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
    await new Promise<void>((resolve) => { portal.listen(0, '127.0.0.1', resolve); });
    onTestFinished(() => void portal.close());
    line.proxy.target = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
    await expect(line.send()).rejects.toMatchObject({ code: 'hub-refused' });
    expect(ackedSeq(line.store)).toBe(0);
  });

  it('aClockThatJumps_isMarkedOnce_andDeliveryGoesOn', async () => {
    const off = (): HubClient => createHubClient({ url: line.proxy.url, signer: { device: line.store.device.id, sign: (bytes) => line.store.device.sign(bytes) }, now: () => Date.now() - 3_600_000 });
    line.note(1);
    for (let i = 0; i < 3; i += 1) await deliver(storeOutbox(line.store), off());
    const marks = await line.hub.sql<{ offset: string }[]>`select payload->>'offsetMs' as offset from event where type = 'clock-marked'`;
    expect(marks).toHaveLength(1);
    expect(Math.abs(Number(marks[0]!.offset) - 3_600_000)).toBeLessThan(10_000);
  });
});

describe('a brief delivery', () => {
  it('toAHubGreetedAMomentAgo_sendsOnlyWhatIsNew_andGreetsWhenTheHubLostSomething', async () => {
    await line.send();
    line.proxy.seen.length = 0;
    line.note(3);
    await deliver(storeOutbox(line.store), line.client(), { greeted: true });
    expect(line.proxy.seen).toEqual(['POST /v1/events']);
    await line.hub.sql`truncate event, chain, gate_scan, quarantine, event_blob`;
    line.note(1);
    await deliver(storeOutbox(line.store), line.client(), { greeted: true });
    expect(await line.held()).toEqual(oneTo(readHead(line.store).seq));
  });
});

describe('the loop', () => {
  const loopOf = (states: SyncState[] = []): SyncLoop => {
    const loop = createSyncLoop({
      outbox: storeOutbox(line.store), onState: (state) => states.push(state), onBug: (error) => { throw error; }, random: () => 0.5,
      connect: (url, signal) => createHubClient({ url, signal, signer: { device: line.store.device.id, sign: (bytes) => line.store.device.sign(bytes) } }),
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
    line.note(5);
    await until(() => loop.state().waiting === 0);
    expect(await line.held()).toEqual(oneTo(readHead(line.store).seq));
    expect(loop.state()).toMatchObject({ state: 'idle', problem: null, blobsWaiting: 0 });
  });

  it('whileTheHubIsAway_itSaysSo_keepsCount_andCatchesUp', async () => {
    const states: SyncState[] = [];
    line.proxy.always = 'lose-request';
    const loop = loopOf(states);
    line.note(7);
    expect(await loop.now()).toMatchObject({ state: 'offline', problem: 'hub-unreachable', waiting: readHead(line.store).seq });
    line.proxy.always = 'pass';
    await until(() => loop.state().state === 'idle' && loop.state().waiting === 0);
    expect(states.map(({ state }) => state)).toEqual(expect.arrayContaining(['offline', 'idle']));
    expect(await line.held()).toEqual(oneTo(readHead(line.store).seq));
  });

  it('aRevokedKiosk_isToldRefused_andAForkStops', async () => {
    const loop = loopOf();
    await until(() => loop.state().state === 'idle');
    await line.hub.sql`update chain set have_head = ${'b'.repeat(64)}`;
    expect(await loop.now()).toMatchObject({ state: 'fork', problem: 'chain-fork' });
    await line.hub.sql`update kiosk set state = 'revoked'`;
    expect(await loop.now()).toMatchObject({ state: 'refused', problem: 'device-revoked' });
  });
});

async function copyDatabase(from: string, to: string): Promise<void> {
  const { default: postgres } = await import('postgres');
  const owner = postgres(line.server.cluster.url('postgres'), { max: 1, onnotice: () => undefined });
  await owner.unsafe(`create database ${to} template ${from}`);
  await owner.end();
}
