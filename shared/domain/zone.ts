import type { Zone } from '../contracts/zone.ts';

/** Where somebody is: when he came into each zone, and until when that counts, in milliseconds since 1970. */
export type Occupancy = ReadonlyMap<string, { since: number; until: number }>;

/** What holds at the gate now. */
export interface Passback {
  zones: ReadonlyMap<string, Zone>;
  /** While a fire alarm is on nobody is refused. */
  fire: boolean;
}

const minuteMs = 60_000;

/**
 * Whether an entry into a zone breaks its passback rule, and what the zone does then; null where nothing is wrong. Only a
 * successful entry establishes presence, and it counts until the work that it belongs to is over: a forgotten way out locks
 * nobody out of the next shift. `timed` refuses within its minutes and forgives after them.
 */
export function passbackOf(zone: Zone | undefined, occupancy: Occupancy, at: number): 'soft' | 'hard' | null {
  const inside = zone === undefined ? undefined : occupancy.get(zone.id);
  if (zone === undefined || inside === undefined || at > inside.until) return null;
  switch (zone.mode) {
    case 'off': return null;
    case 'soft': return 'soft';
    case 'hard': return 'hard';
    case 'timed': return at - inside.since <= zone.timeoutMinutes * minuteMs ? 'hard' : null;
  }
}

/** The occupancy after a scan that counted. A way out by a lane of no zone leads out of all of them. */
export function afterPassage(occupancy: Occupancy, zone: string | null, direction: 'in' | 'out', { at, until }: { at: number; until: number }): Occupancy {
  if (direction === 'out') return zone === null ? nowhere : new Map([...occupancy].filter(([id]) => id !== zone));
  return zone === null ? occupancy : new Map(occupancy).set(zone, { since: at, until });
}

export const nowhere: Occupancy = new Map();
