import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HubClient } from '../../electron/sync/hub-client.ts';
import { openHub } from '../../hub/open-hub.ts';
import { sweep } from '../../hub/store/attempts.ts';
import { seal, unseal } from '../../hub/store/seal.ts';
import { enrolled, exportedRows, helloOf, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { gateScan, type ScriptedKiosk } from '../fixtures/scripted-kiosk.ts';

const secrets = ['Nguyễn Thị Hoa Sen', '001190000001', 'Lê Văn Gốm'];
const at = { at: '2026-11-22T03:00:00.000Z' };

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

function tellPeople(): void {
  kiosk.append('gate-scan', gateScan(1), at);
  kiosk.append('dossier-received', { dossierId: randomUUID(), dossierCode: 'H01', citizen: { fullName: secrets[0], personalId: secrets[1] } }, at);
  kiosk.append('worker-recorded', { workerId: 'CN-7', fullName: secrets[2], department: 'Gốm' }, at);
  kiosk.append('worker-left', { workerId: 'CN-7' }, at);
  // Refused, unknown and poisoned events are kept as well.
  kiosk.append('dossier-received', { citizen: secrets[0] }, at);
  kiosk.append('citizen-identified', { name: `${secrets[0]}\u0000` }, at);
}

/** Everything that a copy of the database shows, as text. */
async function everyRow(): Promise<string> {
  const tables = await hub.sql<{ name: string }[]>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  const texts: string[] = [];
  for (const { name } of tables) {
    for (const row of await hub.sql.unsafe(`select * from "${name}"`)) {
      for (const value of Object.values(row)) texts.push(Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  return texts.join('\n');
}

describe('a copy of the hub’s database', () => {
  it('showsNoNameAndNoNumber_ofEventsRostersQuarantineAndExports', async () => {
    tellPeople();
    expect(await client.push(kiosk.events)).toMatchObject({ ackedSeq: 6, quarantined: [{ code: 'payload-invalid' }, { code: 'text-unstorable' }] });
    const events = await exportedRows(hub, 'events');
    const workers = await exportedRows(hub, 'workers');
    const all = await everyRow();
    expect(all).toContain('H01');
    for (const secret of secrets) expect(all).not.toContain(secret);
    // Who may pull gets it as it was told, and can reckon every hash again.
    events.forEach((event) => delete event.receivedAt);
    expect(events).toEqual(kiosk.events.slice(0, 5));
    expect(workers).toMatchObject([{ workerId: 'CN-7', body: { fullName: secrets[2], department: 'Gốm' }, leftAt: at.at }]);
    const { changes } = await client.changes('');
    expect(changes).toMatchObject([{ kind: 'worker', workerId: 'CN-7', body: { fullName: secrets[2], type: 'worker-left' } }]);
  });

  it('whatTwoKiosksTellOfOneWorkerAtOnce_isMergedWhole', async () => {
    const { kiosk: other, client: otherClient } = await enrolled(hub);
    kiosk.append('worker-recorded', { workerId: 'CN-7', fullName: secrets[2] }, at);
    other.append('worker-recorded', { workerId: 'CN-7', department: 'Gốm' }, at);
    await Promise.all([client.push(kiosk.events), otherClient.push(other.events)]);
    expect(await exportedRows(hub, 'workers')).toMatchObject([{ body: { fullName: secrets[2], department: 'Gốm' } }]);
    // Older news changes nothing.
    other.append('worker-recorded', { workerId: 'CN-7', department: 'Cũ' }, { at: '2026-11-01T00:00:00.000Z' });
    await otherClient.push(other.events);
    expect(await exportedRows(hub, 'workers')).toMatchObject([{ body: { fullName: secrets[2], department: 'Gốm' } }]);
  });

  it('withRowsFromBeforeTheyWereSealed_isStillReadWhole', async () => {
    tellPeople();
    await client.push(kiosk.events.slice(0, 3));
    const { salt, payload } = kiosk.events[1]!;
    await hub.sql`update event set sealed = null, salt = ${salt}, payload = ${JSON.stringify(payload)}::text::jsonb where seq = 2`;
    await hub.sql`update worker set sealed = null, body = '{"fullName": "Cũ", "shiftId": "A"}'`;
    await hub.sql`update change set sealed = null, body = '{"fullName": "Cũ"}'`;
    expect(await exportedRows(hub, 'events')).toMatchObject([{}, { salt, payload }, {}]);
    expect((await client.changes('')).changes).toMatchObject([{ body: { fullName: 'Cũ' } }]);
    await client.push(kiosk.events.slice(3, 4));
    expect(await exportedRows(hub, 'workers')).toMatchObject([{ body: { fullName: 'Cũ', shiftId: 'A', workerId: 'CN-7' } }]);
    expect(await hub.sql`select body from worker`).toMatchObject([{ body: null }]);
  });

  it('leavesNoPiecesOfAnExportThatACrashCutShort', async () => {
    await hub.sql`insert into export_chunk (export_id, chunk_no, bytes, at) values
      (${randomUUID()}, 0, 'x', now() - interval '25 hours'), (${randomUUID()}, 0, 'y', now())`;
    await sweep(hub.sql as Parameters<typeof sweep>[0]);
    expect(await hub.sql`select bytes from export_chunk`).toHaveLength(1);
  });
});

describe('sealed bytes', () => {
  it('openOnlyAtTheirPlace_withTheirKey_unchanged', () => {
    const key = randomBytes(32);
    const sealed = seal(key, 'event 1', Buffer.from('xin chào'));
    expect(unseal(key, 'event 1', sealed).toString()).toBe('xin chào');
    expect(() => unseal(key, 'event 2', sealed)).toThrow(/unable to authenticate/);
    expect(() => unseal(randomBytes(32), 'event 1', sealed)).toThrow(/unable to authenticate/);
    sealed[14]! ^= 1;
    expect(() => unseal(key, 'event 1', sealed)).toThrow(/unable to authenticate/);
  });
});

describe('replicas of the hub', () => {
  const replica = (dataDir: string): ReturnType<typeof openHub> =>
    openHub({ databaseUrl: server.cluster.url(hub.database), dataDir, host: '127.0.0.1', port: 0, behindTls: false });

  it('withoutTheKeyOfTheDatabase_areRefused_andMakeNoOther', async () => {
    const dataDir = path.join(server.dir, 'no-key');
    await expect(replica(dataDir)).rejects.toMatchObject({ code: 'store-key-missing' });
    expect(existsSync(path.join(dataDir, 'hub.key'))).toBe(false);
    process.env.MOTCUA_HUB_KEY = randomBytes(32).toString('base64');
    try {
      await expect(replica(dataDir)).rejects.toMatchObject({ code: 'store-key-wrong' });
    } finally {
      delete process.env.MOTCUA_HUB_KEY;
    }
    await rm(dataDir, { recursive: true, force: true });
  });

  it('shareSessionsNoncesAndTheHubsEpoch', async () => {
    const second = await replica(hub.dataDir);
    try {
      const login = await fetch(new URL('/login', hub.url), { method: 'POST', redirect: 'manual', body: new URLSearchParams({ name: 'admin', password: hub.admin.password! }).toString() });
      const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
      expect((await fetch(new URL('/', second.url), { redirect: 'manual', headers: { cookie } })).status).toBe(200);
      // The one that was started first tells the new epoch too: kiosks must not be sent to and fro between two.
      await hub.sql`update hub_state set hub_epoch = '00000000000000aa'`;
      expect((await client.hello(helloOf(kiosk))).hubEpoch).toBe('00000000000000aa');
      expect((await client.changes('')).cursor).toMatch(/^00000000000000aa\./);
    } finally {
      await second.close();
    }
  });
});
