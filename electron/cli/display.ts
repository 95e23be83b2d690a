import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { startChild, stopChild } from './child.ts';

const startMs = 20_000;

/** A screen to open windows on. `virtual`: we made it, nobody sees it. */
export interface Display {
  name: string;
  virtual: boolean;
  stop(): Promise<void>;
}

/**
 * The display of this session, or a virtual one of our own where there is none (a server, a test machine).
 * @throws Error with a sentence when neither can be had
 */
export async function openDisplay(say: (words: string) => void): Promise<Display> {
  const here = process.env.WAYLAND_DISPLAY ?? process.env.DISPLAY;
  if (process.platform !== 'linux' || here) return { name: here ?? 'desktop', virtual: false, stop: () => Promise.resolve() };
  // Xvfb itself picks a free number and writes it to file descriptor 3.
  const child = startChild('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await displayNumber(child);
  say(`no display here, using a virtual one (Xvfb :${number})`);
  return { name: `:${number}`, virtual: true, stop: () => stopChild(child, 5_000) };
}

function displayNumber(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      clearTimeout(limit);
      void stopChild(child, 0);
      reject(new Error('There is no display and Xvfb could not be started. Type: sudo apt-get install -y xvfb'));
    };
    const limit = setTimeout(fail, startMs);
    child.once('error', fail);
    child.once('exit', fail);
    createInterface({ input: child.stdio[3] as Readable }).once('line', (line) => {
      clearTimeout(limit);
      child.off('exit', fail);
      resolve(line.trim());
    });
  });
}
