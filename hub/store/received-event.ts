import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EventType, eventHash, payloadHash, StoredEvent, type Sha256 } from '../../shared/contracts/event.ts';
import { deepestPayload, isDeeperThan } from '../../shared/domain/json-depth.ts';

/**
 * An event as it may arrive: like StoredEvent, but a kiosk newer than this hub may send types that it does not know.
 * What has not even this form cannot be placed in a chain, and the batch is refused.
 */
export const ReceivedEvent = StoredEvent.extend({ type: z.string().min(1).max(64) });
export type ReceivedEvent = z.infer<typeof ReceivedEvent>;

export const ReceivedBatch = z.object({ events: z.array(ReceivedEvent).min(1).max(1000) });

/** Newest form of each event type that this hub knows; a newer one is kept raw until the hub is upgraded. */
export const knownSchemaV = 1;

const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

export type QuarantineCode = 'type-unknown' | 'schema-newer' | 'text-unstorable' | 'payload-invalid' | 'payload-hash' | 'hash-mismatch' | 'time-unusable' | 'id-taken';
/** `storable`: the row can be held by the table `event`; otherwise only its raw form is kept. */
export interface Verdict { code: QuarantineCode; storable: boolean }

/** Whether an event is sound: undefined, or why it goes to quarantine. Never throws, whatever the event holds. */
export function judge(event: ReceivedEvent): Verdict | undefined {
  const { salt, payload, hash, ...header } = event;
  if (isDeeperThan(payload, deepestPayload) || !isStorable(header) || !isStorable(payload)) return { code: 'text-unstorable', storable: false };
  const year = new Date(event.at).getUTCFullYear();
  if (!(year >= 1 && year <= 9998)) return { code: 'time-unusable', storable: false };
  try {
    if (payload !== null && (salt === null || payloadHash(Buffer.from(salt, 'hex'), payload, sha256) !== event.payloadHash)) return { code: 'payload-hash', storable: true };
    if (eventHash(header as Parameters<typeof eventHash>[0], sha256) !== hash) return { code: 'hash-mismatch', storable: true };
  } catch {
    return { code: 'payload-invalid', storable: false };
  }
  if (!EventType.safeParse(event.type).success) return { code: 'type-unknown', storable: true };
  if (event.schemaV > knownSchemaV) return { code: 'schema-newer', storable: true };
  return undefined;
}

/** PostgreSQL holds neither NUL nor half a surrogate pair. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, each]) => isStorable(key) && isStorable(each));
}
