import { useDeferredValue, useState } from 'react';
import { IconSearch, IconUsersGroup } from '@tabler/icons-react';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNotice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../components/table.tsx';
import { dateAndTime, number, time, today } from '../../format.ts';
import { useLoad } from '../../kiosk.ts';
import { admin } from '../../texts/admin.ts';
import { common } from '../../texts/common.ts';

type Person = Output<'gate/inside'>['people'][number];

const shownAtMost = 2000;
const pollMs = 10_000;
const text = admin.inside;

function since(at: string): string {
  return today(new Date(at)) === today() ? time(at) : dateAndTime(at);
}

const columns: Column<Person>[] = [
  { id: 'name', header: text.name, width: 'minmax(200px, 1.2fr)', cell: (p) => <TwoLines main={p.fullName} sub={p.workerId} /> },
  { id: 'department', header: text.department, width: 'minmax(200px, 1.2fr)', cell: (p) => <TwoLines main={p.department} sub={p.employer} /> },
  { id: 'since', header: text.since, width: '200px', cell: (p) => <TwoLines main={since(p.since)} sub={p.lane} /> },
];

/** Who is inside now: counts by employer and department, then the people. */
export function InsideTab() {
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const { data, problem, reload } = useLoad('gate/inside', { query: asked === '' ? null : asked, limit: shownAtMost }, pollMs);
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={8} />}</>;
  return (
    <div className="tab-fill">
      <div className="row row-apart">
        <h3>{text.total(number(data.total))}</h3>
        <div className="filter"><Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} /></div>
      </div>
      <ProblemNotice problem={problem} onRetry={reload} />
      {data.groups.length > 0 && (
        <ul className="groups">
          {data.groups.map((g) => (
            <li key={`${g.employer}/${g.department}`} className="group">
              <span>{text.group(g.employer, g.department)}</span><span className="strong digits">{text.people(number(g.count))}</span>
            </li>
          ))}
        </ul>
      )}
      <Table label={admin.tabs.inside} columns={columns} rows={data.people} rowKey={(p) => p.workerId} foot={data.people.length === shownAtMost ? text.cut(number(shownAtMost)) : undefined}
        empty={<EmptyState icon={<IconUsersGroup size={48} stroke={1.5} aria-hidden />} title={asked === '' ? text.empty : common.nothingFound}>{asked === '' ? text.emptyHint : undefined}</EmptyState>} />
    </div>
  );
}
