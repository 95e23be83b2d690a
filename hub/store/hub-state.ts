import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Sql } from './database.ts';

export interface HubState { hubId: string }

const mark = (dataDir: string): string => path.join(dataDir, 'event-count');

/**
 * Who this hub is. The count of events that were confirmed is kept in a file beside the data; a database that holds
 * fewer than the file says was restored from a backup and gets a new hub epoch, so that kiosks offer again what it lost.
 */
export async function openHubState(sql: Sql, dataDir: string): Promise<HubState> {
  const epoch = randomBytes(8).toString('hex');
  await sql`insert into hub_state (hub_id, hub_epoch, first_epoch) values (${randomBytes(16).toString('hex')}, ${epoch}, ${epoch})
    on conflict do nothing`;
  const file = mark(dataDir);
  const told = existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : 0;
  if (told > await countConfirmed(sql)) await sql`update hub_state set hub_epoch = ${randomBytes(8).toString('hex')}`;
  await keepMark(sql, dataDir);
  const [row] = await sql<{ hub_id: string }[]>`select hub_id from hub_state`;
  return { hubId: row!.hub_id };
}

/** Asked each time: another replica, started later, may be the one that saw that the database was set back. */
export async function readHubEpoch(sql: Sql): Promise<string> {
  const [row] = await sql<{ hub_epoch: string }[]>`select hub_epoch from hub_state`;
  return row!.hub_epoch;
}

/** Writes the mark; called at start, at stop and every few seconds. */
export async function keepMark(sql: Sql, dataDir: string): Promise<void> {
  const file = mark(dataDir);
  writeFileSync(`${file}.new`, String(await countConfirmed(sql)), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Chains have no gaps, so the ends of all of them say how many events were confirmed. */
async function countConfirmed(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select coalesce(sum(have_seq), 0)::bigint as count from chain`;
  return row!.count;
}
