import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as setTimeoutAsync } from 'node:timers/promises';

/**
 * Starts a program at the head of its own process group: a terminal's Ctrl+C reaches it only through us, and the
 * whole group can be ended when it does not obey.
 */
export function startChild(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(command, args, { ...options, detached: process.platform !== 'win32' });
}

/** Asks a program to end, and ends its whole group by force after `graceMs`. Resolves when all of the group is gone. */
export async function stopChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    clearTimeout(force);
  }
  await endGroup(child);
}

/** Helpers end a moment after their head; whatever does not is ended by force. */
async function endGroup(child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100 && signalGroup(child, 0); tries += 1) {
    if (tries === 40) signalGroup(child, 'SIGKILL');
    await setTimeoutAsync(50);
  }
}

/** Sends a signal (0: none, only looks) to the program's process group; false when there is no such group. */
function signalGroup(child: ChildProcess, signal: 'SIGKILL' | 0): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === 'win32') return signal === 0 ? false : child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

/**
 * Waits for the first line of a program's standard output that `wanted` turns into a value.
 * @throws Error when the program ends first or `limitMs` has passed
 */
export function firstLine<T>(child: ChildProcess, what: string, limitMs: number, wanted: (line: string) => T | undefined): Promise<T> {
  const { stdout } = child;
  if (!stdout) throw new Error(`${what} has no standard output to read`);
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${what} was not ready within ${limitMs / 1000} s`)), limitMs);
    const settle = (done: () => void): void => {
      clearTimeout(limit);
      done();
    };
    // Reading goes on afterwards, or a full pipe would stop the program.
    createInterface({ input: stdout }).on('line', (line) => {
      const value = wanted(line);
      if (value !== undefined) settle(() => resolve(value));
    });
    child.once('error', (error) => settle(() => reject(new Error(`${what} could not be started: ${error.message}`))));
    child.once('exit', (code, signal) => settle(() => reject(new Error(`${what} ended before it was ready (${signal ?? code})`))));
  });
}

/** The object of a line of JSON, or undefined for any other line. */
export function jsonObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
