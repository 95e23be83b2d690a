import { useDeferredValue, useState } from 'react';
import { IconSearch, IconUrgent, IconUsersGroup } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import { dateAndTime, number, time, today } from '../../../format.ts';
import { useKioskEvent, useLoad } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import './guard.css';
import { MealsPanel } from './meals-panel.tsx';
import { PrintList } from './print-list.tsx';
import { RollCall } from './roll-call.tsx';
import { StartRollCall } from './start-roll-call.tsx';
import { ViewChoice } from '../view-choice.tsx';
import { LaneName } from '../lane-name.tsx';

type Now = Output<'muster/now'>;
export type Person = Now['people'][number];

const shownAtMost = 2000;
const pollMs = 10_000;
const dayMs = 86_400_000;
const everything = '';
const text = guard.inside;
const views = (['people', 'groups', 'meals'] as const).map((id) => ({ id, label: text.views[id] }));

/** Since when, short where it is today. */
export function since(at: string): string {
  return today(new Date(at)) === today() ? time(at) : dateAndTime(at);
}

function zoneName(zone: string): string {
  return zone === '' ? guard.wholeSite : zone;
}

const columns: Column<Person>[] = [
  { id: 'name', header: text.name, width: 'minmax(170px, 1.2fr)', cell: (p) => <TwoLines main={p.fullName} sub={p.code} /> },
  { id: 'team', header: text.team, width: 'minmax(200px, 1.8fr)', cell: (p) => <TwoLines main={p.department === '' ? guard.unknownTeam : p.department} sub={p.employer} /> },
  { id: 'since', header: text.since, width: '148px', cell: (p) => <TwoLines main={since(p.since)} sub={p.zone === '' ? <LaneName lane={p.lane} /> : p.zone} /> },
  { id: 'state', header: text.state, width: '150px', cell: (p) => p.mayHaveLeft && <Tag tone="attention">{text.mayHaveLeftTag}</Tag> },
];

/** Who is inside now, and the roll call while one runs. */
export function InsideTab() {
  const state = useLoad('muster/state', { query: '', employer: null, department: null, show: 'missing', limit: 1 }, pollMs);
  const toast = useToast();
  const { reload } = state;
  useKioskEvent('muster/changed', reload);
  useKioskEvent('muster/printed', ({ ok }) => toast(ok ? 'passed' : 'attention', ok ? guard.muster.autoPrinted : guard.muster.autoFailed));
  if (state.data === null) return <><ProblemNotice problem={state.problem} onRetry={reload} />{state.problem === null && <Skeleton lines={8} />}</>;
  if (state.data.running) return <RollCall />;
  return <HeadCount last={state.data} onStarted={reload} />;
}

function HeadCount({ last, onStarted }: { last: Output<'muster/state'>; onStarted: () => void }) {
  const [view, setView] = useState<(typeof views)[number]['id']>('people');
  const [query, setQuery] = useState('');
  const [zone, setZone] = useState(everything);
  const [starts, setStarts] = useState(false);
  const asked = useDeferredValue(query.trim());
  const { data, problem, reload } = useLoad('muster/now', { query: asked, zone: zone === everything ? null : zone === wholeSite ? '' : zone, employer: null, department: null, limit: shownAtMost }, pollMs);
  const total = data?.total ?? 0;
  return (
    <div className="tab-fill guard">
      <div className="row row-apart">
        <h3>{text.total(number(total))}</h3>
        <div className="row">
          <PrintList musterId={null} isDisabled={total === 0} />
          <Button kind="primary" icon={<IconUrgent size={22} aria-hidden />} onPress={() => setStarts(true)}>{text.start}</Button>
        </div>
      </div>
      <LastRollCall last={last} />
      <div className="row row-apart">
        <ViewChoice label={guard.tabs.inside} views={views} value={view} onChange={setView} />
        {data !== null && <span className="row">{data.visitors > 0 && <Tag tone="information">{text.visitors(number(data.visitors))}</Tag>}{data.mayHaveLeft > 0 && <Tag tone="attention">{text.mayHaveLeft(number(data.mayHaveLeft))}</Tag>}</span>}
      </div>
      <ProblemNotice problem={problem} onRetry={reload} />
      {data === null && problem === null && <Skeleton lines={8} />}
      {data !== null && view === 'people' && (
        <>
          <div className="guard-filters">
            <Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} />
            {data.zones.length > 1 && <Select label={text.zone} options={zoneOptions(data)} value={zone} onChange={setZone} />}
          </div>
          <Table label={guard.tabs.inside} columns={columns} rows={data.people} rowKey={(p) => `${p.kind} ${p.personNo}`} foot={data.found > data.people.length ? text.cut(number(shownAtMost)) : undefined}
            empty={<EmptyState icon={<IconUsersGroup size={48} stroke={1.5} aria-hidden />} title={total === 0 ? text.empty : common.nothingFound}>{total === 0 ? text.emptyHint : undefined}</EmptyState>} />
        </>
      )}
      {data !== null && view === 'groups' && <Groups data={data} />}
      {view === 'meals' && <MealsPanel />}
      {starts && <StartRollCall onClose={() => setStarts(false)} onStarted={onStarted} />}
    </div>
  );
}

const wholeSite = '\u0000site';

function zoneOptions({ zones }: Now): Option[] {
  return [{ id: everything, label: guard.all }, ...zones.map(({ zone }) => ({ id: zone === '' ? wholeSite : zone, label: zoneName(zone) }))];
}

/** For a day after its end: by then its result is printed. */
function LastRollCall({ last: { rollCall, missing } }: { last: Output<'muster/state'> }) {
  const [opened] = useState(() => Date.now());
  if (rollCall === null || rollCall.endedAt === null || opened - Date.parse(rollCall.endedAt) > dayMs) return null;
  const cause = guard.muster.causes[rollCall.cause as keyof typeof guard.muster.causes] ?? guard.muster.causes.other;
  return (
    <Notice tone={missing > 0 ? 'attention' : 'information'} action={<span className="row"><PrintList musterId={rollCall.musterId} label={guard.muster.printLast} /></span>}>
      <span className="notice-text">{guard.muster.last(cause, dateAndTime(rollCall.startedAt), number(missing))}</span>
    </Notice>
  );
}

function Groups({ data }: { data: Now }) {
  const lists = [
    [text.zones, data.zones.map(({ zone, ...counts }) => ({ name: zoneName(zone), ...counts }))],
    [text.teams, data.teams.map(({ employer, department, ...counts }) => ({ name: [department === '' ? guard.unknownTeam : department, employer].filter(Boolean).join(' · '), ...counts }))],
    [text.employers, data.employers.map(({ employer, ...counts }) => ({ name: employer, ...counts }))],
    ...(data.employersOfRecord.length > data.employers.length ? [[text.records, data.employersOfRecord.map(({ employer, ...counts }) => ({ name: employer, ...counts }))] as const] : []),
  ] as const;
  return (
    <div className="guard-groups">
      <p className="soft small">{text.mayHaveLeftHint}</p>
      {lists.map(([title, groups]) => (
        <section key={title} className="stack">
          <h3>{title}</h3>
          <ul className="groups">
            {groups.map(({ name, count, mayHaveLeft }) => (
              <li key={name} className="group"><span>{name === '' ? '–' : name}</span><span className="row">{mayHaveLeft > 0 && <span className="soft digits small">{text.mayHaveLeft(number(mayHaveLeft))}</span>}<strong className="digits">{number(count)}</strong></span></li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
