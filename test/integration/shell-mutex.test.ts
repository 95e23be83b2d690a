import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withMutex } from '../../electron/cli/setup-mutex.mjs';

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-mutex-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('withMutex', () => {
  it('lets four processes work one after another, never two at once', async () => {
    const script = path.join(folder, 'work.mjs');
    const log = path.join(folder, 'log');
    writeFileSync(script, `
      import { appendFileSync } from 'node:fs';
      import { withMutex } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../electron/cli/setup-mutex.mjs'))};
      await withMutex(${JSON.stringify(path.join(folder, 'lock'))}, () => undefined, async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        await new Promise((resolve) => setTimeout(resolve, 50));
        appendFileSync(${JSON.stringify(log)}, 'out ');
      });`);
    const children = Array.from({ length: 4 }, () => spawn(process.execPath, [script], { stdio: 'inherit' }));
    await Promise.all(children.map((child) => once(child, 'exit')));
    expect(readFileSync(log, 'utf8')).toBe('in out in out in out in out ');
    expect(existsSync(path.join(folder, 'lock'))).toBe(false);
  });

  it('takes over from a process that died holding it', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']);
    mkdirSync(path.join(folder, 'lock'));
    writeFileSync(path.join(folder, 'lock', 'pid'), String(gone.pid));
    expect(await withMutex(path.join(folder, 'lock'), () => undefined, () => 'done')).toBe('done');
  });

  it('is free again after work that threw', async () => {
    const lock = path.join(folder, 'lock');
    await expect(withMutex(lock, () => undefined, () => { throw new Error('work failed'); })).rejects.toThrow('work failed');
    expect(await withMutex(lock, () => undefined, () => appendFileSync(path.join(folder, 'log'), 'x'))).toBeUndefined();
  });
});
