import type { StoredEvent } from '../../shared/contracts/event.ts';
import type { SitePart } from '../../shared/contracts/site.ts';
import type { RunFault } from './site-proof.ts';
import type { Store } from './store.ts';

/** What is kept apart of one device, and of all together: enough to look into, and no way to fill the disk. */
export const quarantineLimits = { deviceRows: 1_000, deviceBytes: 2_000_000, allRows: 10_000, allBytes: 16_000_000 } as const;
const mostBody = 100_000;

/** Keeps an event apart; inside a transaction that ends with `capQuarantine`. False where the same lies there. `bearer`: null is the hub. */
export function quarantine(store: Store, event: StoredEvent, code: string, bearer: string | null): boolean {
  return keepApart(store, event, code, bearer, JSON.stringify(code === 'depth' ? { ...event, payload: null } : event));
}

/** Keeps a run apart that is not proven, in one transaction: an entry for each of its events, one where it has none. How many are new. */
export function quarantineRun(store: Store, { device, epoch, through, events }: SitePart, fault: RunFault | 'gates', bearer: string | null): number {
  return store.transaction(() => {
    let kept = 0;
    // What would be given up again at once is not written first: a scan may be waiting.
    const bodies = events.slice(-quarantineLimits.deviceRows).map((event) => ({ seq: event.seq, body: bodyOf(event).slice(0, mostBody) }));
    let size = bodies.reduce((sum, { body }) => sum + body.length, 0);
    while (size > quarantineLimits.deviceBytes) size -= bodies.shift()!.body.length;
    // In the name that the run gives: an event that names another device is no word of that one.
    for (const { seq, body } of bodies) if (keepApart(store, { device, epoch, seq }, fault, bearer, body)) kept += 1;
    if (events.length === 0 && keepApart(store, { device, epoch, seq: through }, fault, bearer, '{}')) kept += 1;
    // The same run again, of which all that fits is here, gives up nothing more.
    if (kept > 0 && bodies.length < events.length) noteDropped(store, device, events.length - bodies.length);
    if (kept > 0) capQuarantine(store, device);
    return kept;
  });
}

/** Nothing is known of an event that is not proven: it may nest deeper than can be written. */
function bodyOf(event: StoredEvent): string {
  try {
    return JSON.stringify(event);
  } catch {
    return JSON.stringify({ ...event, payload: null });
  }
}

function keepApart(store: Store, { device, epoch, seq }: Pick<StoredEvent, 'device' | 'epoch' | 'seq'>, code: string, bearer: string | null, body: string): boolean {
  return store.sql<unknown[]>('insert into site_quarantine (device, epoch, seq, code, bearer, body, at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing').run(
    device, epoch, seq, code, bearer, body.slice(0, mostBody), new Date(store.clock.now()).toISOString()).changes > 0;
}

/** Gives up the oldest entries beyond the limits and counts them; inside the transaction that added some of a device. */
export function capQuarantine(store: Store, device: string): void {
  const { deviceRows, deviceBytes, allRows, allBytes } = quarantineLimits;
  const beyond = 'select quarantine_no from (select quarantine_no, row_number() over w as n, sum(size) over w as bytes from site_quarantine';
  const drop = (where: string, args: unknown[]): void => {
    const gone = store.sql<unknown[], { device: string }>(`delete from site_quarantine where quarantine_no in (${beyond} ${where}
      window w as (order by quarantine_no desc)) where n > ? or bytes > ?) returning device`).all(...args);
    for (const [one, rows] of Map.groupBy(gone, ({ device: of }) => of)) noteDropped(store, one, rows.length);
  };
  drop('where device = ?', [device, deviceRows, deviceBytes]);
  const all = store.sql<[], { n: number; bytes: number | null }>('select count(*) as n, sum(size) as bytes from site_quarantine').get()!;
  if (all.n > allRows || (all.bytes ?? 0) > allBytes) drop('', [allRows, allBytes]);
}

function noteDropped(store: Store, device: string, rows: number): void {
  store.sql<[string, number]>(`insert into site_quarantine_dropped (device, rows) select coalesce((select device from site_gate where device = ?), ''), ? where true
    on conflict (device) do update set rows = rows + excluded.rows`).run(device, rows);
}

/** How much is kept apart in a device's name, how much of it was given up, and how much it brought in the name of others. */
export function quarantineOf(store: Store, device: string): { quarantined: number; quarantineDropped: number; brought: number } {
  return store.sql<[{ device: string }], { quarantined: number; quarantineDropped: number; brought: number }>(`
    select (select count(*) from site_quarantine where device = @device) as quarantined,
      coalesce((select rows from site_quarantine_dropped where device = @device), 0) as quarantineDropped,
      (select count(*) from site_quarantine where bearer = @device and device <> @device) as brought`).get({ device })!;
}
