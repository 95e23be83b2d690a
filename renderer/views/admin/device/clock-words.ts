import type { ClockState } from '../../../../shared/contracts/clock.ts';
import { number } from '../../../format.ts';
import { site } from '../../../texts/site.ts';

const second = 1_000;
/** Less than this nobody needs to know. */
const sameMs = 2 * second;

/** How far one clock is off another, in words: `nhanh 3 phút`. @param ms theirs minus ours */
export function offsetWords(ms: number): string {
  const length = Math.abs(ms);
  if (length < sameMs) return site.same;
  const words = length < 120 * second ? site.seconds(number(Math.round(length / second)))
    : length < 120 * 60 * second ? site.minutes(number(Math.round(length / 60 / second)))
      : length < 72 * 3_600 * second ? site.hours(number(Math.round(length / 3_600 / second))) : site.days(number(Math.round(length / 86_400 / second)));
  return ms > 0 ? site.ahead(words) : site.slow(words);
}

/** `UTC+8`, `UTC-3:30`. @param minutes east of UTC */
export function zoneWords(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** The sentence of a clock that is not to be relied on; null where it is. */
export function doubtWords({ doubt }: ClockState): string | null {
  return doubt === null ? null : site.clock.doubtful(site.clock.reason[doubt.reason]);
}
