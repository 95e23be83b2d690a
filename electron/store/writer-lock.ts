import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { sqliteCode } from './open-database.ts';

/**
 * Holds the one right to write into the store of a folder for as long as the process lives: a second SQLite file with
 * an exclusive transaction open. The operating system drops it when the process ends, however that happens.
 * Problem: `store-in-use`. Returns the function that gives it back.
 */
export function holdWriterLock(dir: string): () => void {
  const file = join(dir, 'writer.lock');
  try {
    return lockFile(file);
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_NOTADB') throw error;
    // The disk left something else there. The file holds nothing, and what is no database nobody has locked.
    rmSync(file, { force: true });
    return lockFile(file);
  }
}

function lockFile(file: string): () => void {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY')) throw new ProblemError('store-in-use');
    throw error;
  }
  return () => lock.close();
}
