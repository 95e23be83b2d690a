import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { electronAtHand } from '../../electron/cli/electron-at-hand.ts';
import { selfCheck, type Check } from '../virtual-card/self-check.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-card-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
  versions: Record<string, string>;
  checks: Check[];
}

/** The card code and its checks as one file that needs nothing beside it. */
async function bundle(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: path.resolve(import.meta.dirname, '../fixtures/card/self-check-main.ts'),
      outDir: folder,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'self-check.mjs' } },
    },
  });
  return path.join(folder, 'self-check.mjs');
}

describe('the card code in Electron', () => {
  it('everyCipherCurveAndSignature_worksOnItsCrypto', { timeout: 20 * 60_000 }, async () => {
    const { executable } = await electronAtHand(() => undefined);
    const { stdout } = await run(executable, [await bundle()], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, timeout: 60_000 });
    const report = JSON.parse(stdout) as Report;
    expect(report.versions['electron']).toBeDefined();
    const expected = (await selfCheck()).map(({ name }) => ({ name, ok: true }));
    expect(report.checks).toEqual(expected);
  });
});
