import type { Migration } from './migration.ts';

/** Corrections of attendance. */
export const correction: Migration = {
  version: 10,
  name: 'correction',
  up: () => undefined,
};
