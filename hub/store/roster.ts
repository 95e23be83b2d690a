import type { Tx } from './database.ts';
import type { HubKeys } from './keys.ts';
import type { ReceivedEvent } from './received-event.ts';
import { openWorker, sealChange, sealWorker } from './sealed-row.ts';
import { keepPast, pastOf, type ToldPast } from './worker-past.ts';

export interface WorkerEvent { event: ReceivedEvent; workerId: string }
type Body = Record<string, unknown>;
interface Change extends WorkerEvent { body: Body }
interface Known { worker_id: string; body: Body | null; sealed: Buffer | null; changed_at: string }

/**
 * Takes over what kiosks tell of workers: the newest by time counts, each tells only what it knows. A roster comes by
 * the hundred thousand: three statements a batch. What one batch tells of a worker is folded first.
 */
export async function saveWorkers(tx: Tx, keys: HubKeys, unit: string, told: readonly WorkerEvent[]): Promise<void> {
  const latest = new Map<string, Change>();
  for (const { event, workerId } of told) latest.set(workerId, { workerId, event, body: { ...latest.get(workerId)?.body, ...event.payload } });
  if (latest.size === 0) return;
  // Bodies are merged here, where they can be opened: two kiosks of a unit must not do so at once.
  await tx`select pg_advisory_xact_lock(hashtextextended(${unit}, 3))`;
  const rows = await tx<Known[]>`select worker_id, body, sealed, changed_at from worker where unit = ${unit} and worker_id = any(${[...latest.keys()]})`;
  const known = new Map(rows.map((row) => [row.worker_id, row]));
  const fresh = [...latest.values()].filter(({ workerId, event }) => {
    const before = known.get(workerId);
    return !before || Date.parse(event.at) >= Date.parse(before.changed_at);
  });
  if (fresh.length === 0) return;
  await keepPast(tx, keys, unit, pastsOf(keys, unit, told, new Set(fresh.map(({ workerId }) => workerId)), known));
  const bodies = fresh.map(({ workerId, body }): Body => {
    const before = known.get(workerId);
    return before ? { ...openWorker(keys, unit, workerId, before.body, before.sealed), ...body } : body;
  });
  await upsert(tx, unit, fresh, fresh.map(({ workerId }, index) => sealWorker(keys, unit, workerId, bodies[index]!)));
  // The other gates of the unit pull it from here.
  await tx`insert into change (unit, kind, key, sealed) select ${unit}, 'worker', c.key, decode(c.sealed, 'base64')
    from unnest(${fresh.map(({ workerId }) => workerId)}::text[], ${fresh.map(({ workerId, event, body }) =>
      sealChange(keys, unit, workerId, { ...body, type: event.type, at: event.at, device: event.device }).toString('base64'))}::text[]) as c (key, sealed)`;
}

/** What each word of a batch ended for its worker, in their order. */
function pastsOf(keys: HubKeys, unit: string, told: readonly WorkerEvent[], fresh: ReadonlySet<string>, known: ReadonlyMap<string, Known>): ToldPast[] {
  const now = new Map<string, Body>();
  const pasts: ToldPast[] = [];
  for (const { event, workerId } of told) {
    if (!fresh.has(workerId)) continue;
    const row = known.get(workerId);
    const before = now.get(workerId) ?? (row && openWorker(keys, unit, workerId, row.body, row.sealed));
    const after = { ...before, ...event.payload };
    now.set(workerId, after);
    const past = before === undefined || event.type !== 'worker-recorded' ? null : pastOf(before, after, event.at);
    if (past !== null) pasts.push({ event, workerId, past });
  }
  return pasts;
}

async function upsert(tx: Tx, unit: string, fresh: readonly Change[], sealed: Buffer[]): Promise<void> {
  const { device, epoch } = fresh[0]!.event;
  await tx`insert into worker (unit, worker_id, sealed, left_at, changed_at, device, epoch, seq)
    select ${unit}, w.worker_id, decode(w.sealed, 'base64'), w.left_at::timestamptz, w.changed_at::timestamptz, ${device}, ${epoch}, w.seq
    from unnest(${fresh.map(({ workerId }) => workerId)}::text[], ${sealed.map((each) => each.toString('base64'))}::text[],
      ${fresh.map(({ event }) => (event.type === 'worker-left' ? event.at : null))}::text[], ${fresh.map(({ event }) => event.at)}::text[],
      ${fresh.map(({ event }) => event.seq)}::bigint[]) as w (worker_id, sealed, left_at, changed_at, seq)
    on conflict (unit, worker_id) do update set body = null, sealed = excluded.sealed, left_at = excluded.left_at, changed_at = excluded.changed_at,
      device = excluded.device, epoch = excluded.epoch, seq = excluded.seq`;
}
