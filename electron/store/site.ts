import { createPublicKey, verify } from 'node:crypto';
import { eventHash, payloadHash, StoredEvent, zeroHash, type EventType } from '../../shared/contracts/event.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { partText, siteEventTypes, type SiteHave, type SitePage, type SitePart, type SiteTold } from '../../shared/contracts/site.ts';
import { deepestPayload, isDeeperThan } from '../../shared/domain/json-depth.ts';
import { readEventsOfTypes, readHead } from './event.ts';
import { sha256 } from './sha256.ts';
import { projectSiteEvent } from './site-project.ts';
import { addRun, chainNo, gateNo, haveSeq, noteTold, readTold, settleReported, type HeardBy } from './site-gate.ts';
import type { WorkerScanRow } from './gate.ts';
import type { Store } from './store.ts';

/** What each side may send in one page; a page holds at least one event where there is one. */
export interface PageLimits { events: number; bytes: number }
export const usualPage: PageLimits = { events: 200, bytes: 500_000 };

const types = siteEventTypes as readonly EventType[];
/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 raw bytes (RFC 8410 section 4). */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');

/** How much of every other gate's events is here without a gap. */
export function siteHave(store: Store): SiteHave[] {
  return store.sql<[], { device: string; epoch: string; chain: number }>(`
    select device, epoch, chain_no as chain from site_chain join site_gate using (gate_no) order by chain_no`).all()
    .map(({ device, epoch, chain }) => ({ device, epoch, seq: haveSeq(store, chain) }));
}

/** What this gate tells of itself now. */
export function ownTold(store: Store, name: string): SiteTold {
  return { device: store.device.id, name, epoch: store.epoch.epoch, seq: readHead(store).seq, until: new Date(store.clock.now()).toISOString() };
}

/**
 * The next page of what this store holds of the site beyond what somebody has, own events first. Own runs are signed.
 */
export function readSitePage(store: Store, { have, asker, name }: { have: readonly SiteHave[]; asker: string | null; name: string }, limits = usualPage): SitePage {
  const has = new Map(have.map(({ device, epoch, seq }) => [`${device} ${epoch}`, seq]));
  const room = { ...limits };
  const parts: SitePart[] = [];
  let more = false;
  for (const source of [...ownSources(store), ...otherSources(store)]) {
    if (source.device === asker) continue;
    let after = has.get(`${source.device} ${source.epoch}`) ?? 0;
    if (source.last <= after) continue;
    if (room.events <= 0 || room.bytes <= 0 || parts.length === 500) {
      more = true;
      break;
    }
    const { events, through } = take(source.read(after, room.events), source.last, room);
    more ||= through < source.last;
    parts.push({ device: source.device, epoch: source.epoch, after, through, events, proof: source.own ? proofOf(store, { device: source.device, epoch: source.epoch, after, through }, events) : null });
    after = through;
  }
  return { told: [ownTold(store, name), ...readTold(store).filter(({ device }) => device !== asker)], parts, more };
}

interface Source { device: string; epoch: string; own: boolean; last: number; read(after: number, limit: number): StoredEvent[] }

function take(events: readonly StoredEvent[], last: number, room: PageLimits): { events: StoredEvent[]; through: number } {
  const taken: StoredEvent[] = [];
  const asked = room.events;
  for (const event of events) {
    const size = 800 + 2 * JSON.stringify(event.payload).length;
    if (taken.length > 0 && size > room.bytes) break;
    room.bytes -= size;
    taken.push(event);
  }
  room.events -= Math.max(1, taken.length);
  // Fewer than asked for: there is nothing that matters between the last of them and the end.
  return { events: taken, through: taken.length === events.length && events.length < asked ? last : taken.at(-1)!.seq };
}

function ownSources(store: Store): Source[] {
  const epochs = store.sql<[], { epoch: string; base: number; last: number | null }>(`
    select epoch, base, (select max(seq) from event where event.epoch_no = epoch.epoch_no and position > base) as last from epoch order by epoch_no`).all();
  return epochs.map(({ epoch, base, last }) => ({
    device: store.device.id, epoch, own: true, last: last ?? 0,
    read: (after, limit) => readEventsOfTypes(store, types, { after: base + after, through: base + (last ?? 0), limit }).map(({ event }) => event),
  }));
}

function otherSources(store: Store): Source[] {
  const chains = store.sql<[], { chain: number; device: string; epoch: string }>(
    'select chain_no as chain, device, epoch from site_chain join site_gate using (gate_no) order by device, epoch').all();
  return chains.map(({ chain, device, epoch }) => ({
    device, epoch, own: false, last: haveSeq(store, chain),
    read: (after, limit) => store.sql<[number, number, number, number], { body: string }>(
      'select body from site_event where chain_no = ? and seq > ? and seq <= ? order by seq limit ?')
      .all(chain, after, haveSeq(store, chain), limit).map(({ body }) => JSON.parse(body) as StoredEvent),
  }));
}

function digestOf(events: readonly StoredEvent[]): string {
  return sha256(...events.map(({ hash }) => hash));
}

function proofOf(store: Store, run: Omit<SitePart, 'events' | 'proof'>, events: readonly StoredEvent[]): SitePart['proof'] {
  return {
    publicKey: Buffer.from(store.device.publicKey).toString('base64'),
    signature: Buffer.from(store.device.sign(Buffer.from(partText(run, digestOf(events))))).toString('base64'),
  };
}

/**
 * How much lies before an instant (milliseconds since 1970), so that the rest is given; runs of other gates whole.
 * A clock that was set back must hide nothing: the first event at or after the instant decides.
 */
export function ownStartBefore(store: Store, since: number): SiteHave[] {
  return store.sql<[string], { epoch: string; seq: number }>(`
    select epoch, coalesce((select min(seq) - 1 from event where event.epoch_no = epoch.epoch_no and at >= ?), 9007199254740991) as seq from epoch`)
    .all(new Date(since).toISOString()).map(({ epoch, seq }) => ({ device: store.device.id, epoch, seq }));
}

/**
 * Whether a run is what its gate signed. Who brings his own events must have signed them; `site-part-invalid` where he
 * has not, where the signature is wrong, or where the events are not those of the run.
 */
export function checkPart(part: SitePart, bearer: string | null): void {
  const { device, after, through, events, proof } = part;
  let last = after;
  for (const event of events) {
    if (event.device !== device || event.epoch !== part.epoch || event.seq <= last || event.seq > through) throw new ProblemError('site-part-invalid', 'run');
    last = event.seq;
  }
  if (through < after) throw new ProblemError('site-part-invalid', 'run');
  if (proof === null) {
    if (bearer === device) throw new ProblemError('site-part-invalid', 'unsigned');
    return;
  }
  const raw = Buffer.from(proof.publicKey, 'base64');
  if (raw.length !== 32 || sha256(raw) !== device) throw new ProblemError('site-part-invalid', 'key');
  const key = createPublicKey({ key: Buffer.concat([spkiStart, raw]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(partText(part, digestOf(events))), key, Buffer.from(proof.signature, 'base64'))) throw new ProblemError('site-part-invalid', 'signature');
}

/** What taking some events did. */
export interface Taken { events: number; quarantined: number }

/**
 * Takes a run of another gate's events, in one transaction: each is checked (hash, salted payload, the links to its
 * neighbours as far as they are here) and kept once, whatever is sent again; what does not hold goes to quarantine.
 * The own events of this gate are left alone. What follows from them is worked out by `settleSite`.
 */
export function takeSitePart(store: Store, { device, epoch, after, through, events }: SitePart): Taken {
  const taken: Taken = { events: 0, quarantined: 0 };
  if (device === store.device.id) return taken;
  store.transaction(() => {
    const chain = chainNo(store, device, epoch);
    for (const event of events) {
      const held = store.sql<[number, number], { hash: Buffer }>('select hash from site_event where chain_no = ? and seq = ?').get(chain, event.seq);
      if (held !== undefined && held.hash.toString('hex') === event.hash) continue;
      const code = held === undefined ? faultOf(store, chain, event) : 'fork';
      if (code === null) {
        insertSiteEvent(store, chain, event);
        if (event.payload !== null) projectSiteEvent(store, chain, event);
        taken.events += 1;
      } else if (quarantine(store, event, code)) taken.quarantined += 1;
    }
    addRun(store, chain, after, through);
    settleReported(store, gateNo(store, device));
  });
  return taken;
}

/** Notes what a page tells of the gates; in one transaction. */
export function takeTold(store: Store, told: readonly SiteTold[], { by, from }: { by: HeardBy; from: string | null }): void {
  // Only who speaks is heard; of the others he tells what he has heard.
  store.transaction(() => told.forEach((one) => noteTold(store, one, from === null || one.device === from ? by : null, store.clock.now())));
}

function faultOf(store: Store, chain: number, event: StoredEvent): string | null {
  const { salt, payload, hash, ...header } = event;
  if (isDeeperThan(payload, deepestPayload)) return 'depth';
  if (!StoredEvent.safeParse(event).success || new Date(event.at).toISOString() !== event.at) return 'form';
  // A clock without its battery begins in 1970 or later; dates beyond four digits end every reckoning.
  if (!(event.at >= '1970' && event.at < '2200')) return 'time';
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

function quarantine(store: Store, event: StoredEvent, code: string): boolean {
  return store.sql<unknown[]>(`insert into site_quarantine (device, epoch, seq, code, body, at) values (?, ?, ?, ?, ?, ?) on conflict do nothing`).run(
    event.device, event.epoch, event.seq, code, JSON.stringify(code === 'depth' ? { ...event, payload: null } : event).slice(0, 100_000), new Date(store.clock.now()).toISOString()).changes > 0;
}

/** Events of one type of the other gates, in the order in which they came. */
export function readSiteEvents(store: Store, type: EventType): StoredEvent[] {
  return store.sql<[EventType], { body: string }>("select body from site_event where type = ? and type <> 'gate-scan' order by event_no").all(type)
    .map(({ body }) => JSON.parse(body) as StoredEvent);
}

/** A worker's scans at the other gates between two instants (ISO, UTC, both included), in the order of time. */
export function readSiteScans(store: Store, workerNo: number, from: string, to: string): WorkerScanRow[] {
  return store.sql<[number, string, string], WorkerScanRow>(`
    select s.at, lane, seq, lane_direction as laneDirection, zone, outcome, work_date as workDate,
      case when outcome in ('ask-guard', 'passback') then (select g.direction from site_guard g where g.scan_id = s.event_id) end as passed
    from site_scan s where worker_id = (select worker_id from worker where worker_no = ?) and s.at between ? and ? order by s.at, lane, seq`)
    .all(workerNo, from, to);
}

/** When any gate saw a worker last, in milliseconds since 1970; null where none has. */
export function lastScanAt(store: Store, { workerNo, workerId }: { workerNo: number; workerId: string }): number | null {
  const { at } = store.sql<[number, string], { at: string | null }>(`select max(at) as at from (
    select max(at) as at from gate_scan where worker_no = ? and outcome <> 'repeat' union all
    select max(at) from site_scan where worker_id = ? and outcome <> 'repeat')`).get(workerNo, workerId)!;
  return at === null ? null : Date.parse(at);
}

/** Puts a worker where the scans of all gates leave him; inside a transaction. `lane` as the site names it. */
export function movePresence(store: Store, workerNo: number, now: { direction: 'in' | 'out'; at: string; workDate: string; lane: string }): void {
  const own = `${store.device.id.slice(0, 8)}/`;
  const lane = now.lane.startsWith(own) ? now.lane.slice(own.length) : now.lane;
  store.sql<unknown[]>(`insert into presence (worker_no, direction, at, lane, work_date) values (?, ?, ?, ?, ?)
    on conflict (worker_no) do update set direction = excluded.direction, at = excluded.at, lane = excluded.lane,
      work_date = excluded.work_date`).run(workerNo, now.direction, now.at, lane, now.workDate);
}

/** Empties what other gates told of a worker, as his own gate's events are emptied; `keepTimesheet` leaves his scans. Inside a transaction. */
export function eraseSiteWorker(store: Store, workerId: string, keepTimesheet: boolean): void {
  const empty = "update site_event set body = json_set(body, '$.payload', null, '$.salt', null)";
  store.sql<[string]>(`${empty} where type <> 'gate-scan' and json_extract(body, '$.payload.workerId') = ?`).run(workerId);
  if (keepTimesheet) return;
  store.sql<[string]>(`${empty} where (chain_no, seq) in (select chain_no, seq from site_scan where worker_id = ?)`).run(workerId);
  store.sql<[string]>('delete from site_scan where worker_id = ?').run(workerId);
  store.sql<[string]>('delete from site_assigned where worker_id = ?').run(workerId);
}
