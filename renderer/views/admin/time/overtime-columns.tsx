import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { faultWords, restFaults } from '../../../../shared/domain/labour-words.ts';
import { hoursText } from '../../../../shared/domain/timesheet-words.ts';
import { TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { date, number } from '../../../format.ts';
import { overtime as text } from '../../../texts/overtime.ts';

export type OvertimeRow = Output<'labour/list'>['rows'][number];
export type MonthRow = Output<'labour/worker'>['months'][number];
export type FindingRow = Output<'labour/worker'>['findings'][number];

/** How much of a cap is used: the figures and a bar, full where the cap is reached. */
function Use({ of }: { of: OvertimeRow['month'] | null }) {
  if (of === null) return <span className="soft">–</span>;
  const tone = of.used > of.cap ? 'stopped' : of.used * 5 >= of.cap * 4 ? 'attention' : 'passed';
  return (
    <span className="use" data-tone={tone}>
      <span className="digits">{text.of(hoursText(of.used), hoursText(of.cap))}</span>
      <span className="use-bar" aria-hidden><span className="use-part" style={{ width: `${Math.min(100, (of.used * 100) / of.cap)}%` }} /></span>
    </span>
  );
}

function State({ of }: { of: OvertimeRow }) {
  if (of.isOver) return <Tag tone="stopped">{text.over}</Tag>;
  return <Tag tone="attention">{of.share >= 100 ? text.reached : text.near(of.share)}</Tag>;
}

export function overtimeColumns(hasWeek: boolean): Column<OvertimeRow>[] {
  return [
    { id: 'worker', header: text.columns.worker, width: 'minmax(146px, 1.2fr)', cell: (r) => <TwoLines main={r.fullName} sub={`${r.workerId} · ${r.department}`} /> },
    { id: 'shift', header: text.columns.shift, width: '54px', cell: (r) => r.shiftId ?? '–' },
    { id: 'month', header: text.columns.month, width: 'minmax(128px, 0.8fr)', cell: (r) => <Use of={r.month} /> },
    { id: 'year', header: text.columns.year, width: 'minmax(134px, 0.8fr)', cell: (r) => <Use of={r.year} /> },
    ...(hasWeek ? [{ id: 'week', header: text.columns.week, width: 'minmax(120px, 0.7fr)', cell: (r: OvertimeRow) => <Use of={r.week} /> }] : []),
    { id: 'left', header: text.columns.left, width: '88px', end: true, cell: (r) => <span className="digits">{hoursText(Math.max(0, r.month.cap - r.month.used))}</span> },
    { id: 'state', header: text.columns.state, width: '156px', cell: (r) => <State of={r} /> },
  ];
}

const hours = (minutes: number) => <span className="digits">{minutes === 0 ? '–' : hoursText(minutes)}</span>;
const words = text.worker;

const monthHours = (id: 'normal' | 'working' | 'rest' | 'holiday' | 'night' | 'capped', field: 'normal' | 'workingDayOvertime' | 'restDayOvertime' | 'holidayOvertime' | 'night' | 'capped'): Column<MonthRow> => (
  { id, header: words.columns[id], width: 'minmax(80px, 1fr)', end: true, cell: (row) => hours(row[field]) });

export const monthColumns: Column<MonthRow>[] = [
  { id: 'month', header: words.columns.month, width: '104px', cell: (row) => <span className="digits">{`${row.month.slice(5)}/${row.month.slice(0, 4)}`}</span> },
  { id: 'days', header: words.columns.days, width: '84px', end: true, cell: (row) => <span className="digits">{number(row.days)}</span> },
  monthHours('normal', 'normal'), monthHours('working', 'workingDayOvertime'), monthHours('rest', 'restDayOvertime'), monthHours('holiday', 'holidayOvertime'),
  monthHours('night', 'night'), monthHours('capped', 'capped'),
];

export const findingColumns: Column<FindingRow>[] = [
  { id: 'date', header: words.finding.date, width: '130px', cell: (row) => <span className="digits">{date(row.date)}</span> },
  {
    id: 'what', header: words.finding.what, width: 'minmax(210px, 1fr)',
    cell: (row) => <span className="finding"><Tag tone={row.level === 'violation' ? 'stopped' : 'attention'}>{words.level[row.level]}</Tag><span className="words">{faultWords[row.fault]}</span></span>,
  },
  {
    id: 'figures', header: words.finding.figures, width: '190px',
    cell: (row) => <span className="digits">{(restFaults.has(row.fault) ? words.atLeast : words.atMost)(hoursText(row.actual), hoursText(row.allowed))}</span>,
  },
  { id: 'basis', header: words.finding.basis, width: 'minmax(220px, 1fr)', cell: (row) => <span className="small basis">{row.basis}</span> },
];
