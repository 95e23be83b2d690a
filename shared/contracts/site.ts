import { z } from 'zod';
import { Sha256Hex, StoredEvent, zeroHash, type EventType, type Sha256 } from './event.ts';
import { Instant } from './identity.ts';
import type { Settings } from './requests/system.ts';

/**
 * What gates of one site tell each other: through the hub, over the LAN, by a file. A site is the kiosks of one unit;
 * they share the site key.
 *
 * Who is trusted with what: the site key only opens the talk. What a gate wrote is believed by that gate's own signature,
 * whoever brings it; a device's name is the hash of its key, so no list of keys is needed and no key can be put in the
 * place of another. The hub checks the signature of each kiosk when it takes its events, and is believed when it hands them
 * to the others. Whoever holds the site key can add a gate of his own: it is taken with its first word, and shown.
 * This list is part of the form that is signed: who changes it raises `siteForm`.
 */
const told = [
  'gate-scan', 'guard-decided', 'correction-proposed', 'correction-decided', 'scans-merged',
  'shift-plan-set', 'shift-assigned', 'worker-recorded', 'worker-left', 'worker-erased', 'visitor-registered', 'visitor-changed',
  'zones-set', 'lanes-set', 'settings-changed', 'labour-settings-set', 'clock-marked', 'gate-retired', 'epoch-begun', 'kiosk-enrolled', 'site-joined',
] as const satisfies readonly EventType[];

/** Settings by which scans are decided: one value for the whole site. */
export const siteRules = ['repeatSeconds', 'oppositeSeconds'] as const satisfies readonly (keyof Settings)[];

/** The events that timesheets of a site are made of, and by which visitors pass at each gate; all others stay with the gate and the hub. */
export const siteEventTypes: readonly string[] = told;

/** Form of what gates tell each other. Of form 1 runs that were handed on carried no proof; it is no longer taken. */
export const siteForm = 2;

export const Epoch = z.string().regex(/^[0-9a-f]{16}$/);
const Seq = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** How much somebody holds of one gate: every event that matters up to `seq`. */
export const SiteHave = z.object({ device: Sha256Hex, epoch: Epoch, seq: Seq });
export type SiteHave = z.infer<typeof SiteHave>;

const Signed = z.object({
  /** Ed25519, raw 32 bytes, base64; the device's name is its SHA-256. */
  publicKey: z.string().max(64),
  /** 64 bytes, base64. */
  signature: z.string().max(120),
});
export type Signed = z.infer<typeof Signed>;

/** What a gate last told of itself, or somebody of it. */
export const SiteTold = z.object({
  device: Sha256Hex,
  name: z.string().max(100),
  /** Null where nothing is known of its events yet. */
  epoch: Epoch.nullable(),
  /** Number of its last event of any type when it told. */
  seq: Seq,
  /** Its wall clock at that moment: up to here its events are all there once `seq` is reached. */
  until: Instant.nullable(),
  /** Of the gate itself, over `toldText`. Null from the hub, and where only the gate's name is known. */
  proof: Signed.nullable().default(null),
});
export type SiteTold = z.infer<typeof SiteTold>;

/** Numbers of events in one block. A proof holds for one block up to some number, and takes the place of the earlier ones. */
export const siteBlock = 128;

/** Number before the first of the block that a number belongs to. */
export function blockStart(seq: number): number {
  return Math.floor((Math.max(seq, 1) - 1) / siteBlock) * siteBlock;
}

/** Where the reckoning of a block stands after one of its events, or before the first: hex, and that event's number. */
export interface BlockState { seq: number; state: string }

/** How the reckoning of the block begins that holds the events after `seq`. */
export const blockBegin = (seq: number): BlockState => ({ seq, state: zeroHash });

/**
 * Goes on over events of the block. Each step holds the number of the event before, so that none can be left out, at
 * the beginning of a run either, without another state.
 */
export function stepBlock(from: BlockState, events: readonly { seq: number; hash: string }[], sha256: Sha256): BlockState {
  return events.reduce((at, { seq, hash }) => ({ seq, state: sha256(`${at.state}\n${at.seq}\n${seq}\n${hash}`) }), from);
}

/** A run of one gate's events: those of `siteEventTypes` with `after` < seq ≤ `through`, all of them, in order. */
export const SitePart = z.object({
  device: Sha256Hex, epoch: Epoch, after: Seq, through: Seq,
  events: z.array(StoredEvent).max(2_000),
  /**
   * Of the gate that wrote the events, over `runText`; handed on with them. `base` is where the reckoning of the block stood at
   * `after`. A run with a proof lies in one block. Null only from the hub.
   */
  proof: Signed.extend({ base: z.object({ seq: Seq, state: Sha256Hex }) }).nullable(),
});
export type SitePart = z.infer<typeof SitePart>;

export const SitePage = z.object({ told: z.array(SiteTold).max(256), parts: z.array(SitePart).max(512), more: z.boolean() });
export type SitePage = z.infer<typeof SitePage>;

/** A kiosk asks the hub, or a gate another: everything beyond what it holds. */
export const SiteAsk = z.object({ have: z.array(SiteHave).max(512) });
export type SiteAsk = z.infer<typeof SiteAsk>;

/** What a gate signs of a block of its own events up to `through`: `last` is the state of its reckoning there. */
export function runText({ device, epoch, through }: Pick<SitePart, 'device' | 'epoch' | 'through'>, last: BlockState): string {
  return `motcua site run ${siteForm}\n${device}\n${epoch}\n${through}\n${last.seq}\n${last.state}`;
}

/** What a gate signs of what it tells of itself. */
export function toldText({ device, name, epoch, seq, until }: Omit<SiteTold, 'proof'>): string {
  return `motcua site told ${siteForm}\n${JSON.stringify([device, name, epoch, seq, until])}`;
}

/** What a gate knows of another, for the screen; the instants ISO. */
export const SiteGate = z.object({
  device: Sha256Hex, name: z.string(), own: z.boolean(),
  heardAt: Instant.nullable(), heardBy: z.enum(['hub', 'lan', 'file']).nullable(),
  /** Up to here all that this gate saw is known here. */
  reportedUntil: Instant.nullable(),
  /** Events that it has told of and that are not here yet. */
  behind: z.number().int().nonnegative(),
  scans: z.number().int().nonnegative(),
  /** Records in its name that are kept apart, and how many older ones of these were given up for want of room. */
  quarantined: z.number().int().nonnegative(), quarantineDropped: z.number().int().nonnegative(),
  /** Records kept apart that this gate brought in the name of others. */
  brought: z.number().int().nonnegative(),
  /** When and how this gate was first heard of here: from then on it counts as one of the site. */
  knownAt: Instant.nullable(), knownBy: z.enum(['hub', 'lan', 'file']).nullable(),
  /** Whether the hub has named it. */
  listed: z.boolean(),
  /** Its clock minus ours, milliseconds. */
  offsetMs: z.number().int().nullable(),
  retired: z.boolean(),
});
export type SiteGate = z.infer<typeof SiteGate>;

/** The LAN listener of a gate and the gates that it asks. */
export const LanSettings = z.object({
  on: z.boolean(),
  /** Address to listen on; `0.0.0.0` is every one of this machine. */
  address: z.union([z.ipv4(), z.ipv6()]),
  port: z.number().int().min(1024).max(65_535),
  /** `host:port` of the other gates. */
  peers: z.array(z.string().max(120).regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{2,5}$/)).max(32),
});
export type LanSettings = z.infer<typeof LanSettings>;
