import { spawn } from 'node:child_process';
import path from 'node:path';
import { firstLine, jsonObject, startChild, stopChild } from '../../electron/cli/child.ts';
import type { ExportManifest } from '../../shared/contracts/hub.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

export interface HubUnderDemo {
  url: string;
  admin: { user: string; password?: string };
  /** Ends the hub and its PostgreSQL, as when the line is cut. */
  stop(): Promise<void>;
}

/** Starts the real hub on its own PostgreSQL; the same folder and port give the same hub again. */
export async function startHub(dataDir: string, port: number): Promise<HubUnderDemo> {
  const child = startChild(process.execPath, [path.join(root, 'hub', 'main.ts'), '--port', String(port), '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told = await firstLine(child, 'the hub', 120_000, (line) => {
    const object = jsonObject(line);
    return object?.ready === true ? object as unknown as { url: string; admin: HubUnderDemo['admin'] } : undefined;
  });
  return { url: told.url, admin: told.admin, stop: () => stopChild(child, 30_000) };
}

export interface CommandAnswer {
  code: number;
  lines: Record<string, unknown>[];
  words: string;
}

/** Runs one command of the command line as a technician would; standard output is one JSON object a line. */
export async function motcua(args: readonly string[], input = ''): Promise<CommandAnswer> {
  const child = spawn(process.execPath, [path.join(root, 'electron', 'cli', 'main.ts'), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let words = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { out += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { words += chunk; });
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve(exit ?? 1));
  });
  const lines = out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, lines, words };
}

/** A command that must succeed with at least one line. */
async function motcuaOne(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, lines, words } = await motcua(args);
  const [line] = lines;
  if (code !== 0 || !line) throw new Error(`motcua ${args.slice(0, 2).join(' ')} ended with ${code}: ${words.trim().slice(-300)}`);
  return line;
}

export async function enrolmentCode(dataDir: string, unit: string, name: string): Promise<string> {
  return String((await motcuaOne(['hub', 'enrol', '--unit', unit, '--name', name, '--data', dataDir, '--json'])).code);
}

export async function exportToken(dataDir: string): Promise<string> {
  return String((await motcuaOne(['hub', 'token', '--name', 'demo', '--data', dataDir, '--json'])).token);
}

/** Pulls one dataset by command, as the province does; the command has checked the file against its manifest. */
export async function pullExport(options: { hubData: string; dataset: string; day: string; out: string; token: string }): Promise<ExportManifest> {
  return await motcuaOne(['hub', 'export', '--dataset', options.dataset, '--from', options.day, '--to', options.day,
    '--format', 'ndjson', '--out', options.out, '--token', options.token, '--data', options.hubData, '--json']) as unknown as ExportManifest;
}
