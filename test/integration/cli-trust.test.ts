import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../electron/cli/run-cli.ts';
import { anchorsOf } from '../../electron/cli/trust-anchors.ts';
import { createDevice } from '../../electron/store/device.ts';
import { openStore } from '../../electron/store/index.ts';
import { migrate } from '../../electron/store/migrations/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { makeTrustFiles, type TrustFiles } from '../fixtures/trust-files.ts';
import { temporaryFolder } from './temporary.ts';

type Line = Record<string, unknown>;
let cwd = '';
let files: TrustFiles;

async function motcua(...args: string[]): Promise<{ code: number; lines: Line[] }> {
  const lines: Line[] = [];
  const code = await runCli(args, { out: (line) => void lines.push(JSON.parse(JSON.stringify(line)) as Line), err: () => undefined, stdin: Readable.from(['']), cwd });
  return { code, lines };
}
const trust = (...args: string[]) => motcua('trust', ...args, '--store', 's');
const opened = (options: { readOnly?: boolean } = {}) => openStore(join(cwd, 's'), { appVersion: '', ...options });

beforeAll(() => {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-trust-'));
  files = makeTrustFiles(dir);
  return () => rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => { cwd = temporaryFolder(); });
afterEach(() => { vi.unstubAllEnvs(); });

describe('motcua trust import', () => {
  it('makes the store, tells a line a file, and the same again is there already', async () => {
    const first = await trust('import', files.utopia, files.list, files.crlJanuary);
    expect(first).toEqual({ code: 0, lines: [
      { file: 'utopia.cer', kind: 'certificates', imported: 1, already: 0, rejected: [], list: null, problem: null },
      { file: 'list.ml', kind: 'master-list', imported: 1, already: 1, rejected: [], problem: null,
        list: { signer: 'C=XU, O=Utopia, CN=Master List Signer', known: true, verdict: { ok: true, reason: expect.any(String) as string } } },
      { file: 'january.crl', kind: 'crl', imported: 1, already: 0, rejected: [], list: null, problem: null },
    ] });
    const again = await trust('import', files.utopia, files.list, files.crlJanuary);
    expect(again.lines.map(({ imported, already }) => [imported, already])).toEqual([[0, 1], [0, 2], [0, 1]]);
    expect(again.code).toBe(0);
    expect((await motcua('audit', 'verify', '--store', 's')).lines).toMatchObject([{ ok: true }]);
    expect((await motcua('outbox', '--store', 's')).lines.filter(({ type }) => type === 'trust-imported')).toHaveLength(3);
  });

  it('a list that nobody known signed comes in on the word of who typed the command, and its line says so', async () => {
    expect(await trust('import', files.unchained)).toMatchObject({ code: 0, lines: [{ imported: 1, list: { known: false, verdict: { ok: null } } }] });
  });

  it('a forged list and a file that is none are told, the others come in', async () => {
    const { code, lines } = await trust('import', files.forged, files.other, join(cwd, 'absent.cer'), files.utopia);
    expect(code).toBe(1);
    expect(lines.map(({ imported, problem }) => [imported, (problem as { code: string } | null)?.code])).toEqual([
      [0, 'trust-list-forged'], [0, 'trust-file-invalid'], [0, 'file-unreadable'], [1, undefined],
    ]);
    expect((await trust('list')).lines).toHaveLength(1);
  });

  it('a list whose signer was revoked since does not come in', async () => {
    await trust('import', files.utopia, files.crlJune);
    expect(await trust('import', files.list)).toMatchObject({ code: 1, lines: [{ imported: 0, list: { verdict: { ok: false } }, problem: { code: 'trust-list-forged', detail: expect.stringContaining('thu hồi') as string } }] });
  });

  it('an older CRL is refused with its reason', async () => {
    await trust('import', files.utopia, files.crlJune);
    expect(await trust('import', files.crlJanuary)).toMatchObject({ code: 1, lines: [{ imported: 0, rejected: [{ subject: 'C=XU, O=Utopia, CN=CSCA Utopia', reason: expect.stringContaining('mới hơn') as string }] }] });
  });

  it.each([[['--country', 'XT']], [['--country', 'xt,DE']], [['--country', 'DE', 'XT']], [['--country=XT', '--country', 'DE']]])('with %j only of these countries', async (option) => {
    expect(await trust('import', files.list, ...option)).toMatchObject({ code: 0, lines: [{ imported: 1, already: 0 }] });
    expect((await trust('list')).lines).toMatchObject([{ kind: 'certificate', country: 'XT' }]);
  });

  it.each([[[]], [['import']], [['import', 'absent.cer', '--country', 'VIETNAM']], [['remove']], [['remove', 'abc']], [['list', 'more']], [['show']]])('%j is bad usage and makes no store', async (args) => {
    expect((await trust(...args)).code).toBe(2);
    expect(existsSync(join(cwd, 's'))).toBe(false);
  });

  it('makes no store for files that cannot be read', async () => {
    expect(await trust('import', 'absent.cer')).toMatchObject({ code: 1, lines: [{ file: 'absent.cer', problem: { code: 'file-unreadable' } }] });
    expect(existsSync(join(cwd, 's'))).toBe(false);
  });
});

describe('motcua trust list and remove', () => {
  it('of no store prints nothing and makes none', async () => {
    expect(await trust('list')).toEqual({ code: 0, lines: [] });
    expect(await trust('remove', 'a'.repeat(64))).toMatchObject({ code: 1, lines: [{ problem: { code: 'store-missing' } }] });
    expect(existsSync(join(cwd, 's'))).toBe(false);
  });

  it('tell certificates, then CRLs, with all that the screen shows', async () => {
    await trust('import', files.utopia, files.atlantis, files.crlJune);
    const { lines } = await trust('list');
    expect(lines.map(({ kind, country }) => [kind, country])).toEqual([['certificate', 'XT'], ['certificate', 'XU'], ['crl', 'XU']]);
    expect(lines[1]).toMatchObject({ subject: 'C=XU, O=Utopia, CN=CSCA Utopia', notAfter: '2045-01-01', selfSigned: true, file: 'utopia.cer', importedBy: 'cli' });
    expect((await trust('list', '--country', 'XU')).lines).toHaveLength(2);
  });

  it('take out what openssl names by its fingerprint', async () => {
    await trust('import', files.utopia);
    const fingerprint = execFileSync('openssl', ['x509', '-in', files.utopia, '-inform', 'DER', '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' }).split('=')[1]!.trim();
    expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    const plain = fingerprint.replaceAll(':', '').toLowerCase();
    expect(await trust('remove', fingerprint)).toEqual({ code: 0, lines: [{ removed: plain, kind: 'certificate', country: 'XU', subject: 'C=XU, O=Utopia, CN=CSCA Utopia' }] });
    expect((await trust('list')).lines).toEqual([]);
    expect(await trust('remove', plain)).toMatchObject({ code: 1, lines: [{ problem: { code: 'not-found' } }] });
  });

  it('while a kiosk has the store open, list answers and import does not', async () => {
    await trust('import', files.utopia);
    const kiosk = opened();
    try {
      expect((await trust('list')).lines).toHaveLength(1);
      expect(await trust('import', files.atlantis)).toMatchObject({ code: 1, lines: [{ problem: { code: 'store-in-use' } }] });
      expect((await anchorsOf(join(cwd, 's'))).certificates).toHaveLength(1);
    } finally {
      kiosk.close();
    }
  });

  it('without --store they use the folder of the kiosk', async () => {
    vi.stubEnv('MOTCUA_DATA', join(cwd, 'data'));
    expect((await motcua('trust', 'list')).lines).toEqual([]);
    await motcua('trust', 'import', files.utopia);
    expect(existsSync(join(cwd, 'data', 'kiosk', 'store.db'))).toBe(true);
    expect((await motcua('trust', 'list')).lines).toHaveLength(1);
    expect((await anchorsOf(undefined)).certificates).toEqual([new Uint8Array(readFileSync(files.utopia))]);
  });
});

describe('the anchors of a reading', () => {
  it('are certificates and CRLs as they were imported', async () => {
    await trust('import', files.utopia, files.crlJune);
    expect(await anchorsOf(join(cwd, 's'))).toEqual({ certificates: [new Uint8Array(readFileSync(files.utopia))], crls: [new Uint8Array(readFileSync(files.crlJune))] });
  });

  it('are none where there is no store, its key is elsewhere, it is damaged or older than the trust store', async () => {
    const none = { certificates: [], crls: [] };
    expect(await anchorsOf(join(cwd, 's'))).toEqual(none);
    expect(existsSync(join(cwd, 's'))).toBe(false);
    openStore(join(cwd, 'keychain'), { key: new Uint8Array(32).fill(7), create: true, appVersion: '' }).close();
    expect(await anchorsOf(join(cwd, 'keychain'))).toEqual(none);

    const older = openDatabase(join(cwd, 'store.db'), { key: new Uint8Array(32).fill(1) });
    migrate(older, 3);
    createDevice(older);
    older.close();
    writeFileSync(join(cwd, 'store.key'), '01'.repeat(32));
    expect(await anchorsOf(cwd)).toEqual(none);
    expect((await motcua('trust', 'list', '--store', '.')).lines).toEqual([]);

    await trust('import', files.utopia);
    writeFileSync(join(cwd, 's', 'store.db'), 'damaged');
    expect(await anchorsOf(join(cwd, 's'))).toEqual(none);
  });
});
