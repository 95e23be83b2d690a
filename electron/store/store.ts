import type Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { verifyChain } from './chain.ts';
import { systemClock, type Clock } from './clock.ts';
import { createDevice, readDevice, readEpoch, type Device, type Epoch } from './device.ts';
import { migrate } from './migrations/index.ts';
import { applicationId, openDatabase, sqliteCode, storeProblem } from './open-database.ts';
import { keySourceOf, makeStoreKey, readStoreKey, type KeySource } from './store-key.ts';
import { holdWriterLock } from './writer-lock.ts';

export interface StoreOptions {
  /** From the keychain, 32 bytes; null or absent: the key file beside the store. */
  key?: Uint8Array | null;
  /** Make the folder and a new store where there is none. */
  create?: boolean;
  /** Reading beside a running writer: no lock is taken, no write passes. */
  readOnly?: boolean;
  appVersion: string;
  clock?: Clock;
}

/** An open store. Store functions take it as their first argument; nothing else holds SQL. */
export interface Store {
  readonly db: Database.Database;
  readonly dir: string;
  /** Folder of scans, one file a content hash. */
  readonly blobDir: string;
  readonly keySource: KeySource;
  readonly readOnly: boolean;
  readonly appVersion: string;
  readonly clock: Clock;
  readonly device: Device;
  readonly epoch: Epoch;
  /** Reads the epoch anew, after one was begun. */
  renewEpoch(): void;
  /** A prepared statement, prepared once. */
  sql<P extends unknown[] = [], R = unknown>(text: string): Database.Statement<P, R>;
  /** Parsed settings; emptied when a transaction fails. */
  readonly settingCache: Map<string, unknown>;
  /** Runs in one immediate transaction (inside another: as part of it). Nothing may be awaited inside. */
  transaction<T>(work: () => T): T;
  /** What a worker thread needs to open its own reading connection. */
  readonly access: { dir: string; key: Uint8Array; appVersion: string };
  close(): void;
}

/**
 * Opens the store of a folder: `store.db` (encrypted SQLite), its key, the writer's lock, `blobs/`.
 * Problems: `store-missing`, `store-in-use`, `store-key-missing`, `store-key-wrong`, `store-key-in-keychain`,
 * `store-too-new`, `store-damaged`, `store-no-access`, `disk-full`.
 */
export function openStore(dir: string, options: StoreOptions): Store {
  const path = join(dir, 'store.db');
  const exists = existsSync(path) && keySourceOf(dir) !== null;
  if (!exists && options.create !== true) throw new ProblemError(existsSync(path) ? 'store-key-missing' : 'store-missing');
  const readOnly = options.readOnly === true && exists;
  let release = (): void => undefined;
  try {
    if (!exists) makeFolder(dir);
    if (!readOnly) release = holdWriterLock(dir);
    return openHeld(dir, path, options, readOnly, release);
  } catch (error) {
    release();
    throw storeProblem(error);
  }
}

/** Makes a folder and those above it. Node's own recursive form never returns where a file system refuses folders as /proc does. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  const above = dirname(dir);
  if (above !== dir) makeFolder(above);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    if (existsSync(dir)) return;
    throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new ProblemError('store-no-access') : error;
  }
}

function openHeld(dir: string, path: string, options: StoreOptions, readOnly: boolean, release: () => void): Store {
  const given = options.key ?? null;
  const source = keySourceOf(dir);
  // A file without a sign of its key was given up by a first start that was cut short before the key was written.
  if (source === null && existsSync(path)) throw new ProblemError('store-key-missing');
  const key = source === null ? makeStoreKey(dir, given) : readStoreKey(dir, given);
  const db = openDatabase(path, { key, queryOnly: readOnly });
  try {
    prepare(db, readOnly, existsSync(join(dir, 'blobs')));
    mkdirSync(join(dir, 'blobs'), { recursive: true, mode: 0o700 });
    const store = storeOn(db, dir, options, readOnly, key, release);
    // A reader may look at a broken chain, to tell where; nobody writes on after one.
    const tail = readOnly ? null : verifyChain(store, { last: 1000 });
    if (tail?.ok === false) throw new ProblemError('store-damaged', `chain broken at ${tail.firstBad}`);
    return store;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepare(db: Database.Database, readOnly: boolean, wasUsed: boolean): void {
  if (readOnly) {
    migrate(db, 0);
    return;
  }
  const isNew = db.pragma('user_version', { simple: true }) === 0;
  if (!isNew) {
    migrate(db);
    return;
  }
  // An empty file where a store was in use is a loss to be told, not a first start with a fresh device key.
  if (wasUsed) throw new ProblemError('store-damaged', 'empty');
  // All or nothing: a first start that is cut short begins anew.
  db.transaction(() => {
    db.pragma(`application_id = ${applicationId}`);
    migrate(db);
    createDevice(db);
  }).immediate();
}

function storeOn(
  db: Database.Database, dir: string, { appVersion, clock = systemClock }: StoreOptions, readOnly: boolean, key: Uint8Array, release: () => void,
): Store {
  const statements = new Map<string, Database.Statement>();
  const settingCache = new Map<string, unknown>();
  let epoch = readEpoch(db);
  return {
    db, dir, readOnly, appVersion, clock, settingCache,
    blobDir: join(dir, 'blobs'),
    keySource: keySourceOf(dir) ?? 'key-file',
    device: readDevice(db),
    get epoch() { return epoch; },
    renewEpoch: () => { epoch = readEpoch(db); },
    access: { dir, key, appVersion },
    sql: <P extends unknown[], R>(text: string) => {
      let statement = statements.get(text);
      if (statement === undefined) statements.set(text, statement = db.prepare(text));
      return statement as unknown as Database.Statement<P, R>;
    },
    transaction: (work) => {
      try {
        return db.inTransaction ? work() : db.transaction(work).immediate();
      } catch (error) {
        settingCache.clear();
        // Who writes with a reader's connection is a bug, not a disk without access.
        if (readOnly && sqliteCode(error).startsWith('SQLITE_READONLY')) throw error;
        // Rolled back whole: once there is room again the same act can be done again. A failed read or write of the
        // disk is no such problem: what was lost is unknown, so the process ends and starts with its checks.
        throw storeProblem(error);
      }
    },
    close: () => {
      db.close();
      release();
    },
  };
}
