import type { TimesheetException } from '../contracts/requests/shift.ts';
import type { ReportForm } from './report-catalogue.ts';
import { grouped, type GroupedRow, type Report, type ReportCell, type ReportChart, type ReportColumn } from './report-model.ts';
import { addSums, noSums, sumsOf, type TimesheetLine } from './timesheet.ts';
import { closedByWords, exceptionWords } from './timesheet-words.ts';
import { addDays, dateText, workDateOf } from './work-date.ts';

/** Who a line of a report of attendance is about. Dates ISO; `endDate` is the last work date. */
export interface SheetPerson {
  workerId: string; fullName: string; department: string; employer: string; startDate: string | null; endDate: string | null;
}

/** One worker's period: his lines, and the dates on which he had a shift. */
export interface AttendanceEntry { worker: SheetPerson; lines: readonly TimesheetLine[]; planned: ReadonlySet<string> }

/** Until when an absence may be told: the last date of which every gate has told, and who holds it back (`since` in milliseconds, null: never told). */
export interface Told { decidedUntil: string; silent?: readonly { name: string; since: number | null }[] }

/** With which dates are holidays. */
export interface Calendar extends Told { isHoliday(date: string): boolean }

type Symbol = 'worked' | 'night' | 'overtime' | 'nightOvertime' | 'check' | 'absent' | 'holiday' | 'dayOff' | 'notEmployed' | 'unknown';

const spoilt: readonly TimesheetException[] = ['missing-in', 'no-out', 'in-twice', 'out-twice'];

/** What a date of a worker is in the month's grid. A line counts first: whoever came worked, holiday or not. `overtimeFrom`: so many minutes of overtime show. */
export function symbolOf({ worker, lines, planned }: AttendanceEntry, date: string, { decidedUntil, isHoliday }: Calendar, overtimeFrom: number): Symbol {
  const line = lines.find(({ workDate }) => workDate === date);
  if (line !== undefined) {
    if (line.exceptions.some((each) => spoilt.includes(each))) return 'check';
    const isNight = line.workedMinutes > 0 && line.nightMinutes * 2 >= line.workedMinutes;
    return line.overtimeMinutes >= overtimeFrom ? (isNight ? 'nightOvertime' : 'overtime') : isNight ? 'night' : 'worked';
  }
  if (!isEmployed(worker, date)) return 'notEmployed';
  if (isHoliday(date)) return 'holiday';
  if (!planned.has(date)) return 'dayOff';
  return date <= decidedUntil ? 'absent' : 'unknown';
}

/** Whether somebody is on the roster on a date. */
export function isEmployed({ startDate, endDate }: Pick<SheetPerson, 'startDate' | 'endDate'>, date: string): boolean {
  return (startDate === null || startDate <= date) && (endDate === null || date <= endDate);
}

/** Every date from one to another, both included. */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

const index: ReportColumn = { id: 'index', header: 'STT', kind: 'index', width: 5 };
const code: ReportColumn = { id: 'workerId', header: 'Mã số', kind: 'text', width: 10 };
const name: ReportColumn = { id: 'fullName', header: 'Họ và tên', kind: 'text', width: 22 };

const count = (id: string, header: string, width = 7): ReportColumn => ({ id, header, kind: 'count', width, sum: true });
const hours = (id: string, header: string, width = 8): ReportColumn => ({ id, header, kind: 'hours', width, sum: true });

/** The name under which a worker's rows stand together. */
export function teamOf({ employer, department }: Pick<SheetPerson, 'employer' | 'department'>): string {
  return [employer, department].filter((each) => each !== '').join(' – ') || 'Chưa ghi doanh nghiệp';
}

/** Bảng chấm công tháng: a row a worker, a sign a date, sums. Entries by employer and department; those of nobody employed and unseen are left out. */
export function monthGrid(form: ReportForm, { from, to, entries, calendar }: { from: string; to: string; entries: Iterable<AttendanceEntry>; calendar: Calendar }): Omit<Report, 'title' | 'subtitle'> {
  const dates = datesBetween(from, to);
  const columns: ReportColumn[] = [
    index, code, name,
    ...dates.map((date): ReportColumn => ({ id: date, header: date.slice(8), band: weekdayText(date), kind: 'symbol', width: 3.4 })),
    count('days', 'Ngày công', 6), hours('worked', 'Giờ làm', 8.5), hours('overtime', 'Tăng ca', 7.5), hours('night', 'Ca đêm', 7.5),
    count('late', 'Lần muộn', 6), count('early', 'Lần về sớm', 6), count('absent', 'Ngày vắng', 6), count('check', 'Cần xem lại', 6),
  ];
  const present = dates.map(() => 0);
  const rows = function* (): Generator<GroupedRow> {
    for (const entry of entries) {
      const signs = dates.map((date) => symbolOf(entry, date, calendar, form.rules['overtimeSignMinutes'] ?? 1));
      if (signs.every((sign) => sign === 'notEmployed')) continue;
      const sums = entry.lines.map(sumsOf).reduce(addSums, noSums);
      for (const { workDate } of entry.lines) { const at = dates.indexOf(workDate); if (at >= 0) present[at]! += 1; }
      yield {
        group: teamOf(entry.worker),
        cells: [null, entry.worker.workerId, entry.worker.fullName, ...signs.map((sign) => form.symbols[sign]?.sign ?? ''),
          sums.days, sums.workedMinutes, sums.overtimeMinutes, sums.nightMinutes, sums.late, sums.early, signs.filter((sign) => sign === 'absent').length, sums.toCheck],
      };
    }
  };
  const legend = Object.values(form.symbols).filter(({ meaning }) => meaning !== '').map(({ sign, meaning }) => `${sign} ${meaning}`).join('; ');
  return {
    columns, rows: grouped(columns, rows()),
    end: () => ({ charts: [perDay('Số người đi làm mỗi ngày', dates, [{ name: 'Đi làm', values: present }])], notes: [`Ký hiệu: ${legend}.`, ...decidedNote(calendar, to)] }),
  };
}

/** A note where absences of the end of a period cannot be told yet, with the gates that are waited for. */
export function decidedNote({ decidedUntil, silent = [] }: Told, to: string): string[] {
  if (decidedUntil >= to) return [];
  const waited = silent.map(({ name, since }) => `${name === '' ? 'Một cổng khác' : name} chưa báo ${since === null ? 'lần nào' : `từ ${momentText(since)}`}.`);
  const until = decidedUntil < '2000' ? 'Chưa tính vắng mặt: còn cổng chưa gửi dữ liệu lần nào.'
    : `Vắng mặt chỉ tính đến hết ngày ${dateText(decidedUntil)}, là ngày mà mọi cổng đã gửi đủ dữ liệu.`;
  return [[until, ...waited].join(' ')];
}

/** `21:05 ngày 20/11/2026`, of an instant in milliseconds since 1970. */
function momentText(at: number): string {
  const date = workDateOf(at);
  return `${clockText(at, date)} ngày ${dateText(date)}`;
}

/** Series over the dates of a period, as a line. */
export function perDay(title: string, dates: readonly string[], series: ReportChart['series'], id = 'per-day'): ReportChart {
  return { id, kind: 'line', title, labels: dates.map((date) => `${date.slice(8)}/${date.slice(5, 7)}`), series };
}

const weekdays = ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'];
function weekdayText(date: string): string {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()]!;
}

/** Bảng chấm công ngày: when each came and went. */
export function daySheet(_form: ReportForm, { from, entries }: { from: string; entries: Iterable<AttendanceEntry> }): Omit<Report, 'title' | 'subtitle'> {
  const columns: ReportColumn[] = [
    index, code, name, { id: 'shift', header: 'Ca', kind: 'text', width: 8 }, { id: 'in', header: 'Vào', kind: 'text', width: 11 }, { id: 'out', header: 'Ra', kind: 'text', width: 11 },
    hours('worked', 'Giờ làm'), hours('overtime', 'Tăng ca'), hours('night', 'Ca đêm'), hours('late', 'Đi muộn'), hours('early', 'Về sớm'),
    { id: 'closedBy', header: 'Đóng bởi', kind: 'text', width: 10 }, { id: 'check', header: 'Cần xem lại', kind: 'text', width: 22 },
  ];
  const byShift = new Map<string, number>();
  const rows = function* (): Generator<GroupedRow> {
    for (const { worker, lines } of entries) {
      for (const line of lines) {
        if (line.workDate !== from) continue;
        byShift.set(line.shiftId ?? 'Không ca', (byShift.get(line.shiftId ?? 'Không ca') ?? 0) + 1);
        yield { group: teamOf(worker), cells: [null, worker.workerId, worker.fullName, ...lineCells(line)] };
      }
    }
  };
  return {
    columns, rows: grouped(columns, rows()),
    end: () => ({ charts: [{ id: 'by-shift', kind: 'bars', title: 'Số người theo ca', labels: [...byShift.keys()], series: [{ name: 'Người', values: [...byShift.values()] }] }], notes: [] }),
  };
}

function lineCells(line: TimesheetLine): ReportCell[] {
  return [
    line.shiftId, clockText(line.in, line.workDate), clockText(line.out, line.workDate), line.workedMinutes, line.overtimeMinutes, line.nightMinutes, line.lateMinutes, line.earlyMinutes,
    line.closedBy === null ? 'Chưa ra' : closedByWords[line.closedBy], line.exceptions.map((each) => exceptionWords[each]).join('; '),
  ];
}

/** `07:05`, with the date where it is not the work date. */
export function clockText(at: number | null, workDate: string): string | null {
  if (at === null) return null;
  const clock = new Date(at + 7 * 3_600_000).toISOString().slice(11, 16);
  const date = workDateOf(at);
  return date === workDate ? clock : `${clock} ${dateText(date).slice(0, 5)}`;
}

/** Đi muộn, về sớm: each date on which somebody came late or left early. */
export function lateEarly(_form: ReportForm, { from, to, entries }: { from: string; to: string; entries: Iterable<AttendanceEntry> }): Omit<Report, 'title' | 'subtitle'> {
  const columns: ReportColumn[] = [
    index, code, name, { id: 'date', header: 'Ngày', kind: 'date', width: 11 }, { id: 'shift', header: 'Ca', kind: 'text', width: 8 },
    { id: 'in', header: 'Vào', kind: 'text', width: 11 }, { id: 'out', header: 'Ra', kind: 'text', width: 11 }, hours('late', 'Đi muộn'), hours('early', 'Về sớm'),
  ];
  const dates = datesBetween(from, to);
  const [late, early] = [dates.map(() => 0), dates.map(() => 0)];
  const rows = function* (): Generator<GroupedRow> {
    for (const { worker, lines } of entries) {
      for (const line of lines) {
        if (line.lateMinutes === 0 && line.earlyMinutes === 0) continue;
        const at = dates.indexOf(line.workDate);
        late[at]! += Math.sign(line.lateMinutes);
        early[at]! += Math.sign(line.earlyMinutes);
        yield {
          group: teamOf(worker),
          cells: [null, worker.workerId, worker.fullName, line.workDate, line.shiftId, clockText(line.in, line.workDate), clockText(line.out, line.workDate), line.lateMinutes, line.earlyMinutes],
        };
      }
    }
  };
  return {
    columns, rows: grouped(columns, rows()),
    end: () => ({ charts: [perDay('Số lượt mỗi ngày', dates, [{ name: 'Đi muộn', values: late }, { name: 'Về sớm', values: early }])], notes: [] }),
  };
}

/** One worker's overtime, in minutes. `dayOver`: on some date of the month more than the law allows. */
export interface OvertimeEntry { worker: SheetPerson; dayMost: number; dayMostOn: string | null; dayOver: boolean; month: number; year: number; protectedBy: string | null }

/**
 * Làm thêm giờ beside its caps (Bộ luật Lao động 2019 art. 107), those with overtime in the year. Caps in hours: `monthHours`,
 * `yearHours`; `nearPart` is the part of a cap from which a worker is marked. The notes tell `dayHours`, the most beside a normal
 * day, or `dayTotalHours`, the most of all hours of a day where normal hours are set by the week.
 */
export function overtimeSheet({ rules }: Pick<ReportForm, 'rules'>, entries: Iterable<OvertimeEntry>): Omit<Report, 'title' | 'subtitle'> {
  const cap = (rule: string): number => (rules[rule] ?? Infinity) * 60;
  const near = rules['nearPart'] ?? 1;
  const columns: ReportColumn[] = [
    index, code, name,
    { id: 'dayMost', header: 'Nhiều nhất', band: 'Trong một ngày', kind: 'hours', width: 8 }, { id: 'dayMostOn', header: 'Ngày', band: 'Trong một ngày', kind: 'date', width: 11 },
    { ...hours('month', 'Giờ'), band: 'Trong tháng' }, { id: 'monthPart', header: 'So với trần', band: 'Trong tháng', kind: 'percent', width: 10 }, { id: 'monthLeft', header: 'Còn lại', band: 'Trong tháng', kind: 'hours', width: 8 },
    { ...hours('year', 'Giờ'), band: 'Từ đầu năm' }, { id: 'yearPart', header: 'So với trần', band: 'Từ đầu năm', kind: 'percent', width: 10 }, { id: 'yearLeft', header: 'Còn lại', band: 'Từ đầu năm', kind: 'hours', width: 8 },
    { id: 'verdict', header: 'Nhận xét', kind: 'text', width: 26 },
  ];
  const counts = { over: 0, near: 0, below: 0 };
  const rows = function* (): Generator<GroupedRow> {
    for (const { worker, dayMost, dayMostOn, dayOver, month, year, protectedBy } of entries) {
      if (year === 0 && month === 0) continue;
      const caps = [['tháng', month, cap('monthHours')], ['năm', year, cap('yearHours')]] as const;
      const over = [...(dayOver ? ['ngày'] : []), ...caps.filter(([, minutes, most]) => minutes > most).map(([what]) => what)];
      const close = caps.filter(([, minutes, most]) => minutes <= most && minutes >= most * near).map(([what]) => what);
      counts[over.length > 0 ? 'over' : close.length > 0 ? 'near' : 'below'] += 1;
      const verdict = [
        over.length > 0 && `Vượt trần ${over.join(', ')}`, close.length > 0 && `Gần trần ${close.join(', ')}`, protectedBy !== null && month > 0 && `Được bảo vệ: ${protectedBy}`,
      ].filter((each) => each !== false).join('; ');
      yield {
        group: teamOf(worker),
        cells: [null, worker.workerId, worker.fullName, dayMost, dayMostOn, month, month / cap('monthHours'), Math.max(0, cap('monthHours') - month), year, year / cap('yearHours'), Math.max(0, cap('yearHours') - year), verdict],
      };
    }
  };
  return {
    columns, rows: grouped(columns, rows()),
    end: () => ({
      charts: [{ id: 'caps', kind: 'bars', title: 'Số người so với mức trần', labels: ['Vượt trần', `Từ ${Math.round(near * 100)} % trần`, 'Dưới mức'], series: [{ name: 'Người', values: [counts.over, counts.near, counts.below] }] }],
      notes: [`Mức trần: ${rules['dayTotalHours'] === undefined ? `${rules['dayHours']} giờ/ngày` : `${rules['dayTotalHours']} giờ/ngày kể cả giờ bình thường`}, ${rules['monthHours']} giờ/tháng, ${rules['yearHours']} giờ/năm.`],
    }),
  };
}
