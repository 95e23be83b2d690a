import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { syncHandlers } from '../../electron/service/handlers/sync.ts';
import { readEvents, readHead, verifyChain } from '../../electron/store/index.ts';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import { requests } from '../../shared/contracts/requests/index.ts';
import { enrolCode, localPost, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { startCounter } from './counter-service.ts';

let server: TestServer;
let hub: TestHub;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => { hub = await server.hub(); }, 30_000);

async function exported(dataset: string): Promise<{ rows: Record<string, unknown>[]; sha256: string; told: string }> {
  const token = String((await localPost(hub, '/local/tokens', { name: 'thử' })).json.token);
  const response = await fetch(new URL(`/v1/export?dataset=${dataset}&from=2020-01-01&to=2030-01-01&format=ndjson`, hub.url), { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  return {
    rows: text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>),
    sha256: createHash('sha256').update(text).digest('hex'), told: response.headers.get('motcua-sha256')!,
  };
}

describe('the service and its hub', () => {
  it('aDemoCounter_isDeliveredWhole_andTheExportIsWhatTheKioskHolds', async () => {
    const { service: { context } } = await startCounter({ demo: true });
    const { store } = context;
    const handlers = syncHandlers(context);
    expect(requests['sync/status'].output.parse(await handlers['sync/status']({}))).toMatchObject({ state: 'not-enrolled', hubUrl: null });
    await expect(handlers['sync/enrol']({ url: hub.url, code: 'SAI MA' })).rejects.toMatchObject({ code: 'enrol-code-wrong' });
    await handlers['sync/enrol']({ url: hub.url, code: await enrolCode(hub, 'P-01') });
    let state = await handlers['sync/now']({});
    for (let i = 0; i < 20 && (state.waiting > 0 || state.blobsWaiting > 0); i += 1) state = await handlers['sync/now']({});
    expect(requests['sync/now'].output.parse(state)).toMatchObject({ state: 'idle', waiting: 0, blobsWaiting: 0, problem: null, hubUrl: hub.url });

    expect([...await hub.sql`select seq, code from quarantine`]).toEqual([]);
    const { rows, sha256, told } = await exported('events');
    expect(sha256).toBe(told);
    const local: StoredEvent[] = [];
    while (local.length < readHead(store).seq) local.push(...readEvents(store, { afterSeq: local.length, limit: 1000 }));
    rows.forEach((row) => delete row.receivedAt);
    expect(rows).toEqual(local);
    expect(verifyChain(store).ok).toBe(true);

    const dossiers = store.sql<[], { dossierId: string; dossierCode: string; status: string }>(
      'select dossier_id as dossierId, dossier_code as dossierCode, status from dossier order by dossier_id').all();
    expect(dossiers.length).toBeGreaterThan(3);
    const byId = (a: { dossierId?: unknown }, b: { dossierId?: unknown }): number => (String(a.dossierId) < String(b.dossierId) ? -1 : 1);
    expect((await exported('dossiers')).rows.map(({ dossierId, dossierCode, status }) => ({ dossierId, dossierCode, status })).toSorted(byId)).toEqual(dossiers);
    const [blobs] = await hub.sql<{ whole: string; named: string }[]>`select (select count(*) from blob where complete_at is not null) as whole,
      (select count(distinct sha256) from event_blob) as named`;
    expect([blobs!.whole, Number(blobs!.named) > 0]).toEqual([blobs!.named, true]);
  });
});
