import Database from 'better-sqlite3';
import { ProblemError } from '../../shared/contracts/problems.ts';

/** `MotC` as a number: tells our file from other SQLite files. */
export const applicationId = 0x4d6f7443;

export interface OpenOptions {
  key: Uint8Array;
  /** No write passes, though SQLite may still put its shared-memory file beside the database. */
  queryOnly?: boolean;
}

/**
 * Opens one connection to an encrypted database file and sets what every connection needs.
 * SQLCipher's format with a raw key (AES-256, HMAC-SHA-512 a page): known outside this program too, and no key
 * derivation at open. Problems: `store-key-wrong`, `store-damaged`.
 */
export function openDatabase(path: string, { key, queryOnly = false }: OpenOptions): Database.Database {
  const db = new Database(path, { timeout: 5000 });
  try {
    db.pragma("cipher = 'sqlcipher'");
    db.pragma('legacy = 4');
    db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
    db.pragma('journal_mode = WAL');
    // In WAL mode better-sqlite3 opens with NORMAL, which may lose the last check-ins at a power cut.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('temp_store = MEMORY');
    // Readers' threads come beside the writer, each with a cache of its own.
    db.pragma(`cache_size = ${queryOnly ? -16_384 : -65_536}`);
    db.pragma('journal_size_limit = 67108864');
    if (queryOnly) db.pragma('query_only = ON');
    return db;
  } catch (error) {
    db.close();
    throw storeProblem(error);
  }
}

/** SQLite's words for a file that cannot be used, as a coded problem; anything else stays as it is. */
export function storeProblem(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === 'SQLITE_NOTADB') return new ProblemError('store-key-wrong');
  if (code.startsWith('SQLITE_CORRUPT')) return new ProblemError('store-damaged');
  if (code === 'SQLITE_FULL' || fileCode(error) === 'ENOSPC') return new ProblemError('disk-full');
  // A failing disk is put to reading only by its file system, and one that is mounted so opens all the same.
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || noAccess.has(fileCode(error))) return new ProblemError('store-no-access');
  return error;
}
const noAccess = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR']);

function fileCode(error: unknown): string {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
}

/** SQLite's result code as text, empty for other errors. */
export function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}
