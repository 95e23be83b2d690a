import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withMutex } from './setup-mutex.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const out = path.join(root, 'out');
const sources = ['electron', 'renderer', 'shared', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const buildMinutes = 5;

/**
 * Builds the app into out/ when its sources differ from those of the last build; a running app keeps what it has
 * loaded, and a failed build leaves the last good one in place.
 * @param say takes words for a person (standard error)
 * @throws Error when the build fails, after its words were said
 */
export async function buildIfNeeded(say: (words: string) => void): Promise<void> {
  if (isBuilt(sourceHash())) return;
  await withMutex(path.join(root, '.motcua', 'build.lock'), () => say('another command is building, waiting for it …'), async () => {
    const hash = sourceHash();
    if (isBuilt(hash)) return;
    say('building …');
    const fresh = mkdtempSync(path.join(root, '.motcua', 'build-'));
    try {
      await runBuild(fresh, say);
      writeFileSync(path.join(fresh, 'sources.sha256'), hash);
      const old = `${fresh}-old`;
      if (existsSync(out)) renameSync(out, old);
      renameSync(fresh, out);
      rmSync(old, { recursive: true, force: true });
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}

function isBuilt(hash: string): boolean {
  try {
    return readFileSync(path.join(out, 'sources.sha256'), 'utf8') === hash;
  } catch {
    return false;
  }
}

function sourceHash(): string {
  const hash = createHash('sha256');
  const add = (name: string): void => {
    const file = path.join(root, name);
    hash.update(`${name}\0`).update(readFileSync(file)).update('\0');
  };
  for (const source of sources) {
    if (path.extname(source) !== '') add(source);
    else {
      const entries = readdirSync(path.join(root, source), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
      for (const file of files.sort()) add(file);
    }
  }
  return hash.digest('hex');
}

function runBuild(folder: string, say: (words: string) => void): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'], {
    cwd: root, env: { ...process.env, MOTCUA_OUT: folder, NO_COLOR: '1', FORCE_COLOR: undefined }, stdio: ['ignore', 'pipe', 'pipe'], timeout: buildMinutes * 60_000,
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { words += chunk.toString(); });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) {
        resolve();
        return;
      }
      say(words.trim());
      reject(new Error('the build failed'));
    });
  });
}

if (process.argv[1] === import.meta.filename) {
  await buildIfNeeded((words) => process.stderr.write(`motcua: ${words}\n`));
}
