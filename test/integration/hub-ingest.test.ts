import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHubClient, enrolWithHub, type HubClient } from '../../electron/sync/hub-client.ts';
import { zeroHash, type EventType } from '../../shared/contracts/event.ts';
import { openKeys } from '../../hub/store/keys.ts';
import { unsealJson } from '../../hub/store/seal.ts';
import { enrolCode, enrolled, helloOf, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { gateScan, scriptedKiosk, sealEvent, sha256, type ScriptedKiosk } from '../fixtures/scripted-kiosk.ts';

let server: TestServer;
let hub: TestHub;
let kiosk: ScriptedKiosk;
let client: HubClient;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  hub = await server.hub();
  ({ kiosk, client } = await enrolled(hub));
}, 30_000);

const append = (count: number): void => {
  for (let i = 0; i < count; i += 1) kiosk.append('gate-scan', gateScan(i));
};
const stored = async (): Promise<number[]> => (await hub.sql<{ seq: string }[]>`select seq from event order by epoch, seq`).map(({ seq }) => Number(seq));

describe('enrolment', () => {
  const input = (k: ScriptedKiosk, code: string) => ({ code, publicKey: k.publicKey, name: 'Cổng 2', mode: 'gate' as const, appVersion: '0.1.0' });

  it('aCodeUsedByAnotherDevice_isRefused_andTheSameDeviceMayRetry', async () => {
    const code = await enrolCode(hub);
    const first = scriptedKiosk();
    const answer = await enrolWithHub(hub.url, input(first, code));
    expect(await enrolWithHub(hub.url, input(first, code))).toMatchObject({ device: first.device, siteKey: answer.siteKey });
    await expect(enrolWithHub(hub.url, input(scriptedKiosk(), code))).rejects.toMatchObject({ code: 'enrol-code-wrong' });
  });

  it('twoDevicesWithOneCodeAtOnce_onlyOneIsEnrolled', async () => {
    const code = await enrolCode(hub);
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => enrolWithHub(hub.url, input(scriptedKiosk(), code))));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('aCodeOlderThanAQuarterOfAnHour_isRefused', async () => {
    const code = await enrolCode(hub);
    await hub.sql`update enrol_code set expires_at = now() - interval '1 second'`;
    await expect(enrolWithHub(hub.url, input(scriptedKiosk(), code))).rejects.toMatchObject({ code: 'enrol-code-wrong' });
  });

  it('tenWrongCodes_closeTheDoorToTheRightOneToo', async () => {
    const code = await enrolCode(hub);
    for (let i = 0; i < 10; i += 1) {
      await expect(enrolWithHub(hub.url, input(scriptedKiosk(), 'ZZZZZZZZ'))).rejects.toMatchObject({ code: 'enrol-code-wrong' });
    }
    await expect(enrolWithHub(hub.url, input(scriptedKiosk(), code))).rejects.toMatchObject({ code: 'too-busy' });
  });

  it('kiosksOfOneUnit_getOneSiteKey_ofAnotherUnitAnother', async () => {
    const keyOf = async (unit: string): Promise<string> => (await enrolWithHub(hub.url, input(scriptedKiosk(), await enrolCode(hub, unit)))).siteKey;
    expect(await keyOf('KCN-01')).toBe(await keyOf('KCN-01'));
    expect(await keyOf('KCN-01')).not.toBe(await keyOf('KCN-02'));
  });
});

describe('push', () => {
  it('theSameBatchTwice_isStoredOnce', async () => {
    append(20);
    expect(await client.push(kiosk.events)).toEqual({ ackedSeq: 20, quarantined: [], missingBlobs: [] });
    expect(await client.push(kiosk.events)).toEqual({ ackedSeq: 20, quarantined: [], missingBlobs: [] });
    expect(await stored()).toHaveLength(20);
    expect(await client.hello(helloOf(kiosk))).toMatchObject({ haveSeq: 20, haveHead: kiosk.events[19]!.hash });
  });

  it('theSameBatchTenTimesAtOnce_isStoredOnce_andEachIsConfirmed', async () => {
    append(50);
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.push(kiosk.events)));
    expect(answers.map(({ ackedSeq }) => ackedSeq)).toEqual(Array(10).fill(50));
    expect(await stored()).toHaveLength(50);
    const [{ n } = { n: '' }] = await hub.sql<{ n: string }[]>`select count(*) as n from gate_scan`;
    expect(Number(n)).toBe(50);
  });

  it('aBatchThatOverlaps_storesOnlyItsTail', async () => {
    append(10);
    await client.push(kiosk.events);
    append(10);
    expect(await client.push(kiosk.events.slice(5))).toMatchObject({ ackedSeq: 20 });
    expect(await stored()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('aBatchAfterAGap_isRefused', async () => {
    append(10);
    await expect(client.push(kiosk.events.slice(3))).rejects.toMatchObject({ code: 'seq-gap', detail: '0' });
    expect(await stored()).toEqual([]);
  });

  it('anotherEventAtTheSamePlace_isAFork_andLeavesAnAlarm', async () => {
    append(5);
    await client.push(kiosk.events);
    const other = sealEvent({ device: kiosk.device, epoch: kiosk.epoch, seq: 5, type: 'gate-scan', prevHash: kiosk.events[3]!.hash }, gateScan(99));
    await expect(client.push([other])).rejects.toMatchObject({ code: 'chain-fork' });
    const follower = sealEvent({ device: kiosk.device, epoch: kiosk.epoch, seq: 6, type: 'gate-scan', prevHash: other.hash }, gateScan(6));
    await expect(client.push([follower])).rejects.toMatchObject({ code: 'chain-fork' });
    const alarms = await hub.sql<{ code: string; times: string }[]>`select code, times from alarm where cleared_at is null`;
    expect(alarms.map(({ code, times }) => [code, Number(times)])).toEqual([['chain-fork', 2]]);
    expect(await stored()).toHaveLength(5);
  });

  it('anEventOfAnUnknownTypeOrANewerForm_isQuarantined_andTheRestFlows', async () => {
    append(1);
    kiosk.append('moon-landed' as EventType, { crew: 3 });
    kiosk.append('gate-scan', gateScan(1), { schemaV: 99 });
    append(1);
    expect(await client.push(kiosk.events)).toEqual({
      ackedSeq: 4, quarantined: [{ seq: 2, code: 'type-unknown' }, { seq: 3, code: 'schema-newer' }], missingBlobs: [],
    });
    expect(await stored()).toEqual([1, 2, 3, 4]);
    expect(await client.push(kiosk.events)).toMatchObject({ ackedSeq: 4, quarantined: [{ seq: 2 }, { seq: 3 }] });
  });

  it('poisonInAPayload_isKeptRawInQuarantine_andTheRestFlows', async () => {
    kiosk.append('gate-scan', { ...gateScan(1), reason: 'nul\u0000byte' });
    kiosk.append('gate-scan', { ...gateScan(1), reason: '\ud800 alone' });
    kiosk.append('gate-scan', { lane: 'L1' });
    kiosk.append('gate-scan', { ...gateScan(1), deep: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown });
    kiosk.append('gate-scan', gateScan(1), { at: '0000-01-01T00:00:00.000Z' });
    append(1);
    const { ackedSeq, quarantined } = await client.push(kiosk.events);
    expect(ackedSeq).toBe(6);
    expect(quarantined.map(({ code }) => code)).toEqual(['text-unstorable', 'text-unstorable', 'payload-invalid', 'text-unstorable', 'time-unusable']);
    const raws = await hub.sql<{ seq: string; raw: Buffer | null }[]>`select seq, raw from quarantine order by seq`;
    const { record } = await openKeys(hub.sql as Parameters<typeof openKeys>[0], hub.dataDir);
    const raw = unsealJson(record(kiosk.device), `quarantine ${kiosk.device} ${kiosk.epoch} 1`, raws[0]!.raw!);
    expect((raw as { payload: { reason: string } }).payload.reason).toBe('nul\u0000byte');
  });

  it('aPayloadOrAHeaderThatWasAltered_isQuarantined', async () => {
    append(3);
    kiosk.events[0] = { ...kiosk.events[0]!, payload: { ...gateScan(0), workerId: 'NV-66666' } };
    kiosk.events[1] = { ...kiosk.events[1]!, actor: 'somebody' };
    expect((await client.push(kiosk.events)).quarantined).toEqual([{ seq: 1, code: 'payload-hash' }, { seq: 2, code: 'hash-mismatch' }]);
  });

  it('anIdThatAnotherEventHas_isQuarantined', async () => {
    append(1);
    kiosk.append('gate-scan', gateScan(1), { id: kiosk.events[0]!.id });
    expect(await client.push(kiosk.events)).toMatchObject({ ackedSeq: 2, quarantined: [{ seq: 2, code: 'id-taken' }] });
  });

  it('anErasedPayload_isStored_andTheChainStillHolds', async () => {
    append(2);
    kiosk.events[0] = { ...kiosk.events[0]!, salt: null, payload: null };
    expect(await client.push(kiosk.events)).toMatchObject({ ackedSeq: 2, quarantined: [] });
  });

  it('aNewEpoch_startsAgainAtOne_besideTheOldOne', async () => {
    append(3);
    await client.push(kiosk.events);
    [kiosk.epoch, kiosk.events] = [randomBytes(8).toString('hex'), []];
    append(2);
    expect(await client.push(kiosk.events)).toMatchObject({ ackedSeq: 2 });
    expect((await stored()).toSorted()).toEqual([1, 1, 2, 2, 3]);
  });

  it('theAppsRole_canNeitherChangeNorDeleteAnEvent', async () => {
    append(1);
    await client.push(kiosk.events);
    for (const statement of ["update event set actor = 'x'", 'delete from event', 'truncate event', "update gate_scan set lane = 'x'", 'delete from quarantine']) {
      await expect(hub.sql.begin(async (tx) => {
        await tx`set local role hub_app`;
        await tx.unsafe(statement);
      })).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('signature', () => {
  const signed = async (over: Partial<Record<'device' | 'time' | 'nonce' | 'signature' | 'path' | 'body', string>> = {}): Promise<Response> => {
    // Said once: it names the time of day.
    const said = JSON.stringify(helloOf(kiosk));
    const body = over.body ?? said;
    const time = over.time ?? new Date().toISOString();
    const nonce = over.nonce ?? randomBytes(16).toString('hex');
    const signature = over.signature ?? Buffer.from(await kiosk.signer.sign(Buffer.from(`POST\n${over.path ?? '/v1/hello'}\n${sha256(said)}\n${time}\n${nonce}`))).toString('base64');
    return fetch(new URL('/v1/hello', hub.url), { method: 'POST', body, headers: {
      'content-type': 'application/json', 'motcua-device': over.device ?? kiosk.device, 'motcua-time': time, 'motcua-nonce': nonce, 'motcua-signature': signature,
    } });
  };
  const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { problem?: { code: string } }).problem?.code ?? 'none';

  it('aRequestSentAgain_isRefused', async () => {
    const again = { time: new Date().toISOString(), nonce: 'ab'.repeat(16) };
    expect((await signed(again)).status).toBe(200);
    const second = await signed(again);
    expect([second.status, await codeOf(second)]).toEqual([401, 'signature-invalid']);
  });

  it('anotherPathBodyDeviceOrSignature_isRefused', async () => {
    expect(await codeOf(await signed({ path: '/v1/events' }))).toBe('signature-invalid');
    expect(await codeOf(await signed({ body: '{}' }))).toBe('signature-invalid');
    expect(await codeOf(await signed({ signature: Buffer.alloc(64).toString('base64') }))).toBe('signature-invalid');
    expect(await codeOf(await signed({ signature: 'short' }))).toBe('signature-invalid');
    expect(await codeOf(await signed({ device: 'f'.repeat(64) }))).toBe('device-unknown');
    const other = await enrolled(hub);
    expect(await codeOf(await signed({ device: other.kiosk.device }))).toBe('signature-invalid');
  });

  it('aKioskWhoseClockIsYearsOff_isToldTheTimeOnce_andPasses', async () => {
    expect(await codeOf(await signed({ time: '2019-01-01T00:00:00.000Z' }))).toBe('clock-off');
    const off = createHubClient({ url: hub.url, signer: kiosk.signer, now: () => Date.now() - 7 * 365 * 86_400_000 });
    await off.hello(helloOf(kiosk));
    expect(Math.abs(off.clock.offsetMs - 7 * 365 * 86_400_000)).toBeLessThan(5_000);
  });

  it('aRevokedKiosk_isRefused', async () => {
    await hub.sql`update kiosk set state = 'revoked'`;
    await expect(client.hello(helloOf(kiosk))).rejects.toMatchObject({ code: 'device-revoked' });
  });
});

describe('hostile input', () => {
  const raw = async (path: string, init: RequestInit): Promise<[number, string]> => {
    const response = await fetch(new URL(path, hub.url), init);
    const json = await response.json() as { problem?: { code: string; vi: string } };
    expect(json.problem?.vi).toBeTruthy();
    return [response.status, json.problem!.code];
  };
  const signedRaw = async (method: string, path: string, body: Buffer, headers: Record<string, string> = {}): Promise<[number, string]> => {
    const time = new Date().toISOString();
    const nonce = randomBytes(16).toString('hex');
    const signature = Buffer.from(await kiosk.signer.sign(Buffer.from(`${method}\n${path}\n${sha256(body)}\n${time}\n${nonce}`))).toString('base64');
    return raw(path, { method, ...(method === 'GET' ? {} : { body: new Uint8Array(body) }), headers: {
      'motcua-device': kiosk.device, 'motcua-time': time, 'motcua-nonce': nonce, 'motcua-signature': signature, ...headers,
    } });
  };

  it('everyRouteAnswersACodedProblem_never500', async () => {
    const bodies = [Buffer.from(''), Buffer.from('{'), Buffer.from('null'), Buffer.from('[]'), Buffer.from('{"events":[]}'), Buffer.from('{"events":[{}]}'),
      Buffer.from(`{"events":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('{"epoch":1e999,"__proto__":{"a":1}}'),
      gzipSync('{"events":1}')];
    for (const path of ['/v1/hello', '/v1/events', '/v1/enrol']) {
      for (const body of bodies) {
        const [status, code] = await signedRaw('POST', path, body);
        expect([status < 500, code], `${path} ${body.subarray(0, 20).toString('latin1')}`).toEqual([true, expect.stringMatching(/^(request-invalid|batch-too-large)$/)]);
      }
    }
  });

  it('oversizedBodiesAndBombs_areRefused', async () => {
    expect(await signedRaw('POST', '/v1/events', Buffer.alloc(5_000_000, 32))).toEqual([413, 'batch-too-large']);
    const bomb = gzipSync(Buffer.alloc(50_000_000, 32));
    expect(await signedRaw('POST', '/v1/events', bomb, { 'content-encoding': 'gzip' })).toEqual([413, 'batch-too-large']);
    expect(await signedRaw('POST', '/v1/events', Buffer.from('{}'), { 'content-encoding': 'gzip' })).toEqual([400, 'request-invalid']);
    expect(await signedRaw('POST', '/v1/events', Buffer.from('{}'), { 'content-encoding': 'br' })).toEqual([400, 'request-invalid']);
    expect(await signedRaw('PUT', `/v1/blobs/${'a'.repeat(64)}?offset=0`, Buffer.alloc(1_100_000))).toEqual([413, 'batch-too-large']);
  });

  it('wrongPathsCursorsAndOffsets_areRefused', async () => {
    expect(await signedRaw('GET', '/v1/blobs/xyz', Buffer.alloc(0))).toEqual([400, 'request-invalid']);
    expect(await signedRaw('PUT', `/v1/blobs/${'a'.repeat(64)}?offset=-1`, Buffer.from('a'))).toEqual([400, 'request-invalid']);
    expect(await signedRaw('PUT', `/v1/blobs/${'a'.repeat(64)}`, Buffer.from('a'))).toEqual([400, 'request-invalid']);
    expect(await signedRaw('PUT', `/v1/blobs/${'a'.repeat(64)}?offset=0`, Buffer.from('a'))).toEqual([404, 'not-found']);
    expect(await signedRaw('GET', `/v1/changes?cursor=${'9'.repeat(500)}`, Buffer.alloc(0))).toEqual([400, 'request-invalid']);
    expect(await raw('/v1/nothing', { method: 'POST' })).toEqual([404, 'request-unknown']);
    expect(await raw('/%ff', {})).toEqual([400, 'request-invalid']);
    expect(await raw('/v1/hello', { method: 'POST', body: '{}' })).toEqual([401, 'signature-invalid']);
    expect(await raw('/local/enrol-codes', { method: 'POST', body: '{"unit":"x"}' })).toEqual([401, 'token-wrong']);
  });

  it('aPayloadNestedAHundredThousandDeep_isQuarantined', async () => {
    append(1);
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const body = Buffer.from(JSON.stringify({ events: kiosk.events }).replace(/"payload":\{[^}]*\}/, `"payload":${deep}`));
    const time = new Date().toISOString();
    const nonce = randomBytes(16).toString('hex');
    const signature = Buffer.from(await kiosk.signer.sign(Buffer.from(`POST\n/v1/events\n${sha256(body)}\n${time}\n${nonce}`))).toString('base64');
    const response = await fetch(new URL('/v1/events', hub.url), { method: 'POST', body: new Uint8Array(body), headers: {
      'motcua-device': kiosk.device, 'motcua-time': time, 'motcua-nonce': nonce, 'motcua-signature': signature,
    } });
    expect([response.status, await response.json()]).toMatchObject([200, { ackedSeq: 1, quarantined: [{ seq: 1, code: 'text-unstorable' }] }]);
  });

  it('aBatchOfAnotherDeviceOrOutOfOrder_isRefused', async () => {
    append(3);
    const [a, b, c] = kiosk.events as [never, never, never];
    await expect(client.push([a, c, b])).rejects.toMatchObject({ code: 'request-invalid' });
    const stranger = sealEvent({ device: 'e'.repeat(64), epoch: kiosk.epoch, seq: 1, type: 'gate-scan', prevHash: zeroHash }, gateScan(1));
    await expect(client.push([stranger])).rejects.toMatchObject({ code: 'request-invalid' });
  });
});
