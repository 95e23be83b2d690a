import type { PushOutput } from '../../shared/contracts/hub.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Sql, Tx } from './database.ts';
import { alreadyErased, watchErasures } from './erasure.ts';
import type { HubKeys } from './keys.ts';
import { findChain, raiseAlarm, type Kiosk } from './kiosks.ts';
import { project } from './projections.ts';
import { judge, type QuarantineCode, type ReceivedEvent } from './received-event.ts';
import { seal } from './seal.ts';
import { sealEventContent } from './sealed-row.ts';

interface Judged { event: ReceivedEvent; code: QuarantineCode | undefined; storable: boolean }

/**
 * Takes one batch of a device in one transaction, one at a time for each device, and answers after the commit.
 * Safe to send again: what is held is compared by hash, what is new is appended.
 * Throws `seq-gap` (start from haveSeq of a new hello), `chain-fork` (same place, other content; leaves an alarm),
 * `request-invalid` where the batch is not one contiguous run of this device.
 */
export async function ingest(sql: Sql, keys: HubKeys, kiosk: Kiosk, events: readonly ReceivedEvent[]): Promise<PushOutput> {
  try {
    return await sql.begin((tx) => ingestIn(tx, keys, kiosk, events));
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'chain-fork') await raiseAlarm(sql, kiosk.device, 'chain-fork', error.detail ?? '');
    throw error;
  }
}

async function ingestIn(tx: Tx, keys: HubKeys, { device, unit }: Kiosk, events: readonly ReceivedEvent[]): Promise<PushOutput> {
  const first = events[0]!;
  const last = events.at(-1)!;
  const { epoch } = first;
  events.forEach((event, index) => {
    if (event.device !== device || event.epoch !== epoch || event.seq !== first.seq + index) throw new ProblemError('request-invalid', `events.${index}`);
    if (index > 0 && event.prevHash !== events[index - 1]!.hash) throw new ProblemError('chain-fork', `${epoch} ${event.seq}`);
  });
  await tx`select pg_advisory_xact_lock(hashtextextended(${device}, 0))`;
  const chain = await findChain(tx, device, epoch);
  const haveSeq = chain?.haveSeq ?? 0;
  if (first.seq > haveSeq + 1) throw new ProblemError('seq-gap', String(haveSeq));
  if (first.seq <= haveSeq) await compareHeld(tx, device, events.filter(({ seq }) => seq <= haveSeq));
  else if (chain && first.prevHash !== chain.haveHead) throw new ProblemError('chain-fork', `${epoch} ${first.seq}`);

  const fresh = events.filter(({ seq }) => seq > haveSeq)
    .map((event): Judged => ({ event, code: undefined, storable: true, ...judge(event) }));
  if (fresh.length > 0) {
    await appendFresh(tx, keys, unit, fresh);
    await tx`insert into chain (device, epoch, have_seq, have_head) values (${device}, ${epoch}, ${last.seq}, ${last.hash})
      on conflict (device, epoch) do update set have_seq = excluded.have_seq, have_head = excluded.have_head, updated_at = now()`;
    if (fresh.some(({ event }) => event.type === 'worker-erased')) await watchErasures(tx, device);
  }
  await tx`update kiosk set last_contact_at = now(), last_push_at = now(), backlog = greatest(0, backlog - ${fresh.length}) where device = ${device}`;
  const quarantined = await tx<{ seq: number; code: string }[]>`select seq, code from quarantine
    where device = ${device} and epoch = ${epoch} and seq between ${first.seq} and ${last.seq} order by seq`;
  return { ackedSeq: Math.max(haveSeq, last.seq), quarantined: [...quarantined], missingBlobs: await missingBlobs(tx, device) };
}

async function appendFresh(tx: Tx, keys: HubKeys, unit: string, fresh: Judged[]): Promise<void> {
  await emptyErased(tx, fresh);
  const stored = await insertEvents(tx, keys, fresh.filter(({ storable }) => storable).map(({ event }) => event));
  for (const judged of fresh) {
    // The key (device, epoch, seq) is free under the lock, so what was not inserted had the id of another event.
    if (judged.storable && !stored.has(judged.event.seq)) Object.assign(judged, { code: 'id-taken', storable: false });
  }
  const sound = fresh.filter(({ code }) => code === undefined);
  const refused = await project(tx, keys, unit, sound.map(({ event }) => event));
  for (const judged of sound) if (refused.has(judged.event.seq)) judged.code = 'payload-invalid';
  const bad = fresh.filter(({ code }) => code !== undefined);
  // An erasure of this batch may name what lies apart.
  await emptyErased(tx, bad);
  for (const { event, code, storable } of bad) {
    await tx`insert into quarantine (device, epoch, seq, code, hash, raw) values (${event.device}, ${event.epoch}, ${event.seq}, ${code!},
      ${event.hash}, ${storable ? null : rawOf(keys, event)})`;
  }
  if (bad.length > 0) await raiseAlarm(tx, bad[0]!.event.device, 'quarantine', String(bad.length));
}

/** Of what its kiosk has erased already the content is not kept. */
async function emptyErased(tx: Tx, judged: readonly Judged[]): Promise<void> {
  if (judged.length === 0) return;
  const erased = await alreadyErased(tx, judged.map(({ event }) => event));
  for (const each of judged) if (erased.has(each.event.seq)) each.event = { ...each.event, salt: null, payload: null };
}

/** The event as it came, sealed. Nested deeper than can be written again, which no kiosk of ours can make, only the header stays. */
function rawOf(keys: HubKeys, event: ReceivedEvent): Buffer {
  return seal(keys.record(event.device), `quarantine ${event.device} ${event.epoch} ${event.seq}`, Buffer.from(textOf(event)));
}

function textOf(event: ReceivedEvent): string {
  try {
    return JSON.stringify(event);
  } catch {
    return JSON.stringify({ ...event, payload: null });
  }
}

/** One statement a batch; the seqs that went in. */
async function insertEvents(tx: Tx, keys: HubKeys, events: readonly ReceivedEvent[]): Promise<Set<number>> {
  if (events.length === 0) return new Set();
  const { device, epoch } = events[0]!;
  const column = <K extends keyof ReceivedEvent>(name: K): ReceivedEvent[K][] => events.map((event) => event[name]);
  const contents = events.map((event) => sealEventContent(keys, event));
  const rows = await tx<{ seq: number }[]>`
    insert into event (device, epoch, seq, id, type, schema_v, at, at_text, tz, mono_ms, boot_id, actor, unit, purpose, blobs,
      payload_hash, prev_hash, hash, salt, payload, sealed)
    select ${device}, ${epoch}, e.seq, e.id, e.type, e.schema_v, e.at_text::timestamptz, e.at_text, e.tz, e.mono_ms, e.boot_id, e.actor, e.unit,
      e.purpose, e.blobs::jsonb, e.payload_hash, e.prev_hash, e.hash, e.salt, e.payload::jsonb, decode(e.sealed, 'base64')
    from unnest(
      ${column('seq')}::bigint[], ${column('id')}::uuid[], ${column('type')}::text[], ${column('schemaV')}::bigint[], ${column('at')}::text[],
      ${column('tz')}::bigint[], ${column('monoMs')}::bigint[], ${column('bootId')}::text[], ${column('actor')}::text[], ${column('unit')}::text[],
      ${column('purpose')}::text[], ${events.map(({ blobs }) => JSON.stringify(blobs))}::text[], ${column('payloadHash')}::text[],
      ${column('prevHash')}::text[], ${column('hash')}::text[], ${contents.map(({ salt }) => salt)}::text[],
      ${contents.map(({ payload }) => (payload === null ? null : JSON.stringify(payload)))}::text[], ${contents.map(({ sealed }) => sealed?.toString('base64') ?? null)}::text[]
    ) as e (seq, id, type, schema_v, at_text, tz, mono_ms, boot_id, actor, unit, purpose, blobs, payload_hash, prev_hash, hash, salt, payload, sealed)
    order by e.seq
    on conflict do nothing returning seq`;
  const blobs = events.flatMap((event) => event.blobs.map((blob) => ({ seq: event.seq, ...blob })));
  if (blobs.length > 0) {
    await tx`insert into event_blob (device, epoch, seq, sha256, size, mime)
      select ${device}, ${epoch}, b.seq, b.sha256, b.size, b.mime from unnest(${blobs.map(({ seq }) => seq)}::bigint[],
        ${blobs.map(({ sha256 }) => sha256)}::text[], ${blobs.map(({ size }) => size)}::bigint[], ${blobs.map(({ mime }) => mime)}::text[])
        as b (seq, sha256, size, mime) on conflict do nothing`;
  }
  return new Set(rows.map(({ seq }) => seq));
}

async function compareHeld(tx: Tx, device: string, events: readonly ReceivedEvent[]): Promise<void> {
  const { epoch, seq: from } = events[0]!;
  const held = await tx<{ seq: number; hash: string }[]>`
    select seq, hash from event where device = ${device} and epoch = ${epoch} and seq between ${from} and ${events.at(-1)!.seq}
    union all
    select seq, hash from quarantine where device = ${device} and epoch = ${epoch} and seq between ${from} and ${events.at(-1)!.seq}`;
  const hashes = new Map(held.map(({ seq, hash }) => [seq, hash]));
  const other = events.find(({ seq, hash }) => hashes.get(seq) !== hash);
  if (other) throw new ProblemError('chain-fork', `${epoch} ${other.seq}`);
}

/** Scans that events of this device name and that are not complete here; smallest first, at most 500 an answer. */
async function missingBlobs(tx: Tx, device: string): Promise<string[]> {
  const rows = await tx<{ sha256: string }[]>`
    select n.sha256 from event_blob n where n.device = ${device}
      and not exists (select from blob b where b.sha256 = n.sha256 and b.complete_at is not null)
    group by n.sha256 order by min(n.size), n.sha256 limit 500`;
  return rows.map(({ sha256 }) => sha256);
}
