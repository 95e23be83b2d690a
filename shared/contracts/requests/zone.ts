import { z } from 'zod';
import { Instant } from '../identity.ts';
import { Zones } from '../zone.ts';
import { admin, supervisor, type RequestShape } from './define.ts';
import { Direction, GateAnswer, Outcome } from './gate.ts';

/** A scan that the gate held and that waits for the guard's word. */
export const HeldScan = z.object({
  scanId: z.uuid(), at: Instant, lane: z.string(), outcome: Outcome, direction: Direction.nullable(),
  workerId: z.string(), fullName: z.string(), department: z.string(),
});
export type HeldScan = z.infer<typeof HeldScan>;

export const zoneRequests = {
  /** The guard's word on a scan that was held (`ask-guard`, `passback`). Told twice it counts once; a word is not taken back. */
  'gate/decide': {
    input: z.object({ scanId: z.uuid(), pass: z.boolean(), direction: Direction }),
    /** The answer to whoever was let pass; null where nobody was, or where the word was told before. */
    output: z.object({ answer: GateAnswer.nullable() }), access: supervisor,
  },
  /** Scans of the last hours that wait for the guard's word, the newest first. */
  'gate/held': { input: z.object({}), output: z.object({ rows: z.array(HeldScan) }), access: supervisor, background: true },
  'zones/get': { input: z.object({}), output: z.object({ zones: Zones, fire: z.boolean() }), access: supervisor, background: true },
  'zones/set': { input: z.object({ zones: Zones }), output: z.object({ zones: Zones }), access: admin },
} as const satisfies Record<string, RequestShape>;
