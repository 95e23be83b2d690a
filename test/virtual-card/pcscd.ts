import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { probeReaders } from '../../electron/devices/pcsc.ts';

const readyMs = 15_000;

export interface Pcscd {
  /** Whether this call started it: then `stop` ends it, else `stop` leaves it alone. */
  started: boolean;
  readers: string[];
  stop(): Promise<void>;
}

/**
 * A reader service that shows the virtual readers: the one that runs, else a new one.
 * @throws Error when no virtual reader comes, with the command that installs what is missing
 */
export async function startPcscd(): Promise<Pcscd> {
  const present = await virtualReaders();
  if (present.length > 0) return { started: false, readers: present, stop: async () => undefined };
  const child = spawn('pcscd', ['--foreground'], { stdio: 'ignore' });
  const failed = once(child, 'error').then(() => true);
  const until = Date.now() + readyMs;
  while (Date.now() < until && child.exitCode === null) {
    const missing = await Promise.race([failed, wait(100).then(() => false)]);
    if (missing) break;
    const readers = await virtualReaders();
    if (readers.length > 0) return { started: true, readers, stop: () => stop(child) };
  }
  await stop(child);
  throw new Error('No virtual reader: apt-get install -y pcscd vsmartcard-vpcd');
}

async function virtualReaders(): Promise<string[]> {
  const { readers } = await probeReaders();
  return readers.map(({ name }) => name).filter((name) => name.startsWith('Virtual PCD'));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
