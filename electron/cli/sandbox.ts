import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Arguments that Chromium's sandbox needs on this machine: none wherever it can work.
 * @param executable Electron's own
 */
export function sandboxArguments(executable: string, say: (words: string) => void): string[] {
  if (process.platform !== 'linux') return [];
  // Chromium refuses to run its sandbox as root. Root is what test machines and containers have; a kiosk has a user.
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = path.join(path.dirname(executable), 'chrome-sandbox');
  if (!namespacesForbidden() || hasRootBit(helper)) return [];
  say(`this system forbids user namespaces, so the page runs without Chromium's sandbox. To switch it on, type once:\n\n`
    + `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'\n`);
  return ['--no-sandbox'];
}

function namespacesForbidden(): boolean {
  const read = (name: string): string => {
    const file = `/proc/sys/kernel/${name}`;
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  };
  return read('apparmor_restrict_unprivileged_userns') === '1' || read('unprivileged_userns_clone') === '0';
}

function hasRootBit(file: string): boolean {
  if (!existsSync(file)) return false;
  const { uid, mode } = statSync(file);
  return uid === 0 && (mode & 0o4000) !== 0;
}
