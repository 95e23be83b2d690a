import type { Migration } from './migration.ts';

/** Credentials, photos and what else is known of workers. */
export const people: Migration = {
  version: 7,
  name: 'people',
  up: (db) => {
    db.exec("alter table worker add column details text not null default '{}'");
  },
};
