import type { StoredEvent } from '../../shared/contracts/event.ts';
import { siteEventTypes, type SiteHave, type SitePage, type SitePart } from '../../shared/contracts/site.ts';
import type { Sql } from './database.ts';
import type { HubKeys } from './keys.ts';
import type { Kiosk } from './kiosks.ts';
import { openEventContent, type Content } from './sealed-row.ts';

const pageEvents = 500;
const pageBytes = 1_500_000;

interface GateRow {
  device: string; name: string; told_epoch: string | null; told_seq: number | null; told_at: string | null; clock_offset_ms: number | null;
}
interface EventRow extends Content {
  epoch: string; seq: number; id: string; type: string; schema_v: number; at_text: string; tz: number; mono_ms: number; boot_id: string; actor: string;
  unit: string; purpose: string | null; blobs: StoredEvent['blobs']; payload_hash: string; prev_hash: string; hash: string; bytes: number;
}

/**
 * What the other gates of a kiosk's unit have told beyond what it has, a page at a time, each gate's events in their
 * order. A chain grows in the transaction of its events, so whatever it counts is there. Nothing that a kiosk wrote for
 * another unit is told, even where it stands here now. Runs carry no proof of their gate: its signature was checked with
 * the requests that brought them (`hub/http/device-auth.ts`), and the askers trust the hub with that.
 */
export async function siteEvents(sql: Sql, keys: HubKeys, asker: Kiosk, have: readonly SiteHave[]): Promise<SitePage> {
  const gates = await sql<GateRow[]>`select device, name, told_epoch, told_seq, told_at, clock_offset_ms from kiosk
    where unit = ${asker.unit} and mode = 'gate' and state = 'active' and device <> ${asker.device} order by device limit 200`;
  const chains = await sql<{ device: string; epoch: string; have_seq: number }[]>`select device, epoch, have_seq from chain
    where device = any(${gates.map(({ device }) => device)}) order by device, epoch limit 500`;
  const has = new Map(have.map(({ device, epoch, seq }) => [`${device} ${epoch}`, seq]));
  const room = { events: pageEvents, bytes: pageBytes };
  const parts: SitePart[] = [];
  let more = false;
  for (const { device, epoch, have_seq: last } of chains) {
    const after = has.get(`${device} ${epoch}`) ?? 0;
    if (after >= last) continue;
    if (room.events <= 0 || room.bytes <= 0) {
      more = true;
      break;
    }
    const part = await readPart(sql, keys, asker.unit, { device, epoch, after, last }, room);
    more ||= part.through < last;
    parts.push(part);
  }
  return { told: gates.map(toTold), parts, more };
}

/** Up to the greeting everything is told once its events are here; the kiosk's own clock counts, since its events carry it. */
function toTold({ device, name, told_epoch: epoch, told_seq: seq, told_at: at, clock_offset_ms: offset }: GateRow): SitePage['told'][number] {
  const until = at === null ? null : new Date(Date.parse(at) + Math.min(0, offset ?? 0)).toISOString();
  return { device, name: name.slice(0, 100), epoch, seq: seq ?? 0, until, proof: null };
}

async function readPart(
  sql: Sql, keys: HubKeys, unit: string, { device, epoch, after, last }: { device: string; epoch: string; after: number; last: number },
  room: { events: number; bytes: number },
): Promise<SitePart> {
  const asked = room.events;
  const rows = await sql<EventRow[]>`select epoch, seq, id, type, schema_v, at_text, tz, mono_ms, boot_id, actor, unit, purpose, blobs, payload_hash,
      prev_hash, hash, salt, payload, sealed, coalesce(octet_length(sealed), 0) + coalesce(octet_length(payload::text), 0) + 800 as bytes
    from event e where device = ${device} and epoch = ${epoch} and seq > ${after} and seq <= ${last} and type = any(${[...siteEventTypes]})
      and (unit = ${unit} or not exists (select from unit u where u.code = e.unit))
    order by seq limit ${asked}`;
  const taken: EventRow[] = [];
  for (const row of rows) {
    if (taken.length > 0 && row.bytes > room.bytes) break;
    room.bytes -= row.bytes;
    taken.push(row);
  }
  room.events -= Math.max(1, taken.length);
  const isAll = taken.length === rows.length && rows.length < asked;
  return { device, epoch, after, through: isAll ? last : taken.at(-1)!.seq, events: taken.map((row) => toEvent(keys, device, row)), proof: null };
}

function toEvent(keys: HubKeys, device: string, row: EventRow): StoredEvent {
  const { salt, payload } = openEventContent(keys, { device, epoch: row.epoch, seq: row.seq }, row);
  return {
    id: row.id, device, epoch: row.epoch, seq: row.seq, type: row.type as StoredEvent['type'], schemaV: row.schema_v, at: row.at_text, tz: row.tz,
    monoMs: row.mono_ms, bootId: row.boot_id, actor: row.actor, unit: row.unit, purpose: row.purpose, blobs: row.blobs,
    payloadHash: row.payload_hash, prevHash: row.prev_hash, salt, payload, hash: row.hash,
  };
}
