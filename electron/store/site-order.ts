import { z } from 'zod';
import type { EventType, StoredEvent } from '../../shared/contracts/event.ts';
import { readSetting, writeSetting } from './setting.ts';
import type { Store } from './store.ts';

/*
 * Which of the words of several gates is the latest. Each is placed by its time; but whoever knows of a word that lies
 * ahead of his clock places his own behind it, and writes that place into the event. So a clock that ran ahead wins until
 * somebody who has heard of it speaks, and not for ever; and as the place stands in the event, all gates see one order.
 * A gate that lies about its place can hold the last word as long as it goes on; it is its own word all the same, signed.
 */

/** What gates say that a later word of another takes the place of. */
export const wordTypes: readonly EventType[] = [
  'worker-recorded', 'worker-left', 'shift-assigned', 'shift-plan-set', 'zones-set', 'settings-changed', 'labour-settings-set',
];
/** Of approved corrections of one date the last counts too. */
const placedTypes: readonly EventType[] = [...wordTypes, 'correction-decided'];
const words: ReadonlySet<string> = new Set(placedTypes);
const topSetting = 'site-order-top';
/** No event of another gate has a later time; behind it is room for the places of whoever speaks after. */
export const lastTime = '2200';
const lastPlace = '2300';

const Ordered = z.object({ siteOrder: z.iso.datetime().length(24) });

interface Tops { own: string; others: string }
const tops = new WeakMap<Store, Tops>();

/** The place of a word among those of all gates: an instant, ISO. */
export function orderOf({ at, payload }: Pick<StoredEvent, 'at' | 'payload'>): string {
  if (payload === null || payload.siteOrder === undefined) return at;
  const { data } = Ordered.safeParse(payload);
  return data !== undefined && data.siteOrder > at && data.siteOrder < lastPlace ? data.siteOrder : at;
}

/** The payload with the place that a new word takes, where that is another than its time. */
export function placed(store: Store, type: EventType, at: string, payload: Record<string, unknown>): Record<string, unknown> {
  if (!words.has(type)) return payload;
  // Of a clock that shows such a time the others take nothing.
  if (!(at < lastTime)) return payload;
  const top = readTops(store);
  const behindOthers = top.others === '' ? '' : new Date(Date.parse(top.others) + 1).toISOString();
  const place = later(later(at, top.own), behindOthers);
  top.own = place;
  return place === at ? payload : { ...payload, siteOrder: place };
}

/** Words of other gates have come; in the transaction that keeps them. */
export function heardWords(store: Store, events: readonly StoredEvent[]): void {
  const top = readTops(store);
  const latest = events.filter(({ type }) => words.has(type)).map(orderOf).reduce(later, top.others);
  if (latest === top.others) return;
  top.others = latest;
  writeSetting(store, topSetting, latest);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** Own places never go back, so the last own word has the highest. */
function readTops(store: Store): Tops {
  const known = tops.get(store);
  if (known !== undefined) return known;
  const last = placedTypes.map((type) => store.sql<[EventType], { at: string; payload: string | null }>(
    "select at, payload from event where type = ? and type <> 'gate-scan' order by position desc limit 1").get(type))
    .map((row) => (row === undefined ? '' : orderOf({ at: row.at, payload: row.payload === null ? null : JSON.parse(row.payload) as Record<string, unknown> })));
  const made = { own: last.reduce(later, ''), others: readSetting(store, topSetting, z.string()) ?? '' };
  tops.set(store, made);
  return made;
}
