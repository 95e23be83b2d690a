import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { buildIfNeeded } from './build.ts';
import { firstLine, jsonObject, startChild, stopChild } from './child.ts';
import { openDisplay, type Display } from './display.ts';
import { electronAtHand, type ElectronAtHand } from './electron-at-hand.ts';
import { sandboxArguments } from './sandbox.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const hubEntry = path.join(root, 'hub', 'main.ts');
const firstHubPort = 8480;
/** The first start makes a whole PostgreSQL cluster on a slow disk. */
const hubMs = 180_000;
const kioskMs = 90_000;

const say = (words: string): void => void process.stderr.write(`motcua: ${words}\n`);
const args = process.argv.slice(2);
const dataDir = process.env.MOTCUA_DATA
  ? path.resolve(process.env.INIT_CWD ?? '.', process.env.MOTCUA_DATA)
  : path.join(os.homedir(), '.local', 'share', 'motcua-kiosk');

/** What was started, in order; ended in the opposite order. */
const cleanUps: (() => Promise<void>)[] = [];
let ending: Promise<never> | undefined;

function end(code: number): Promise<never> {
  ending ??= (async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
    process.exit(code);
  })();
  return ending;
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0));

// npm killed without a chance to pass the signal on must not leave a hub and a window behind.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || void end(0), 1000).unref();

async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port += 1) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = net.createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error(`no free port between ${from} and ${from + 99}`);
}

interface HubAdmin { user: string; password?: string }

async function startHub(): Promise<string | null> {
  if (!existsSync(hubEntry)) {
    say('this build has no hub');
    return null;
  }
  const folder = path.join(dataDir, 'hub');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const port = await freePort(firstHubPort);
  const child = startChild(process.execPath, [hubEntry, '--port', String(port), '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUps.push(() => stopChild(child, 20_000));
  const { url, admin } = await firstLine(child, 'the hub', hubMs, (line) => {
    const object = jsonObject(line);
    return object?.ready === true && typeof object.url === 'string' ? { url: object.url, admin: object.admin as HubAdmin | undefined } : undefined;
  });
  // Told once, when the hub was made: from then on it holds only the hash.
  if (admin?.password !== undefined) say(`the hub's pages: ${url} — user ${admin.user}, password ${admin.password} (shown this once; write it down)`);
  // The kiosk works without its hub, so its end is told, not followed.
  child.once('exit', () => ending || say('the hub has ended; the kiosk goes on and keeps what it has to send'));
  return url;
}

/** Chromium complains about services that a kiosk or a test machine does not have; everything else is passed on. */
const harmless = /:(ERROR|WARNING):(bus|viz_main_impl|command_buffer_proxy_impl|zygote_communication_linux|object_proxy|gpu_process_host|gl_\w+|viz_\w+|sandbox_linux|angle_platform_impl|vaapi_wrapper|atom_cache|gles2_\w+|network_service_instance_impl|exit_code_\w+)\.cc/;

interface Kiosk { child: ChildProcess; info: Record<string, unknown> }

async function startKiosk(electron: ElectronAtHand, display: Display): Promise<Kiosk> {
  const child = startChild(electron.executable, [
    ...sandboxArguments(electron.executable, say),
    ...(display.virtual ? ['--disable-gpu'] : []),
    root,
    ...args.filter((arg) => arg === '--windowed' || arg === '--kiosk-mode'),
  ], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(display.virtual ? { DISPLAY: display.name } : {}), MOTCUA_DATA: dataDir, MOTCUA_NODE: process.execPath },
  });
  cleanUps.push(() => stopChild(child, 15_000));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = chunk.split('\n').filter((line) => line !== '' && !harmless.test(line));
    if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
  });
  const info = await firstLine(child, 'the kiosk', kioskMs, (line) => {
    const object = jsonObject(line);
    return object?.kiosk === 'ready' ? object : undefined;
  });
  return { child, info };
}

try {
  const hub = startHub();
  // Its failure is reported below, where it is awaited.
  hub.catch(() => undefined);
  await buildIfNeeded(say);
  const electron = await electronAtHand(say);
  if (electron.kind === 'stand-in') say(`running on Electron ${electron.version} from the npm registry: for tests and trying out only`);
  const display = await openDisplay(say);
  cleanUps.push(display.stop);
  const url = await hub;
  const { child, info } = await startKiosk(electron, display);
  const { kiosk: _, ...about } = info;
  process.stdout.write(`${JSON.stringify({ ready: true, hub: url, kiosk: { ...about, electronFrom: electron.kind, display: display.name, pid: child.pid } })}\n`);
  child.once('exit', (code, signal) => {
    if (code !== 0 && !ending) say(`the kiosk has ended unexpectedly (${signal ?? code})`);
    void end(code === 0 ? 0 : 1);
  });
  if (args.includes('--once')) void end(0);
} catch (error) {
  if (!ending) say(error instanceof Error ? error.message : String(error));
  void end(1);
}
