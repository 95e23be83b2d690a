import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Sql } from './database.ts';

/** Keys that follow from the one master key of the hub. It is not in the database: a backup alone opens nothing. */
export interface HubKeys {
  blob: Buffer;
  export: Buffer;
  /** Key of what events and rosters tell of people, one for each device or unit: no nonce can meet another under one key. */
  record(owner: string): Buffer;
  /** Key of the keyed hash of personal numbers, the same for all kiosks of a unit. */
  site(unit: string): Buffer;
}

/**
 * Reads `hub.key` (0600) in the data folder or MOTCUA_HUB_KEY (base64 of 32 bytes, for replicas); makes the file with
 * the database's first start, and only then. Throws `store-key-missing` and `store-key-wrong` where the database was
 * written with a key that is not this one: scans would stay shut, and kiosks of one unit would hash numbers differently.
 */
export async function openKeys(sql: Sql, dataDir: string, fromEnvironment: string | undefined = process.env.MOTCUA_HUB_KEY): Promise<HubKeys> {
  const file = path.join(dataDir, 'hub.key');
  const [known] = await sql<{ key_check: string | null }[]>`select key_check from hub_state`;
  if (!fromEnvironment && !existsSync(file)) {
    if (known!.key_check !== null) throw new ProblemError('store-key-missing', 'hub.key');
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx', flush: true });
  }
  const master = Buffer.from(fromEnvironment || readFileSync(file, 'utf8'), 'base64');
  if (master.length !== 32) throw new ProblemError('store-key-wrong', 'hub.key');
  const derived = (name: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', `motcua ${name}`, 32));
  const check = derived('key check').toString('hex');
  // Of two replicas that start on a new database at once the first decides.
  const [kept] = await sql<{ key_check: string }[]>`update hub_state set key_check = coalesce(key_check, ${check}) returning key_check`;
  if (kept!.key_check !== check) throw new ProblemError('store-key-wrong', 'hub.key');
  const records = new Map<string, Buffer>();
  return {
    blob: derived('blob'),
    export: derived('export'),
    record: (owner) => {
      const made = records.get(owner) ?? derived(`record ${owner}`);
      records.set(owner, made);
      return made;
    },
    site: (unit) => createHmac('sha256', master).update(`motcua site ${unit}`).digest(),
  };
}
