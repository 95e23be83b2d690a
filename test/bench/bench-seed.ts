import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../../electron/cli/cache-dir.ts';
import { openStore, sha256, type Store } from '../../electron/store/index.ts';
import { migrations } from '../../electron/store/migrations/index.ts';

/**
 * Folder of a store that `seed` filled, made once for each size and schema and kept outside of the clone. Syncing is off
 * while it is filled.
 * @param name of the bench, for the folder
 * @param size of what is seeded, as in `20000-1000000`
 */
export function seededOnce(name: string, size: string, seed: (store: Store) => void): string {
  const schema = sha256(migrations.map(({ up }) => up.toString()).join('')).slice(0, 8);
  const folder = join(cacheDir(), name);
  const dir = join(folder, `${size}-${schema}`);
  if (existsSync(join(dir, 'seeded'))) return dir;
  // Stores of this size from an older schema: up to half a gigabyte each.
  for (const old of existsSync(folder) ? readdirSync(folder) : []) if (old.startsWith(`${size}-`)) rmSync(join(folder, old), { recursive: true, force: true });
  const fresh = `${dir}.new`;
  mkdirSync(fresh, { recursive: true });
  const store = openStore(fresh, { create: true, appVersion: 'bench' });
  try {
    store.db.pragma('synchronous = OFF');
    seed(store);
    store.db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    store.close();
  }
  writeFileSync(join(fresh, 'seeded'), '');
  renameSync(fresh, dir);
  return dir;
}
