import { z } from 'zod';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Sql, Tx } from './database.ts';
import type { HubKeys } from './keys.ts';
import { openWorker } from './sealed-row.ts';
import { decidedUntil, unitTimes } from './unit-times.ts';

/**
 * Counts of one enterprise on one date at one unit: nobody's name or number. `absent` counts those on the roster who were not
 * seen for more than `absentDays`; null while a gate of the unit has not yet told of the date.
 */
export interface MobilityRow {
  unit: string; unitName: string; employer: string; date: string;
  roster: number; joined: number; left: number; present: number; absent: number | null;
}

/** Who has not been seen for more days than this counts as absent. */
export const absentDays = 5;
const dayMs = 86_400_000;
const atOnce = 1_000;
/** A mark is kept for each person and date: a longer time is asked for in parts. */
const mostDays = 400;

const date = z.iso.date().nullish().catch(null);
const Body = z.object({ employer: z.string().max(500).catch(''), startDate: date, endDate: date });

interface Known { employer: string; startDate: string | null; endDate: string | null; seen: Uint8Array }

/**
 * The mobility picture of all units (or one), date by date, `YYYY-MM-DD` in Vietnam, both included; by unit, enterprise and
 * date. Rosters lie sealed, so they are opened here one by one and only counted. Problem: `request-invalid` for over 400 days.
 */
export async function mobilityRows(sql: Sql | Tx, keys: HubKeys, { from, to, unit = null }: { from: string; to: string; unit?: string | null }): Promise<MobilityRow[]> {
  if (day(to) - day(from) >= mostDays) throw new ProblemError('request-invalid', `from to: ${mostDays}`);
  // So far back a person may have been seen last and be absent on the first date.
  const first = day(from) - absentDays - 1;
  const length = day(to) - first + 1;
  const units = new Map((await unitTimes(sql, unit)).map((row) => [row.code, row]));
  const people = await rosters(sql, keys, unit, length);
  const seenFrom = new Map([...units.values()].map(({ code, enrolledOn }) => [code, enrolledOn === null ? first : day(enrolledOn)]));
  await eachSeenDay(sql, { from: first, to: day(to), unit }, (code, workerId, at) => {
    seenFrom.set(code, Math.min(seenFrom.get(code) ?? first, at));
    const person = people.get(keyOf(code, workerId));
    if (person !== undefined) person.seen[at - first] = 1;
  });
  const counts = new Map<string, MobilityRow[]>();
  for (const [key, person] of people) {
    const [code] = key.split('\u0000') as [string];
    const group = keyOf(code, person.employer);
    const rows = counts.get(group) ?? Array.from({ length: day(to) - day(from) + 1 }, (_, n): MobilityRow => {
      const decided = isoDay(day(from) + n) <= decidedUntil(units.get(code) ?? { toldAt: null });
      return { unit: code, unitName: units.get(code)?.name ?? code, employer: person.employer, date: isoDay(day(from) + n), roster: 0, joined: 0, left: 0, present: 0, absent: decided ? 0 : null };
    });
    counts.set(group, rows);
    count(rows, person, day(from), first, Math.max(first, seenFrom.get(code) ?? first));
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rows]) => rows);
}

/** Each work date on which a worker went through a gate, days since 1970, both ends included; in no order. */
export async function eachSeenDay(sql: Sql | Tx, { from, to, unit }: { from: number; to: number; unit: string | null }, tell: (unit: string, workerId: string, day: number) => void): Promise<void> {
  const scans = sql<{ unit: string; workerId: string; day: number }[]>`
    select unit, worker_id as "workerId", (work_date - date '1970-01-01')::int as day from gate_scan
    where at >= (${isoDay(from - 1)}::text::date)::timestamp at time zone 'Asia/Ho_Chi_Minh' and at < (${isoDay(to + 3)}::text::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'
      and outcome = 'recorded' and worker_id is not null and work_date between ${isoDay(from)}::text::date and ${isoDay(to)}::text::date
      and (${unit}::text is null or unit = ${unit})
    group by 1, 2, 3`;
  for await (const rows of scans.cursor(atOnce)) for (const { unit: code, workerId, day: at } of rows) tell(code, workerId, at);
}

async function rosters(sql: Sql | Tx, keys: HubKeys, unit: string | null, length: number): Promise<Map<string, Known>> {
  const people = new Map<string, Known>();
  const query = sql<{ unit: string; workerId: string; body: Record<string, unknown> | null; sealed: Buffer | null }[]>`
    select unit, worker_id as "workerId", body, sealed from worker where ${unit}::text is null or unit = ${unit}`;
  for await (const rows of query.cursor(atOnce)) {
    for (const row of rows) {
      const { employer, startDate, endDate } = Body.parse(openWorker(keys, row.unit, row.workerId, row.body, row.sealed));
      people.set(keyOf(row.unit, row.workerId), { employer, startDate: startDate ?? null, endDate: endDate ?? null, seen: new Uint8Array(length) });
    }
  }
  return people;
}

function count(rows: MobilityRow[], { startDate, endDate, seen }: Known, from: number, first: number, seenFrom: number): void {
  // Before the gate told anything nobody was missed.
  let since = startDate === null ? seenFrom : Math.max(seenFrom, day(startDate));
  for (let at = first; at < from; at += 1) if (seen[at - first] === 1) since = at + 1;
  rows.forEach((row, n) => {
    const at = from + n;
    if (seen[at - first] === 1) {
      row.present += 1;
      since = at + 1;
    }
    if (row.date === startDate) row.joined += 1;
    if (row.date === endDate) row.left += 1;
    if ((startDate !== null && startDate > row.date) || (endDate !== null && endDate < row.date)) return;
    row.roster += 1;
    if (row.absent !== null && since + absentDays <= at) row.absent += 1;
  });
}

function keyOf(unit: string, rest: string): string {
  return `${unit}\u0000${rest}`;
}

/** Whole days since 1970. */
function day(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / dayMs;
}

function isoDay(at: number): string {
  return new Date(at * dayMs).toISOString().slice(0, 10);
}
