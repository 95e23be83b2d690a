import { useCallback, useEffect, useRef, useState } from 'react';
import { IconAdjustments, IconChevronLeft, IconChevronRight, IconFileSpreadsheet, IconHourglassHigh, IconRefresh, IconSearch } from '@tabler/icons-react';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import { hoursText } from '../../../../shared/domain/timesheet-words.ts';
import { addDays } from '../../../../shared/domain/work-date.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { Table } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { number, timeWithSeconds, today } from '../../../format.ts';
import { ask, toProblem, useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { overtime as text } from '../../../texts/overtime.ts';
import { findingColumns, monthColumns, overtimeColumns, type FindingRow, type OvertimeRow } from './overtime-columns.tsx';
import { OvertimeSettings } from './overtime-settings.tsx';
import './overtime.css';
import { saveFile } from '../save-file.ts';

const everything = '';
const pageSize = 500;
/** Typing goes on while the last list is still made. */
const patienceMs = 300;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const shows: Option<'near' | 'over'>[] = (['near', 'over'] as const).map((id) => ({ id, label: text.shows[id] }));

type Filter = Input<'labour/list'>['filter'];
type List = Output<'labour/list'>;

function withAll(options: readonly Option[]): Option[] {
  return [{ id: everything, label: text.all }, ...options];
}

function otherMonth(month: string, by: number): string {
  return addDays(`${month}-15`, by * 30).slice(0, 7);
}

/** The list of a month, further pages as their ends come into sight. `again` makes it anew. */
function useOvertime(month: string, filter: Filter) {
  const key = JSON.stringify([month, filter]);
  const [now, setNow] = useState<{ key: string; list: List | null; problem: Problem | null; busy: boolean }>({ key: '', list: null, problem: null, busy: true });
  const turn = useRef(0);
  const load = useCallback((offset: number, fresh: boolean) => {
    const mine = offset === 0 ? ++turn.current : turn.current;
    const [askedMonth, askedFilter] = JSON.parse(key) as [string, Filter];
    if (offset === 0) setNow((before) => ({ ...before, busy: true }));
    ask('labour/list', { month: askedMonth, filter: askedFilter, offset, limit: pageSize, fresh }).then(
      (list) => { if (turn.current === mine) setNow((before) => ({ key, problem: null, busy: false, list: offset === 0 || before.list === null ? list : { ...before.list, rows: [...before.list.rows, ...list.rows] } })); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ ...before, problem: toProblem(thrown), busy: false })); },
    );
  }, [key]);
  useEffect(() => {
    const timer = setTimeout(() => load(0, false), patienceMs);
    return () => { clearTimeout(timer); turn.current += 1; };
  }, [load]);
  const isHeld = now.key !== '' && (JSON.parse(now.key) as [string])[0] === month;
  const list = isHeld ? now.list : null;
  const asked = useRef(0);
  const more = (): void => {
    if (list === null || now.key !== key || list.rows.length >= list.total || asked.current === list.rows.length) return;
    asked.current = list.rows.length;
    load(list.rows.length, false);
  };
  return { list, problem: now.problem, busy: now.busy || now.key !== key, more, again: () => { asked.current = 0; load(0, true); } };
}

/** Overtime against the caps of the law: who is near one or over it, why, and by which rules the site counts. */
export function OvertimeTab() {
  const [month, setMonth] = useState(() => today().slice(0, 7));
  const [query, setQuery] = useState('');
  const [shiftId, setShiftId] = useState(everything);
  const [department, setDepartment] = useState(everything);
  const [employer, setEmployer] = useState(everything);
  const [show, setShow] = useState<'near' | 'over'>('near');
  const [worker, setWorker] = useState<OvertimeRow | null>(null);
  const [isSetting, setSetting] = useState(false);
  const or = (value: string): string | null => (value === everything ? null : value);
  const filter: Filter = { query: query.trim(), show, shiftId: or(shiftId), department: or(department), employer: or(employer) };
  const choices = useLoad('timesheet/choices', {});
  const { list, problem, busy, more, again } = useOvertime(month, filter);
  const isFiltered = filter.query !== '' || show === 'over' || [shiftId, department, employer].some((value) => value !== everything);
  const plain = (values: readonly string[]): Option[] => withAll(values.map((id) => ({ id, label: id })));
  return (
    <div className="tab-fill timesheet overtime">
      <div className="row row-apart row-bottom">
        <div className="period">
          <Button aria-label={text.earlier} icon={<IconChevronLeft size={22} aria-hidden />} onPress={() => setMonth(otherMonth(month, -1))} />
          <span className="period-name digits" aria-live="polite">{text.monthName(month)}</span>
          <Button aria-label={text.later} icon={<IconChevronRight size={22} aria-hidden />} isDisabled={month >= today().slice(0, 7)} onPress={() => setMonth(otherMonth(month, 1))} />
        </div>
        <div className="row">
          <Button icon={<IconRefresh size={22} aria-hidden />} busy={busy && list !== null} onPress={again}>{text.reload}</Button>
          <Button icon={<IconAdjustments size={22} aria-hidden />} onPress={() => setSetting(true)}>{text.settings}</Button>
          <Export month={month} filter={filter} isDisabled={list === null || list.total === 0} />
        </div>
      </div>
      <div className="timesheet-filters overtime-filters">
        <Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} />
        <Select label={text.show} options={shows} value={show} onChange={setShow} />
        <Select label={text.shift} options={withAll((choices.data?.shifts ?? []).map(({ id, name }) => ({ id, label: name === '' ? id : `${id} · ${name}` })))} value={shiftId} onChange={setShiftId} />
        <Select label={text.department} options={plain(choices.data?.departments ?? [])} value={department} onChange={setDepartment} />
        <Select label={text.employer} options={plain(choices.data?.employers ?? [])} value={employer} onChange={setEmployer} />
      </div>
      <ProblemNotice problem={problem} onRetry={again} />
      {list === null && problem === null && <Progress label={text.working} value={null} of={null} />}
      {list !== null && <Told of={list} month={month} />}
      {list !== null && (
        <Table label={text.tab} columns={overtimeColumns(list.rows.some(({ week }) => week !== null))} rows={list.rows} rowKey={(r) => r.workerId} onEnd={more} onPress={setWorker} empty={(
          <EmptyState icon={<IconHourglassHigh size={48} stroke={1.5} aria-hidden />} title={isFiltered ? text.emptyFilter : text.empty}>{isFiltered ? undefined : text.emptyHint(list.fromPercent)}</EmptyState>
        )} />
      )}
      {worker !== null && <WorkerYear worker={worker} month={month} onClose={() => setWorker(null)} />}
      {isSetting && <OvertimeSettings onClose={() => setSetting(false)} onSaved={() => { setSetting(false); again(); }} />}
    </div>
  );
}

/** Counts, what is not whole, and what the excess may cost. */
function Told({ of: { total, over, fromPercent, waiting, holidaysKnown, penalty, at }, month }: { of: List; month: string }) {
  const millions = (dong: number): string => number(dong / 1_000_000);
  return (
    <>
      <dl className="counts-row">
        <div className="count"><dt>{text.sums.near(fromPercent)}</dt><dd className="digits">{number(total)}</dd></div>
        <div className="count"><dt>{text.sums.over}</dt><dd className="digits">{number(over)}</dd></div>
        <div className="count"><dt>{text.at}</dt><dd className="digits">{timeWithSeconds(at)}</dd></div>
      </dl>
      {waiting > 0 && <Notice tone="information"><span>{text.waiting(number(waiting))}</span></Notice>}
      {!holidaysKnown && <Notice tone="attention"><span>{text.noHolidays(month.slice(0, 4))}</span></Notice>}
      {penalty !== null && (
        <Notice tone="attention">
          <span className="notice-text">{text.penalty(number(penalty.workers), millions(penalty.least), millions(penalty.most))}</span>
          <span className="small">{text.penaltySource(penalty.decree)}{!penalty.verified && ` ${text.unverified}`}</span>
        </Notice>
      )}
    </>
  );
}

function Export({ month, filter, isDisabled }: { month: string; filter: Filter; isDisabled: boolean }) {
  const request = useRequest('labour/export');
  const toast = useToast();
  const save = async (): Promise<void> => {
    const file = await request.call({ month, filter });
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

/** What is not allowed before what should be looked at, the latest first. */
function ordered(findings: readonly FindingRow[]): FindingRow[] {
  return ['violation', 'warning'].flatMap((level) => findings.filter((one) => one.level === level).toReversed());
}

/** One worker's year: hours by pay class, and each finding with its article. */
function WorkerYear({ worker, month, onClose }: { worker: OvertimeRow; month: string; onClose: () => void }) {
  const { data, problem, reload } = useLoad('labour/worker', { month, workerId: worker.workerId });
  const left = ({ used, cap }: OvertimeRow['month']): string => hoursText(Math.max(0, cap - used));
  return (
    <Dialog open wide title={`${worker.fullName} · ${worker.workerId}`} onClose={onClose} actions={<Button onPress={onClose}>{common.close}</Button>}>
      <div className="timesheet overtime stack">
        <ProblemNotice problem={problem} onRetry={reload} />
        {data === null && problem === null && <Progress label={text.working} value={null} of={null} />}
        {data !== null && (
          <>
            <p>{text.worker.left(left(data.row.month), left(data.row.year))}</p>
            <h3>{text.worker.findings}</h3>
            {data.findings.length === 0 ? <p className="soft">{text.worker.none}</p>
              : <Table label={text.worker.findings} columns={findingColumns} rows={ordered(data.findings)} rowKey={(row) => `${row.fault} ${row.date}`} rowHeight={84} height="211px" />}
            <h3>{text.worker.hours}</h3>
            <Table label={text.worker.hours} columns={monthColumns} rows={data.months.toReversed()} rowKey={(row) => row.month} rowHeight={48} height="122px" />
          </>
        )}
      </div>
    </Dialog>
  );
}
