import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ProblemError, type Problem } from '../../../shared/contracts/problems.ts';
import type { TrustFileKind, TrustList, TrustRejected } from '../../../shared/contracts/trust.ts';
import { mostTrustFileBytes } from '../../service/card/trust-file.ts';
import { importTrust, openTrustFile, removeTrusted } from '../../service/card/trust-import.ts';
import { listTrustCertificates, listTrustCrls, type Store } from '../../store/index.ts';
import { withStore } from '../cli-store.ts';
import { parseOptions, pathFrom, UsageError, type Io } from '../io.ts';
import { kioskFolder } from '../kiosk-folder.ts';

const usage = 'trust import FILE… | list | remove FINGERPRINT [--store DIR] [--country VN…]';
const pageSize = 500;

interface ImportLine {
  file: string;
  kind: TrustFileKind | null;
  imported: number;
  already: number;
  rejected: TrustRejected[];
  list: TrustList | null;
  problem: Problem | null;
}

/**
 * `motcua trust import|list|remove`: the trust store of a kiosk, a JSON line for each file, each certificate or CRL, or
 * what was removed. Import: 1 when a file could not be opened, is forged, or gave nothing but refusals. Whoever types
 * the command answers for a list whose signer is not known; its line says so.
 */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(usage, apart(args), { store: { type: 'string' }, country: { type: 'string', multiple: true } }, [1, 1_000]);
  const [action, ...rest] = positionals;
  const dir = values.store === undefined ? kioskFolder() : pathFrom(io, values.store);
  const countries = values.country?.flatMap((text) => text.split(',')).map((code) => code.toUpperCase());
  if (countries?.some((code) => !/^[A-Z]{2}$/.test(code))) throw new UsageError(usage, '--country: VN, DE, …');
  if (action === 'import' && rest.length > 0) return bringIn(dir, rest.map((file) => pathFrom(io, file)), countries ?? null, io);
  if (action === 'list' && rest.length === 0) return list(dir, countries ?? [], io);
  if (action === 'remove' && rest.length === 1 && countries === undefined) return takeOut(dir, rest[0]!, io);
  throw new UsageError(usage, `Sai thao tác hoặc tham số (wrong action or arguments): ${positionals.join(' ')}`);
}

/** `--country VN DE` as `--country VN --country DE`: the first word that is no pair of letters ends the list. */
function apart(args: string[]): string[] {
  const parted: string[] = [];
  let inList = false;
  for (const arg of args) {
    const isCode = /^[A-Za-z]{2}(,[A-Za-z]{2})*$/.test(arg);
    if (inList && isCode && parted.at(-1) !== '--country') parted.push('--country');
    inList = arg === '--country' || (inList && isCode);
    parted.push(arg);
  }
  return parted;
}

async function bringIn(dir: string, files: string[], countries: string[] | null, io: Io): Promise<number> {
  const contents = files.map((path) => ({ path, content: readFile(path) }));
  const tell = (path: string, line: Partial<ImportLine>): boolean => {
    const whole: ImportLine = { file: basename(path), kind: null, imported: 0, already: 0, rejected: [], list: null, problem: null, ...line };
    io.out(whole);
    return whole.problem === null && (whole.rejected.length === 0 || whole.imported + whole.already > 0);
  };
  // No store is made for files that nobody can read.
  if (contents.every(({ content }) => content instanceof ProblemError)) {
    for (const { path, content } of contents) if (content instanceof ProblemError) tell(path, { problem: content.toProblem() });
    return 1;
  }
  return withStore(dir, 'create', async (store) => {
    let ok = true;
    for (const { path, content } of contents) ok = tell(path, await importOne(store, path, content, countries)) && ok;
    return ok ? 0 : 1;
  });
}

async function importOne(store: Store, path: string, content: Uint8Array | ProblemError, countries: string[] | null): Promise<Partial<ImportLine>> {
  const about: Partial<ImportLine> = {};
  try {
    if (content instanceof ProblemError) throw content;
    const opened = await openTrustFile(store, { fileName: path, content });
    about.kind = opened.kind;
    about.list = opened.list;
    return { ...about, ...await importTrust(store, opened, { countries, confirmed: true, actor: 'cli' }) };
  } catch (error) {
    // Of many files the others still come in; a store that cannot be written is everybody's problem.
    if (!(error instanceof ProblemError) || !/^(trust|file)-/.test(error.code)) throw error;
    return { ...about, problem: error.toProblem() };
  }
}

function readFile(path: string): Uint8Array | ProblemError {
  try {
    // Before a file of any size is taken into memory.
    if (statSync(path).size > mostTrustFileBytes) return new ProblemError('trust-file-too-large');
    return readFileSync(path);
  } catch {
    return new ProblemError('file-unreadable');
  }
}

async function list(dir: string, countries: string[], io: Io): Promise<number> {
  if (!existsSync(join(dir, 'store.db'))) return 0;
  return withStore(dir, 'read', async (store) => {
    const page = (offset: number) => ({ query: '', countries, offset, limit: pageSize });
    for (let offset = 0, total = 1; offset < total; offset += pageSize) {
      const { certificates, total: all } = listTrustCertificates(store, page(offset));
      total = all;
      for (const certificate of certificates) io.out({ kind: 'certificate', ...certificate });
    }
    for (let offset = 0, total = 1; offset < total; offset += pageSize) {
      const { crls, total: all } = listTrustCrls(store, page(offset));
      total = all;
      for (const crl of crls) io.out({ kind: 'crl', ...crl });
    }
    return 0;
  });
}

async function takeOut(dir: string, written: string, io: Io): Promise<number> {
  // As openssl prints it: capitals and colons.
  const fingerprint = written.replaceAll(/[:\s]/g, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(fingerprint)) throw new UsageError(usage, 'FINGERPRINT: SHA-256, 64 chữ số hex (hex digits)');
  return withStore(dir, 'write', async (store) => {
    io.out({ removed: fingerprint, ...removeTrusted(store, fingerprint, 'cli') });
    return 0;
  });
}
