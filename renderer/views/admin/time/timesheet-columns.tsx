import { IconAlertTriangle, IconPencilCheck } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { exceptionWords, hoursText } from '../../../../shared/domain/timesheet-words.ts';
import { TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { date, dateAndTime, number, time, today } from '../../../format.ts';
import { timesheet as text } from '../../../texts/timesheet.ts';

export type DayRow = Output<'timesheet/day'>['rows'][number];
export type MonthRow = Output<'timesheet/month'>['rows'][number];
type Line = DayRow['line'];
export type WorkerLine = Output<'timesheet/worker'>['lines'][number];
type Person = Omit<MonthRow, 'sums'>;

const hours = (minutes: number) => <span className="digits">{minutes === 0 ? '–' : hoursText(minutes)}</span>;

/** The time of a scan; with its date where that is not the work date. */
function clock(at: number | null, workDate: string): string {
  if (at === null) return '–';
  return today(new Date(at)) === workDate ? time(new Date(at)) : dateAndTime(new Date(at)).slice(0, 11);
}

function Check({ of, corrected }: { of: Line['exceptions']; corrected: boolean }) {
  const [first, ...more] = of;
  if (first === undefined) return corrected ? <Tag tone="passed" icon={<IconPencilCheck size={18} aria-hidden />}>{text.corrected}</Tag> : null;
  return (
    <span title={of.map((each) => exceptionWords[each]).join(', ')}>
      <Tag tone={first === 'still-inside' ? 'information' : 'attention'} icon={first === 'still-inside' ? undefined : <IconAlertTriangle size={18} aria-hidden />}>
        {exceptionWords[first]}{more.length > 0 && ` +${more.length}`}
      </Tag>
    </span>
  );
}

/** Who closed a line; the usual case goes without saying. */
function closedBy({ closedBy: by, out }: Line): string | null {
  if (by === null) return text.open;
  return by === 'scan' && out !== null ? null : text.closedBy[by];
}

/** A line's own columns; `R` has the line somewhere. */
function lineColumns<R extends { corrected: boolean }>(of: (row: R) => Line): Column<R>[] {
  const minutes = (id: 'worked' | 'overtime' | 'night' | 'late' | 'early', field: 'workedMinutes' | 'overtimeMinutes' | 'nightMinutes' | 'lateMinutes' | 'earlyMinutes'): Column<R> => (
    { id, header: text.columns[id], width: 'minmax(59px, 0.2fr)', end: true, cell: (row) => hours(of(row)[field]) });
  return [
    { id: 'shift', header: text.columns.shift, width: 'minmax(42px, 0.2fr)', cell: (row) => of(row).shiftId ?? '–' },
    { id: 'in', header: text.columns.in, width: 'minmax(59px, 0.25fr)', cell: (row) => <span className="digits">{clock(of(row).in, of(row).workDate)}</span> },
    { id: 'out', header: text.columns.out, width: 'minmax(104px, 0.45fr)', cell: (row) => <TwoLines main={<span className="digits">{clock(of(row).out, of(row).workDate)}</span>} sub={closedBy(of(row))} /> },
    minutes('worked', 'workedMinutes'), minutes('overtime', 'overtimeMinutes'), minutes('night', 'nightMinutes'), minutes('late', 'lateMinutes'), minutes('early', 'earlyMinutes'),
    { id: 'check', header: text.columns.check, width: 'minmax(144px, 0.8fr)', cell: (row) => <Check of={of(row).exceptions} corrected={row.corrected} /> },
  ];
}

const worker: Column<Person> = {
  id: 'worker', header: text.columns.worker, width: 'minmax(142px, 1.2fr)', cell: (r) => <TwoLines main={r.fullName} sub={`${r.workerId} · ${r.department}`} />,
};

export const dayColumns: Column<DayRow>[] = [worker, ...lineColumns<DayRow>((row) => row.line)];

export const workerColumns: Column<WorkerLine>[] = [
  { id: 'date', header: text.columns.date, width: '136px', cell: (line) => <span className="digits">{date(line.workDate)}</span> }, ...lineColumns<WorkerLine>((line) => line),
];

const times = (n: number, minutes: number) => <span className="digits">{n === 0 ? '–' : text.times(number(n), hoursText(minutes))}</span>;

export const monthColumns: Column<MonthRow>[] = [
  worker,
  { id: 'days', header: text.columns.days, width: '94px', end: true, cell: ({ sums }) => <span className="digits">{number(sums.days)}</span> },
  { id: 'worked', header: text.columns.worked, width: '86px', end: true, cell: ({ sums }) => hours(sums.workedMinutes) },
  { id: 'overtime', header: text.columns.overtime, width: '86px', end: true, cell: ({ sums }) => hours(sums.overtimeMinutes) },
  { id: 'night', header: text.columns.night, width: '86px', end: true, cell: ({ sums }) => hours(sums.nightMinutes) },
  { id: 'late', header: text.columns.late, width: '124px', end: true, cell: ({ sums }) => times(sums.late, sums.lateMinutes) },
  { id: 'early', header: text.columns.early, width: '124px', end: true, cell: ({ sums }) => times(sums.early, sums.earlyMinutes) },
  { id: 'check', header: text.columns.check, width: '130px', cell: ({ sums }) => (sums.toCheck === 0 ? null : <Tag tone="attention">{text.toCheck(number(sums.toCheck))}</Tag>) },
];
