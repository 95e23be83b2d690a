import { createHash, randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { datasets, type ExportManifest } from '../../shared/contracts/hub.ts';
import { csvRecord } from '../../hub/store/csv.ts';
import type { HubClient } from '../../electron/sync/hub-client.ts';
import type { z } from 'zod';
import { enrolled, localPost, startTestServer, type TestHub, type TestServer } from '../fixtures/hub-server.ts';
import { gateScan, type ScriptedKiosk } from '../fixtures/scripted-kiosk.ts';

let server: TestServer;
let hub: TestHub;
let kiosk: ScriptedKiosk;
let client: HubClient;
let token: string;

beforeAll(async () => { server = await startTestServer(); }, 60_000);
afterAll(() => server.stop());
beforeEach(async () => {
  hub = await server.hub();
  ({ kiosk, client } = await enrolled(hub));
  token = (await localPost(hub, '/local/tokens', { name: 'kho' })).json.token as unknown as string;
}, 30_000);

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new URL(path, hub.url), { ...init, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
const make = async (input: object): Promise<{ id: string; manifest: z.infer<typeof ExportManifest>; bytes: Buffer }> => {
  const made = await ask('/v1/exports', { method: 'POST', body: JSON.stringify(input) });
  expect(made.status).toBe(201);
  const { id, manifest } = await made.json() as { id: string; manifest: z.infer<typeof ExportManifest> };
  return { id, manifest, bytes: Buffer.from(await (await ask(`/v1/exports/${id}/file`)).arrayBuffer()) };
};
const days = { from: '2026-11-22', to: '2026-11-22' };
const at = (iso: string) => ({ at: iso });

describe('export', () => {
  it('eventsAsNdjson_areWhatTheKioskHolds_rowForRow', async () => {
    for (let i = 0; i < 30; i += 1) kiosk.append('gate-scan', gateScan(i), at(`2026-11-22T0${i % 10}:00:00.000Z`));
    await client.push(kiosk.events);
    const { manifest, bytes } = await make({ dataset: 'events', ...days, format: 'ndjson' });
    const rows = bytes.toString().trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    rows.forEach((row) => delete row.receivedAt);
    expect(rows).toEqual(kiosk.events);
    expect(manifest).toMatchObject({
      rows: 30, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), requester: 'token:kho',
      devices: [{ device: kiosk.device, epoch: kiosk.epoch, events: 30, firstSeq: 1, lastSeq: 30, gaps: [] }],
    });
  });

  it('daysAreThoseOfVietnam_bothIncluded', async () => {
    const instants = ['2026-11-21T16:59:59.999Z', '2026-11-21T17:00:00.000Z', '2026-11-22T16:59:59.999Z', '2026-11-22T17:00:00.000Z'];
    instants.forEach((each, i) => kiosk.append('gate-scan', gateScan(i), at(each)));
    await client.push(kiosk.events);
    const { bytes } = await make({ dataset: 'gate-scans', ...days, format: 'ndjson' });
    expect(bytes.toString().trimEnd().split('\n').map((line) => (JSON.parse(line) as { at: string }).at)).toEqual(instants.slice(1, 3));
  });

  it('csv_hasAMark_CrLf_quotes_andNoFormula', async () => {
    const reason = '=HYPERLINK("http://x","bấm")';
    kiosk.append('gate-scan', { ...gateScan(1), reason, lane: 'a,"b"\nc' }, at('2026-11-22T03:00:00.000Z'));
    await client.push(kiosk.events);
    const { bytes } = await make({ dataset: 'gate-scans', ...days, format: 'csv' });
    const text = bytes.toString();
    expect(text.startsWith('\uFEFFdevice,')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    const [row] = parse<Record<string, string>>(text, { bom: true, columns: true, record_delimiter: '\r\n' });
    expect(row).toMatchObject({ reason: `'${reason}`, lane: 'a,"b"\nc', seq: '1' });
    expect(csvRecord(['+1', '-2', '@x', '\tx', '＝1', -3, null, true, ' x'])).toBe(`'+1,'-2,'@x,'\tx,'＝1,-3,,true," x"\r\n`);
  });

  it('aRowThatSomebodyTookAway_isAGapInTheManifest', async () => {
    for (let i = 0; i < 10; i += 1) kiosk.append('gate-scan', gateScan(i), at('2026-11-22T03:00:00.000Z'));
    await client.push(kiosk.events);
    await hub.sql`delete from event where seq in (4, 5, 8)`;
    const { manifest } = await make({ dataset: 'events', ...days, format: 'csv' });
    expect(manifest.devices[0]).toMatchObject({ events: 7, gaps: [{ from: 4, to: 5 }, { from: 8, to: 8 }] });
  });

  it('counterEvents_becomeDossiersResultsAndLookUps', async () => {
    const dossierId = randomUUID();
    const more = { at: '2026-11-22T03:00:00.000Z', actor: 'can-bo', purpose: 'intake' };
    kiosk.append('citizen-identified', { via: 'card' }, more);
    kiosk.append('dossier-received', { dossierId, dossierCode: 'H09.12-0001', procedureCode: '1.001193', procedureName: 'Đăng ký khai sinh', components: [
      { origin: 'paper-original', blobs: [{}] }, { origin: 'store', blobs: [] }, { origin: 'not-provided', blobs: [] }] }, more);
    kiosk.append('result-digitised', { dossierId, number: '12/GKS', issuedOn: '2026-11-22', signer: 'Trần Thị Bình' }, more);
    kiosk.append('result-handed-over', { dossierId, receiverName: 'An' }, more);
    kiosk.append('worker-recorded', { workerId: 'NV-1', fullName: 'Lê Văn Chi' }, more);
    expect((await client.push(kiosk.events)).quarantined).toEqual([]);
    const rowsOf = async (dataset: string): Promise<unknown[]> => (await make({ dataset, ...days, format: 'ndjson' })).bytes.toString().trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(await rowsOf('dossiers')).toMatchObject([{ dossierId, dossierCode: 'H09.12-0001', status: 'handed-over', components: 2, componentsReused: 1, componentsScanned: 1, receivedAt: more.at, handedOverAt: more.at }]);
    expect(await rowsOf('results')).toMatchObject([{ dossierId, dossierCode: 'H09.12-0001', number: '12/GKS', issuedOn: '2026-11-22' }]);
    expect(await rowsOf('look-ups')).toMatchObject([{ actor: 'can-bo', purpose: 'intake', seq: 1 }]);
    expect(await rowsOf('workers')).toMatchObject([{ workerId: 'NV-1', body: { fullName: 'Lê Văn Chi' } }]);
    expect(await rowsOf('kiosks')).toMatchObject([{ device: kiosk.device, unit: 'KCN-01' }]);
  });

  it('whatArrivesDuringAnExport_changesNeitherFileNorManifest', async () => {
    for (let i = 0; i < 3000; i += 1) kiosk.append('gate-scan', gateScan(i), at('2026-11-22T03:00:00.000Z'));
    for (let from = 0; from < 2000; from += 500) await client.push(kiosk.events.slice(from, from + 500));
    const [made] = await Promise.all([make({ dataset: 'events', ...days, format: 'ndjson' }), client.push(kiosk.events.slice(2000, 2500)), client.push(kiosk.events.slice(2000, 3000))]);
    expect(made.bytes.toString().trimEnd().split('\n')).toHaveLength(made.manifest.rows);
    expect(made.manifest.devices[0]!.events).toBe(made.manifest.rows);
    expect(createHash('sha256').update(made.bytes).digest('hex')).toBe(made.manifest.sha256);
  });

  it('everyDatasetInBothForms_isAnswered_alsoWhenEmpty', async () => {
    for (const dataset of datasets) {
      for (const format of ['csv', 'ndjson']) {
        const response = await ask(`/v1/export?dataset=${dataset}&from=2020-01-01&to=2020-01-02&format=${format}`);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect([response.status, createHash('sha256').update(bytes).digest('hex')]).toEqual([200, response.headers.get('motcua-sha256')]);
      }
    }
  });

  it('wrongTokensDatasetsAndDays_areCodedProblems', async () => {
    const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { problem: { code: string } }).problem.code;
    const post = async (input: unknown): Promise<string> => codeOf(await ask('/v1/exports', { method: 'POST', body: JSON.stringify(input) }));
    expect(await codeOf(await ask('/v1/export?dataset=people&from=2026-11-22&to=2026-11-22&format=csv'))).toBe('dataset-unknown');
    expect(await post({ dataset: 'events', from: '2026-02-31', to: '2026-11-22', format: 'csv' })).toBe('request-invalid');
    expect(await post({ dataset: 'events', from: '0000-01-01', to: '2026-11-22', format: 'csv' })).toBe('request-invalid');
    expect(await post({ dataset: 'events', from: '2026-11-23', to: '2026-11-22', format: 'csv' })).toBe('request-invalid');
    expect(await post({ dataset: 'events', ...days, format: 'exe' })).toBe('request-invalid');
    expect(await codeOf(await ask(`/v1/exports/${randomUUID()}/file`))).toBe('not-found');
    expect(await codeOf(await ask('/v1/exports/..%2f..%2fetc/file'))).toBe('request-invalid');
    await hub.sql`update export_token set revoked_at = now()`;
    expect(await post({ dataset: 'events', ...days, format: 'csv' })).toBe('token-wrong');
  });

  it('guessedTokens_areBraked_andTheRightOneStillOpens', async () => {
    const guess = async (): Promise<number> => (await fetch(new URL('/v1/exports/x', hub.url), { headers: { authorization: 'Bearer mct_guess' } })).status;
    const statuses = await Promise.all(Array.from({ length: 30 }, guess));
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 503)).toHaveLength(10);
    expect((await ask(`/v1/exports/${randomUUID()}`)).status).toBe(404);
  });

  it('eachExport_isLogged', async () => {
    await make({ dataset: 'gate-scans', ...days, format: 'csv' });
    const rows = await hub.sql<{ requester: string; dataset: string }[]>`select requester, manifest->>'dataset' as dataset from export_job`;
    expect([...rows]).toEqual([{ requester: 'token:kho', dataset: 'gate-scans' }]);
  });
});
