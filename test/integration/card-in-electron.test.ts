import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { electronAtHand } from '../../electron/cli/electron-at-hand.ts';
import { ldsSecurityObject } from '../../electron/card/sod.ts';
import { tlv } from '../../electron/card/tlv.ts';
import { pkiFindings, type Finding } from '../fixtures/card/pki-check.ts';
import { selfCheck, type Check } from '../virtual-card/self-check.ts';
import { dg1, OpensslAuthority, securityObject, signatureKinds } from './card-openssl-authority.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-card-'));
const pki = new OpensslAuthority();
afterAll(() => {
  pki.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Report {
  versions: Record<string, string>;
  checks: Check[];
}

/** A fixture and the code that it checks as one file that needs nothing beside it. */
async function bundle(main: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: path.resolve(import.meta.dirname, `../fixtures/card/${main}.ts`),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: `${main}.mjs` } },
    },
  });
  return path.join(folder, `${main}.mjs`);
}

describe('the card code in Electron', () => {
  it('everyCipherCurveAndSignature_worksOnItsCrypto', { timeout: 20 * 60_000 }, async () => {
    const { executable } = await electronAtHand(() => undefined);
    const { stdout } = await run(executable, [await bundle('self-check-main')], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, timeout: 60_000 });
    const report = JSON.parse(stdout) as Report;
    expect(report.versions['electron']).toBeDefined();
    const expected = (await selfCheck()).map(({ name }) => ({ name, ok: true }));
    expect(report.checks).toEqual(expected);
  });

  it('bothMasterListsAndSodsOfEveryAlgorithm_areJudgedAsInNode', { timeout: 20 * 60_000 }, async () => {
    const { executable } = await electronAtHand(() => undefined);
    const today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const files = path.join(folder, 'files');
    mkdirSync(files);
    const lists = path.resolve(import.meta.dirname, '../fixtures/card/master-lists');
    for (const list of ['de-2026-05-28.ml', 'nl-2026-07-22.ml']) copyFileSync(path.join(lists, list), path.join(files, list));
    writeFileSync(path.join(files, 'dg1.bin'), dg1);
    for (const [name, kind] of Object.entries(signatureKinds)) {
      pki.root(`${name}-csca`, kind);
      pki.issue(name, `${name}-csca`, kind);
      const sod = tlv(0x77, pki.sign(securityObject, name, kind, ldsSecurityObject));
      const changed = sod.slice();
      changed[changed.length - 3]! ^= 1;
      writeFileSync(path.join(files, `${name}.cer`), pki.der(`${name}-csca`));
      writeFileSync(path.join(files, `${name}.sod`), sod);
      writeFileSync(path.join(files, `${name}-changed.sod`), changed);
    }
    const { stdout } = await run(executable, [await bundle('pki-check-main'), files, today], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, timeout: 120_000, maxBuffer: 16_000_000 });
    const report = JSON.parse(stdout) as { versions: Record<string, string>; findings: Finding[] };
    expect(report.versions['electron']).toBeDefined();
    expect(report.findings).toEqual(pkiFindings(files, today));
    const sods = report.findings.filter(({ file }) => file.endsWith('.sod'));
    expect(sods).toHaveLength(2 * Object.keys(signatureKinds).length);
    expect(sods.filter(({ file, found }) => JSON.stringify(found) !== (file.endsWith('-changed.sod') ? '[true,false,true]' : '[true,true,true]'))).toEqual([]);
  });
});
