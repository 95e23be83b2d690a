import { z } from 'zod';
import { Lane } from '../../shared/contracts/requests/system.ts';
import { Zones, type Zone } from '../../shared/contracts/zone.ts';
import type { Passback } from '../../shared/domain/zone.ts';
import { appendEvent } from './event.ts';
import { readKiosk, readSetting, writeSetting } from './setting.ts';
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

/** Names of the lanes, of this gate and of the site's others, that lead into a zone which is not among these any more. */
export function lanesLeftBy(store: Store, zones: readonly Zone[]): string[] {
  const gone = new Set(readZones(store).map(({ id }) => id).filter((id) => !zones.some((zone) => zone.id === id)));
  if (gone.size === 0) return [];
  const others = store.sql<[], { name: string; lanes: string }>("select name, lanes from site_gate where retired_at is null order by device").all()
    .flatMap(({ name, lanes }) => (z.array(Lane).safeParse(JSON.parse(lanes)).data ?? []).map((lane) => ({ ...lane, gate: name })));
  return [...(readKiosk(store)?.lanes ?? []).map((lane) => ({ ...lane, gate: '' })), ...others]
    .filter(({ zone }) => zone !== undefined && zone !== null && gone.has(zone))
    .map(({ name, lane, gate }) => (gate === '' ? name || lane : `${name || lane} (${gate})`));
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
