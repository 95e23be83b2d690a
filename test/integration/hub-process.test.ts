import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../electron/cli/commands/hub.ts';
import { createHubClient, enrolWithHub } from '../../electron/sync/hub-client.ts';
import { gateScan, scriptedKiosk } from '../fixtures/scripted-kiosk.ts';
import { helloOf } from '../fixtures/hub-server.ts';
import { temporaryFolder } from './temporary.ts';

const entry = path.resolve(import.meta.dirname, '..', '..', 'hub', 'main.ts');

interface Started { child: ChildProcess; ready: { url: string; admin: { user: string; password?: string } } }

async function openFolder(): Promise<string> {
  const dir = temporaryFolder();
  // As root PostgreSQL runs as another user, who passes through the folder.
  await chmod(dir, 0o711);
  return path.join(dir, 'hub');
}

async function start(data: string, ...more: string[]): Promise<Started> {
  const child = spawn(process.execPath, [entry, '--port', '0', '--data', data, ...more], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATABASE_URL: '' } });
  onTestFinished(async () => { await stop(child); });
  const ready = await new Promise<Started['ready']>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', (line) => resolve(JSON.parse(line) as Started['ready']));
    child.once('exit', (code) => reject(new Error(`hub ended with ${code}`)));
  });
  return { child, ready };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  child.kill(signal);
  return gone;
}

async function command(...args: string[]): Promise<{ code: number; lines: Record<string, unknown>[] }> {
  const lines: Record<string, unknown>[] = [];
  const code = await run(args, { out: (line) => lines.push(line as Record<string, unknown>), err: () => undefined, stdin: new PassThrough(), cwd: process.cwd() });
  return { code, lines };
}

const postmaster = (data: string): number => Number(readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // What nobody has collected yet is dead all the same.
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('the hub as a process', () => {
  it('itStarts_tellsThePasswordOnce_keepsSecretsToItself_andLeavesNothingBehind', async () => {
    const data = await openFolder();
    const first = await start(data);
    expect(first.ready).toMatchObject({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), admin: { user: 'admin', password: expect.stringMatching(/^[a-z0-9-]{19}$/) } });
    const open = readdirSync(data).filter((name) => statSync(path.join(data, name)).isFile() && (statSync(path.join(data, name)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    const pid = postmaster(data);
    expect(await stop(first.child)).toBe(0);
    expect([isAlive(pid), existsSync(path.join(data, 'hub.json'))]).toEqual([false, false]);
    const second = await start(data);
    expect(second.ready.admin).toEqual({ user: 'admin' });
    expect(await stop(second.child)).toBe(0);
  });

  it('killedInTheMiddle_itsPostgresIsEnded_andWhatWasConfirmedIsThere', async () => {
    const data = await openFolder();
    const { child, ready } = await start(data);
    const kiosk = scriptedKiosk();
    const { lines: [code] } = await command('enrol', '--unit', 'KCN-01', '--data', data);
    await enrolWithHub(ready.url, { code: String(code!.code), publicKey: kiosk.publicKey, name: 'Cổng', mode: 'gate', appVersion: '0.1.0' });
    for (let i = 0; i < 300; i += 1) kiosk.append('gate-scan', gateScan(i));
    await createHubClient({ url: ready.url, signer: kiosk.signer }).push(kiosk.events);
    const pid = postmaster(data);
    await stop(child, 'SIGKILL');
    expect(isAlive(pid)).toBe(true);
    const again = await start(data);
    expect(isAlive(pid)).toBe(false);
    const hello = await createHubClient({ url: again.ready.url, signer: kiosk.signer }).hello(helloOf(kiosk));
    expect(hello).toMatchObject({ haveSeq: 300, haveHead: kiosk.events[299]!.hash });
  });

  it('aSecondHubOnTheSameFolder_isRefused_andTheFirstLivesOn', async () => {
    const data = await openFolder();
    const { ready } = await start(data);
    const pid = postmaster(data);
    await expect(start(data)).rejects.toThrow('hub ended with 1');
    expect(isAlive(pid)).toBe(true);
    expect((await fetch(new URL('/v1/health', ready.url))).status).toBe(200);
  });

  it('plainHttpBeyondLoopback_andBadUsage_areRefused', async () => {
    const data = await openFolder();
    await expect(start(data, '--host', '0.0.0.0')).rejects.toThrow('hub ended with 2');
    await expect(start(data, '--nonsense')).rejects.toThrow('hub ended with 2');
  });
});

describe('motcua hub', () => {
  it('enrolTokenExport_workOnARunningHub_andTheFileIsChecked', async () => {
    const data = await openFolder();
    const { ready } = await start(data);
    const kiosk = scriptedKiosk();
    const { lines: [code] } = await command('enrol', '--unit', 'KCN-01', '--unit-name', 'Khu công nghiệp 1', '--data', data);
    await enrolWithHub(ready.url, { code: String(code!.code), publicKey: kiosk.publicKey, name: 'Cổng', mode: 'gate', appVersion: '0.1.0' });
    for (let i = 0; i < 25; i += 1) kiosk.append('gate-scan', gateScan(i), { at: '2026-11-22T02:00:00.000Z' });
    await createHubClient({ url: ready.url, signer: kiosk.signer }).push(kiosk.events);
    const { lines: [made] } = await command('token', '--name', 'kho', '--data', data);
    const out = path.join(path.dirname(data), 'out');
    const answer = await command('export', '--dataset', 'gate-scans', '--from', '2026-11-22', '--to', '2026-11-22', '--format', 'csv', '--out', out, '--token', String(made!.token), '--data', data);
    expect(answer).toMatchObject({ code: 0, lines: [{ rows: 25, requester: 'token:kho' }] });
    const manifest = JSON.parse(await readFile(path.join(out, 'manifest.json'), 'utf8')) as { file: string; sha256: string };
    expect(createHash('sha256').update(await readFile(path.join(out, manifest.file))).digest('hex')).toBe(manifest.sha256);
  });

  it('withoutAHub_orWithAWrongToken_theAnswerIsACodedProblem', async () => {
    const data = await openFolder();
    await expect(command('enrol', '--unit', 'X', '--data', data)).rejects.toMatchObject({ code: 'hub-unreachable' });
    await start(data);
    const pull = (...more: string[]): ReturnType<typeof command> => command('export', '--from', '2026-11-22', '--to', '2026-11-22', '--out', data, '--token', 'no', '--data', data, ...more);
    await expect(pull('--dataset', 'events')).rejects.toMatchObject({ code: 'token-wrong' });
    await expect(pull('--dataset', 'people')).rejects.toMatchObject({ code: 'dataset-unknown' });
    await expect(pull()).rejects.toThrow(/--dataset/);
    await expect(command('dance')).rejects.toThrow(/subcommand/);
  });
});
