import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createServer } from './http/server.ts';
import { ensureAdmin } from './store/admins.ts';
import { sweep } from './store/attempts.ts';
import { migrate, openPool } from './store/database.ts';
import { keepMark, openHubState } from './store/hub-state.ts';
import { openKeys } from './store/keys.ts';

export interface HubOptions {
  /** Connection of the database's owner; work itself is done as hub_app. */
  databaseUrl: string;
  dataDir: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  behindTls: boolean;
  now?: () => Date;
}

export interface Hub {
  url: string;
  app: FastifyInstance;
  /** The administrator, with a password only when it was just made. */
  admin: { user: string; password?: string };
  localSecret: string;
  close(): Promise<void>;
}

const markEveryMs = 2_000;
const sweepEveryMs = 60_000;

/** Opens the hub on a database: migrations, state, keys, HTTP. `hub.json` (0600) tells the command line where it is. */
export async function openHub({ databaseUrl, dataDir, host, port, behindTls, now = () => new Date() }: HubOptions): Promise<Hub> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await migrate(databaseUrl);
  const sql = openPool(databaseUrl);
  const state = await openHubState(sql, dataDir);
  const admin = await ensureAdmin(sql);
  const localSecret = randomBytes(32).toString('hex');
  const app = createServer({ sql, state, keys: await openKeys(sql, dataDir), localSecret, behindTls, now });
  const url = await app.listen({ host, port });

  const file = path.join(dataDir, 'hub.json');
  writeFileSync(file, JSON.stringify({ url, pid: process.pid, hubId: state.hubId, secret: localSecret }), { mode: 0o600 });
  // A database that is away for a moment is no reason to end: the next turn tries again.
  const timers = [
    setInterval(() => void keepMark(sql, dataDir).catch(() => undefined), markEveryMs),
    setInterval(() => void sweep(sql).catch(() => undefined), sweepEveryMs),
  ];
  return {
    url, app, admin, localSecret,
    close: async () => {
      timers.forEach(clearInterval);
      await app.close();
      await keepMark(sql, dataDir).catch(() => undefined);
      await sql.end({ timeout: 5 });
      rmSync(file, { force: true });
    },
  };
}
