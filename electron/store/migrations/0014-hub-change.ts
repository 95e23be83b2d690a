import type { Migration } from './migration.ts';

/** What the hub publishes is applied as it comes; a copy of each body lay beside it that nothing read, names of people included. */
export const hubChange: Migration = {
  version: 14,
  name: 'hub-change',
  up: (db) => {
    db.exec('drop table hub_change');
  },
};
