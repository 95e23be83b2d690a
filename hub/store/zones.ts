import { z } from 'zod';
import type { Sql, Tx } from './database.ts';
import type { ReceivedEvent } from './received-event.ts';

const name = z.string().trim().min(1).max(300);
const Told = z.object({ zones: z.array(z.object({ employer: name, zone: name })).max(1_000) });

/** Takes over in which zone a gate says that the enterprises of its unit lie. */
export async function keepEmployerZones(tx: Tx, unit: string, { device, payload }: Pick<ReceivedEvent, 'device' | 'payload'>): Promise<void> {
  const told = Told.safeParse(payload);
  if (!told.success) return;
  const zones = [...new Map(told.data.zones.map(({ employer, zone }) => [employer, zone]))];
  await tx`delete from employer_zone where unit = ${unit} and device = ${device}`;
  await tx`insert into employer_zone (unit, employer, zone, device)
    select ${unit}, z.employer, z.zone, ${device} from unnest(${zones.map(([employer]) => employer)}::text[], ${zones.map(([, zone]) => zone)}::text[]) as z (employer, zone)
    on conflict (unit, employer) do update set zone = excluded.zone, device = excluded.device`;
}

/** In which zone an enterprise of a unit lies: by the gate's word, by the administrator's, else the unit stands for itself. */
export async function readZones(sql: Sql | Tx): Promise<(unit: { code: string; name: string; zone: string | null }, employer: string) => string> {
  const rows = await sql<{ unit: string; employer: string; zone: string }[]>`select unit, employer, zone from employer_zone`;
  const zones = new Map(rows.map(({ unit, employer, zone }) => [`${unit}\u0000${employer}`, zone]));
  return ({ code, name: unitName, zone }, employer) => zones.get(`${code}\u0000${employer}`) ?? zone ?? unitName;
}

/** Sets in which zone a unit lies, null for none; the same again changes nothing. */
export async function setUnitZone(sql: Sql, code: string, zone: string | null, by: string): Promise<void> {
  await sql`with done as (update unit set zone = ${zone} where code = ${code} and zone is distinct from ${zone} returning name)
    insert into admin_act (name, act, subject) select ${by}, 'zone-set', left(name || ': ' || coalesce(${zone}, '–'), 400) from done`;
}
