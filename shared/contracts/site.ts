import { z } from 'zod';
import { Sha256Hex, StoredEvent, type EventType } from './event.ts';
import { Instant } from './identity.ts';
import type { Settings } from './requests/system.ts';

/**
 * What gates of one site tell each other: through the hub, over the LAN, by a file. A site is the kiosks of one unit;
 * they share the site key.
 */
const told = [
  'gate-scan', 'guard-decided', 'correction-proposed', 'correction-decided', 'scans-merged',
  'shift-plan-set', 'shift-assigned', 'worker-recorded', 'worker-left', 'worker-erased',
  'zones-set', 'lanes-set', 'settings-changed', 'clock-marked', 'gate-retired', 'epoch-begun', 'kiosk-enrolled', 'site-joined',
] as const satisfies readonly EventType[];

/** Settings by which scans are decided: one value for the whole site. */
export const siteRules = ['repeatSeconds', 'oppositeSeconds'] as const satisfies readonly (keyof Settings)[];

/** The events that timesheets of a site are made of; all others stay with the gate and the hub. */
export const siteEventTypes: readonly string[] = told;

export const Epoch = z.string().regex(/^[0-9a-f]{16}$/);
const Seq = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** How much somebody holds of one gate: every event that matters up to `seq`. */
export const SiteHave = z.object({ device: Sha256Hex, epoch: Epoch, seq: Seq });
export type SiteHave = z.infer<typeof SiteHave>;

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
});
export type SiteTold = z.infer<typeof SiteTold>;

/** A run of one gate's events: those of `siteEventTypes` with `after` < seq ≤ `through`, all of them, in order. */
export const SitePart = z.object({
  device: Sha256Hex, epoch: Epoch, after: Seq, through: Seq,
  events: z.array(StoredEvent).max(2_000),
  /** Of the gate itself: Ed25519 over `partText`, both base64. The device's name is the hash of the key. */
  proof: z.object({ publicKey: z.string().max(64), signature: z.string().max(120) }).nullable(),
});
export type SitePart = z.infer<typeof SitePart>;

export const SitePage = z.object({ told: z.array(SiteTold).max(256), parts: z.array(SitePart).max(512), more: z.boolean() });
export type SitePage = z.infer<typeof SitePage>;

/** A kiosk asks the hub, or a gate another: everything beyond what it holds. */
export const SiteAsk = z.object({ have: z.array(SiteHave).max(512) });
export type SiteAsk = z.infer<typeof SiteAsk>;

/** What a gate signs of a run of its own events; `digest` is the hex SHA-256 over their hashes, one after the other. */
export function partText({ device, epoch, after, through }: Omit<SitePart, 'events' | 'proof'>, digest: string): string {
  return `motcua site part\n${device}\n${epoch}\n${after}\n${through}\n${digest}`;
}

/** What a gate knows of another, for the screen; the instants ISO. */
export const SiteGate = z.object({
  device: Sha256Hex, name: z.string(), own: z.boolean(),
  heardAt: Instant.nullable(), heardBy: z.enum(['hub', 'lan', 'file']).nullable(),
  /** Up to here all that this gate saw is known here. */
  reportedUntil: Instant.nullable(),
  /** Events that it has told of and that are not here yet. */
  behind: z.number().int().nonnegative(),
  scans: z.number().int().nonnegative(), quarantined: z.number().int().nonnegative(),
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
