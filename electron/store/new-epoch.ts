import { randomBytes } from 'node:crypto';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import { ackedSeq, appendEvent, readEvents, readHead } from './event.ts';
import { siteKeyMark } from './site-key.ts';
import type { Store } from './store.ts';

const sliceEvents = 500;

/**
 * Begins a new epoch: for a kiosk that was restored from an old copy and went on writing, so that hub and kiosk hold
 * different events at one place. What the hub has not confirmed is told again in the new epoch, with its own time, under
 * new numbers; what was written stays as it is. A scan that arrives both ways is a repeat of itself. Returns the epoch.
 */
export function beginEpoch(store: Store, actor: string): string {
  return store.transaction(() => {
    const before = { epoch: store.epoch.epoch, seq: readHead(store).seq };
    const unsent: StoredEvent[] = [];
    for (let after = ackedSeq(store); ;) {
      const slice = readEvents(store, { afterSeq: after, limit: sliceEvents });
      unsent.push(...slice);
      if (slice.length < sliceEvents) break;
      after = slice.at(-1)!.seq;
    }
    const epoch = randomBytes(8).toString('hex');
    const base = store.epoch.base + before.seq;
    const epochNo = store.epoch.epochNo + 1;
    store.sql<[number, string, number]>('insert into epoch (epoch_no, epoch, base) values (?, ?, ?)').run(epochNo, epoch, base);
    store.renewEpoch();
    appendEvent(store, { type: 'epoch-begun', actor, payload: { before: before.epoch, seq: before.seq, keyMark: siteKeyMark(store) } });
    for (const { type, payload, actor: by, purpose, blobs, schemaV, at } of unsent) {
      if (payload !== null) appendEvent(store, { type, payload, actor: by, purpose, blobs, schemaV, at: Date.parse(at) });
    }
    return epoch;
  });
}
