import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { openPostgres } from './postgres.ts';

export type Sql = postgres.Sql;
/** A handle inside a transaction. */
export type Tx = postgres.TransactionSql;

const folder = fileURLToPath(new URL('../migrations', import.meta.url));
const migrationLock = 7_216_031;

export interface Migration { no: number; name: string; text: string }

export function migrations(): Migration[] {
  return readdirSync(folder).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort()
    .map((name) => ({ no: Number(name.slice(0, 4)), name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

/**
 * Brings the database to the newest version as its owner, one transaction a migration, one replica at a time.
 * Throws `store-too-new` for a database of a newer version, `store-damaged` where a released migration was edited.
 */
export async function migrate(url: string, list: Migration[] = migrations()): Promise<void> {
  const sql = openPostgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await sql`create table if not exists hub_migration
      (no integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`;
    const applied = await sql<{ no: number; sha256: string }[]>`select no, sha256 from hub_migration order by no`;
    if (applied.some(({ no }) => !list.some((each) => each.no === no))) throw new ProblemError('store-too-new');
    for (const { no, name, text } of list) {
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = applied.find((each) => each.no === no);
      if (before && before.sha256 !== sha256) throw new ProblemError('store-damaged', `migration ${name} was edited`);
      if (before) continue;
      await sql.begin(async (tx) => {
        await tx.unsafe(text);
        await tx`insert into hub_migration (no, name, sha256) values (${no}, ${name}, ${sha256})`;
      });
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The pool that routes work with: the role hub_app, which can neither change nor delete an event, only empty it (`empty_events`, `store/erasure.ts`). */
export function openPool(url: string, size = 12): Sql {
  return openPostgres(url, {
    max: size, connect_timeout: 10, idle_timeout: 300, onnotice: () => undefined,
    // A statement that hangs must not hold a kiosk for ever; exports set their own limit.
    connection: { role: 'hub_app', application_name: 'motcua-hub', statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 },
    types: {
      // Instants leave as ISO text, numbers of 8 bytes as numbers: all of ours stay below 2^53.
      instant: { to: 1184, from: [1184], serialize: (value: string | Date) => (value instanceof Date ? value.toISOString() : value), parse: (text: string) => new Date(text).toISOString() },
      big: { to: 20, from: [20], serialize: String, parse: Number },
      day: { to: 1082, from: [1082], serialize: String, parse: String },
    },
  }) as unknown as Sql;
}

const away = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT', 'CONNECTION_CONNECT_TIMEOUT',
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '57014', '53300', '40001', '40P01', '25P03']);

/** True where the database is away or overtaken for a moment: the same request later can pass. */
export function isPassing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && (away.has(code) || code.startsWith('08'));
}
