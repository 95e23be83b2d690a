import type { Migration } from './migration.ts';

/** What a work date of a worker came to, kept from scan to scan. */
export const workDay: Migration = {
  version: 9,
  name: 'work-day',
  up: () => undefined,
};
