import type { BlobRef } from '../../shared/contracts/event.ts';
import { appendEvent, setAckedSeq } from './event.ts';
import { replaceSiteKey, siteKeyMark } from './site-key.ts';
import type { Store } from './store.ts';

/** Where the kiosk is enrolled. */
export interface HubLink { url: string; hubId: string; hubEpoch: string | null; lastContactAt: string | null; cursor: string }

/** Null before an enrolment. */
export function readHubLink(store: Store): HubLink | null {
  return store.sql<[], HubLink>(`select url, hub_id as hubId, hub_epoch as hubEpoch, last_contact_at as lastContactAt, cursor
    from hub_link`).get() ?? null;
}

/**
 * Keeps an enrolment: the link, the site's key (every worker's number is hashed anew) and the event, in one
 * transaction. With another hub than before everything is offered from the start.
 */
export function saveEnrolment(store: Store, link: { url: string; hubId: string; unit: { code: string; name: string } }, siteKey: Uint8Array, actor: string): void {
  store.transaction(() => {
    const before = readHubLink(store);
    replaceSiteKey(store, siteKey);
    if (before?.hubId === link.hubId) store.sql<[string]>('update hub_link set url = ?').run(link.url);
    else {
      store.sql('delete from hub_link').run();
      store.sql('delete from blob_delivery').run();
      store.sql<[string, string]>('insert into hub_link (only, url, hub_id) values (1, ?, ?)').run(link.url, link.hubId);
      setAckedSeq(store, 0);
    }
    appendEvent(store, { type: 'kiosk-enrolled', actor, payload: { ...link, keyMark: siteKeyMark(store) } });
  });
}

/** Notes a contact. Another hub epoch means a hub set back in time: every scan is offered again. */
export function noteContact(store: Store, at: string, hubEpoch: string): void {
  store.transaction(() => {
    if (readHubLink(store)?.hubEpoch !== hubEpoch) store.sql('update blob_delivery set sent_at = null').run();
    store.sql<[string, string]>('update hub_link set last_contact_at = ?, hub_epoch = ?').run(at, hubEpoch);
  });
}

/** Scans named by confirmed events that the hub has not confirmed, smallest first, at most 200. */
export function blobsWaiting(store: Store): { sha256: string; size: number }[] {
  gatherBlobs(store);
  return store.sql<[number], { sha256: string; size: number }>(`select sha256, size from blob_delivery
    where sent_at is null and position <= ? order by size, sha256 limit 200`).all(ackedPosition(store));
}

/** How many scans the hub has not confirmed. */
export function countBlobsWaiting(store: Store): number {
  gatherBlobs(store);
  return store.sql<[], { n: number }>('select count(*) as n from blob_delivery where sent_at is null').get()?.n ?? 0;
}

/** Notes when the hub confirmed a scan; null: it says that it lacks it. */
export function setBlobSent(store: Store, sha256: string, at: string | null): void {
  // The hub names up to 500 scans that it lacks in each answer: a row that says so already costs no write to the disk.
  store.sql<[string | null, string, string | null]>('update blob_delivery set sent_at = ? where sha256 = ? and sent_at is not ?').run(at, sha256, at);
}

/** Takes over which scans the events since the last look name: the event table stays the only outbox. */
function gatherBlobs(store: Store): void {
  const link = store.sql<[], { seen: number }>('select blobs_seen as seen from hub_link').get();
  const end = store.sql<[], { n: number | null }>('select max(position) as n from event').get()?.n ?? 0;
  if (link === undefined || link.seen >= end) return;
  store.transaction(() => {
    const rows = store.sql<[number, number], { position: number; blobs: string }>(
      'select position, blobs from event where position > ? and position <= ? and blobs is not null order by position').all(link.seen, end);
    for (const { position, blobs } of rows) {
      for (const { sha256, size } of JSON.parse(blobs) as BlobRef[]) {
        store.sql<[string, number, number]>('insert into blob_delivery (sha256, size, position) values (?, ?, ?) on conflict do nothing').run(sha256, size, position);
      }
    }
    store.sql<[number]>('update hub_link set blobs_seen = ?').run(end);
  });
}

function ackedPosition(store: Store): number {
  return store.epoch.base + (store.sql<[number], { n: number }>('select acked_seq as n from epoch where epoch_no = ?').get(store.epoch.epochNo)?.n ?? 0);
}
