import { randomBytes } from 'node:crypto';
import {
  canonicalJson, eventHash, payloadHash, zeroHash, type BlobRef, type EventHeader, type EventType, type StoredEvent,
} from '../../shared/contracts/event.ts';
import { sha256 } from './sha256.ts';
import { readUnitCode } from './setting.ts';
import { placed } from './site-order.ts';
import type { Store } from './store.ts';
import { uuidBytes, uuidText, uuidV7 } from './uuid-v7.ts';

export interface NewEvent {
  type: EventType;
  payload: Record<string, unknown>;
  /** User id, or `gate`, `system`, `cli`. */
  actor: string;
  /** Why personal data was touched. */
  purpose?: string | null;
  blobs?: readonly BlobRef[];
  schemaV?: number;
  /** Milliseconds since 1970, where the fact has another time than now. */
  at?: number;
  /** Where the id was made before, so that an act sent twice is one. */
  id?: string | undefined;
}

export interface AppendedEvent {
  id: string;
  seq: number;
  /** Key of the row in this store; equal to seq until the store is restored. */
  position: number;
  /** ISO, UTC. */
  at: string;
  hash: string;
  /** As it was written: a word that follows one of a clock that ran ahead says so. */
  payload: Record<string, unknown>;
}

interface HeadRow { position: number; seq: number; epoch_no: number; hash: Buffer }

/**
 * Writes one event at the end of the chain. Only inside a transaction, together with what the event is about:
 * the number it takes is gapless because nobody else can take it in between.
 */
export function appendEvent(store: Store, event: NewEvent): AppendedEvent {
  if (!store.db.inTransaction) throw new Error('an event is appended inside the transaction of its fact');
  const { clock, epoch } = store;
  const head = store.sql<[], HeadRow>('select position, seq, epoch_no, hash from event order by position desc limit 1').get();
  const sameEpoch = head !== undefined && head.epoch_no === epoch.epochNo;
  const now = event.at ?? clock.now();
  const at = new Date(now).toISOString();
  // What is told once more keeps its place.
  const payload = event.at === undefined ? placed(store, event.type, at, event.payload) : event.payload;
  const salt = randomBytes(16);
  const header: EventHeader = {
    id: event.id ?? uuidV7(clock.now()),
    device: store.device.id, epoch: epoch.epoch, seq: sameEpoch ? head.seq + 1 : 1,
    type: event.type, schemaV: event.schemaV ?? 1,
    at, tz: clock.tz(), monoMs: clock.monoMs(), bootId: clock.bootId,
    actor: event.actor, unit: readUnitCode(store), purpose: event.purpose ?? null,
    blobs: (event.blobs ?? []).map(({ sha256: hash, size, mime }) => ({ sha256: hash, size, mime })),
    payloadHash: payloadHash(salt, payload, sha256),
    prevHash: sameEpoch ? head.hash.toString('hex') : zeroHash,
  };
  const hash = eventHash(header, sha256);
  const position = epoch.base + header.seq;
  store.sql<unknown[]>(`
    insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, purpose,
      blobs, payload, salt, payload_hash, prev_hash, hash)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    position, epoch.epochNo, header.seq, uuidBytes(header.id), header.type, header.schemaV, header.at, header.tz, header.monoMs,
    header.bootId, header.actor, header.unit, header.purpose, header.blobs.length === 0 ? null : JSON.stringify(header.blobs),
    canonicalJson(payload), salt, hex(header.payloadHash), hex(header.prevHash), hex(hash));
  return { id: header.id, seq: header.seq, position, at: header.at, hash, payload };
}

/** The scans among the last events: their ids and positions, the oldest first. */
export function recentScanIds(store: Store, events: number): { id: string; position: number }[] {
  return store.sql<[number], { id: Buffer; position: number }>(`
    select id, position from event where position > (select coalesce(max(position), 0) from event) - ? and type in ('gate-scan', 'muster-ticked') order by position`)
    .all(events).map(({ id, position }) => ({ id: uuidText(id), position }));
}

const sliceEvents = 50;

interface EventRow {
  position: number; seq: number; epoch: string; id: Buffer; type: EventType; schema_v: number; at: string; tz: number;
  mono_ms: number; boot_id: string; actor: string; unit: string; purpose: string | null; blobs: string | null;
  payload: string | null; salt: Buffer | null; payload_hash: Buffer; prev_hash: Buffer; hash: Buffer;
}

/**
 * Events of the current epoch after a number, oldest first, whole. `maxBytes` bounds the payloads' sum; at least one
 * event comes back where there is one.
 */
export function readEvents(store: Store, { afterSeq, limit, maxBytes = Infinity }: { afterSeq: number; limit: number; maxBytes?: number }): StoredEvent[] {
  const events: StoredEvent[] = [];
  let bytes = 0;
  while (events.length < limit) {
    // Large events fill a message long before `limit`: rows that would not go along are not read either.
    const slice = readEventsFrom(store, store.epoch.base + afterSeq + events.length, Math.min(sliceEvents, limit - events.length));
    for (const { event, size } of slice) {
      bytes += size;
      if (bytes > maxBytes && events.length > 0) return events;
      events.push(event);
    }
    if (slice.length < sliceEvents) return events;
  }
  return events;
}

/** Events after a position, oldest first; `size` is about what each takes in a message, bytes. */
export function readEventsFrom(store: Store, afterPosition: number, limit: number): { position: number; event: StoredEvent; size: number }[] {
  const rows = store.sql<[number, number], EventRow>(`
    select position, seq, epoch, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, purpose, blobs, payload, salt,
      payload_hash, prev_hash, hash
    from event join epoch using (epoch_no) where position > ? order by position limit ?`).all(afterPosition, limit);
  return rows.map((row) => ({ position: row.position, event: eventOf(row, store.device.id), size: 700 + 2 * (row.payload?.length ?? 0) + (row.blobs?.length ?? 0) }));
}

/**
 * Events of some types with after < position ≤ through, oldest first. With scans among them the events are walked along
 * their key; without, each type is found by its index, however many scans lie between.
 */
export function readEventsOfTypes(store: Store, types: readonly EventType[], { after, through, limit }: { after: number; through: number; limit: number }): { position: number; event: StoredEvent }[] {
  const columns = `position, seq, epoch, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, purpose, blobs, payload, salt,
      payload_hash, prev_hash, hash from event join epoch using (epoch_no) where position > ? and position <= ?`;
  const rows = types.includes('gate-scan')
    ? store.sql<[number, number, string, number], EventRow>(`select ${columns} and type in (select value from json_each(?)) order by position limit ?`)
      .all(after, through, JSON.stringify(types), limit)
    : types.flatMap((type) => store.sql<[number, number, EventType, number], EventRow>(`select ${columns} and type = ? and type <> 'gate-scan' order by position limit ?`)
      .all(after, through, type, limit)).sort((a, b) => a.position - b.position).slice(0, limit);
  return rows.map((row) => ({ position: row.position, event: eventOf(row, store.device.id) }));
}

function eventOf(row: EventRow, device: string): StoredEvent {
  return {
    id: uuidText(row.id), device, epoch: row.epoch, seq: row.seq, type: row.type, schemaV: row.schema_v, at: row.at, tz: row.tz,
    monoMs: row.mono_ms, bootId: row.boot_id, actor: row.actor, unit: row.unit, purpose: row.purpose,
    blobs: row.blobs === null ? [] : JSON.parse(row.blobs) as BlobRef[],
    payloadHash: row.payload_hash.toString('hex'), prevHash: row.prev_hash.toString('hex'),
    salt: row.salt?.toString('hex') ?? null,
    payload: row.payload === null ? null : JSON.parse(row.payload) as Record<string, unknown>,
    hash: row.hash.toString('hex'),
  };
}

/** Number and hash of the last event of the current epoch; 0 and zeros where there is none. */
export function readHead(store: Store): { seq: number; hash: string } {
  const head = store.sql<[number], HeadRow>('select position, seq, epoch_no, hash from event where position > ? order by position desc limit 1').get(store.epoch.base);
  return head === undefined ? { seq: 0, hash: zeroHash } : { seq: head.seq, hash: head.hash.toString('hex') };
}

/** Hash of one event of the current epoch; zeros for seq 0, null where there is no such event. */
export function readHash(store: Store, seq: number): string | null {
  if (seq === 0) return zeroHash;
  return store.sql<[number], { hash: Buffer }>('select hash from event where position = ?').get(store.epoch.base + seq)?.hash.toString('hex') ?? null;
}

/** Number up to which the hub has confirmed the current epoch. */
export function ackedSeq(store: Store): number {
  return store.sql<[number], { n: number }>('select acked_seq as n from epoch where epoch_no = ?').get(store.epoch.epochNo)?.n ?? 0;
}

/** Notes what the hub has confirmed; it may go back, when a hub was restored from a backup. */
export function setAckedSeq(store: Store, seq: number): void {
  store.sql<[number, number]>('update epoch set acked_seq = ? where epoch_no = ?').run(seq, store.epoch.epochNo);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
