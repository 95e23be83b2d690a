import type { EventType, StoredEvent } from '../../shared/contracts/event.ts';
import { blockStart, siteBlock, siteEventTypes, stepBlock, type SiteHave, type SitePage, type SitePart, type SiteTold } from '../../shared/contracts/site.ts';
import { readEventsOfTypes, readHead } from './event.ts';
import { sha256 } from './sha256.ts';
import { haveSeq, readTold, wholeSeq } from './site-gate.ts';
import { blockEnd, proofAfter, proveRun, proveTold, splitBlock } from './site-proof.ts';
import type { WorkerScanRow } from './gate.ts';
import type { Store } from './store.ts';

/** What each side may send in one page; a page goes over it by at most one block, and holds at least one where there is one. */
export interface PageLimits { events: number; bytes: number }
export const usualPage: PageLimits = { events: 200, bytes: 500_000 };
/** Runs in one page: blocks in which nothing matters to others are read all the same. */
const mostParts = 64;

const types = siteEventTypes as readonly EventType[];

/**
 * How much of every other gate's events is here without a gap. `asked`: who is asked: of its own it is asked for everything
 * that is not proven yet, so that what came by the hub can be handed on too, and for what others emptied.
 */
export function siteHave(store: Store, asked: string | null = null): SiteHave[] {
  return store.sql<[], { device: string; epoch: string; chain: number; proven: number }>(`
    select device, epoch, chain_no as chain, proven from site_chain join site_gate using (gate_no) order by chain_no`).all()
    .map(({ device, epoch, chain, proven }) => ({ device, epoch, seq: device === asked ? Math.min(wholeSeq(store, chain), proven) : haveSeq(store, chain) }));
}

/** What this gate tells of itself now, signed. */
export function ownTold(store: Store, name: string): SiteTold {
  return proveTold(store, {
    device: store.device.id, name: name.slice(0, 100), epoch: store.epoch.epoch, seq: readHead(store).seq, until: new Date(store.clock.now()).toISOString(),
  });
}

/**
 * The next page of what this store holds of the site beyond what somebody has, own events first. Every run is proven by
 * the gate that wrote it; what came without its proof, by the hub, is not handed on. A block of events goes whole.
 */
export function readSitePage(store: Store, { have, asker, name }: { have: readonly SiteHave[]; asker: string | null; name: string }, limits = usualPage): SitePage {
  const has = new Map(have.map(({ device, epoch, seq }) => [`${device} ${epoch}`, seq]));
  const room = { ...limits };
  const parts: SitePart[] = [];
  const isFull = (): boolean => room.events <= 0 || room.bytes <= 0 || parts.length === mostParts;
  let more = false;
  for (const source of [...ownSources(store), ...otherSources(store)]) {
    if (source.device === asker) continue;
    let after = has.get(`${source.device} ${source.epoch}`) ?? 0;
    while (!more && after < source.last) {
      if (isFull()) {
        more = true;
        break;
      }
      const part = source.read(after);
      if (part === null) break;
      for (const { payload } of part.events) room.bytes -= 800 + 2 * JSON.stringify(payload).length;
      room.events -= Math.max(1, part.events.length);
      parts.push(part);
      after = part.through;
    }
    if (more) break;
  }
  return { told: [ownTold(store, name), ...readTold(store).filter(({ device }) => device !== asker)].slice(0, 256), parts, more };
}

/** Events of one gate and epoch; `read` gives the run after a number up to the end of its block, null where there is no proof of it. */
interface Source { device: string; epoch: string; last: number; read(after: number): SitePart | null }

function ownSources(store: Store): Source[] {
  const device = store.device.id;
  const epochs = store.sql<[], { epoch: string; base: number; last: number | null }>(`
    select epoch, base, (select max(seq) from event where event.epoch_no = epoch.epoch_no and position > base) as last from epoch order by epoch_no`).all();
  return epochs.map(({ epoch, base, last }) => ({
    device, epoch, last: last ?? 0,
    read: (after) => {
      const through = Math.min(blockEnd(after), last ?? 0);
      const block = readEventsOfTypes(store, types, { after: base + blockStart(through), through: base + through, limit: siteBlock }).map(({ event }) => event);
      const { base: state, rest } = splitBlock(block, after);
      return proveRun(store, { device, epoch, after, through, events: rest }, state);
    },
  }));
}

function otherSources(store: Store): Source[] {
  const chains = store.sql<[], { chain: number; device: string; epoch: string; key: Buffer | null }>(
    'select chain_no as chain, device, epoch, public_key as key from site_chain join site_gate using (gate_no) order by device, epoch').all();
  return chains.map(({ chain, device, epoch, key }) => {
    const last = haveSeq(store, chain);
    return {
      device, epoch, last,
      read: (after) => {
        const proof = proofAfter(store, chain, after);
        if (proof === null || key === null || proof.through > last) return null;
        const { start, through } = proof;
        const block = store.sql<[number, number, number], { body: string }>('select body from site_event where chain_no = ? and seq > ? and seq <= ? order by seq')
          .all(chain, start, through).map(({ body }) => JSON.parse(body) as StoredEvent);
        const { base, rest } = splitBlock(block, after);
        // Something of the block lies apart here, or came by another way: only its own gate can tell it whole.
        if (stepBlock(base, rest, sha256).state !== proof.state) return null;
        return {
          device, epoch, after, through, events: rest,
          proof: { publicKey: key.toString('base64'), signature: proof.signature.toString('base64'), base },
        };
      },
    };
  });
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
  // What lies apart is no proof of anything: it goes whole.
  store.sql<[string]>("delete from site_quarantine where instr(body, '\"workerId\":' || json_quote(?)) > 0").run(workerId);
  store.sql<[string]>(`${empty} where type <> 'gate-scan' and json_extract(body, '$.payload.workerId') = ?`).run(workerId);
  if (keepTimesheet) return;
  store.sql<[string]>(`${empty} where (chain_no, seq) in (select chain_no, seq from site_scan where worker_id = ?)`).run(workerId);
  store.sql<[string]>('delete from site_scan where worker_id = ?').run(workerId);
  store.sql<[string]>('delete from site_assigned where worker_id = ?').run(workerId);
}
