import os from 'node:os';
import path from 'node:path';

/** The per-user folder for what can be fetched again: never below the clone, so that no checkout carries it. */
export function cacheDir(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'motcua-kiosk');
}
