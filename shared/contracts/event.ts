import { z } from 'zod';
import { Instant } from './identity.ts';

/**
 * The append-only event row: outbox row and audit row at once. Its authority is (device, epoch, seq); `id` only locates.
 * "Unsent" = seq > the seq that the hub has confirmed. Corrections are new events.
 */
export const eventTypes = [
  'kiosk-set-up', 'kiosk-enrolled', 'kiosk-unlocked', 'settings-changed', 'clock-marked',
  'user-created', 'user-changed', 'login-passed', 'login-failed', 'logged-out',
  'roster-imported', 'roster-mapping-set', 'worker-recorded', 'worker-left',
  'gate-scan', 'shift-plan-set', 'shift-assigned',
  'citizen-identified', 'look-up-made', 'paper-held',
  'dossier-received', 'dossier-advanced', 'component-recorded', 'scan-attached', 'receipt-printed',
  'result-digitised', 'result-handed-over',
  'data-exported', 'procedures-updated',
  'trust-imported', 'trust-removed',
  'visitor-registered', 'visitor-changed', 'barred-changed', 'credential-set', 'photo-set', 'worker-erased',
  'guard-decided', 'gate-alarm', 'alarm-settled', 'passage', 'fire-alarm',
  'muster-started', 'muster-ticked', 'muster-ended', 'correction-proposed', 'correction-decided',
  'scans-merged', 'labour-settings-set', 'report-settings-set', 'zones-set', 'lanes-set', 'lane-opened',
  'site-joined', 'gate-retired', 'epoch-begun', 'number-block-given',
] as const;
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

export const BlobRef = z.object({
  sha256: Sha256Hex,
  size: z.number().int().nonnegative(),
  mime: z.string().max(100),
});
export type BlobRef = z.infer<typeof BlobRef>;

/** What is hashed into the chain, besides the hash of the salted payload. */
export const EventHeader = z.object({
  id: z.uuid(),
  /** Hex SHA-256 of the device's Ed25519 public key (raw 32 bytes). */
  device: Sha256Hex,
  /** Random 64-bit, 16 hex digits; a new one at install and at every restore. */
  epoch: z.string().regex(/^[0-9a-f]{16}$/),
  /** Gapless from 1 within (device, epoch). */
  seq: z.number().int().positive(),
  type: EventType,
  schemaV: z.number().int().positive(),
  /** Wall clock of the kiosk, UTC. */
  at: Instant,
  /** Minutes east of UTC at the kiosk. */
  tz: z.number().int(),
  /** Milliseconds of the monotonic clock, and the boot in which they count. */
  monoMs: z.number().int().nonnegative(),
  bootId: z.string().max(64),
  /** User id, or `gate` for an unattended gate, `system`, `cli`. */
  actor: z.string().max(64),
  unit: z.string().max(64),
  /** Why personal data was touched; null where none was. */
  purpose: z.string().max(64).nullable(),
  blobs: z.array(BlobRef).max(200),
  /** Hex SHA-256 over salt bytes followed by the canonical payload: erasing payload and salt keeps the chain. */
  payloadHash: Sha256Hex,
  prevHash: Sha256Hex,
});
export type EventHeader = z.infer<typeof EventHeader>;

/** The whole event, as stored and as sent. `payload` null = erased. */
export const StoredEvent = EventHeader.extend({
  salt: z.string().regex(/^[0-9a-f]{32}$/).nullable(),
  payload: z.record(z.string(), z.unknown()).nullable(),
  hash: Sha256Hex,
});
export type StoredEvent = z.infer<typeof StoredEvent>;

export const zeroHash = '0'.repeat(64);

/**
 * Canonical JSON in the manner of RFC 8785 for what events hold: keys sorted by code unit, no white space,
 * strings NFC as given, integers and finite numbers only. Throws a TypeError on anything else.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('number is not finite');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
  }
  throw new TypeError(`cannot write ${typeof value}`);
}

export type Sha256 = (...parts: (string | Uint8Array)[]) => string;

/** Hex hash of a payload: SHA-256(salt bytes ‖ canonical payload). */
export function payloadHash(salt: Uint8Array, payload: Record<string, unknown>, sha256: Sha256): string {
  return sha256(salt, canonicalJson(payload));
}

/** Hex hash of an event: SHA-256(canonical header), the header holding prevHash and payloadHash. */
export function eventHash(header: EventHeader, sha256: Sha256): string {
  const {
    id, device, epoch, seq, type, schemaV, at, tz, monoMs, bootId, actor, unit, purpose, blobs, payloadHash: ph, prevHash,
  } = header;
  return sha256(canonicalJson({
    id, device, epoch, seq, type, schemaV, at, tz, monoMs, bootId, actor, unit, purpose, blobs, payloadHash: ph, prevHash,
  }));
}
