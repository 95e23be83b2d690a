import { dateOfDay, dayOfDate, todayInVietnam } from './local-day.ts';

/**
 * The work date of an instant: the local date in Asia/Ho_Chi_Minh (UTC+7 all year), ISO.
 * @param at milliseconds since 1970
 */
export function workDateOf(at: number): string {
  return todayInVietnam(at);
}

/** The ISO date after or before another by whole days. */
export function addDays(date: string, days: number): string {
  return dateOfDay(dayOfDate(date) + days);
}

/** An ISO date as people in Vietnam write it: `22/11/2026`. */
export function dateText(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}
