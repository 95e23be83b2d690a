import { date, time } from '../../format.ts';

/** An instant as a person types it: `22/11/2026` and `08:00`. */
export interface TypedMoment { date: string; clock: string }

/** The instant, ISO; null where either is no date or no time. Vietnam keeps UTC+7 all year. */
export function momentOf({ date, clock }: TypedMoment): string | null {
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(date.trim());
  const hour = /^(\d{1,2})[:hg]?(\d{2})$/.exec(clock.trim());
  if (day === null || hour === null || Number(hour[1]) > 23 || Number(hour[2]) > 59) return null;
  const iso = `${day[3]}-${day[2]!.padStart(2, '0')}-${day[1]!.padStart(2, '0')}`;
  const at = new Date(`${iso}T${hour[1]!.padStart(2, '0')}:${hour[2]}:00+07:00`);
  // The 31st of a short month would be the first of the next.
  return Number.isNaN(at.getTime()) || new Date(`${iso}T00:00:00Z`).toISOString().slice(0, 10) !== iso ? null : at.toISOString();
}

const officeEnd = '17:30';
const [hourMs, nightVisitHours] = [3_600_000, 4];

/** Until when a visit that begins now is offered: the end of the working day, or some hours where that is near or past. */
export function usualEnd(now: Date): TypedMoment {
  const end = { date: date(now), clock: officeEnd };
  if (Date.parse(momentOf(end)!) - now.getTime() >= hourMs) return end;
  const later = new Date(now.getTime() + nightVisitHours * hourMs);
  return { date: date(later), clock: time(later) };
}
