import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../electron/store/index.ts';

/** A new folder that goes with its test. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A clock that stands still until it is told; `set` moves only the wall clock, as a person or NTP does. */
export interface ScriptedClock extends Clock {
  pass(milliseconds: number): void;
  set(iso: string): void;
}

export function scriptedClock(iso: string): ScriptedClock {
  let wall = Date.parse(iso);
  let mono = 1_000_000;
  return {
    now: () => wall,
    monoMs: () => mono,
    bootId: '00000000-0000-4000-8000-000000000001',
    tz: () => 420,
    pass: (milliseconds) => {
      wall += milliseconds;
      mono += milliseconds;
    },
    set: (to) => {
      wall = Date.parse(to);
    },
  };
}
