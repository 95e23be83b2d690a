import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Plain from 'better-sqlite3-plain';
import { openDatabase } from '../../electron/store/open-database.ts';
import type { Store } from '../../electron/store/index.ts';
import { seedKey } from './gate-seed.ts';

/** The tables that one recorded scan writes, and how the row of that scan is found. */
const written = {
  event: 'position = @position', gate_scan: 'position = @position', presence: 'worker_no = @worker', lane_scan: "worker_no = @worker and lane = '1'",
} as const;

/** A peer of the gate: the rows of a scan that was just stored, put into an unencrypted copy of the same store. */
export interface PlainPeer {
  /** Milliseconds of one transaction with these rows and nothing else: no look-up, no decision, no hash. */
  insert(store: Store, position: number): number;
  /** Milliseconds of the rows of an import that was just stored, workers and their events, so many in a transaction. */
  rewrite(store: Store, workers: number, slice: number): number;
  close(): void;
}

/** Opens plain better-sqlite3 with the pragmas of the store on a decrypted copy, made once. */
export function plainPeer(dir: string): PlainPeer {
  const path = join(dir, 'plain.db');
  if (!existsSync(path)) decrypt(dir, path);
  const db = new Plain(path);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON', 'trusted_schema = OFF',
    'cell_size_check = ON', 'temp_store = MEMORY', 'cache_size = -65536', 'wal_autocheckpoint = 0']) db.pragma(pragma);
  const inserts = new Map<string, Plain.Statement>();
  return {
    insert: (store, position) => {
      const worker = store.sql<[number], { worker: number | null }>('select worker_no as worker from gate_scan where position = ?').get(position)?.worker ?? null;
      const rows = Object.entries(written).flatMap(([table, where]) => {
        const row = store.db.prepare<[object], Record<string, unknown>>(`select * from ${table} where ${where}`).get(namedOnly(where, { position, worker }));
        return row === undefined ? [] : [{ table, row }];
      });
      const run = db.transaction(() => {
        for (const { table, row } of rows) inserts.get(table)!.run(row);
      });
      for (const { table, row } of rows) {
        if (inserts.has(table)) continue;
        const columns = Object.keys(row);
        inserts.set(table, db.prepare(`insert or replace into ${table} (${columns.join()}) values (${columns.map((column) => `@${column}`).join()})`));
      }
      const start = performance.now();
      run.immediate();
      return performance.now() - start;
    },
    rewrite: (store, workers, slice) => {
      const read = (sql: string): Record<string, unknown>[] => store.db.prepare<[number], Record<string, unknown>>(sql).all(workers);
      const people = read('select * from worker order by worker_no limit ?');
      const events = read("select * from event where type <> 'gate-scan' order by position desc limit ?");
      const into = (table: string, row: Record<string, unknown>): Plain.Statement => {
        const columns = Object.keys(row);
        return db.prepare(`insert or replace into ${table} (${columns.join()}) values (${columns.map((column) => `@${column}`).join()})`);
      };
      const [person, event] = [into('worker', people[0]!), into('event', events[0]!)];
      db.pragma('foreign_keys = OFF');
      const start = performance.now();
      for (let from = 0; from < people.length; from += slice) {
        db.transaction(() => {
          for (let i = from; i < Math.min(from + slice, people.length); i += 1) {
            person.run(people[i]);
            event.run(events[i % events.length]);
          }
        }).immediate();
      }
      const ms = performance.now() - start;
      db.pragma('foreign_keys = ON');
      return ms;
    },
    close: () => db.close(),
  };
}

function namedOnly(where: string, all: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => where.includes(`@${name}`)));
}

function decrypt(dir: string, path: string): void {
  const copy = `${path}.new`;
  copyFileSync(join(dir, 'store.db'), copy);
  const db = openDatabase(copy, { key: seedKey(dir) });
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.exec('drop trigger event_is_never_changed; drop trigger event_is_never_deleted');
  db.close();
  renameSync(copy, path);
}
