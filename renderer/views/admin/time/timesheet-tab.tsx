import { useState } from 'react';
import { IconCalendarClock, IconRefresh, IconSearch } from '@tabler/icons-react';
import { hoursText } from '../../../../shared/domain/timesheet-words.ts';
import { addDays } from '../../../../shared/domain/work-date.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { Table } from '../../../components/table.tsx';
import { date, number, timeWithSeconds, today } from '../../../format.ts';
import { useLoad } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { timesheet as text } from '../../../texts/timesheet.ts';
import { otherMonth, PeriodStep } from '../period-step.tsx';
import { usePages } from '../use-pages.ts';
import { InboxDay } from './inbox-day.tsx';
import './inbox.css';
import { SheetExport } from './sheet-export.tsx';
import { everybody, isSomeTeam, TeamFilter } from './team-filter.tsx';
import { askSheet, type Sheet, type SheetKind } from './timesheet-ask.ts';
import { dayColumns, monthColumns, workerColumns, type MonthRow } from './timesheet-columns.tsx';

type Person = Pick<MonthRow, 'workerId' | 'fullName' | 'department' | 'employer'>;
const kinds: Option<SheetKind>[] = (['day', 'month'] as const).map((id) => ({ id, label: text.kinds[id] }));

/** The date or month before or after. */
function otherPeriod(kind: SheetKind, period: string, by: number): string {
  return kind === 'day' ? addDays(period, by) : otherMonth(period, by);
}

/** The timesheet of a date or a month, by shift, team and employer, and as an Excel file. */
export function TimesheetTab() {
  const [kind, setKind] = useState<SheetKind>('day');
  const [period, setPeriod] = useState(() => today());
  const [query, setQuery] = useState('');
  const [team, setTeam] = useState(everybody);
  const [onlyToCheck, setOnlyToCheck] = useState(false);
  const [worker, setWorker] = useState<Person | null>(null);
  const [day, setDay] = useState<{ worker: Person; workDate: string } | null>(null);
  const filter = { query: query.trim(), onlyToCheck, ...team };
  const choices = useLoad('timesheet/choices', {});
  const { page: sheet, problem, busy, more, again } = usePages({ kind, period }, filter, askSheet);
  const isFiltered = filter.query !== '' || onlyToCheck || isSomeTeam(team);
  const choose = (chosen: SheetKind): void => {
    setKind(chosen);
    setPeriod(chosen === 'day' ? (period === today().slice(0, 7) ? today() : `${period}-01`) : period.slice(0, 7));
  };
  const worked = sheet === null ? undefined : <span className="small soft digits">{text.at(timeWithSeconds(sheet.at))}</span>;
  const empty = sheet === null ? undefined : (
    <EmptyState icon={<IconCalendarClock size={48} stroke={1.5} aria-hidden />} title={isFiltered ? text.emptyFilter : text.empty[kind]}>{isFiltered ? undefined : text.emptyHint}</EmptyState>
  );
  return (
    <div className="tab-fill timesheet">
      <div className="row row-apart row-bottom">
        <div className="row row-bottom">
          <Select label={text.kind} options={kinds} value={kind} onChange={choose} />
          <PeriodStep shown={kind === 'day' ? date(period) : text.monthName(period)} earlier={text.earlier[kind]} later={text.later[kind]}
            isLast={period >= (kind === 'day' ? today() : today().slice(0, 7))} onStep={(by) => setPeriod(otherPeriod(kind, period, by))} />
        </div>
        <div className="row">
          <Button icon={<IconRefresh size={22} aria-hidden />} busy={busy && sheet !== null} onPress={again}>{text.reload}</Button>
          <SheetExport name="timesheet/export" input={{ period, filter }} words={text} isDisabled={sheet === null || sheet.total === 0} />
        </div>
      </div>
      <div className="timesheet-filters">
        <Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} />
        <TeamFilter choices={choices.data} team={team} onChange={setTeam} />
        <Tick value={onlyToCheck} onChange={setOnlyToCheck}>{text.onlyToCheck}</Tick>
      </div>
      <ProblemNotice problem={problem} onRetry={again} />
      {sheet === null && problem === null && <Progress label={text.working} value={null} of={null} />}
      {sheet !== null && <Sums of={sheet} />}
      {sheet?.kind === 'day' && <Table label={text.tab} columns={dayColumns} rows={sheet.rows} rowKey={(r) => `${r.workerId} ${r.line.workDate}`} onEnd={more} foot={worked} onPress={(row) => setDay({ worker: row, workDate: row.line.workDate })} empty={empty} />}
      {sheet?.kind === 'month' && <Table label={text.tab} columns={monthColumns} rows={sheet.rows} rowKey={(r) => r.workerId} onEnd={more} foot={worked} onPress={setWorker} empty={empty} />}
      {worker !== null && day === null && <WorkerMonth worker={worker} month={period} onClose={() => setWorker(null)} onDay={(workDate) => setDay({ worker, workDate })} />}
      {day !== null && <InboxDay row={{ ...day, code: null }} shifts={choices.data?.shifts ?? []} onClose={() => setDay(null)} onDone={() => { setDay(null); again(); }} />}
    </div>
  );
}

function Sums({ of }: { of: Sheet }) {
  const { total, sums } = of;
  const facts = [
    [of.kind === 'day' ? text.sums.lines : text.sums.people, number(total)], [text.sums.worked, hoursText(sums.workedMinutes)], [text.sums.overtime, hoursText(sums.overtimeMinutes)],
    [text.sums.night, hoursText(sums.nightMinutes)], [text.sums.check, number(sums.toCheck)],
  ] as const;
  return (
    <dl className="counts-row">
      {facts.map(([word, value]) => <div key={word} className="count"><dt>{word}</dt><dd className="digits">{value}</dd></div>)}
    </dl>
  );
}

/** One worker's month, date by date. */
function WorkerMonth({ worker, month, onClose, onDay }: { worker: Person; month: string; onClose: () => void; onDay: (workDate: string) => void }) {
  const { data, problem, reload } = useLoad('timesheet/worker', { month, workerId: worker.workerId });
  return (
    <Dialog open wide title={`${worker.fullName} · ${text.monthName(month)}`} onClose={onClose} actions={<Button onPress={onClose}>{common.close}</Button>}>
      <div className="timesheet stack">
        <ProblemNotice problem={problem} onRetry={reload} />
        <Table label={worker.fullName} columns={workerColumns} rows={data?.lines ?? []} rowKey={(line) => line.workDate} onPress={({ workDate }) => onDay(workDate)} height="420px" />
      </div>
    </Dialog>
  );
}
