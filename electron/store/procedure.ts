import { z } from 'zod';
import calendarData from '../../resources/catalogue/calendar-vn.json' with { type: 'json' };
import catalogueData from '../../resources/catalogue/procedures.json' with { type: 'json' };
import { Procedure } from '../../shared/contracts/dossier.ts';
import { procedureSearch } from '../../shared/domain/procedure-search.ts';
import { WorkingCalendar } from '../../shared/domain/working-calendar.ts';
import type { Store } from './store.ts';

const catalogue: readonly Procedure[] = z.array(Procedure).parse(catalogueData.procedures);
const baseCalendar = WorkingCalendar.parse(calendarData);

/**
 * The catalogue in force on a day (ISO): of each code the version with the newest `effectiveFrom` that is not later;
 * what the hub sent stands before what the program brings along where both begin on one day.
 */
export function readProcedures(store: Store, today: string): Procedure[] {
  const sent = store.sql<[string], { body: string }>('select body from procedure where effective_from <= ? order by effective_from').all(today)
    .map(({ body }) => Procedure.parse(JSON.parse(body)));
  const inForce = new Map<string, Procedure>();
  const own = catalogue.filter(({ effectiveFrom }) => effectiveFrom <= today);
  for (const procedure of [...own, ...sent]) {
    const other = inForce.get(procedure.code);
    if (other === undefined || other.effectiveFrom <= procedure.effectiveFrom) inForce.set(procedure.code, procedure);
  }
  return [...inForce.values()];
}

/** One procedure in force on a day; null where there is none. */
export function findProcedure(store: Store, code: string, today: string): Procedure | null {
  return readProcedures(store, today).find((procedure) => procedure.code === code) ?? null;
}

/** Procedures whose name, field or code holds every word of a query, without accents. */
export function searchProcedures(store: Store, query: string | null, today: string): Procedure[] {
  return readProcedures(store, today).filter(procedureSearch(query ?? ''));
}

/** Takes over a procedure that the hub sent; false where it is no procedure. Running it again changes nothing. */
export function applyProcedure(store: Store, body: unknown): boolean {
  const parsed = Procedure.safeParse(body);
  if (!parsed.success) return false;
  store.sql<[string, string, string]>(`insert into procedure (code, effective_from, body) values (?, ?, ?)
    on conflict (code, effective_from) do update set body = excluded.body`).run(parsed.data.code, parsed.data.effectiveFrom, JSON.stringify(parsed.data));
  return true;
}

const CalendarYear = WorkingCalendar.pick({ days: true });

/** Takes over the days off of a year that the hub sent (`{days}`, as in the catalogue); false where it is none. */
export function applyCalendar(store: Store, year: number, body: unknown): boolean {
  const parsed = CalendarYear.safeParse(body);
  if (!parsed.success || parsed.data.days.some(({ date }) => !date.startsWith(`${year}-`))) return false;
  store.sql<[number, string]>('insert into working_year (year, days) values (?, ?) on conflict (year) do update set days = excluded.days')
    .run(year, JSON.stringify(parsed.data.days));
  return true;
}

/** The working calendar: what the program brings along, with the years that the hub sent in their place. */
export function readCalendar(store: Store): WorkingCalendar {
  const sent = store.sql<[], { year: number; days: string }>('select year, days from working_year').all();
  const years = new Set(sent.map(({ year }) => String(year)));
  const days = [
    ...baseCalendar.days.filter(({ date }) => !years.has(date.slice(0, 4))),
    ...sent.flatMap(({ days: text }) => CalendarYear.shape.days.parse(JSON.parse(text))),
  ];
  return { ...baseCalendar, days, years: [...new Set([...baseCalendar.years, ...sent.map(({ year }) => year)])] };
}
