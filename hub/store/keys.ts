import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';

/** Keys that follow from the one master key of the hub. It is not in the database: a backup alone opens no scan. */
export interface HubKeys {
  blob: Buffer;
  /** Key of the keyed hash of personal numbers, the same for all kiosks of a unit. */
  site(unit: string): Buffer;
}

/** Reads `hub.key` (0600) in the data folder or MOTCUA_HUB_KEY (base64 of 32 bytes, for replicas); makes the file at the first start. */
export function openKeys(dataDir: string, fromEnvironment: string | undefined = process.env.MOTCUA_HUB_KEY): HubKeys {
  const file = path.join(dataDir, 'hub.key');
  if (!fromEnvironment && !existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  const master = Buffer.from(fromEnvironment ?? readFileSync(file, 'utf8'), 'base64');
  if (master.length !== 32) throw new ProblemError('store-key-wrong', 'hub.key');
  return {
    blob: Buffer.from(hkdfSync('sha256', master, '', 'motcua blob', 32)),
    site: (unit) => createHmac('sha256', master).update(`motcua site ${unit}`).digest(),
  };
}
