import type { Migration } from './migration.ts';

/** Sync: what the hub told, and how far each blob has been sent. */
export const sync: Migration = {
  version: 3,
  name: 'sync',
  up: () => undefined,
};
