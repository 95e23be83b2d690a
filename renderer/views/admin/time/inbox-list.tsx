import { useMemo, useState } from 'react';
import { IconBolt, IconCircleCheck, IconInbox, IconPencilPlus, IconRefresh, IconSearch, IconX } from '@tabler/icons-react';
import { InboxKind, type InboxFilter } from '../../../../shared/contracts/requests/correction.ts';
import { periodDates } from '../../../../shared/domain/timesheet-words.ts';
import { addDays } from '../../../../shared/domain/work-date.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Select } from '../../../components/select.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { date, number, timeWithSeconds, today } from '../../../format.ts';
import { useLoad } from '../../../kiosk.ts';
import { correction as text } from '../../../texts/correction.ts';
import { timesheet } from '../../../texts/timesheet.ts';
import { usePages } from '../use-pages.ts';
import { clockOn } from './correction-words.tsx';
import { allRows, askInbox, type InboxRow, type Period } from './inbox-ask.ts';
import { InboxBulk } from './inbox-bulk.tsx';
import { InboxDay } from './inbox-day.tsx';
import { InboxOutage } from './inbox-outage.tsx';
import { everybody, isSomeTeam, TeamFilter } from './team-filter.tsx';

type PeriodName = keyof typeof text.periods;
const names = Object.keys(text.periods) as PeriodName[];

function periodOf(name: PeriodName): Period {
  const now = today();
  if (name === 'month') return { from: periodDates(now.slice(0, 7)).from, to: now };
  if (name === 'last') return periodDates(addDays(`${now.slice(0, 7)}-01`, -1).slice(0, 7));
  return { from: addDays(now, name === 'today' ? 0 : name === 'yesterday' ? -1 : -6), to: now };
}

function keyOf({ worker, workDate, lane, at }: InboxRow): string {
  return worker === null ? `${lane} ${at}` : `${worker.workerId} ${workDate}`;
}

/** Every date that somebody must look at: found by kind and team, opened one by one, or settled many at once. */
export function InboxList({ onProposed }: { onProposed: () => void }) {
  const [name, setName] = useState<PeriodName>('week');
  const [query, setQuery] = useState('');
  const [team, setTeam] = useState(everybody);
  const [kind, setKind] = useState<InboxKind | null>(null);
  const [onlyOpen, setOnlyOpen] = useState(false);
  const [picked, setPicked] = useState<ReadonlyMap<string, InboxRow>>(new Map());
  const [open, setOpen] = useState<{ kind: 'day'; row: InboxRow } | { kind: 'suggested' | 'keep' | 'outage' } | null>(null);
  const period = useMemo(() => periodOf(name), [name]);
  const choices = useLoad('timesheet/choices', {});
  const filter: InboxFilter = { query: query.trim(), ...team, kind, onlyOpen };
  const { page, problem, busy, more, again, reload } = usePages(period, filter, askInbox);
  const toggle = (row: InboxRow): void => setPicked((before) => {
    const after = new Map(before);
    if (!after.delete(keyOf(row))) after.set(keyOf(row), row);
    return after;
  });
  const pickAll = (): void => {
    void allRows(period, filter).then((rows) => setPicked(new Map(rows.filter(({ worker, waiting }) => worker !== null && !waiting).map((row) => [keyOf(row), row]))), again);
  };
  const done = (): void => {
    setOpen(null);
    setPicked(new Map());
    reload();
    onProposed();
  };
  const columns = useMemo(() => columnsOf(picked, toggle), [picked]);
  const isFiltered = kind !== null || onlyOpen || query.trim() !== '' || isSomeTeam(team);
  return (
    <div className="tab-fill timesheet">
      <div className="timesheet-filters">
        <Select label={text.period} options={names.map((id) => ({ id, label: text.periods[id] }))} value={name} onChange={setName} />
        <TeamFilter choices={choices.data} team={team} onChange={setTeam} />
      </div>
      <div className="row row-apart">
        <div className="filter"><Field label={timesheet.search} labelHidden placeholder={timesheet.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} /></div>
        <div className="row">
          {page !== null && <span className="small soft digits">{text.at(timeWithSeconds(page.at))}</span>}
          <Button aria-label={text.reload} icon={<IconRefresh size={22} aria-hidden />} busy={busy && page !== null} onPress={again} />
          <Button icon={<IconBolt size={22} aria-hidden />} onPress={() => setOpen({ kind: 'outage' })}>{text.outage}</Button>
        </div>
      </div>
      {page !== null && (
        <fieldset className="plain chips" aria-label={text.columns.kind}>
          <Chip name={text.all} count={page.dates} isChosen={kind === null} onPress={() => setKind(null)} />
          {InboxKind.options.filter((each) => page.counts[each] > 0 || each === kind).map((each) => (
            <Chip key={each} name={text.kinds[each]} count={page.counts[each]} isChosen={kind === each} onPress={() => setKind(each === kind ? null : each)} />
          ))}
          {(page.waiting > 0 || onlyOpen) && <Tick value={onlyOpen} onChange={setOnlyOpen}>{text.onlyOpen}</Tick>}
        </fieldset>
      )}
      <ProblemNotice problem={problem} onRetry={again} />
      {page === null && problem === null && <Progress label={text.working} value={null} of={null} />}
      {page !== null && (
        <Table label={text.tab} columns={columns} rows={page.rows} rowKey={keyOf} onEnd={more} onPress={(row) => setOpen({ kind: 'day', row })}
          empty={<EmptyState icon={<IconInbox size={48} stroke={1.5} aria-hidden />} title={isFiltered ? text.emptyFilter : text.empty}>{isFiltered ? undefined : text.emptyHint}</EmptyState>} />
      )}
      {page !== null && page.rows.length > 0 && (
        <div className="row row-apart picked">
          <span className="small" aria-live="polite">{text.picked(number(picked.size))}</span>
          <div className="row">
            {picked.size === 0 ? <Button onPress={pickAll}>{text.pickAll}</Button> : <Button kind="quiet" icon={<IconX size={22} aria-hidden />} onPress={() => setPicked(new Map())}>{text.unpick}</Button>}
            <Button isDisabled={picked.size === 0} icon={<IconCircleCheck size={22} aria-hidden />} onPress={() => setOpen({ kind: 'keep' })}>{text.keep}</Button>
            <Button kind="primary" isDisabled={picked.size === 0} icon={<IconPencilPlus size={22} aria-hidden />} onPress={() => setOpen({ kind: 'suggested' })}>{text.suggest}</Button>
          </div>
        </div>
      )}
      {open?.kind === 'day' && <InboxDay row={open.row} shifts={choices.data?.shifts ?? []} onClose={() => setOpen(null)} onDone={done} />}
      {(open?.kind === 'suggested' || open?.kind === 'keep') && <InboxBulk kind={open.kind} rows={[...picked.values()]} onClose={() => setOpen(null)} onDone={done} />}
      {open?.kind === 'outage' && <InboxOutage choices={choices.data} onClose={() => setOpen(null)} onDone={done} />}
    </div>
  );
}

function Chip({ name, count, isChosen, onPress }: { name: string; count: number; isChosen: boolean; onPress: () => void }) {
  return <button type="button" className="chip" aria-pressed={isChosen} onClick={onPress}>{name}<span className="digits chip-count">{number(count)}</span></button>;
}

function columnsOf(picked: ReadonlyMap<string, InboxRow>, toggle: (row: InboxRow) => void): Column<InboxRow>[] {
  return [
    { id: 'worker', header: text.columns.worker, width: 'minmax(160px, 1fr)', cell: ({ worker, code }) => (worker === null ? text.unknownCard(code ?? '') : <TwoLines main={worker.fullName} sub={`${worker.workerId} · ${worker.department}`} />) },
    { id: 'date', header: text.columns.date, width: '126px', cell: ({ workDate, shiftIds }) => <TwoLines main={<span className="digits">{date(workDate)}</span>} sub={shiftIds.length === 0 ? null : shiftIds.join(' + ')} /> },
    { id: 'kind', header: text.columns.kind, width: 'minmax(170px, 0.8fr)', cell: ({ kinds, waiting }) => (
      <span title={kinds.map((each) => text.kinds[each]).join(', ')}>
        {waiting ? <Tag tone="waiting">{text.waiting}</Tag> : <Tag tone="attention">{text.kinds[kinds[0]!]}{kinds.length > 1 && ` +${kinds.length - 1}`}</Tag>}
      </span>) },
    { id: 'in', header: text.columns.in, width: '96px', cell: (row) => <span className="digits">{clockOn(row.in ?? (row.worker === null ? row.at : null), row.workDate)}</span> },
    { id: 'out', header: text.columns.out, width: '126px', cell: ({ out, workDate, closedBy }) => <TwoLines main={<span className="digits">{clockOn(out, workDate)}</span>} sub={closedBy === 'system' ? text.closedBySystem : null} /> },
    { id: 'pick', header: text.columns.pick, width: '76px', cell: (row) => row.worker !== null && !row.waiting && (
      <label className="pick"><input type="checkbox" checked={picked.has(keyOf(row))} onChange={() => toggle(row)} aria-label={text.pick(`${row.worker.fullName} ${date(row.workDate)}`)} /></label>) },
  ];
}
