import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { clusterHome, postgresBinaries, serverUser, type ServerUser } from './cluster-place.ts';
import { openPostgres } from './postgres.ts';

export interface Cluster {
  /** Connection of the owner of the database `name`. */
  url(name: string): string;
  pid: number;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
}

const settings = [
  'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=on', 'synchronous_commit=on', 'full_page_writes=on',
  'max_connections=60', 'shared_buffers=128MB', 'max_wal_size=2GB', 'timezone=UTC',
  // Nothing that a person typed may reach the log: no statements, no "Key (…)=(…)" details.
  'log_statement=none', 'log_min_error_statement=panic', 'log_error_verbosity=terse', 'log_checkpoints=off',
];

/**
 * Starts a PostgreSQL of our own for the data folder: makes the cluster at the first start (UTF-8, random password kept
 * in the folder with mode 0600), ends a server that a crashed hub left behind, and waits until connections are answered.
 * The package's own starter is not used: it hooks the process's signals, writes the password where all can read it, and
 * knows nothing of a server left behind.
 */
export async function startCluster(dataDir: string): Promise<Cluster> {
  const user = serverUser();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const home = await clusterHome(dataDir, user);
  const bin = await postgresBinaries(home, user);
  const folder = path.join(home, 'postgres');
  await endLeftOver(folder);
  const password = keptPassword(dataDir);
  if (!existsSync(path.join(folder, 'PG_VERSION'))) await initialise(bin, home, folder, password, user);

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = launch(bin, home, folder, port, user);
    try {
      const url = (name: string): string => `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
      await answers(url('postgres'), child);
      return { url, pid: child.pid!, stop: () => stop(child) };
    } catch (error) {
      await stop(child);
      // Another program may have taken the port in between.
      if (attempt === 3) throw new Error(`PostgreSQL does not start; see ${path.join(home, 'postgres.log')}`, { cause: error });
    }
  }
}

function launch(bin: string, home: string, folder: string, port: number, user: ServerUser): ChildProcess {
  const log = path.join(home, 'postgres.log');
  if (existsSync(log) && statSync(log).size > 10_000_000) rmSync(log);
  const fd = openSync(log, 'a', 0o600);
  try {
    return spawn(path.join(bin, 'postgres'), ['-D', folder, '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
      // Detached: a Ctrl+C at the terminal is for the hub, which then stops the server in order.
      { ...user, cwd: home, stdio: ['ignore', fd, fd], detached: true, env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  } finally {
    closeSync(fd);
  }
}

async function initialise(bin: string, home: string, folder: string, password: string, user: ServerUser): Promise<void> {
  // A first start that was cut off leaves a folder without PG_VERSION: nothing can be in it yet.
  rmSync(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  const passwordFile = path.join(home, `initial-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) {
    await chown(folder, user.uid, user.gid!);
    await chown(passwordFile, user.uid, user.gid!);
  }
  try {
    execFileSync(path.join(bin, 'initdb'), [
      '-D', folder, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8',
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
    ], { ...user, cwd: home, stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  } finally {
    rmSync(passwordFile);
  }
}

function keptPassword(dataDir: string): string {
  const file = path.join(dataDir, 'postgres.password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('hex');
  writeFileSync(file, password, { mode: 0o600, flag: 'wx' });
  return password;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('PostgreSQL ended at start');
    const sql = openPostgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 60));
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  // SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, then a checkpoint.
  child.kill('SIGINT');
  const hard = setTimeout(() => child.kill('SIGQUIT'), 20_000);
  await gone;
  clearTimeout(hard);
}

/** Ends the server of a hub that was killed; a lock file whose process is something else is removed. */
async function endLeftOver(folder: string): Promise<void> {
  const lock = path.join(folder, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isServerOf(pid, folder)) {
    rmSync(lock, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isServerOf(pid, folder); waited += 50) {
    if (waited === 20_000) process.kill(pid, 'SIGQUIT');
    if (waited > 30_000) throw new Error('a PostgreSQL left behind does not end');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isServerOf(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    // A zombie has no working folder any more; a server works inside its cluster.
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

