import type { HubKeys } from './keys.ts';
import { sealJson, unsealJson } from './seal.ts';

/** Types whose payload names nobody: a scan has a worker's code and a masked number at most. All others are sealed. */
const plainTypes: ReadonlySet<string> = new Set(['gate-scan', 'clock-marked', 'kiosk-enrolled', 'procedures-updated']);

export interface Place { device: string; epoch: string; seq: number }
type Body = Record<string, unknown>;
/** What a row holds of an event's content: in the clear, sealed, or nothing where it was erased. */
export interface Content { salt: string | null; payload: Body | null; sealed: Buffer | null }

const eventPlace = ({ device, epoch, seq }: Place): string => `event ${device} ${epoch} ${seq}`;
const workerPlace = (unit: string, workerId: string): string => `worker ${unit} ${workerId}`;
const changePlace = (unit: string | null, key: string): string => `change ${unit ?? ''} ${key}`;

/** Salt and payload go together: the salt alone would let a guess be tried against the payload's hash. */
export function sealEventContent(keys: HubKeys, event: Place & { type: string; salt: string | null; payload: Body | null }): Content {
  const { salt, payload } = event;
  if (payload === null || plainTypes.has(event.type)) return { salt, payload, sealed: null };
  return { salt: null, payload: null, sealed: sealJson(keys.record(event.device), eventPlace(event), { salt, payload }) };
}

export function openEventContent(keys: HubKeys, place: Place, { salt, payload, sealed }: Content): Omit<Content, 'sealed'> {
  if (sealed === null) return { salt, payload };
  return unsealJson(keys.record(place.device), eventPlace(place), sealed) as Omit<Content, 'sealed'>;
}

export function sealWorker(keys: HubKeys, unit: string, workerId: string, body: Body): Buffer {
  return sealJson(keys.record(unit), workerPlace(unit, workerId), body);
}

/** A worker's body; one from before bodies were sealed lies in the clear. */
export function openWorker(keys: HubKeys, unit: string, workerId: string, body: Body | null, sealed: Buffer | null): Body {
  return sealed === null ? body ?? {} : unsealJson(keys.record(unit), workerPlace(unit, workerId), sealed) as Body;
}

export function sealChange(keys: HubKeys, unit: string | null, key: string, body: Body): Buffer {
  return sealJson(keys.record(unit ?? ''), changePlace(unit, key), body);
}

export function openChange(keys: HubKeys, unit: string | null, key: string, body: Body | null, sealed: Buffer | null): Body {
  return sealed === null ? body ?? {} : unsealJson(keys.record(unit ?? ''), changePlace(unit, key), sealed) as Body;
}
