import { minutesOf } from '../contracts/shift.ts';
import type { Meal } from '../contracts/visitor.ts';
import { startOfDay } from './shift.ts';

const minuteMs = 60_000;

/** Between when a meal of a date is served, milliseconds since 1970; one that ends before it begins goes over midnight. */
export function mealTime(meal: Pick<Meal, 'from' | 'to'>, date: string): { from: number; to: number } {
  const [start, end] = [minutesOf(meal.from), minutesOf(meal.to)];
  const midnight = startOfDay(date);
  return { from: midnight + start * minuteMs, to: midnight + (end > start ? end : end + 1_440) * minuteMs };
}

/** Whether a stay or a shift touches the time of a meal; a stay that only ends as the meal begins does not. */
export function overlaps(stay: { from: number; to: number }, meal: { from: number; to: number }): boolean {
  return stay.from < meal.to && stay.to > meal.from;
}
