import { z } from 'zod';
import { Instant, LocalDate } from './identity.ts';
import { Sha256Hex } from './event.ts';

/**
 * Messages between kiosk and hub. Each request of a kiosk is signed with the device's Ed25519 key:
 * headers `motcua-device`, `motcua-time` (ISO), `motcua-nonce` (32 hex), `motcua-signature` (base64 over
 * `METHOD\nPATH\nSHA256HEX(body)\nTIME\nNONCE`). TLS in front; plain HTTP only on loopback.
 */
export const EnrolInput = z.object({
  code: z.string().regex(/^[A-HJ-NP-Z2-9]{8}$/),
  /** Raw Ed25519 public key, base64. */
  publicKey: z.string().max(64),
  name: z.string().min(1).max(100),
  mode: z.enum(['counter', 'gate']),
  appVersion: z.string().max(40),
});
export type EnrolInput = z.infer<typeof EnrolInput>;

export const EnrolOutput = z.object({
  hubId: z.string(),
  device: Sha256Hex,
  unit: z.object({ code: z.string(), name: z.string() }),
  /** Key of the keyed hash of personal numbers, the same for all gates of the site; base64 of 32 bytes. */
  siteKey: z.string(),
  serverTime: Instant,
});
export type EnrolOutput = z.infer<typeof EnrolOutput>;

const NumberBlock = z.string().regex(/^[0-9A-HJ-NP-Z]{2}$/);

export const HelloInput = z.object({
  epoch: z.string().regex(/^[0-9a-f]{16}$/),
  lastSeq: z.number().int().nonnegative(),
  head: Sha256Hex,
  appVersion: z.string().max(40),
  schemaVersion: z.number().int(),
  time: Instant,
  backlog: z.number().int().nonnegative(),
  blobsWaiting: z.number().int().nonnegative(),
  freeDiskBytes: z.number().nonnegative().nullable(),
  /** How often the kiosk greets while nothing is new; absent from kiosks of before. */
  greetsEverySeconds: z.number().int().min(1).max(86_400).optional(),
  /** The block of dossier numbers that the kiosk holds in this epoch. */
  numberBlock: NumberBlock.nullable().optional(),
});
export type HelloInput = z.infer<typeof HelloInput>;

export const HelloOutput = z.object({
  hubId: z.string(),
  /** Changes when the hub was restored from a backup: the kiosk offers again what was confirmed before. */
  hubEpoch: z.string(),
  haveSeq: z.number().int().nonnegative(),
  haveHead: Sha256Hex,
  serverTime: Instant,
  maxBatch: z.number().int().positive(),
  /** The block in which a counter numbers dossiers while it is in this epoch; null: none, absent: a hub that gives none. */
  numberBlock: NumberBlock.nullable().optional(),
});
export type HelloOutput = z.infer<typeof HelloOutput>;

export const PushOutput = z.object({
  ackedSeq: z.number().int().nonnegative(),
  /** Events that were kept in quarantine, with the reason; they count as acknowledged. */
  quarantined: z.array(z.object({ seq: z.number().int(), code: z.string() })),
  /** Blobs named by these or earlier events which the hub does not hold yet. */
  missingBlobs: z.array(Sha256Hex),
});
export type PushOutput = z.infer<typeof PushOutput>;

export const BlobState = z.object({ size: z.number().int().nonnegative(), complete: z.boolean() });

export const ChangesOutput = z.object({
  cursor: z.string(),
  more: z.boolean(),
  changes: z.array(z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('procedure'), code: z.string(), body: z.record(z.string(), z.unknown()) }),
    z.object({ kind: z.literal('worker'), workerId: z.string(), body: z.record(z.string(), z.unknown()) }),
    z.object({ kind: z.literal('calendar'), year: z.number().int(), body: z.record(z.string(), z.unknown()) }),
  ])),
});
export type ChangesOutput = z.infer<typeof ChangesOutput>;

export const datasets = ['events', 'gate-scans', 'dossiers', 'results', 'workers', 'kiosks', 'look-ups', 'mobility'] as const;
export const Dataset = z.enum(datasets);
export type Dataset = z.infer<typeof Dataset>;

export const ExportInput = z.object({
  dataset: Dataset,
  from: LocalDate,
  to: LocalDate,
  format: z.enum(['csv', 'ndjson']),
});
export type ExportInput = z.infer<typeof ExportInput>;

/** The manifest beside an export: what is in it, and how to check that nothing is missing. */
export const ExportManifest = z.object({
  dataset: Dataset, from: LocalDate, to: LocalDate, format: z.enum(['csv', 'ndjson']),
  madeAt: Instant, hubId: z.string(), requester: z.string(),
  file: z.string(), rows: z.number().int(), bytes: z.number().int(), sha256: Sha256Hex,
  devices: z.array(z.object({
    device: z.string(), epoch: z.string(), events: z.number().int(), firstSeq: z.number().int(), lastSeq: z.number().int(),
    gaps: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  })),
});
export type ExportManifest = z.infer<typeof ExportManifest>;
