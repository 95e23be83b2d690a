import type { Database } from 'better-sqlite3';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { schemaVersion } from './migrations/index.ts';
import { openDatabase, sqliteCode, storeProblem } from './open-database.ts';
import { keySourceOf, readStoreKey, type KeySource } from './store-key.ts';

export interface StoreInspection {
  ok: boolean;
  /** `ok`, or SQLite's first finding. */
  integrity: string;
  keySource: KeySource | null;
  /** Size of the database with its write-ahead log. */
  bytes: number;
  events: number;
  /** Schema version of the file. */
  version: number;
}

/**
 * Looks at a store without writing, beside a running kiosk too.
 * Problems: `store-missing`, `store-key-missing`, `store-key-wrong`, `store-key-in-keychain`, `store-too-new`,
 * `store-damaged` where even its head cannot be read.
 */
export async function inspectStore(dir: string): Promise<StoreInspection> {
  const path = join(dir, 'store.db');
  if (!existsSync(path)) throw new ProblemError('store-missing');
  const db = openDatabase(path, { key: readStoreKey(dir, null), queryOnly: true });
  try {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > schemaVersion) throw new ProblemError('store-too-new');
    const integrity = quickCheckOf(db);
    const events = version === 0 ? 0 : db.prepare<[], { n: number | null }>('select max(position) as n from event').get()?.n ?? 0;
    return { ok: integrity === 'ok', integrity, keySource: keySourceOf(dir), bytes: fileSize(path) + fileSize(`${path}-wal`), events, version };
  } catch (error) {
    throw storeProblem(error);
  } finally {
    db.close();
  }
}

function quickCheckOf(db: Database): string {
  try {
    return String(db.pragma('quick_check(1)', { simple: true }));
  } catch (error) {
    const code = sqliteCode(error);
    if (code === '') throw error;
    return code;
  }
}

function fileSize(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
