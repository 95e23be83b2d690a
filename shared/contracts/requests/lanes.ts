import { z } from 'zod';
import { Instant } from '../identity.ts';
import { admin, supervisor, type RequestShape } from './define.ts';
import { Direction, Outcome, Via } from './gate.ts';
import { Lane } from './system.ts';

/** The board of a lane's turnstile as it is now. */
export const SignalState = z.object({
  lane: z.string(), board: z.string(), state: z.enum(['ready', 'missing', 'failed', 'off']), detail: z.string().nullable(),
  /** How many contacts the board tells of; 0 while it is away or has none. */
  inputs: z.number().int(),
  /** Those of them that are closed. */
  closed: z.array(z.number().int()),
});
export type SignalState = z.infer<typeof SignalState>;

/** What is plugged into this machine and may serve a lane. */
const Plugged = z.object({
  serial: z.array(z.object({ path: z.string(), label: z.string() })),
  hid: z.array(z.object({ id: z.string(), label: z.string() })),
  readers: z.array(z.string()),
  /** HID relays by their five signs. */
  relays: z.array(z.string()),
});

/** All lanes of a gate; each once. */
export const Lanes = z.array(Lane).min(1).max(8).refine((lanes) => new Set(lanes.map(({ lane }) => lane)).size === lanes.length, 'lane');

export const laneRequests = {
  'lanes/get': { input: z.object({}), output: z.object({ lanes: z.array(Lane), signals: z.array(SignalState), plugged: Plugged }), access: admin, background: true },
  /** Sets all lanes; devices are wired anew at once, those that stay the same go on working. The same again changes nothing. Problem `lanes-clash`. */
  'lanes/set': { input: z.object({ lanes: Lanes }), output: z.object({ lanes: z.array(Lane), changed: z.boolean() }), access: admin },
  /** While on, for two minutes at most, each scan is told as `lanes/scan`. Scans count as always: the gate never stops. */
  'lanes/test': { input: z.object({ on: z.boolean() }), output: z.object({}), access: admin },
  /** Opens a lane by hand; the same `openId` again opens nothing. `why` says why it could not be. */
  'lanes/open': {
    input: z.object({ lane: Lane.shape.lane, direction: Direction, openId: z.uuid() }),
    output: z.object({ given: z.boolean(), why: z.enum(['missing', 'failed', 'busy', 'late']).nullable() }), access: supervisor,
  },
} as const satisfies Record<string, RequestShape>;

export const laneEvents = {
  /** A scan while lanes are tried out: which reader it came from (null: the page's own) and which lane it counts for. */
  'lanes/scan': z.object({ lane: z.string(), input: z.string().nullable(), via: Via.nullable(), outcome: Outcome, maskedCode: z.string(), at: Instant }),
  /** Boards or contacts have changed. */
  'lanes/signals': z.object({ signals: z.array(SignalState) }),
  /** What came of the pulse after an answer. */
  'gate/opened': z.object({ scanId: z.uuid(), lane: z.string(), given: z.boolean(), why: z.enum(['missing', 'failed', 'busy', 'late']).nullable() }),
  /** Whether somebody who was let through has gone. */
  'gate/passage': z.object({ scanId: z.string(), lane: z.string(), passed: z.boolean() }),
  /** A fire alarm began or ended: all lanes are open while it lasts. */
  'gate/fire': z.object({ on: z.boolean() }),
} as const satisfies Record<string, z.ZodType>;
