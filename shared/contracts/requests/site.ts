import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { ClockState } from '../clock.ts';
import { Instant, LocalDate } from '../identity.ts';
import { LanSettings, SiteGate } from '../site.ts';
import { admin, supervisor, type RequestShape } from './define.ts';

/** The gates of the site as this one knows them. */
export const SiteStatus = z.object({
  gates: z.array(SiteGate),
  /** Up to here every gate has told; null while one of them never has. */
  reportedUntil: Instant.nullable(),
  missing: z.array(z.object({ device: z.string(), name: z.string(), since: Instant.nullable() })),
  hub: z.boolean(),
  lan: LanSettings,
  /** Port that is listened on; null while it is not. */
  listening: z.number().int().nullable(),
  lanProblem: z.string().nullable(),
  peers: z.array(z.object({ address: z.string(), at: Instant.nullable(), problem: z.string().nullable() })),
  clock: ClockState,
});
export type SiteStatus = z.infer<typeof SiteStatus>;

export const siteRequests = {
  'site/status': { input: z.object({}), output: SiteStatus, access: supervisor, background: true },
  /** Everything since the last file, or since a date, for the other gates. */
  'site/export': {
    input: z.object({ since: LocalDate.nullable() }),
    output: z.object({ fileName: z.string(), content: Bytes, events: z.number().int() }), access: supervisor,
  },
  'site/import': {
    input: z.object({ content: Bytes }),
    /** `problem`: a part of the file was not proven by the gate that it names, and lies apart. */
    output: z.object({ name: z.string(), events: z.number().int(), quarantined: z.number().int(), problem: z.string().nullable() }), access: supervisor,
  },
  /** Asks every gate of the LAN list now. */
  'site/pull': { input: z.object({}), output: SiteStatus, access: supervisor },
  /** Takes a gate out: nothing waits for it any longer. */
  'site/retire': { input: z.object({ device: z.string().max(64) }), output: z.object({ changed: z.boolean() }), access: supervisor },
  'site/lan-set': { input: LanSettings, output: SiteStatus, access: admin },
  /** The site's key for another gate: a file, and the code that opens it. */
  'site/key': { input: z.object({}), output: z.object({ fileName: z.string(), content: Bytes, code: z.string() }), access: admin },
  'site/join': {
    input: z.object({ content: Bytes, code: z.string().max(40) }),
    output: z.object({ name: z.string(), changed: z.boolean() }), access: admin,
  },
  /** A kiosk that was restored from an old copy begins anew, so that the hub takes its events again. */
  'site/new-epoch': { input: z.object({}), output: z.object({ epoch: z.string() }), access: admin },
  /** How far the clock can be trusted; for the mark on every screen. */
  'clock/state': { input: z.object({}), output: ClockState, access: 'kiosk', background: true },
} as const satisfies Record<string, RequestShape>;
