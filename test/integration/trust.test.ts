import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEvents, verifyChain } from '../../electron/store/index.ts';
import { makeTrustFiles, type TrustFiles } from '../fixtures/trust-files.ts';
import { adminSecret, setUpService, type TestService } from './test-service.ts';

let files: TrustFiles;
beforeAll(() => {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-trust-'));
  files = makeTrustFiles(dir);
  return () => rmSync(dir, { recursive: true, force: true });
});

const preview = ({ ask }: TestService, file: string) => ask('trust/preview', { fileName: basename(file), content: new Uint8Array(readFileSync(file)) });
async function bringIn(service: TestService, file: string, more: { countries?: string[]; confirmed?: boolean } = {}) {
  const { token } = await preview(service, file);
  return service.ask('trust/import', { token, countries: more.countries ?? null, confirmed: more.confirmed ?? false });
}
const list = ({ ask }: TestService, more: { query?: string; country?: string; offset?: number; limit?: number } = {}) => (
  ask('trust/list', { query: more.query ?? '', country: more.country ?? null, offset: more.offset ?? 0, limit: more.limit ?? 500 }));
const eventsOf = ({ context: { store } }: TestService) => readEvents(store, { afterSeq: 0, limit: 1000 }).filter(({ type }) => type.startsWith('trust-'));
const problemOf = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code);

describe('a certificate', () => {
  it('is shown first, stored on the word of the administrator, and anchors readings from then on', async () => {
    const service = await setUpService();
    expect(service.context.trustAnchors()).toEqual({ certificates: [], crls: [] });
    const shown = await preview(service, files.utopia);
    expect(shown).toMatchObject({ kind: 'certificates', list: null, fresh: 1, already: 0, rejected: [], countries: [{ country: 'XU', fresh: 1, already: 0 }] });
    expect(shown.certificates).toMatchObject([{ country: 'XU', subject: 'C=XU, O=Utopia, CN=CSCA Utopia', notBefore: '2020-01-01', notAfter: '2045-01-01', selfSigned: true, signature: { ok: true }, standing: 'new' }]);
    expect((await list(service)).total).toBe(0);
    expect(await service.ask('trust/import', { token: shown.token, countries: null, confirmed: false })).toEqual({ imported: 1, already: 0, rejected: 0 });
    expect(service.context.trustAnchors().certificates).toEqual([new Uint8Array(readFileSync(files.utopia))]);
    expect((await list(service)).certificates).toMatchObject([{ fingerprint: shown.certificates[0]!.fingerprint, file: 'utopia.cer', importedAt: '2026-11-22T00:58:00.000Z', importedBy: 'Nguyễn Văn An' }]);
  });

  it('brought twice is there already and makes no second event', async () => {
    const service = await setUpService();
    await bringIn(service, files.utopia);
    expect(await preview(service, files.utopia)).toMatchObject({ fresh: 0, already: 1, certificates: [{ standing: 'already' }] });
    expect(await bringIn(service, files.utopia)).toEqual({ imported: 0, already: 1, rejected: 0 });
    expect(eventsOf(service)).toHaveLength(1);
  });

  it('taken out is gone from list and anchors, with an event that names it; a second time there is none', async () => {
    const service = await setUpService();
    await bringIn(service, files.utopia);
    const { fingerprint } = (await list(service)).certificates[0]!;
    expect(await service.ask('trust/remove', { fingerprint })).toEqual({ kind: 'certificate' });
    expect(service.context.trustAnchors()).toEqual({ certificates: [], crls: [] });
    expect((await list(service)).countries).toEqual([]);
    const [, event] = eventsOf(service);
    expect(event).toMatchObject({ type: 'trust-removed', actor: service.context.requireUser().userId, payload: { fingerprint, kind: 'certificate', country: 'XU', subject: 'C=XU, O=Utopia, CN=CSCA Utopia' } });
    expect(await service.problemOf('trust/remove', { fingerprint })).toBe('not-found');
    expect(verifyChain(service.context.store)).toMatchObject({ ok: true });
  });

  it('in PEM and long expired comes in and is found by words, country and fingerprint', async () => {
    const service = await setUpService();
    await bringIn(service, files.utopia);
    await bringIn(service, files.atlantis);
    const found = async (query: string, country?: string) => (await list(service, { query, country })).certificates.map((c) => c.country);
    expect(await found('')).toEqual(['XT', 'XU']);
    expect(await found('csca ATLANTIS')).toEqual(['XT']);
    expect(await found('', 'XU')).toEqual(['XU']);
    expect(await found('100%')).toEqual([]);
    expect(await found((await list(service, { country: 'XT' })).certificates[0]!.fingerprint.slice(0, 12))).toEqual(['XT']);
    expect((await list(service, { offset: 1, limit: 1 }))).toMatchObject({ total: 2, certificates: [{ country: 'XU' }], countries: [{ country: 'XT', certificates: 1 }, { country: 'XU', certificates: 1 }] });
  });
});

describe('a master list', () => {
  it('whose signer comes from a trusted CSCA comes in without a question', async () => {
    const service = await setUpService();
    await bringIn(service, files.utopia);
    expect(await preview(service, files.list)).toMatchObject({ kind: 'master-list', list: { known: true, verdict: { ok: true } }, fresh: 1, already: 1 });
    expect(await bringIn(service, files.list)).toEqual({ imported: 1, already: 1, rejected: 0 });
    expect(eventsOf(service).at(-1)?.payload).toMatchObject({ file: 'list.ml', kind: 'master-list', list: { ok: true, known: true }, entries: [{ kind: 'certificate', country: 'XT' }] });
  });

  it.each(['list', 'unchained'] as const)('that nobody trusted has signed (%s) needs the word of the administrator', async (name) => {
    const service = await setUpService();
    const { token, list: signed } = await preview(service, files[name]);
    expect(signed).toMatchObject({ known: false, verdict: { ok: name === 'list' ? true : null } });
    expect(await service.problemOf('trust/import', { token, countries: null, confirmed: false })).toBe('trust-list-unchained');
    expect((await list(service)).total).toBe(0);
    expect(await service.ask('trust/import', { token, countries: null, confirmed: true })).toMatchObject({ imported: name === 'list' ? 2 : 1 });
  });

  it('that was changed is shown as such and never comes in, whoever answers for it', async () => {
    const service = await setUpService();
    const { token, list: signed } = await preview(service, files.forged);
    expect(signed).toMatchObject({ verdict: { ok: false } });
    expect(await service.problemOf('trust/import', { token, countries: null, confirmed: true })).toBe('trust-list-forged');
    expect((await list(service)).total).toBe(0);
    expect(eventsOf(service)).toEqual([]);
  });

  it('can be brought in for one country', async () => {
    const service = await setUpService();
    await bringIn(service, files.list, { countries: ['XT'], confirmed: true });
    expect((await list(service)).certificates.map((c) => c.country)).toEqual(['XT']);
  });
});

describe('a CRL', () => {
  it('takes the place of an older one of its issuer, which does not come back', async () => {
    const service = await setUpService();
    await bringIn(service, files.utopia);
    expect(await bringIn(service, files.crlJanuary)).toEqual({ imported: 1, already: 0, rejected: 0 });
    const january = (await list(service)).crls[0]!.fingerprint;
    expect(await preview(service, files.crlJune)).toMatchObject({ kind: 'crl', crls: [{ standing: 'newer', revoked: 1, thisUpdate: '2026-06-01', nextUpdate: '2027-06-01', signature: { ok: true } }] });
    await bringIn(service, files.crlJune);
    expect((await list(service)).crls).toMatchObject([{ thisUpdate: '2026-06-01', country: 'XU' }]);
    expect(eventsOf(service).at(-1)?.payload).toMatchObject({ entries: [{ kind: 'crl', replaced: january }] });
    expect(service.context.trustAnchors().crls).toEqual([new Uint8Array(readFileSync(files.crlJune))]);
    expect((await preview(service, files.crlJanuary)).rejected).toMatchObject([{ reason: 'Kho đã có danh sách thu hồi mới hơn của cùng nơi cấp.' }]);
    expect(await bringIn(service, files.crlJanuary)).toEqual({ imported: 0, already: 0, rejected: 1 });
    expect(await bringIn(service, files.crlJune)).toEqual({ imported: 0, already: 1, rejected: 0 });
    expect((await list(service)).crls).toMatchObject([{ thisUpdate: '2026-06-01' }]);
    expect(verifyChain(service.context.store)).toMatchObject({ ok: true });
  });

  it('that its issuer did not sign is refused', async () => {
    const service = await setUpService();
    await bringIn(service, files.utopia);
    expect((await preview(service, files.crlForged)).rejected).toHaveLength(1);
    expect(await bringIn(service, files.crlForged)).toEqual({ imported: 0, already: 0, rejected: 1 });
  });

  it('can be taken out', async () => {
    const service = await setUpService();
    await bringIn(service, files.crlJune);
    expect(await service.ask('trust/remove', { fingerprint: (await list(service)).crls[0]!.fingerprint })).toEqual({ kind: 'crl' });
    expect((await list(service)).crlTotal).toBe(0);
  });
});

describe('who and what', () => {
  const asked = [
    ['trust/preview', { fileName: 'x', content: new Uint8Array(1) }], ['trust/import', { token: '0192f0c4-7d1e-7a2b-8c3d-4e5f60718293', countries: null, confirmed: true }],
    ['trust/list', { query: '', country: null, offset: 0, limit: 1 }], ['trust/remove', { fingerprint: 'a'.repeat(64) }],
  ] as const;

  it.each(asked)('an officer, a supervisor and nobody may not ask %s', async (name, input) => {
    const service = await setUpService('counter');
    for (const role of ['officer', 'gate-supervisor'] as const) {
      await service.ask('users/create', { loginName: role, displayName: 'Trần Bình', role, secret: '135790' });
      await service.ask('auth/login', { loginName: role, secret: '135790' });
      expect(await service.problemOf(name, input)).toBe('not-allowed');
      await service.ask('auth/login', { loginName: 'an', secret: adminSecret });
    }
    await service.ask('auth/logout', {});
    expect(await service.problemOf(name, input)).toBe('not-logged-in');
  });

  it('only what was shown last comes in, once, and not after a quarter of an hour', async () => {
    const service = await setUpService();
    const first = await preview(service, files.utopia);
    const second = await preview(service, files.atlantis);
    const bring = (token: string) => problemOf(service.ask('trust/import', { token, countries: null, confirmed: false }));
    expect(await bring(first.token)).toBe('trust-preview-gone');
    expect(await bring(second.token)).toBe('none');
    expect(await bring(second.token)).toBe('trust-preview-gone');
    const third = await preview(service, files.utopia);
    for (let minute = 0; minute < 16; minute += 1) {
      service.clock.pass(60_000);
      await service.ask('settings/get', {});
    }
    expect(await bring(third.token)).toBe('trust-preview-gone');
  });

  it('a file that is none of these, and one too large, are told', async () => {
    const service = await setUpService();
    const problem = (content: Uint8Array<ArrayBuffer>) => service.problemOf('trust/preview', { fileName: 'x', content });
    expect(await problem(new Uint8Array(readFileSync(files.other)))).toBe('trust-file-invalid');
    expect(await problem(new Uint8Array(0))).toBe('trust-file-invalid');
    expect(await problem(new Uint8Array(16 * 1024 * 1024 + 1))).toBe('trust-file-too-large');
  });

  it('a scan is answered while a file is opened', async () => {
    const service = await setUpService();
    const done: string[] = [];
    const opened = preview(service, files.list).then(() => done.push('file'));
    await service.ask('gate/scan', { code: '123', lane: '1', via: 'camera' }).then(() => done.push('scan'));
    await opened;
    expect(done).toEqual(['scan', 'file']);
  });
});
