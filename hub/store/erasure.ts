import { emptiedBy, type EmptiedChain } from '../../shared/contracts/erasure.ts';
import type { Tx } from './database.ts';
import type { HubKeys } from './keys.ts';
import { raiseAlarm } from './kiosks.ts';
import type { ReceivedEvent } from './received-event.ts';
import { openChange, openEventContent, type Content } from './sealed-row.ts';

/** A kiosk that empties more than half of its events within a day, and at least this many, is an alarm; nothing is refused. */
const alarmFrom = 100;
const atOnce = 100;

/**
 * Erases what events `worker-erased` of one device name (Luật 91/2025/QH15): content and salt of exactly those events of that device,
 * their scans, and what was kept of the workers that they were about. Headers and hashes stay. In the transaction of the events;
 * again it changes nothing. Returns the numbers of those whose form is wrong; these erase nothing. An erasure of a thousand
 * workers comes as thousands of events: they are taken together.
 */
export async function eraseNamed(tx: Tx, keys: HubKeys, unit: string, events: readonly ReceivedEvent[]): Promise<number[]> {
  if (events.length === 0) return [];
  const { device } = events[0]!;
  const named = events.map((event) => ({ event, chains: emptiedBy(event) }));
  const workerIds = new Set<string>();
  for (const [epoch, chains] of Map.groupBy(named.flatMap(({ chains: of }) => of ?? []), (chain) => chain.epoch)) {
    const runs = chains.flatMap((chain) => chain.runs);
    const [firsts, lasts] = [runs.map(([first]) => first), runs.map(([, last]) => last)];
    await tx`insert into erased_run (device, epoch, first, last)
      select ${device}, ${epoch}, r.first, r.last from unnest(${firsts}::bigint[], ${lasts}::bigint[]) as r (first, last) on conflict do nothing`;
    for (const workerId of await workersOf(tx, keys, device, { epoch, runs })) workerIds.add(workerId);
    await tx`select empty_events(${device}, ${epoch}, ${firsts}::bigint[], ${lasts}::bigint[])`;
    for (const table of ['gate_scan', 'worker_past']) {
      await tx`delete from ${tx(table)} t using unnest(${firsts}::bigint[], ${lasts}::bigint[]) as r (first, last)
        where t.device = ${device} and t.epoch = ${epoch} and t.seq between r.first and r.last`;
    }
  }
  if (workerIds.size > 0) await forgetWorkers(tx, keys, { device, unit }, [...workerIds]);
  return named.filter(({ chains }) => chains === null).map(({ event }) => event.seq);
}

/** Whom the events that are about to be emptied tell of. */
async function workersOf(tx: Tx, keys: HubKeys, device: string, { epoch, runs }: EmptiedChain): Promise<Set<string>> {
  const workerIds = new Set<string>();
  const query = tx<(Content & { seq: number })[]>`
    select e.seq, e.salt, e.payload, e.sealed from unnest(${runs.map(([first]) => first)}::bigint[], ${runs.map(([, last]) => last)}::bigint[]) as r (first, last)
    join event e on e.device = ${device} and e.epoch = ${epoch} and e.seq between r.first and r.last
    where e.type <> 'worker-erased' and (e.payload is not null or e.sealed is not null)`;
  for await (const rows of query.cursor(atOnce)) {
    for (const row of rows) {
      const workerId = openEventContent(keys, { device, epoch, seq: row.seq }, row).payload?.workerId;
      if (typeof workerId === 'string' && workerId.length <= 500) workerIds.add(workerId);
    }
  }
  return workerIds;
}

/**
 * Takes away what was kept of workers by the word of one device: the roster's row where that word is the last, former places and
 * terms, and what other kiosks would pull. What another kiosk told later stays until that one erases it.
 */
async function forgetWorkers(tx: Tx, keys: HubKeys, { device, unit }: { device: string; unit: string }, workerIds: string[]): Promise<void> {
  // Another kiosk of the unit may be merging its word into the same rows.
  await tx`select pg_advisory_xact_lock(hashtextextended(${unit}, 3))`;
  const gone = await tx<{ unit: string; workerId: string }[]>`
    delete from worker w using unit u where w.unit = u.code and w.worker_id = any(${workerIds}) and w.device = ${device}
    returning w.unit, w.worker_id as "workerId"`;
  await tx`delete from worker_past where device = ${device} and worker_id = any(${workerIds})`;
  await tx`delete from worker_past p using unnest(${gone.map((row) => row.unit)}::text[], ${gone.map((row) => row.workerId)}::text[]) as g (unit, worker_id)
    where p.unit = g.unit and p.worker_id = g.worker_id`;
  const isGone = new Set(gone.map((row) => `${row.unit}\u0000${row.workerId}`));
  const theirs: number[] = [];
  const changes = tx<{ no: number; unit: string | null; key: string; body: Record<string, unknown> | null; sealed: Buffer | null }[]>`
    select change_no as no, unit, key, body, sealed from change where kind = 'worker' and key = any(${workerIds})`;
  for await (const rows of changes.cursor(atOnce)) {
    for (const { no, unit: of, key, body, sealed } of rows) {
      const teller = openChange(keys, of, key, body, sealed).device;
      // What the province published tells of somebody whom no kiosk of the unit knows any more.
      if (teller === device || (teller === undefined && isGone.has(`${of}\u0000${key}`))) theirs.push(no);
    }
  }
  if (theirs.length > 0) await tx`delete from change where kind = 'worker' and change_no = any(${theirs}::bigint[])`;
}

/** Tells the administrator of a kiosk that has emptied more than half of its events since yesterday; once a batch with erasures. */
export async function watchErasures(tx: Tx, device: string): Promise<void> {
  const [row] = await tx<{ erased: number; held: number }[]>`
    select (select coalesce(sum(last - first + 1), 0)::bigint from erased_run where device = ${device} and at > now() - interval '1 day') as erased,
      (select coalesce(sum(have_seq), 0)::bigint from chain where device = ${device}) as held`;
  const { erased, held } = row!;
  if (erased >= alarmFrom && erased * 2 > held) await raiseAlarm(tx, device, 'mass-erasure', `${erased} / ${held}`);
}

/** Which of some events of one chain were erased already, by their numbers: an erasure may come before what it names. */
export async function alreadyErased(tx: Tx, events: readonly ReceivedEvent[]): Promise<Set<number>> {
  const { device, epoch, seq: first } = events[0]!;
  const runs = await tx<{ first: number; last: number }[]>`
    select first, last from erased_run where device = ${device} and epoch = ${epoch} and first <= ${events.at(-1)!.seq} and last >= ${first}`;
  const isErased = ({ seq, type }: ReceivedEvent): boolean => type !== 'worker-erased' && runs.some((run) => run.first <= seq && seq <= run.last);
  return new Set(runs.length === 0 ? [] : events.filter(isErased).map(({ seq }) => seq));
}
