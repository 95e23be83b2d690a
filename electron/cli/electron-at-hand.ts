import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheDir } from './cache-dir.ts';
import { standIn } from './electron-stand-in.ts';

/** An Electron that can be started: its executable and where it came from. */
export interface ElectronAtHand {
  executable: string;
  kind: 'override' | 'installed' | 'stand-in';
  version: string;
}

const require = createRequire(import.meta.url);
const downloadMinutes = 10;
/** A closed network stays closed for a while: without this memory every command would wait for the probe again. */
const failureRemembered = 6 * 3600_000;

/**
 * Finds an Electron, in this order: ELECTRON_OVERRIDE_DIST_PATH; the one that the electron package has unpacked; its
 * own download, tried once; the stand-in for tests and trying out (electron-stand-in.ts).
 * @param say takes words for a person (standard error)
 * @throws Error with a sentence that says what is missing
 */
export async function electronAtHand(say: (words: string) => void): Promise<ElectronAtHand> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const executable = path.join(override, executableName());
    if (!existsSync(executable)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH holds no ${executableName()}.`);
    return { executable, kind: 'override', version: versionOf(override) };
  }
  const here = installed() ?? (await download(say));
  if (here) return here;
  const folder = await standIn(say);
  return { executable: path.join(folder, 'electron'), kind: 'stand-in', version: versionOf(folder) };
}

function electronFolder(): string {
  return path.dirname(require.resolve('electron/package.json'));
}

function installed(): ElectronAtHand | undefined {
  const dist = path.join(electronFolder(), 'dist');
  const executable = path.join(dist, executableName());
  // path.txt is the last thing that electron's installer writes.
  if (!existsSync(path.join(electronFolder(), 'path.txt')) || !existsSync(executable)) return undefined;
  return { executable, kind: 'installed', version: versionOf(dist) };
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function versionOf(folder: string): string {
  const file = path.join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}

async function download(say: (words: string) => void): Promise<ElectronAtHand | undefined> {
  const memory = path.join(cacheDir(), 'electron-download-failed');
  if (existsSync(memory) && Date.now() - statSync(memory).mtimeMs < failureRemembered) return undefined;
  say('looking for Electron …');
  const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  // A name that does not resolve or an address that never answers must cost seconds; behind a proxy the probe says nothing.
  if (proxy || (await reachable(process.env.ELECTRON_MIRROR ?? 'https://github.com/'))) {
    say('downloading Electron (about 120 MB) …');
    if ((await runInstaller(proxy !== undefined)) === 0) {
      rmSync(memory, { force: true });
      const here = installed();
      if (here) return here;
    }
    // What a stopped download left behind must not pass for an Electron.
    if (!installed()) rmSync(path.join(electronFolder(), 'dist'), { recursive: true, force: true });
  }
  mkdirSync(cacheDir(), { recursive: true });
  writeFileSync(memory, `${new Date().toISOString()} on ${os.hostname()}\n`);
  return undefined;
}

async function reachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(8000) });
    return true;
  } catch {
    return false;
  }
}

function runInstaller(behindProxy: boolean): Promise<number | null> {
  const child = spawn(process.execPath, [path.join(electronFolder(), 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: downloadMinutes * 60_000,
    env: { ...process.env, ...(behindProxy ? { ELECTRON_GET_USE_PROXY: '1' } : {}) },
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
}
