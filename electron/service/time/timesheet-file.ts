import type { Input } from '../../../shared/contracts/requests/index.ts';
import type { TimesheetFilter } from '../../../shared/contracts/requests/shift.ts';
import { addSums, needsCheck, noSums, sumsOf, type TimesheetLine } from '../../../shared/domain/timesheet.ts';
import { closedByWords, exceptionWords, periodDates } from '../../../shared/domain/timesheet-words.ts';
import { addDays, dateText, workDateOf } from '../../../shared/domain/work-date.ts';
import { readKiosk, type SheetWorker, type Store } from '../../store/index.ts';
import { forms, local, minutesOfDay, sheetBook, type Field } from '../sheet-writer.ts';
import { wantsDay, wantsWorker } from './timesheet-report.ts';
import { keptSheets } from './work-days.ts';

const hours: string = forms.hours;

interface LineRow { worker: SheetWorker; line: TimesheetLine }
interface MonthRow { worker: SheetWorker; lines: readonly TimesheetLine[]; sums: typeof noSums }

const people: Field<{ worker: SheetWorker }>[] = [
  { header: 'STT', width: 7, value: (_, index) => index + 1 },
  { header: 'Mã số', width: 14, value: ({ worker }) => worker.workerId },
  { header: 'Họ và tên', width: 28, value: ({ worker }) => worker.fullName },
  { header: 'Bộ phận', width: 20, value: ({ worker }) => worker.department },
  { header: 'Doanh nghiệp', width: 30, value: ({ worker }) => worker.employer },
];

const lineFields: Field<LineRow>[] = [
  ...people,
  { header: 'Ngày', width: 12, form: forms.date, value: ({ line }) => new Date(`${line.workDate}T00:00:00Z`) },
  { header: 'Ca', width: 10, value: ({ line }) => line.shiftId },
  { header: 'Vào', width: 16, form: forms.clock, value: ({ line }) => local(line.in) },
  { header: 'Ra', width: 16, form: forms.clock, value: ({ line }) => local(line.out) },
  { header: 'Giờ làm', width: 10, form: hours, value: ({ line }) => line.workedMinutes / minutesOfDay },
  { header: 'Tăng ca', width: 10, form: hours, value: ({ line }) => line.overtimeMinutes / minutesOfDay },
  { header: 'Ca đêm', width: 10, form: hours, value: ({ line }) => line.nightMinutes / minutesOfDay },
  { header: 'Đi muộn', width: 10, form: hours, value: ({ line }) => line.lateMinutes / minutesOfDay },
  { header: 'Về sớm', width: 10, form: hours, value: ({ line }) => line.earlyMinutes / minutesOfDay },
  { header: 'Đóng bởi', width: 12, value: ({ line }) => (line.closedBy === null ? null : closedByWords[line.closedBy]) },
  { header: 'Cần xem lại', width: 34, value: ({ line }) => line.exceptions.map((each) => exceptionWords[each]).join('; ') },
];

function monthFields(from: string, to: string): Field<MonthRow>[] {
  const days: Field<MonthRow>[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    days.push({
      header: `${date.slice(8)}/${date.slice(5, 7)}`, width: 8, form: hours,
      value: ({ lines }) => { const line = lines.find(({ workDate }) => workDate === date); return line === undefined ? null : line.workedMinutes / minutesOfDay; },
    });
  }
  const sum = (header: string, of: (sums: MonthRow['sums']) => number, form = hours): Field<MonthRow> => (
    { header, width: 11, form, value: ({ sums }) => (form === hours ? of(sums) / minutesOfDay : of(sums)) });
  return [
    ...people, ...days,
    sum('Ngày công', ({ days: n }) => n, '#,##0'), sum('Giờ làm', ({ workedMinutes }) => workedMinutes), sum('Tăng ca', ({ overtimeMinutes }) => overtimeMinutes),
    sum('Ca đêm', ({ nightMinutes }) => nightMinutes), sum('Lần muộn', ({ late }) => late, '#,##0'), sum('Đi muộn', ({ lateMinutes }) => lateMinutes),
    sum('Lần về sớm', ({ early }) => early, '#,##0'), sum('Về sớm', ({ earlyMinutes }) => earlyMinutes), sum('Cần xem lại', ({ toCheck }) => toCheck, '#,##0'),
  ];
}

/**
 * The timesheet of a date or a month as an Excel file, made row by row. A month has a column for each date with the hours
 * worked, and a second sheet with every line that somebody must look at. @param now milliseconds since 1970
 */
export async function timesheetFile(
  store: Store, { period, filter, now }: Input<'timesheet/export'> & { now: number },
): Promise<{ fileName: string; content: Uint8Array }> {
  const { from, to } = periodDates(period);
  const isMonth = period.length === 7;
  const book = await sheetBook(heading(store, period, filter, now));
  const toCheck: LineRow[] = [];
  const wanted = wantsDay(filter);
  if (isMonth) {
    const sheet = book.sheet('Bảng công', 3, monthFields(from, to));
    for (const { worker, days } of keptSheets(store, { from, to, until: now, wanted: wantsWorker(filter) })) {
      const own = days.filter(wanted).map(({ line }) => line);
      if (own.length === 0) continue;
      sheet.add({ worker, lines: own, sums: own.map(sumsOf).reduce(addSums, noSums) });
      for (const line of own) if (needsCheck(line)) toCheck.push({ worker, line });
    }
    sheet.end();
    const second = book.sheet('Cần xem lại', 3, lineFields);
    toCheck.forEach(second.add);
    second.end();
  } else {
    const sheet = book.sheet('Chấm công ngày', 3, lineFields);
    for (const { worker, days } of keptSheets(store, { from, to, until: now, wanted: wantsWorker(filter) })) days.filter(wanted).forEach(({ line }) => sheet.add({ worker, line }));
    sheet.end();
  }
  return { fileName: `cham-cong-${period}.xlsx`, content: await book.content() };
}

/** What stands above the table: title, enterprise, period, filters and when it was made. */
function heading(store: Store, period: string, { department, employer, shiftId, query, onlyToCheck }: TimesheetFilter, now: number): string[] {
  const { from, to } = periodDates(period);
  const filters = [
    department !== null && `bộ phận ${department}`, shiftId !== null && `ca ${shiftId}`, query.trim() !== '' && `tìm “${query.trim()}”`, onlyToCheck && 'chỉ dòng cần xem lại',
  ].filter((each) => each !== false);
  const made = local(now)!.toISOString();
  return [
    period.length === 7 ? `BẢNG CHẤM CÔNG THÁNG ${period.slice(5)}/${period.slice(0, 4)}` : `BẢNG CHẤM CÔNG NGÀY ${dateText(period)}`,
    `Doanh nghiệp: ${employer ?? 'Tất cả'}${readKiosk(store) === null ? '' : ` – Nơi chấm công: ${readKiosk(store)!.unit.name}`}`,
    `Kỳ: từ ${dateText(from)} đến ${dateText(to)}${filters.length === 0 ? '' : ` – Lọc: ${filters.join(', ')}`}`,
    `Lập lúc ${made.slice(11, 16)} ngày ${dateText(workDateOf(now))}. Giờ ghi dạng giờ:phút. Dòng do hệ thống đóng chưa tính tăng ca.`,
  ];
}
