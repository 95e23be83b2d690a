import { eventHash, payloadHash, StoredEvent, zeroHash } from '../../shared/contracts/event.ts';
import type { SitePart, SiteTold } from '../../shared/contracts/site.ts';
import { deepestPayload, isDeeperThan } from '../../shared/domain/json-depth.ts';
import { sha256 } from './sha256.ts';
import { erasedNumbers } from './site-erase.ts';
import { addRun, chainNo, gateNo, noteNamed, noteTold, settleReported, type HeardBy } from './site-gate.ts';
import { heardWords, lastTime } from './site-order.ts';
import { projectSiteEvent } from './site-project.ts';
import { isToldProven, keepProof } from './site-proof.ts';
import { capQuarantine, quarantine } from './site-quarantine.ts';
import type { Store } from './store.ts';

/** What taking some events did. */
export interface Taken { events: number; quarantined: number }

/** Faults that lie between events that their gate has signed; all others can be put in by whoever hands an event on. */
const signedFaults: ReadonlySet<string> = new Set(['fork', 'link']);

/**
 * Takes a run of another gate's events whose origin was checked, in one transaction: each is checked (hash, salted payload,
 * the links to its neighbours as far as they are here) and kept once, whatever is sent again; what does not hold goes to
 * quarantine. The own events of this gate are left alone. What follows from them is worked out by `settleSite`.
 * @param bearer the gate that brings it; null is the hub
 */
export function takeSitePart(store: Store, { device, epoch, after, through, events }: SitePart, bearer: string | null): Taken {
  const taken: Taken = { events: 0, quarantined: 0 };
  if (device === store.device.id) return taken;
  store.transaction(() => {
    const chain = chainNo(store, device, epoch);
    const news: StoredEvent[] = [];
    const isErased = erasedNumbers(store, device, epoch);
    let from = after;
    for (const sent of events) {
      const event = sent.payload !== null && sent.type !== 'worker-erased' && isErased(sent.seq) ? { ...sent, salt: null, payload: null } : sent;
      const held = store.sql<[number, number], { hash: Buffer }>('select hash from site_event where chain_no = ? and seq = ?').get(chain, event.seq);
      if (held !== undefined && held.hash.toString('hex') === event.hash) {
        if (fillBlank(store, chain, event, bearer)) news.push(event);
        continue;
      }
      const code = held === undefined ? faultOf(store, chain, event) : 'fork';
      if (code === null) {
        insertSiteEvent(store, chain, event);
        if (event.payload !== null) projectSiteEvent(store, chain, event);
        else if (bearer !== null && bearer !== device && !isErased(event.seq)) store.sql<[number, number]>('insert into site_blank (chain_no, seq) values (?, ?)').run(chain, event.seq);
        news.push(event);
      } else {
        if (quarantine(store, event, code, bearer)) taken.quarantined += 1;
        if (bearer === null || bearer === device || signedFaults.has(code)) continue;
        // What it was when its gate signed it may still come.
        if (event.seq - 1 > from) addRun(store, chain, from, event.seq - 1);
        from = event.seq;
      }
    }
    if (through > from || through === after) addRun(store, chain, from, through);
    if (taken.quarantined > 0) capQuarantine(store, device);
    heardWords(store, news);
    taken.events = news.length;
    settleReported(store, gateNo(store, device));
  });
  return taken;
}

/** An event that is here already: where it came empty it may be whole now, or its own gate says that it is empty. True where it was filled. */
function fillBlank(store: Store, chain: number, event: StoredEvent, bearer: string | null): boolean {
  const isBlank = store.sql<[number, number], { found: number }>('select 1 as found from site_blank where chain_no = ? and seq = ?').get(chain, event.seq) !== undefined;
  const isWhole = event.payload !== null && isBlank && faultOf(store, chain, event) === null;
  if (!isBlank || !(isWhole || (event.payload === null && (bearer === null || bearer === event.device)))) return false;
  store.sql<[number, number]>('delete from site_blank where chain_no = ? and seq = ?').run(chain, event.seq);
  if (!isWhole) return false;
  store.sql<[string, number, number]>('update site_event set body = ? where chain_no = ? and seq = ?').run(JSON.stringify(event), chain, event.seq);
  projectSiteEvent(store, chain, event);
  return true;
}

/** Keeps the proof of a run that was checked and taken whole, to be handed on with it. */
export function takeProof(store: Store, part: SitePart): void {
  if (part.proof === null || part.device === store.device.id) return;
  store.transaction(() => keepProof(store, chainNo(store, part.device, part.epoch), part));
}

/**
 * Notes what a page tells of the gates; in one transaction. Counts what the hub tells and what a gate has signed of itself,
 * whoever brings it; of the rest only that there is such a gate.
 */
export function takeTold(store: Store, told: readonly SiteTold[], { by, from }: { by: HeardBy; from: string | null }): void {
  store.transaction(() => {
    for (const one of told) {
      // Only who speaks is heard; of the others he tells what he has heard.
      if (from === null || isToldProven(one)) noteTold(store, from === null ? { ...one, proof: null } : one, from === null || one.device === from ? by : null, store.clock.now());
      else noteNamed(store, one.device, one.name);
    }
  });
}

function faultOf(store: Store, chain: number, event: StoredEvent): string | null {
  const { salt, payload, hash, ...header } = event;
  if (isDeeperThan(payload, deepestPayload)) return 'depth';
  if (!StoredEvent.safeParse(event).success || new Date(event.at).toISOString() !== event.at) return 'form';
  // A clock without its battery begins in 1970 or later; dates beyond four digits end every reckoning.
  if (!(event.at >= '1970' && event.at < lastTime)) return 'time';
  try {
    // Without payload it was erased by its own gate: header and chain stay.
    if (payload !== null && (salt === null || payloadHash(Buffer.from(salt, 'hex'), payload, sha256) !== event.payloadHash)) return 'payload-hash';
    if (eventHash(header, sha256) !== hash) return 'hash';
  } catch {
    return 'form';
  }
  const near = (seq: number) => store.sql<[number, number], { hash: Buffer; prev: Buffer }>(
    'select hash, prev_hash as prev from site_event where chain_no = ? and seq = ?').get(chain, seq);
  if (event.seq === 1 ? event.prevHash !== zeroHash : (near(event.seq - 1)?.hash.toString('hex') ?? event.prevHash) !== event.prevHash) return 'link';
  return (near(event.seq + 1)?.prev.toString('hex') ?? hash) === hash ? null : 'link';
}

function insertSiteEvent(store: Store, chain: number, event: StoredEvent): void {
  store.sql<unknown[]>('insert into site_event (chain_no, seq, type, at, hash, prev_hash, body) values (?, ?, ?, ?, ?, ?, ?)').run(
    chain, event.seq, event.type, event.at, Buffer.from(event.hash, 'hex'), Buffer.from(event.prevHash, 'hex'), JSON.stringify(event));
}
