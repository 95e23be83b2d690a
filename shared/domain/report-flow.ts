import type { ReportForm } from './report-catalogue.ts';
import { grouped, type GroupedRow, type Report, type ReportColumn } from './report-model.ts';
import { dateText } from './work-date.ts';

/** Scans of one lane within one minute; `minute` is the count of minutes since 1970. */
export interface MinuteCount { lane: string; minute: number; scans: number }

const offset = 7 * 60;
const two = (n: number): string => String(n).padStart(2, '0');

/**
 * Lưu lượng theo giờ: scans of each lane by hour of the day (repeats and refusals too: they take time at the lane as well), the
 * busiest minute of the hour over all lanes, and how many lanes it asks for at so many people a minute (`lanePerMinute`).
 */
export function laneFlow({ rules }: Pick<ReportForm, 'rules'>, { lanes, counts }: { lanes: readonly { lane: string; name: string }[]; counts: readonly MinuteCount[] }): Omit<Report, 'title' | 'subtitle'> {
  const perLane = rules['lanePerMinute'] ?? 20;
  const known = [...lanes.map(({ lane }) => lane), ...new Set(counts.map(({ lane }) => lane).filter((lane) => !lanes.some((one) => one.lane === lane)))];
  const nameOf = (lane: string): string => lanes.find((one) => one.lane === lane)?.name || `Làn ${lane}`;
  const columns: ReportColumn[] = [
    { id: 'hour', header: 'Giờ', kind: 'text', width: 14 }, ...known.map((lane): ReportColumn => ({ id: `lane-${lane}`, header: nameOf(lane), kind: 'count', width: 11, sum: true })),
    { id: 'all', header: 'Cộng', kind: 'count', width: 10, sum: true }, { id: 'peak', header: 'Đông nhất một phút', kind: 'count', width: 11 }, { id: 'peakAt', header: 'Lúc', kind: 'text', width: 17 },
    { id: 'needed', header: 'Số làn cần', kind: 'count', width: 9 },
  ];
  const hours = Array.from({ length: 24 }, () => ({ byLane: new Map<string, number>(), peak: 0, peakAt: 0 }));
  const minutes = new Map<number, number>();
  for (const { lane, minute, scans } of counts) {
    const hour = hours[Math.floor((minute + offset) / 60) % 24]!;
    hour.byLane.set(lane, (hour.byLane.get(lane) ?? 0) + scans);
    minutes.set(minute, (minutes.get(minute) ?? 0) + scans);
  }
  for (const [minute, scans] of minutes) {
    const hour = hours[Math.floor((minute + offset) / 60) % 24]!;
    if (scans > hour.peak || (scans === hour.peak && minute < hour.peakAt)) [hour.peak, hour.peakAt] = [scans, minute];
  }
  const rows = hours.flatMap(({ byLane, peak, peakAt }, hour): GroupedRow[] => {
    if (peak === 0) return [];
    const own = known.map((lane) => byLane.get(lane) ?? 0);
    return [{ group: null, cells: [`${two(hour)}:00–${two(hour)}:59`, ...own, own.reduce((a, b) => a + b, 0), peak, momentText(peakAt), Math.ceil(peak / perLane)] }];
  });
  const busy = hours.flatMap(({ peak }, hour) => (peak > 0 ? [hour] : []));
  const busiest = Math.max(0, ...hours.map(({ peak }) => peak));
  return {
    columns, rows: grouped(columns, rows),
    end: () => ({
      charts: [{ id: 'hours', kind: 'bars', title: 'Lượt quét theo giờ', labels: busy.map((hour) => `${two(hour)}h`), series: known.map((lane) => ({ name: nameOf(lane), values: busy.map((hour) => hours[hour]!.byLane.get(lane) ?? 0) })) }],
      notes: busiest === 0 ? [] : [`Phút đông nhất có ${busiest} lượt: cần ít nhất ${Math.ceil(busiest / perLane)} làn nếu mỗi làn qua ${perLane} người một phút.`],
    }),
  };
}

function momentText(minute: number): string {
  const iso = new Date((minute + offset) * 60_000).toISOString();
  return `${iso.slice(11, 16)} ${dateText(iso.slice(0, 10))}`;
}

/** Meals of a date: how many people one team had inside in each sitting. */
export interface MealCount { date: string; employer: string; department: string; meal: string; people: number }

/** Suất ăn: a row a date and team, a column a meal. */
export function mealSheet(counts: readonly MealCount[]): Omit<Report, 'title' | 'subtitle'> {
  const meals = [...new Set(counts.map(({ meal }) => meal))];
  const columns: ReportColumn[] = [
    { id: 'index', header: 'STT', kind: 'index', width: 5 }, { id: 'employer', header: 'Doanh nghiệp', kind: 'text', width: 30 }, { id: 'department', header: 'Bộ phận', kind: 'text', width: 22 },
    ...meals.map((meal): ReportColumn => ({ id: `meal-${meal}`, header: meal, kind: 'count', width: 11, sum: true })), { id: 'all', header: 'Cộng', kind: 'count', width: 10, sum: true },
  ];
  const rows = [...Map.groupBy(counts, ({ date, employer, department }) => JSON.stringify([date, employer, department]))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]): GroupedRow => {
    const [date, employer, department] = JSON.parse(key) as [string, string, string];
    const each = meals.map((meal) => own.filter((one) => one.meal === meal).reduce((sum, { people }) => sum + people, 0));
    return { group: dateText(date), cells: [null, employer, department, ...each, each.reduce((a, b) => a + b, 0)] };
  });
  const dates = [...new Set(counts.map(({ date }) => date))].sort();
  return {
    columns, rows: grouped(columns, rows),
    end: () => ({
      charts: [{ id: 'per-day', kind: 'line', title: 'Suất ăn mỗi ngày', labels: dates.map((date) => dateText(date).slice(0, 5)),
        series: meals.map((meal) => ({ name: meal, values: dates.map((date) => counts.filter((one) => one.date === date && one.meal === meal).reduce((sum, { people }) => sum + people, 0)) })) }],
      notes: [],
    }),
  };
}
