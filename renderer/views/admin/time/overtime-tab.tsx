import { useState } from 'react';
import { IconAdjustments, IconHourglassHigh, IconRefresh, IconSearch } from '@tabler/icons-react';
import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import { hoursText } from '../../../../shared/domain/timesheet-words.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { Table } from '../../../components/table.tsx';
import { number, timeWithSeconds, today } from '../../../format.ts';
import { ask, useLoad } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { overtime as text } from '../../../texts/overtime.ts';
import type { Part } from '../pages.ts';
import { otherMonth, PeriodStep } from '../period-step.tsx';
import { usePages } from '../use-pages.ts';
import { findingColumns, monthColumns, overtimeColumns, type FindingRow, type OvertimeRow } from './overtime-columns.tsx';
import { OvertimeSettings } from './overtime-settings.tsx';
import { SheetExport } from './sheet-export.tsx';
import { everybody, isSomeTeam, TeamFilter } from './team-filter.tsx';
import './overtime.css';

const shows: Option<'near' | 'over'>[] = (['near', 'over'] as const).map((id) => ({ id, label: text.shows[id] }));

type Filter = Input<'labour/list'>['filter'];
type List = Output<'labour/list'>;

const askList = (month: string, filter: Filter, part: Part): Promise<List> => ask('labour/list', { month, filter, ...part });

/** Overtime against the caps of the law: who is near one or over it, why, and by which rules the site counts. */
export function OvertimeTab() {
  const [month, setMonth] = useState(() => today().slice(0, 7));
  const [query, setQuery] = useState('');
  const [team, setTeam] = useState(everybody);
  const [show, setShow] = useState<'near' | 'over'>('near');
  const [worker, setWorker] = useState<OvertimeRow | null>(null);
  const [isSetting, setSetting] = useState(false);
  const filter: Filter = { query: query.trim(), show, ...team };
  const choices = useLoad('timesheet/choices', {});
  const { page: list, problem, busy, more, again } = usePages(month, filter, askList);
  const isFiltered = filter.query !== '' || show === 'over' || isSomeTeam(team);
  return (
    <div className="tab-fill timesheet overtime">
      <div className="row row-apart row-bottom">
        <PeriodStep shown={text.monthName(month)} earlier={text.earlier} later={text.later} isLast={month >= today().slice(0, 7)} onStep={(by) => setMonth(otherMonth(month, by))} />
        <div className="row">
          <Button icon={<IconRefresh size={22} aria-hidden />} busy={busy && list !== null} onPress={again}>{text.reload}</Button>
          <Button icon={<IconAdjustments size={22} aria-hidden />} onPress={() => setSetting(true)}>{text.settings}</Button>
          <SheetExport name="labour/export" input={{ month, filter }} words={text} isDisabled={list === null || list.total === 0} />
        </div>
      </div>
      <div className="timesheet-filters overtime-filters">
        <Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} />
        <Select label={text.show} options={shows} value={show} onChange={setShow} />
        <TeamFilter choices={choices.data} team={team} onChange={setTeam} />
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
