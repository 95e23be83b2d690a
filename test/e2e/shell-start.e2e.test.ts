import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');
let dataDir: string;
beforeEach(() => { dataDir = mkdtempSync(path.join(os.tmpdir(), 'motcua-start-')); });
afterEach(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

/** Starts as a user does, without a display of its own. */
function npmStart(...args: string[]): { child: ChildProcess; output: () => string; ready: Promise<Record<string, unknown>>; ended: Promise<unknown[]> } {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  const child = spawn('npm', ['start', '--silent', '--', ...args], { cwd: root, env: { ...env, MOTCUA_DATA: dataDir }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const ended = once(child, 'exit');
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))) as Record<string, unknown>);
    });
    child.once('exit', () => reject(new Error('ended before it was ready')));
  });
  ready.catch(() => undefined);
  return { child, output: () => text, ready, ended };
}

/** Every process that was given this test's data folder, whoever its parent is now. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).flatMap((name) => {
    try {
      const ours = readFileSync(`/proc/${name}/environ`, 'utf8').includes(folder) || readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
      return ours ? [readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
}

describe('npm start', () => {
  it('with --once prints one line of JSON, ends with 0 and leaves no process behind', async () => {
    const { output, ended } = npmStart('--once');
    expect((await ended)[0]).toBe(0);
    const lines = output().trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      ready: true, hub: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), kiosk: { dataDir: path.join(dataDir, 'kiosk') },
    });
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('stays, answers at the hub, and ends with 0 at SIGTERM with no process left', async () => {
    const { child, ready, ended } = npmStart();
    const { hub } = await ready;
    expect((await fetch(String(hub))).status).toBeLessThan(500);
    expect(processesOf(dataDir).length).toBeGreaterThan(4);
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('ends with 0 when the window is closed', async () => {
    const { ready, ended } = npmStart();
    const { kiosk } = await ready as { kiosk: { pid: number } };
    process.kill(kiosk.pid, 'SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('ends everything when npm itself is killed', async () => {
    const { child, ready } = npmStart();
    await ready;
    child.kill('SIGKILL');
    await expect.poll(() => processesOf(dataDir), { timeout: 40_000, interval: 250 }).toEqual([]);
  });
});
