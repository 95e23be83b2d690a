import { z } from 'zod';
import { Sha256Hex, type StoredEvent } from '../../shared/contracts/event.ts';
import { Instant } from '../../shared/contracts/identity.ts';
import { Direction, Outcome } from '../../shared/contracts/requests/gate.ts';
import { PassCard, VisitorKind } from '../../shared/contracts/visitor.ts';
import type { AppendedEvent } from './event.ts';
import { orderOf } from './site-order.ts';
import type { Store } from './store.ts';
import { findVisitor, insertVisitor, releasePass, updateVisitor } from './visitor.ts';
import { findWorkerById } from './worker.ts';

/*
 * Visitors whom another gate of the site registered, so that this one lets them in and out. Only what that needs crosses: the
 * pass, its validity, the keyed hash of the number, the company, and the name as initials and the given name. Each thing that may change is a
 * word of its own, the latest of all gates counts, in whatever order they come.
 */
const line = (max: number) => z.string().max(max).regex(/^[^\p{Cc}\p{Cs}]*$/u);
const visitorId = z.string().min(1).max(64);
const Registered = z.object({
  visitorId, passCode: z.union([z.string().regex(/^V-[2-9A-Z]{8}$/), PassCard]), kind: VisitorKind, company: line(120), hostWorkerId: line(64).nullable(), escort: z.boolean(),
  validFrom: Instant, validTo: Instant, personalHash: Sha256Hex.nullable(), maskedId: line(20).nullable(), maskedName: line(100).nullable(),
});
const Changed = z.object({ visitorId, validTo: Instant.optional(), returnedAt: Instant.nullable().optional(), endedAt: Instant.nullable().optional() });
const Scanned = z.object({ visitorId, lane: z.string().max(20), outcome: Outcome, direction: Direction.nullable() });

const changes = ['validTo', 'returnedAt', 'endedAt'] as const;
type Word = (typeof changes)[number] | 'scan';
type Said = Pick<StoredEvent, 'at' | 'device' | 'epoch' | 'seq' | 'payload'>;

/** Writes what an event of another gate says of a visitor; inside a transaction. Other events and other forms leave nothing. */
export function projectVisitor(store: Store, event: StoredEvent): void {
  if (event.type === 'visitor-registered') return projectRegistered(store, event);
  for (const word of noteVisitorWords(store, event)) applyWord(store, word, event);
}

/** Notes what an event, of this gate or another, says of a visitor; gives the words that are the latest of all. */
export function noteVisitorWords(store: Store, event: Said): Word[] {
  const changed = Changed.safeParse(event.payload).data;
  const scanned = Scanned.safeParse(event.payload).data;
  const id = changed?.visitorId ?? scanned?.visitorId;
  if (id === undefined) return [];
  const words: Word[] = scanned?.outcome === 'recorded' && scanned.direction !== null ? ['scan'] : changes.filter((word) => changed?.[word] !== undefined);
  return words.filter((word) => {
    store.sql<unknown[]>(`insert into site_word (kind, key, device, epoch, seq, at) values (?, ?, ?, ?, ?, ?)
      on conflict (kind, key, device, epoch) do update set seq = excluded.seq, at = excluded.at where excluded.seq > seq`).run(
      kindOf(word), id, event.device, event.epoch, event.seq, orderOf(event));
    const last = lastWord(store, word, id);
    return last?.device === event.device && last.epoch === event.epoch && last.seq === event.seq;
  });
}

/** The same of this gate's own change, in its transaction: no older word of another gate undoes it. */
export function noteOwnVisitorWords(store: Store, { at, seq }: AppendedEvent, payload: Record<string, unknown>): void {
  noteVisitorWords(store, { at, seq, device: store.device.id, epoch: store.epoch.epoch, payload });
}

function projectRegistered(store: Store, event: StoredEvent): void {
  const { data } = Registered.safeParse(event.payload);
  if (!data || findVisitor(store, data.visitorId) !== null) return;
  const holder = store.sql<[string], { at: string }>('select registered_at as at from visitor where pass_code = ?').get(data.passCode);
  // A card goes from visitor to visitor: it is the last one's. A printed code is nobody's twice.
  if (holder !== undefined && !PassCard.safeParse(data.passCode).success) return;
  const isLast = holder === undefined || holder.at < event.at;
  if (holder !== undefined && isLast) releasePass(store, data.passCode);
  const { maskedName, hostWorkerId } = data;
  insertVisitor(store, {
    ...data, passCode: isLast ? data.passCode : `${data.passCode}-${event.hash.slice(0, 8).toUpperCase()}`, fullName: maskedName ?? '', hostName: hostWorkerId === null ? null : findWorkerById(store, hostWorkerId)?.fullName ?? null,
    purpose: null, vehicle: null, tools: null, registeredAt: event.at, registeredBy: 'site',
  });
  // What was said of the visitor may have come before.
  for (const word of [...changes, 'scan'] as const) {
    const said = lastSaid(store, word, data.visitorId);
    if (said !== null) applyWord(store, word, said);
  }
}

function applyWord(store: Store, word: Word, event: Said): void {
  if (word !== 'scan') {
    const { data } = Changed.safeParse(event.payload);
    if (data?.[word] !== undefined) updateVisitor(store, data.visitorId, { [word]: data[word] });
    return;
  }
  const { data } = Scanned.safeParse(event.payload);
  if (!data) return;
  // The own scans are no words: the latest by time is where the visitor is.
  store.sql<unknown[]>('update visitor set direction = ?, at = ?, lane = ?, mono_ms = null, boot_id = null where visitor_id = ? and (at is null or at < ?)')
    .run(data.direction, event.at, `${event.device.slice(0, 8)}/${data.lane}`, data.visitorId, event.at);
}

function kindOf(word: Word): string {
  return `visitor-${word}`;
}

function lastWord(store: Store, word: Word, id: string): { device: string; epoch: string; seq: number } | undefined {
  return store.sql<[string, string], { device: string; epoch: string; seq: number }>(
    'select device, epoch, seq from site_word where kind = ? and key = ? order by at desc, device desc, epoch desc limit 1').get(kindOf(word), id);
}

/** The event of the latest word, which is another gate's. */
function lastSaid(store: Store, word: Word, id: string): StoredEvent | null {
  const last = lastWord(store, word, id);
  const row = last === undefined ? undefined : store.sql<[string, string, number], { body: string }>(`select body from site_event join site_chain using (chain_no)
    join site_gate using (gate_no) where device = ? and epoch = ? and seq = ?`).get(last.device, last.epoch, last.seq);
  return row === undefined ? null : JSON.parse(row.body) as StoredEvent;
}
