import { z } from 'zod';
import { Zones, type Zone } from '../../shared/contracts/zone.ts';
import type { Passback } from '../../shared/domain/zone.ts';
import { appendEvent } from './event.ts';
import { readSetting, writeSetting } from './setting.ts';
import type { Store } from './store.ts';

const Fire = z.object({ on: z.boolean(), since: z.string() });

/** The zones of this site, in the order in which they were set. */
export function readZones(store: Store): Zone[] {
  return readSetting(store, 'zones', Zones) ?? [];
}

/** Sets the zones in the place of those before, with the event. The same again changes nothing; false then. */
export function saveZones(store: Store, zones: readonly Zone[], actor: string): boolean {
  const parsed = Zones.parse(zones);
  return store.transaction(() => {
    if (JSON.stringify(readZones(store)) === JSON.stringify(parsed)) return false;
    writeSetting(store, 'zones', parsed);
    appendEvent(store, { type: 'zones-set', actor, payload: { zones: parsed } });
    return true;
  });
}

/** Notes that a fire alarm began or ended, with the event. The same again changes nothing; false then. */
export function setFire(store: Store, on: boolean, actor: string): boolean {
  return store.transaction(() => {
    if (isFire(store) === on) return false;
    const { at } = appendEvent(store, { type: 'fire-alarm', actor, payload: { on } });
    writeSetting(store, 'fire', { on, since: at });
    return true;
  });
}

/** Whether a fire alarm is on; it outlasts a restart. */
export function isFire(store: Store): boolean {
  return fireSince(store) !== null;
}

/** When the fire alarm that is on began (ISO); null where none is. */
export function fireSince(store: Store): string | null {
  const fire = readSetting(store, 'fire', Fire);
  return fire?.on === true ? fire.since : null;
}

/** What holds at the gate now; settings are kept in memory, so that each scan may ask. */
export function readPassback(store: Store): Passback {
  return { zones: new Map(readZones(store).map((zone) => [zone.id, zone])), fire: isFire(store) };
}
