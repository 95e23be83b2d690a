import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Store } from './store.ts';

// Not a setting's name, so no setting can meet it there.
const cacheName = '\0site-key';

/** Key of the keyed hash of personal numbers, 32 bytes: the site's since enrolment, before that the kiosk's own. */
export function readSiteKey(store: Store): Uint8Array {
  const cached = store.settingCache.get(cacheName);
  if (cached instanceof Uint8Array) return cached;
  const key = store.sql<[], { site_key: Buffer }>('select site_key from device').get()?.site_key;
  if (key === undefined) throw new Error('the store has no site key');
  store.settingCache.set(cacheName, key);
  return key;
}

/** The last number that was hashed: one scan, or one row of a list, asks up to three times for the same. A key of Node's own form is taken up eight times as fast. */
let last: { bytes: Uint8Array; key: KeyObject; personalId: string; hash: string } | null = null;

/** Hex HMAC-SHA-256 of a personal number under the site key: equal at all gates of a site, of no use outside. */
export function personalHash(store: Store, personalId: string): string {
  const bytes = readSiteKey(store);
  if (last?.bytes === bytes && last.personalId === personalId) return last.hash;
  const key = last?.bytes === bytes ? last.key : createSecretKey(bytes);
  last = { bytes, key, personalId, hash: createHmac('sha256', key).update(personalId).digest('hex') };
  return last.hash;
}

/** Tells one site key from another and nothing of either: 16 hex digits. */
export function siteKeyMark(store: Store): string {
  return createHmac('sha256', readSiteKey(store)).update('motcua site mark').digest('hex').slice(0, 16);
}

/**
 * Replaces the site key, which the hub gives at enrolment, and hashes every worker's number anew with it.
 * Inside the transaction of the enrolment.
 */
export function replaceSiteKey(store: Store, key: Uint8Array): void {
  if (!store.db.inTransaction) throw new Error('the site key is replaced inside the transaction of the enrolment');
  store.sql<[Uint8Array]>('update device set site_key = ?').run(key);
  store.settingCache.delete(cacheName);
  const workers = store.sql<[], { no: number; id: string }>('select worker_no as no, personal_id as id from worker where personal_id is not null').all();
  // No two numbers have one hash, so no order of these updates can meet the unique index.
  for (const { no, id } of workers) {
    store.sql<[Buffer, number]>('update worker set personal_hash = ? where worker_no = ?').run(Buffer.from(personalHash(store, id), 'hex'), no);
  }
}
