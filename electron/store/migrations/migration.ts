import type { Database } from 'better-sqlite3';

/**
 * One step of the schema. Its version is its place in the list, counted from 1, and SQLite's user_version after it.
 * Never edited after release; runs in one transaction; has a test that goes through it from the version before.
 */
export interface Migration {
  version: number;
  name: string;
  up(db: Database): void;
}
