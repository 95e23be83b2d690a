import { eventHash, payloadHash, zeroHash } from '../../shared/contracts/event.ts';
import { readEventsFrom } from './event.ts';
import { sha256 } from './sha256.ts';
import type { Store } from './store.ts';

export interface ChainVerdict {
  ok: boolean;
  /** Events looked at. */
  events: number;
  /** Hash of the last good event; zeros where there is none. */
  head: string;
  /** Seq of the first event that is missing, changed or out of line. */
  firstBad: number | null;
}

/**
 * Walks the hash chain: every header hashes to what is stored, every payload that is not erased to its hash, every
 * event names the one before, and no number is missing. `last`: only that many at the end.
 */
export function verifyChain(store: Store, { last }: { last?: number } = {}): ChainVerdict {
  const end = store.sql<[], { n: number | null }>('select max(position) as n from event').get()?.n ?? 0;
  let position = last === undefined ? 0 : Math.max(0, end - last);
  let head = position === 0 ? zeroHash : hashAt(store, position);
  let events = 0;
  while (position < end) {
    const slice = readEventsFrom(store, position, 1000);
    if (slice.length === 0) return { ok: false, events, head, firstBad: position + 1 };
    for (const { position: at, event } of slice) {
      const good = at === position + 1
        && (event.seq === 1 || event.prevHash === head)
        && eventHash(event, sha256) === event.hash
        && (event.payload === null || event.salt === null
          || payloadHash(Buffer.from(event.salt, 'hex'), event.payload, sha256) === event.payloadHash);
      if (!good) return { ok: false, events, head, firstBad: at === position + 1 ? event.seq : position + 1 };
      position = at;
      head = event.hash;
      events += 1;
    }
  }
  return { ok: true, events, head, firstBad: null };
}

function hashAt(store: Store, position: number): string {
  return store.sql<[number], { hash: Buffer }>('select hash from event where position = ?').get(position)?.hash.toString('hex') ?? zeroHash;
}
