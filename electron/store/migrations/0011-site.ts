import type { Migration } from './migration.ts';

/** Events of the other gates of the site. */
export const site: Migration = {
  version: 11,
  name: 'site',
  up: () => undefined,
};
