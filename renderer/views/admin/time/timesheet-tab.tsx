import { useState } from 'react';
import { IconCalendarClock, IconChevronLeft, IconChevronRight, IconFileSpreadsheet, IconRefresh, IconSearch } from '@tabler/icons-react';
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
import { useToast } from '../../../components/toast.tsx';
import { date, number, timeWithSeconds, today } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { timesheet as text } from '../../../texts/timesheet.ts';
import { saveFile } from '../save-file.ts';
import { InboxDay } from './inbox-day.tsx';
import './inbox.css';
import { dayColumns, monthColumns, workerColumns, type MonthRow } from './timesheet-columns.tsx';
import { useTimesheet, type AnySheet, type SheetKind } from './use-timesheet.ts';

type Person = Pick<MonthRow, 'workerId' | 'fullName' | 'department' | 'employer'>;
const everything = '';
const kinds: Option<SheetKind>[] = (['day', 'month'] as const).map((id) => ({ id, label: text.kinds[id] }));
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function withAll(options: readonly Option[]): Option[] {
  return [{ id: everything, label: text.all }, ...options];
}

const plain = (values: readonly string[]): Option[] => withAll(values.map((id) => ({ id, label: id })));

/** The date or month before or after. */
function shiftPeriod(kind: SheetKind, period: string, by: number): string {
  if (kind === 'day') return addDays(period, by);
  return addDays(`${period}-15`, by * 30).slice(0, 7);
}

/** The timesheet of a date or a month, by shift, team and employer, and as an Excel file. */
export function TimesheetTab() {
  const [kind, setKind] = useState<SheetKind>('day');
  const [period, setPeriod] = useState(() => today());
  const [query, setQuery] = useState('');
  const [shiftId, setShiftId] = useState(everything);
  const [department, setDepartment] = useState(everything);
  const [employer, setEmployer] = useState(everything);
  const [onlyToCheck, setOnlyToCheck] = useState(false);
  const [worker, setWorker] = useState<Person | null>(null);
  const [day, setDay] = useState<{ worker: Person; workDate: string } | null>(null);
  const filter = {
    query: query.trim(), onlyToCheck, shiftId: shiftId === everything ? null : shiftId,
    department: department === everything ? null : department, employer: employer === everything ? null : employer,
  };
  const choices = useLoad('timesheet/choices', {});
  const { sheet, problem, busy, more, again } = useTimesheet(kind, period, filter);
  const isFiltered = Object.values(filter).some((value) => value !== null && value !== '' && value !== false);
  const choose = (chosen: SheetKind): void => {
    setKind(chosen);
    setPeriod(chosen === 'day' ? (period === today().slice(0, 7) ? today() : `${period}-01`) : period.slice(0, 7));
  };
  const worked = sheet === null ? undefined : <span className="small soft digits">{text.at(timeWithSeconds(sheet.page.at))}</span>;
  const empty = sheet === null ? undefined : (
    <EmptyState icon={<IconCalendarClock size={48} stroke={1.5} aria-hidden />} title={isFiltered ? text.emptyFilter : text.empty[kind]}>{isFiltered ? undefined : text.emptyHint}</EmptyState>
  );
  return (
    <div className="tab-fill timesheet">
      <div className="row row-apart row-bottom">
        <div className="row row-bottom">
          <Select label={text.kind} options={kinds} value={kind} onChange={choose} />
          <div className="period">
            <Button aria-label={text.earlier[kind]} icon={<IconChevronLeft size={22} aria-hidden />} onPress={() => setPeriod(shiftPeriod(kind, period, -1))} />
            <span className="period-name digits" aria-live="polite">{kind === 'day' ? date(period) : text.monthName(period)}</span>
            <Button aria-label={text.later[kind]} icon={<IconChevronRight size={22} aria-hidden />} isDisabled={period >= (kind === 'day' ? today() : today().slice(0, 7))} onPress={() => setPeriod(shiftPeriod(kind, period, 1))} />
          </div>
        </div>
        <div className="row">
          <Button icon={<IconRefresh size={22} aria-hidden />} busy={busy && sheet !== null} onPress={again}>{text.reload}</Button>
          <Export period={period} filter={filter} isDisabled={sheet === null || sheet.page.total === 0} />
        </div>
      </div>
      <div className="timesheet-filters">
        <Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} />
        <Select label={text.shift} options={withAll((choices.data?.shifts ?? []).map(({ id, name }) => ({ id, label: name === '' ? id : `${id} · ${name}` })))} value={shiftId} onChange={setShiftId} />
        <Select label={text.department} options={plain(choices.data?.departments ?? [])} value={department} onChange={setDepartment} />
        <Select label={text.employer} options={plain(choices.data?.employers ?? [])} value={employer} onChange={setEmployer} />
        <Tick value={onlyToCheck} onChange={setOnlyToCheck}>{text.onlyToCheck}</Tick>
      </div>
      <ProblemNotice problem={problem} onRetry={again} />
      {sheet === null && problem === null && <Progress label={text.working} value={null} of={null} />}
      {sheet !== null && <Sums of={sheet} />}
      {sheet?.kind === 'day' && <Table label={text.tab} columns={dayColumns} rows={sheet.page.rows} rowKey={(r) => `${r.workerId} ${r.line.workDate}`} onEnd={more} foot={worked} onPress={(row) => setDay({ worker: row, workDate: row.line.workDate })} empty={empty} />}
      {sheet?.kind === 'month' && <Table label={text.tab} columns={monthColumns} rows={sheet.page.rows} rowKey={(r) => r.workerId} onEnd={more} foot={worked} onPress={setWorker} empty={empty} />}
      {worker !== null && day === null && <WorkerMonth worker={worker} month={period} onClose={() => setWorker(null)} onDay={(workDate) => setDay({ worker, workDate })} />}
      {day !== null && <InboxDay row={{ ...day, code: null }} shifts={choices.data?.shifts ?? []} onClose={() => setDay(null)} onDone={() => { setDay(null); again(); }} />}
    </div>
  );
}

function Sums({ of }: { of: AnySheet }) {
  const { total, sums } = of.page;
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

function Export({ period, filter, isDisabled }: { period: string; filter: Parameters<typeof useTimesheet>[2]; isDisabled: boolean }) {
  const request = useRequest('timesheet/export');
  const toast = useToast();
  const save = async (): Promise<void> => {
    const file = await request.call({ period, filter });
    if (file === null) return;
    saveFile(file.fileName, file.content, xlsx);
    toast('passed', text.saved);
  };
  return (
    <>
      <ProblemNotice problem={request.problem} onRetry={request.again} />
      <Button kind="primary" busy={request.busy} isDisabled={isDisabled} icon={<IconFileSpreadsheet size={22} aria-hidden />} onPress={() => { void save(); }}>{request.busy ? text.exporting : text.export}</Button>
    </>
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
