import { PassThrough } from 'node:stream';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { mealTime, overlaps } from '../../../shared/domain/meal.ts';
import { shiftsOn } from '../../../shared/domain/shift.ts';
import { addDays, dateText } from '../../../shared/domain/work-date.ts';
import { eachWorker, readGuardSettings, readKiosk, readShifts, readWorkerPlan, type Store } from '../../store/index.ts';
import { paperMoment } from '../pdf-text.ts';
import { timesheets } from '../time/timesheets.ts';

type Counts = Output<'meals/count'>;
type Row = Counts['rows'][number];
type Asked = Input<'meals/count'> & { now: number };

const openStayMs = 14 * 3_600_000;

/**
 * People for the canteen on a date, by meal, shift, enterprise and team: `present` were or are inside at the meal's time by
 * their scans, `expected` have a shift at that time. What a person eats is not known, so these are heads only.
 * @param now milliseconds since 1970: nobody is present in what has not come yet
 */
export function mealCounts(store: Store, { date, now }: Asked): Counts {
  const meals = readGuardSettings(store).meals.map(({ id, name, from, to }) => ({ id, name, time: mealTime({ from, to }, date) }));
  const rows = new Map<string, Row>();
  const add = (mealId: string, shiftId: string | null, { employer, department }: { employer: string; department: string }, field: 'present' | 'expected'): void => {
    const key = [mealId, shiftId ?? '', employer, department].join('\u001f');
    const row = rows.get(key) ?? { mealId, shiftId, employer, department, present: 0, expected: 0 };
    row[field] += 1;
    rows.set(key, row);
  };
  // A night shift of the day before is inside in the early hours of the date; a meal over midnight reaches into the next.
  const dates = [addDays(date, -1), date, addDays(date, 1)];
  for (const { worker, lines } of timesheets(store, { from: dates[0]!, to: dates[2]!, until: now })) {
    const stays = lines.flatMap((line) => (line.in === null ? [] : [{ from: line.in, to: line.out ?? Math.min(now, line.in + openStayMs), shiftId: line.shiftId }]));
    for (const { id, time } of meals) {
      const stay = stays.find((one) => time.from <= now && overlaps(one, time));
      if (stay !== undefined) add(id, stay.shiftId, worker, 'present');
    }
  }
  const shifts = readShifts(store);
  for (const worker of eachWorker(store)) {
    if (worker.barred) continue;
    const plan = readWorkerPlan(store, worker, dates[0]!, dates[2]!, shifts);
    const own = dates.filter((each) => (worker.startDate ?? each) <= each && each <= (worker.endDate ?? each)).flatMap((each) => shiftsOn(plan, each));
    for (const { id, time } of meals) {
      const shift = own.find(({ startAt, endAt }) => overlaps({ from: startAt, to: endAt }, time));
      if (shift !== undefined) add(id, shift.shiftId, worker, 'expected');
    }
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const sum = (mealId: string, field: 'present' | 'expected'): number => sorted.reduce((n, row) => n + (row.mealId === mealId ? row[field] : 0), 0);
  return {
    at: new Date(now).toISOString(), rows: sorted,
    meals: meals.map(({ id, name, time }) => (
      { id, name, from: new Date(time.from).toISOString(), to: new Date(time.to).toISOString(), present: sum(id, 'present'), expected: sum(id, 'expected') })),
  };
}

/** The same as an Excel file: a sheet of sums, then one a meal. */
export async function mealFile(store: Store, asked: Asked): Promise<Output<'meals/export'>> {
  const { default: exceljs } = await import('exceljs');
  const { meals, rows } = mealCounts(store, asked);
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  const day = dateText(asked.date);
  const made = paperMoment(asked.now);
  const write = (name: string, title: string, heads: string[], widths: number[], lines: (string | number)[][]): void => {
    const sheet = book.addWorksheet(name);
    sheet.columns = widths.map((width) => ({ width }));
    for (const [i, text] of [title, `Nơi lập: ${readKiosk(store)?.unit.name ?? ''}. Lập lúc ${made.time} ngày ${made.date}.`].entries()) {
      const row = sheet.addRow([text]);
      row.font = { bold: i === 0, size: i === 0 ? 14 : 11 };
      row.commit();
    }
    const header = sheet.addRow(heads);
    header.font = { bold: true };
    header.commit();
    for (const line of lines) sheet.addRow(line).commit();
    sheet.commit();
  };
  write('Tổng hợp', `SỐ SUẤT ĂN NGÀY ${day}`, ['Bữa', 'Từ', 'Đến', 'Có mặt', 'Dự kiến theo ca'], [24, 10, 10, 12, 18],
    meals.map(({ name, from, to, present, expected }) => [name, paperMoment(from).time, paperMoment(to).time, present, expected]));
  for (const [i, { id, name }] of meals.entries()) {
    const own = rows.filter(({ mealId }) => mealId === id);
    const total = own.reduce((sum, { present, expected }) => [sum[0]! + present, sum[1]! + expected], [0, 0]);
    write(`${i + 1}. ${name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 25)}`, `${name.toUpperCase()} NGÀY ${day}`, ['Ca', 'Doanh nghiệp', 'Bộ phận', 'Có mặt', 'Dự kiến theo ca'], [12, 34, 26, 12, 18],
      [...own.map(({ shiftId, employer, department, present, expected }) => [shiftId ?? 'Không theo ca', employer, department, present, expected]), ['Cộng', '', '', ...total]]);
  }
  await book.commit();
  return { fileName: `suat-an-${asked.date}.xlsx`, content: new Uint8Array(Buffer.concat(chunks)) };
}
