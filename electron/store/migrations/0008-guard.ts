import type { Migration } from './migration.ts';

/** Visitors, alarms and roll calls. */
export const guard: Migration = {
  version: 8,
  name: 'guard',
  up: () => undefined,
};
