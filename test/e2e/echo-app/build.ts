import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { buildIfNeeded } from '../../../electron/cli/build.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

export interface EchoApp {
  /** Folder to hand to Electron. */
  appDir: string;
  /** Folder of the built page and preload that it uses: the kiosk's own. */
  out: string;
  remove(): void;
}

/** Bundles the echo app below the clone, where its packages are found, and gives it a copy of the built page. */
export async function buildEchoApp(): Promise<EchoApp> {
  await buildIfNeeded((words) => process.stderr.write(`motcua: ${words}\n`));
  mkdirSync(path.join(root, '.motcua'), { recursive: true });
  const appDir = mkdtempSync(path.join(root, '.motcua', 'echo-app-'));
  await build({
    configFile: false, root, logLevel: 'error', publicDir: false,
    build: {
      ssr: true, target: 'node20.18', outDir: appDir, emptyOutDir: false,
      rollupOptions: {
        input: { main: path.join(import.meta.dirname, 'main.ts'), service: path.join(import.meta.dirname, 'service.ts') },
        external: ['electron'], output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  writeFileSync(path.join(appDir, 'package.json'), JSON.stringify({ name: 'echo-app', version: '0.0.0', type: 'module', main: 'main.js' }));
  const out = path.join(appDir, 'built');
  for (const part of ['renderer', 'preload']) cpSync(path.join(root, 'out', part), path.join(out, part), { recursive: true });
  return { appDir, out, remove: () => rmSync(appDir, { recursive: true, force: true }) };
}
