import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncHandlers } from '../../electron/service/handlers/sync.ts';
import { enrolCode, localPost, startTestServer, type TestServer } from '../fixtures/hub-server.ts';
import { makeTrustFiles } from '../fixtures/trust-files.ts';
import { setUpService } from './test-service.ts';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-trust-'));
  server = await startTestServer();
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('what an administrator let in and took out arrives at the hub, who did it and what it was', async () => {
  const hub = await server.hub();
  const service = await setUpService('gate', { at: new Date().toISOString() });
  const files = makeTrustFiles(folder);
  const handlers = syncHandlers(service.context);
  await handlers['sync/enrol']({ url: hub.url, code: await enrolCode(hub, 'P-01') });
  const { token, certificates } = await service.ask('trust/preview', { fileName: 'utopia.cer', content: new Uint8Array(readFileSync(files.utopia)) });
  const { fingerprint } = certificates[0]!;
  await service.ask('trust/import', { token, countries: null, confirmed: false });
  await service.ask('trust/remove', { fingerprint });
  let state = await handlers['sync/now']({});
  for (let tries = 0; tries < 20 && state.waiting > 0; tries += 1) state = await handlers['sync/now']({});
  expect(state).toMatchObject({ waiting: 0, problem: null });
  expect([...await hub.sql`select seq, code from quarantine`]).toEqual([]);

  const access = String((await localPost(hub, '/local/tokens', { name: 'thử' })).json.token);
  const response = await fetch(new URL('/v1/export?dataset=events&from=2020-01-01&to=2100-01-01&format=ndjson', hub.url), { headers: { authorization: `Bearer ${access}` } });
  const events = (await response.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as { type: string; actor: string; payload: unknown });
  const payloads = events.filter(({ type }) => type.startsWith('trust-')).map(({ type, actor, payload }) => ({ type, actor, payload: typeof payload === 'string' ? JSON.parse(payload) as unknown : payload }));
  const actor = service.context.requireUser().userId;
  expect(payloads).toMatchObject([
    { type: 'trust-imported', actor, payload: { file: 'utopia.cer', kind: 'certificates', entries: [{ fingerprint, country: 'XU' }] } },
    { type: 'trust-removed', actor, payload: { fingerprint, kind: 'certificate', subject: 'C=XU, O=Utopia, CN=CSCA Utopia' } },
  ]);
});
