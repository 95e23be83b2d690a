import type { Migration } from './migration.ts';

/** The counter: dossiers, papers held, blobs, procedures. */
export const counter: Migration = {
  version: 2,
  name: 'counter',
  up: () => undefined,
};
