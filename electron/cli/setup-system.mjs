import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const aptMinutes = 15;

/**
 * Installs what resources/system-packages.json names and the machine lacks: by apt when root on Debian or Ubuntu,
 * otherwise by saying the one command to type. Never throws for a package that cannot be had: what needs it says so.
 * @param {string} root
 * @param {('run' | 'test')[]} lists
 * @param {(words: string) => void} say
 */
export function installSystemPackages(root, lists, say) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const known = JSON.parse(readFileSync(path.join(root, 'resources', 'system-packages.json'), 'utf8'));
  const wanted = lists.flatMap((list) => known[list]);
  // Only a machine without a screen needs a virtual one.
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY && !lists.includes('test')) wanted.push(...known.headless);
  const missing = missingOf(wanted);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    say(`the machine lacks system packages; please type once:\n\n  sudo apt-get install -y ${choose(missing).join(' ')}\n`);
    return;
  }
  say(`installing system packages: ${missing.map((names) => names.join(' or ')).join(', ')} …`);
  // Which of several names this distribution has is known only from a fresh list.
  if (apt('update', [], say)) apt('install', ['-y', '--no-install-recommends', ...choose(missing)], say);
}

/**
 * An entry is a name or a list of names of which one is enough (Ubuntu 24.04 renamed several to …t64).
 * @param {(string | string[])[]} wanted
 * @returns {string[][]}
 */
function missingOf(wanted) {
  const result = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n'], { encoding: 'utf8', maxBuffer: 16 << 20 });
  const installed = new Set(result.stdout.split('\n').filter((line) => line.startsWith('installed ')).map((line) => line.slice(10)));
  return wanted.map((names) => (Array.isArray(names) ? names : [names])).filter((names) => !names.some((name) => installed.has(name)));
}

/**
 * Of each entry the first name that this distribution has.
 * @param {string[][]} missing
 */
function choose(missing) {
  return missing.map((names) => (names.length === 1 ? names : names.filter((name) => {
    const shown = spawnSync('apt-cache', ['show', '--no-all-versions', name], { encoding: 'utf8' });
    return shown.status === 0 && shown.stdout.includes('Package:');
  }))[0] ?? names[0] ?? '');
}

/**
 * @param {string} verb
 * @param {string[]} args
 * @param {(words: string) => void} say
 */
function apt(verb, args, say) {
  const result = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', verb, ...args], {
    encoding: 'utf8', timeout: aptMinutes * 60_000, maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
  if (result.status === 0) return true;
  const last = `${result.stderr ?? ''}`.trim().split('\n').slice(-3).join(' / ');
  say(`"apt-get ${verb} ${args.join(' ')}" failed (${last || result.error?.message}); going on without.`);
  return false;
}
