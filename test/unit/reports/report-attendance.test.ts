import { describe, expect, it } from 'vitest';
import data from '../../../resources/forms/gate-reports.json' with { type: 'json' };
import { ReportCatalogue, formOn } from '../../../shared/domain/report-catalogue.ts';
import { clockText, daySheet, decidedNote, lateEarly, monthGrid, overtimeSheet, symbolOf, type AttendanceEntry } from '../../../shared/domain/report-attendance.ts';
import { startOfDay } from '../../../shared/domain/shift.ts';
import type { TimesheetLine } from '../../../shared/domain/timesheet.ts';

const catalogue = ReportCatalogue.parse(data);
const form = formOn(catalogue, 'timesheet-month', '2026-10-31');
const worker = { workerId: 'NV1', fullName: 'Trần Thị Mẫu', department: 'Tổ may 1', employer: 'Công ty Mẫu', startDate: '2026-10-02', endDate: '2026-10-07' };
const line = (workDate: string, change: Partial<TimesheetLine> = {}): TimesheetLine => ({
  workDate, shiftId: 'HC', in: startOfDay(workDate) + 8 * 3_600_000, out: startOfDay(workDate) + 17 * 3_600_000, workedMinutes: 480, overtimeMinutes: 0, nightMinutes: 0,
  lateMinutes: 0, earlyMinutes: 0, closedBy: 'scan', exceptions: [], ...change,
});
const calendar = { decidedUntil: '2026-10-05', isHoliday: (date: string) => date === '2026-10-06' };
const planned = new Set(['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-05', '2026-10-06', '2026-10-07', '2026-10-08']);

describe('the sign of a date', () => {
  const entry: AttendanceEntry = { worker, lines: [line('2026-10-02')], planned };
  const signOf = (date: string, lines: TimesheetLine[] = entry.lines as TimesheetLine[]) => symbolOf({ ...entry, lines }, date, calendar, 30);
  it.each([
    ['2026-10-01', 'notEmployed', 'before the first work date'], ['2026-10-02', 'worked', 'with a line'], ['2026-10-03', 'absent', 'planned, nobody came, all gates have told'],
    ['2026-10-04', 'dayOff', 'without a shift'], ['2026-10-06', 'holiday', 'a holiday'], ['2026-10-07', 'unknown', 'planned, but not every gate has told'], ['2026-10-08', 'notEmployed', 'after the last work date'],
  ])('%s is %s: %s', (date, sign) => expect(signOf(date)).toBe(sign));
  it.each([
    [{ overtimeMinutes: 29 }, 'worked'], [{ overtimeMinutes: 30 }, 'overtime'], [{ nightMinutes: 240 }, 'night'], [{ nightMinutes: 239 }, 'worked'], [{ nightMinutes: 300, overtimeMinutes: 60 }, 'nightOvertime'],
    [{ exceptions: ['no-out'] as const, workedMinutes: 0 }, 'check'], [{ exceptions: ['no-shift'] as const }, 'worked'],
  ])('a line with %j is %s', (change, sign) => expect(signOf('2026-10-06', [line('2026-10-06', change as Partial<TimesheetLine>)])).toBe(sign));
});

describe('the month', () => {
  it('has a sign a date, sums by worker and team, and the curve of who came', () => {
    const lines = [line('2026-10-02', { overtimeMinutes: 60, workedMinutes: 540 }), line('2026-10-05', { lateMinutes: 12 })];
    const other = { ...worker, workerId: 'NV2', fullName: 'Lê Văn Khác', department: 'Tổ may 2', startDate: null, endDate: null };
    const gone = { ...worker, workerId: 'NV3', startDate: '2025-01-01', endDate: '2025-12-31' };
    const report = monthGrid(form, { from: '2026-10-01', to: '2026-10-05', calendar, entries: [{ worker, lines, planned }, { worker: gone, lines: [], planned }, { worker: other, lines: [line('2026-10-01')], planned: new Set() }] });
    const rows = [...report.rows];
    expect(rows.map(({ kind, cells }) => [kind, ...cells])).toEqual([
      ['group', 'Công ty Mẫu – Tổ may 1'],
      ['row', 1, 'NV1', 'Trần Thị Mẫu', '', 'X+', 'V', '–', 'X', 2, 1_020, 60, 0, 1, 0, 1, 0],
      ['group', 'Công ty Mẫu – Tổ may 2'],
      ['row', 2, 'NV2', 'Lê Văn Khác', 'X', '–', '–', '–', '–', 1, 480, 0, 0, 0, 0, 0, 0],
      ['sum', null, 'Tổng cộng', null, null, null, null, null, null, 3, 1_500, 60, 0, 1, 0, 1, 0],
    ]);
    expect(report.end().charts[0]!.series[0]!.values).toEqual([1, 1, 0, 0, 1]);
    expect(report.columns.slice(3, 8).map(({ band, header }) => `${band} ${header}`)).toEqual(['T5 01', 'T6 02', 'T7 03', 'CN 04', 'T2 05']);
  });

  it('says up to when absence is told', () => {
    const notes = (decidedUntil: string) => { const report = monthGrid(form, { from: '2026-10-01', to: '2026-10-07', calendar: { ...calendar, decidedUntil }, entries: [] }); return [...report.rows].length === 0 ? report.end().notes.slice(1) : []; };
    expect(notes('2026-10-05')).toEqual(['Vắng mặt chỉ tính đến hết ngày 05/10/2026, là ngày mà mọi cổng đã gửi đủ dữ liệu.']);
    expect(notes('1969-12-31')).toEqual(['Chưa tính vắng mặt: còn cổng chưa gửi dữ liệu lần nào.']);
    expect(notes('2026-10-07')).toEqual([]);
    const silent = [{ name: '', since: null }, { name: 'Cổng 2', since: Date.parse('2026-10-05T21:05:00+07:00') }];
    expect(decidedNote({ decidedUntil: '2026-10-04', silent }, '2026-10-07')).toEqual([
      'Vắng mặt chỉ tính đến hết ngày 04/10/2026, là ngày mà mọi cổng đã gửi đủ dữ liệu. Một cổng khác chưa báo lần nào. Cổng 2 chưa báo từ 21:05 ngày 05/10/2026.']);
    expect(decidedNote({ decidedUntil: '2026-10-07', silent }, '2026-10-07')).toEqual([]);
  });
});

describe('lists of a day and of lateness', () => {
  it('the day takes only its own lines, a night shift goes out with the date of the next morning', () => {
    const night = line('2026-10-02', { shiftId: 'CA3', in: startOfDay('2026-10-02') + 22 * 3_600_000, out: startOfDay('2026-10-03') + 6 * 3_600_000, nightMinutes: 480 });
    const report = daySheet(form, { from: '2026-10-02', entries: [{ worker, lines: [night, line('2026-10-03')], planned }] });
    expect([...report.rows].filter(({ kind }) => kind === 'row').map(({ cells }) => cells.slice(3, 9))).toEqual([['CA3', '22:00', '06:00 03/10', 480, 0, 480]]);
    expect(report.end().charts[0]!).toMatchObject({ labels: ['CA3'], series: [{ values: [1] }] });
  });

  it('lateness has a row a date, and sums', () => {
    const report = lateEarly(form, { from: '2026-10-01', to: '2026-10-05', entries: [{ worker, lines: [line('2026-10-02', { lateMinutes: 25 }), line('2026-10-03'), line('2026-10-05', { lateMinutes: 5, earlyMinutes: 90 })], planned }] });
    expect([...report.rows].slice(1).map(({ cells }) => [cells[3], ...cells.slice(7)])).toEqual([['2026-10-02', 25, 0], ['2026-10-05', 5, 90], [null, 30, 90]]);
    expect(report.end().charts[0]!.series.map(({ values }) => values)).toEqual([[0, 1, 0, 0, 1], [0, 0, 0, 0, 1]]);
  });

  it('a time without a scan is nothing', () => expect(clockText(null, '2026-10-02')).toBeNull());
});

describe('overtime beside its caps', () => {
  const rules = { dayHours: 4, monthHours: 40, yearHours: 200, nearPart: 0.8 };
  const one = (month: number, year: number, dayMost = 0, protectedBy: string | null = null) => ({ worker, dayMost: dayMost * 60, dayMostOn: '2026-10-02', dayOver: dayMost > 4, month: month * 60, year: year * 60, protectedBy });
  const verdicts = (...entries: ReturnType<typeof one>[]) => [...overtimeSheet({ rules }, entries).rows].filter(({ kind }) => kind === 'row').map(({ cells }) => cells.at(-1));
  it.each([
    [one(40, 100), 'Gần trần tháng'], [one(40.5, 100), 'Vượt trần tháng'], [one(31, 159), ''], [one(32, 160), 'Gần trần tháng, năm'], [one(10, 201, 4.5), 'Vượt trần ngày, năm'],
    [one(2, 2, 2, 'mang thai'), 'Được bảo vệ: mang thai'],
  ])('%#: the verdict is %s', (entry, verdict) => expect(verdicts(entry)).toEqual([verdict]));
  it('leaves out who has none, and what is left is never below nothing', () => {
    expect(verdicts(one(0, 0))).toEqual([]);
    const [row] = [...overtimeSheet({ rules }, [one(50, 210)]).rows].filter(({ kind }) => kind === 'row');
    expect(row!.cells.slice(5, 11)).toEqual([3_000, 1.25, 0, 12_600, 1.05, 0]);
  });
  it('tells the bound of a day by the day or with all its hours', () => {
    const note = (given: Record<string, number>) => overtimeSheet({ rules: given }, []).end().notes[0];
    expect(note(rules)).toBe('Mức trần: 4 giờ/ngày, 40 giờ/tháng, 200 giờ/năm.');
    expect(note({ ...rules, dayTotalHours: 12 })).toBe('Mức trần: 12 giờ/ngày kể cả giờ bình thường, 40 giờ/tháng, 200 giờ/năm.');
  });
});
