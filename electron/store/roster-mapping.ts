import { rosterColumns, type RosterColumns } from '../../shared/domain/roster.ts';
import type { Store } from './store.ts';

/** More lists than these no unit has. */
const mostMappings = 200;

/** Remembered columns by header signature, the newest first. Fields that this program no longer knows are left out. */
export function readRosterMappings(store: Store): Record<string, RosterColumns> {
  const rows = store.sql<[number], { signature: string; columns: string }>('select signature, columns from roster_mapping order by at desc limit ?').all(mostMappings);
  return Object.fromEntries(rows.map(({ signature, columns }) => {
    const all = JSON.parse(columns) as Record<string, number>;
    return [signature, Object.fromEntries(rosterColumns.filter((field) => Object.hasOwn(all, field)).map((field) => [field, all[field]]))];
  }));
}

/** Remembers columns; false where the same was remembered before. Inside the transaction of its event. */
export function saveRosterMapping(store: Store, signature: string, columns: RosterColumns): boolean {
  const text = JSON.stringify(Object.fromEntries(rosterColumns.filter((field) => columns[field] !== undefined).map((field) => [field, columns[field]])));
  return store.sql<[string, string, string]>(`insert into roster_mapping (signature, columns, at) values (?, ?, ?)
    on conflict (signature) do update set columns = excluded.columns, at = excluded.at where columns <> excluded.columns`)
    .run(signature, text, new Date(store.clock.now()).toISOString()).changes === 1;
}
