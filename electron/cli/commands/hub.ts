import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync, rmSync, renameSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { ExportManifest, datasets } from '../../../shared/contracts/hub.ts';
import { isProblemCode, ProblemError } from '../../../shared/contracts/problems.ts';
import { parseOptions, pathFrom, required, UsageError, type Io, type Run } from '../io.ts';

const usages = {
  start: 'hub start --port N [--data DIR] [--host H] [--behind-tls]',
  enrol: 'hub enrol --unit U [--unit-name N] [--name K] [--data DIR]',
  token: 'hub token [--name N] [--data DIR]',
  export: `hub export --dataset ${datasets.join('|')} --from YYYY-MM-DD --to YYYY-MM-DD --format csv|ndjson --out DIR --token T [--url U | --data DIR]`,
} as const;
const data = { data: { type: 'string' } } as const;

/** `motcua hub start|enrol|token|export`: runs the hub, or talks to one that runs on this machine (export: anywhere). */
export const run: Run = async ([name, ...args], io) => {
  switch (name) {
    case 'start': return start(args, io);
    case 'enrol': return enrol(args, io);
    case 'token': return token(args, io);
    case 'export': return pullExport(args, io);
    default: throw new UsageError(Object.values(usages).join('\n       '), 'Cần start, enrol, token hoặc export (missing or unknown subcommand).');
  }
};

/** The hub is a child process of its own entry: the kiosk's code never imports the hub. */
async function start(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usages.start, args, { port: { type: 'string' }, host: { type: 'string' }, 'behind-tls': { type: 'boolean' }, ...data });
  const port = required(usages.start, 'port', values.port);
  const entry = path.resolve(import.meta.dirname, '..', '..', '..', 'hub', 'main.ts');
  const child = spawn(process.execPath, [entry, '--port', port, '--data', dataDir(io, values.data),
    ...(values.host ? ['--host', values.host] : []), ...(values['behind-tls'] ? ['--behind-tls'] : [])], { stdio: ['ignore', 'pipe', 'pipe'] });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward).on('SIGHUP', forward);
  createInterface({ input: child.stdout }).on('line', (line) => io.out(JSON.parse(line) as object));
  createInterface({ input: child.stderr }).on('line', (line) => {
    const told = Refusal.safeParse(readJson(line));
    // An expected refusal is an answer; anything else is words.
    if (told.success) io.out(told.data);
    else io.err(line);
  });
  const code = await new Promise<number | null>((resolve) => { child.once('close', resolve); });
  process.off('SIGTERM', forward).off('SIGINT', forward).off('SIGHUP', forward);
  return code ?? 1;
}

async function enrol(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usages.enrol, args, { unit: { type: 'string' }, 'unit-name': { type: 'string' }, name: { type: 'string' }, ...data });
  const body = { unit: required(usages.enrol, 'unit', values.unit), unitName: values['unit-name'] ?? null, name: values.name ?? null };
  const { code, expiresAt } = await askLocal(dataDir(io, values.data), '/local/enrol-codes', body, z.object({ code: z.string(), expiresAt: z.string() }));
  io.out({ code, expiresAt, unit: body.unit });
  return 0;
}

async function token(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usages.token, args, { name: { type: 'string' }, ...data });
  io.out(await askLocal(dataDir(io, values.data), '/local/tokens', { name: values.name ?? 'cli' }, z.object({ token: z.string() })));
  return 0;
}

/** Makes an export, fetches its file, compares size and hash with the manifest, writes both into the folder. */
async function pullExport(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usages.export, args, {
    dataset: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, format: { type: 'string', default: 'csv' },
    out: { type: 'string' }, token: { type: 'string' }, url: { type: 'string' }, ...data,
  });
  const must = (name: 'dataset' | 'from' | 'to' | 'out' | 'token'): string => required(usages.export, name, values[name]);
  const input = { dataset: must('dataset'), from: must('from'), to: must('to'), format: values.format };
  if (!(datasets as readonly string[]).includes(input.dataset)) throw new ProblemError('dataset-unknown', input.dataset);
  const out = pathFrom(io, must('out'));
  if (values.url !== undefined && !/^https?:\/\//.test(values.url)) throw new UsageError(usages.export, '--url: http(s)://…');
  const base = values.url ?? runningHub(dataDir(io, values.data)).url;
  const authorization = `Bearer ${must('token')}`;
  const { id, manifest } = await ask(new URL('/v1/exports', base), { authorization }, input, z.object({ id: z.string(), manifest: ExportManifest }));
  // The name comes over the network: only its last part counts.
  const file = path.join(out, path.basename(manifest.file));
  try {
    await mkdir(out, { recursive: true });
    await fetchFile(new URL(`/v1/exports/${id}/file`, base), authorization, file, manifest);
    await writeFile(path.join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new ProblemError(error.code === 'ENOSPC' ? 'disk-full' : 'store-no-access', out);
  }
  io.out({ ...manifest, path: file });
  return 0;
}

async function fetchFile(url: URL, authorization: string, file: string, manifest: z.infer<typeof ExportManifest>): Promise<void> {
  const response = await reach(url, { headers: { authorization } });
  if (!response.ok || !response.body) throw problemOf(await response.text());
  const part = `${file}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.from(response.body), measure, createWriteStream(part, { mode: 0o600 }));
    if (bytes !== manifest.bytes || hash.digest('hex') !== manifest.sha256) throw new ProblemError('hub-refused', 'sha256');
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error instanceof ProblemError || isFileError(error) ? error : new ProblemError('hub-unreachable');
  }
}

const Running = z.object({ url: z.url(), secret: z.string() });
const Failure = z.object({ problem: z.object({ code: z.string(), detail: z.string().optional() }) });
const Refusal = z.object({ ready: z.literal(false), problem: z.looseObject({ code: z.string() }) });

function dataDir(io: Io, given: string | undefined): string {
  if (given !== undefined) return pathFrom(io, given);
  return path.join(process.env.MOTCUA_DATA ? pathFrom(io, process.env.MOTCUA_DATA) : path.join(os.homedir(), '.local', 'share', 'motcua-kiosk'), 'hub');
}

/** Where the hub of a data folder listens, and the secret that only its owner can read. */
function runningHub(dir: string): z.infer<typeof Running> {
  const file = path.join(dir, 'hub.json');
  const running = Running.safeParse(existsSync(file) ? readJson(readFileSync(file, 'utf8')) : undefined);
  // A file that was cut short names no hub, as none at all does.
  if (!running.success) throw new ProblemError('hub-unreachable', dir);
  return running.data;
}

function askLocal<T>(dir: string, route: string, body: object, schema: z.ZodType<T>): Promise<T> {
  const { url, secret } = runningHub(dir);
  return ask(new URL(route, url), { authorization: `Bearer ${secret}` }, body, schema);
}

async function ask<T>(url: URL, headers: Record<string, string>, body: object, schema: z.ZodType<T>): Promise<T> {
  const response = await reach(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw problemOf(text);
  return schema.parse(readJson(text));
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error' });
  } catch {
    throw new ProblemError('hub-unreachable', url.host);
  }
}

function problemOf(text: string): ProblemError {
  const failure = Failure.safeParse(readJson(text));
  if (!failure.success || !isProblemCode(failure.data.problem.code)) return new ProblemError('hub-refused');
  return new ProblemError(failure.data.problem.code, failure.data.problem.detail);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && (error as { code?: unknown }).code !== 'ECONNRESET';
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
