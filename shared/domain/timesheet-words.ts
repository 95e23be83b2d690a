import type { TimesheetException } from '../contracts/requests/shift.ts';

/** What somebody must look at, in words for screens and sheets. */
export const exceptionWords: Readonly<Record<TimesheetException, string>> = {
  'missing-in': 'Thiếu lượt vào',
  'no-out': 'Thiếu lượt ra',
  'still-inside': 'Chưa ra',
  'in-twice': 'Vào hai lần liền',
  'out-twice': 'Ra hai lần liền',
  'no-shift': 'Không có ca',
  'outside-window': 'Ngoài khung giờ ca',
  'clock-doubtful': 'Giờ máy chưa chắc chắn',
};

/** Who closed a line. */
export const closedByWords = { scan: 'Lượt quét', system: 'Hệ thống', correction: 'Điều chỉnh' } as const;

/** Whole minutes as hours and minutes: `510` is `8:30`. */
export function hoursText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** First and last date of a period, `YYYY-MM-DD` or `YYYY-MM`. */
export function periodDates(period: string): { from: string; to: string } {
  if (period.length === 10) return { from: period, to: period };
  const [year, month] = period.split('-').map(Number) as [number, number];
  // Day 0 of the next month is the last of this one.
  return { from: `${period}-01`, to: `${period}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0')}` };
}
