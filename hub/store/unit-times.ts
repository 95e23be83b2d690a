import { addDays, workDateOf } from '../../shared/domain/work-date.ts';
import type { Sql, Tx } from './database.ts';

/** A unit with gates. `toldAt`: until then every gate of it has told everything, ISO; null where none works. */
export interface UnitTimes { code: string; name: string; zone: string | null; toldAt: string | null; enrolledOn: string | null }

/** Gates' clocks run a little apart, and a night shift's scans are told in the morning. */
const patienceMs = 6 * 3_600_000;

/**
 * The units (or one). Up to its last greeting a gate has told everything once as many events are here as it spoke of then,
 * by its own clock where that is behind, also on a day without a scan; a gate whose events are still on their way has told up to the newest one that is here.
 */
export async function unitTimes(sql: Sql | Tx, unit: string | null): Promise<UnitTimes[]> {
  return [...await sql<UnitTimes[]>`
    select u.code, u.name, u.zone,
      (select min(case when k.told_at is not null and coalesce(c.have_seq, 0) >= k.told_seq then k.told_at + least(0, k.clock_offset_ms) * interval '1 millisecond' else least(coalesce(e.at, k.enrolled_at), coalesce(k.last_push_at, k.enrolled_at)) end)
        from kiosk k
        left join chain c on c.device = k.device and c.epoch = coalesce(k.told_epoch, (select l.epoch from chain l where l.device = k.device order by l.updated_at desc limit 1))
        left join event e on e.device = c.device and e.epoch = c.epoch and e.seq = c.have_seq
        where k.unit = u.code and k.mode = 'gate' and k.state = 'active') as "toldAt",
      (select to_char(min(k.enrolled_at) at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') from kiosk k where k.unit = u.code and k.mode = 'gate') as "enrolledOn"
    from unit u where ${unit}::text is null or u.code = ${unit} order by u.name, u.code`];
}

/** The last date of which a unit has told everything; a date before all others where there is none. */
export function decidedUntil({ toldAt }: Pick<UnitTimes, 'toldAt'>): string {
  return toldAt === null ? '0000-01-01' : addDays(workDateOf(Date.parse(toldAt) - patienceMs), -1);
}
