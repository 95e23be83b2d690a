import type { z } from 'zod';
import type { Direction } from '../contracts/requests/gate.ts';
import type { LaneDirection } from '../contracts/requests/system.ts';
import type { PassState } from '../contracts/visitor.ts';

/** What a pass allows and where its last scan left the visitor; times in milliseconds since 1970. */
export interface VisitorPass {
  /** Both ends included. */
  validFrom: number;
  validTo: number;
  barred: boolean;
  returned: boolean;
  /** Taken back by the guard before its time. */
  ended: boolean;
  direction: Direction | null;
}

export interface VisitorDecision {
  outcome: 'recorded' | 'expired' | 'not-yet-valid' | 'barred';
  /** Null where the visitor does not pass. */
  direction: Direction | null;
  reason: 'barred' | 'lane' | 'last-state' | 'first-today' | 'pass-not-started' | 'pass-over' | 'pass-ended';
}

/**
 * Decides the scan of a visitor's pass. The lane's own direction counts first, then the last state. Whoever is inside may
 * always leave: a pass that is over keeps nobody in.
 */
export function decideVisitor(pass: VisitorPass, at: number, laneDirection: z.infer<typeof LaneDirection>): VisitorDecision {
  if (pass.barred) return { outcome: 'barred', direction: null, reason: 'barred' };
  const isInside = pass.direction === 'in';
  const direction = laneDirection !== 'both' ? laneDirection : isInside ? 'out' : 'in';
  const reason = laneDirection !== 'both' ? 'lane' : pass.direction === null ? 'first-today' : 'last-state';
  if (direction === 'out' && isInside) return { outcome: 'recorded', direction, reason };
  if (pass.ended || pass.returned) return { outcome: 'expired', direction: null, reason: 'pass-ended' };
  if (at < pass.validFrom) return { outcome: 'not-yet-valid', direction: null, reason: 'pass-not-started' };
  if (at > pass.validTo) return { outcome: 'expired', direction: null, reason: 'pass-over' };
  return { outcome: 'recorded', direction, reason };
}

/** Where a pass stands at an instant. */
export function passState({ validFrom, validTo, returned, ended }: Omit<VisitorPass, 'barred' | 'direction'>, at: number): PassState {
  if (returned) return 'returned';
  if (ended) return 'ended';
  return at < validFrom ? 'not-yet' : at <= validTo ? 'valid' : 'over';
}

// Without letters and digits that are taken for one another when they are read aloud or typed.
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Codes of visitors' passes begin so, and no worker's may. */
const visitorPrefix = 'V-';

/** The code of a visitor's pass from random bytes, `V-` and eight signs: guessing one of a thousand takes a billion tries. */
export function visitorCode(random: Uint8Array): string {
  if (random.length < 8) throw new RangeError('a pass needs eight random bytes');
  return visitorPrefix + Array.from(random.subarray(0, 8), (byte) => signs[byte % signs.length]).join('');
}
