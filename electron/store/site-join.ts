import { appendEvent } from './event.ts';
import { readKiosk, writeKiosk } from './setting.ts';
import { noteTold } from './site-gate.ts';
import { replaceSiteKey, siteKeyMark } from './site-key.ts';
import type { Store } from './store.ts';

/** What one gate hands to the others of a site that has no hub. */
export interface SiteSecret { siteKey: Uint8Array; unit: { code: string; name: string }; device: string; name: string }

/**
 * Makes this gate one of a site: its key, the name of the unit, and the event. Every worker's number is hashed anew.
 * The same again changes nothing; false then.
 */
export function joinSite(store: Store, { siteKey, unit, device, name }: SiteSecret, actor: string): boolean {
  return store.transaction(() => {
    const before = siteKeyMark(store);
    replaceSiteKey(store, siteKey);
    const told = { device, name, epoch: null, seq: 0, until: null, proof: null };
    noteTold(store, told, null, store.clock.now());
    if (siteKeyMark(store) === before && hasTold(store)) return false;
    const kiosk = readKiosk(store);
    if (kiosk !== null && unit.code !== '') writeKiosk(store, { ...kiosk, unit });
    appendEvent(store, { type: 'site-joined', actor, payload: { from: device, unit, keyMark: siteKeyMark(store) } });
    return true;
  });
}

/** The first gate of a site without a hub: its own key becomes the site's, with the event. Once is enough; false then. */
export function foundSite(store: Store, actor: string): boolean {
  return store.transaction(() => {
    if (hasTold(store)) return false;
    appendEvent(store, { type: 'site-joined', actor, payload: { from: store.device.id, unit: readKiosk(store)?.unit ?? null, keyMark: siteKeyMark(store) } });
    return true;
  });
}

function hasTold(store: Store): boolean {
  const last = store.sql<[], { payload: string | null }>(
    "select payload from event where type = 'site-joined' and type <> 'gate-scan' order by position desc limit 1").get();
  return last?.payload?.includes(siteKeyMark(store)) === true;
}
