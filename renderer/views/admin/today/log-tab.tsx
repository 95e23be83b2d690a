import { useCallback, useEffect, useMemo, useState } from 'react';
import { IconListCheck } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { isProblemCode, problems } from '../../../../shared/contracts/problems.ts';
import { Outcome } from '../../../../shared/contracts/requests/gate.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select, type Option } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { timeWithSeconds, today } from '../../../format.ts';
import { ask, toProblem, useLoad } from '../../../kiosk.ts';
import { admin } from '../../../texts/admin.ts';
import { answerKind } from '../../gate/answer-kind.ts';
import { LaneName } from '../lane-name.tsx';

type Row = Output<'gate/log'>['rows'][number];
type Filter = Outcome | 'all';

const pageSize = 100;
const pollMs = 5000;
const filters: Option<Filter>[] = [{ id: 'all', label: admin.log.all }, ...Outcome.options.map((id) => ({ id, label: admin.outcome[id] }))];
const text = admin.log;

function reasonWords(reason: string | null): string {
  if (reason === null) return '–';
  if (Object.hasOwn(admin.reason, reason)) return admin.reason[reason as keyof typeof admin.reason];
  // What could not be read has the code of its problem.
  return isProblemCode(reason) ? problems[reason].vi : reason;
}

const columns: Column<Row>[] = [
  { id: 'at', header: text.at, width: '114px', cell: (r) => <span className="digits">{timeWithSeconds(r.at)}</span> },
  { id: 'direction', header: text.direction, width: '90px', cell: (r) => <TwoLines main={r.direction ? admin.direction[r.direction] : '–'} sub={<LaneName lane={r.lane} />} /> },
  { id: 'outcome', header: text.outcome, width: '188px', cell: (r) => <Tag tone={answerKind(r).tone}>{admin.outcome[r.outcome]}</Tag> },
  { id: 'reason', header: text.reason, width: 'minmax(150px, 1fr)', cell: (r) => <span className="clamp small">{reasonWords(r.reason)}{r.shiftId !== null && `, ${text.shift(r.shiftId)}`}</span> },
  { id: 'name', header: text.name, width: 'minmax(176px, 1.35fr)', cell: (r) => <TwoLines main={r.fullName ?? '–'} sub={r.workerId} /> },
  { id: 'department', header: text.department, width: 'minmax(105px, 0.7fr)', cell: (r) => <span className="clamp small">{r.department ?? '–'}</span> },
];

/** Every scan of today, newest first; older pages are asked for when their end comes into sight. */
export function LogTab() {
  const [filter, setFilter] = useState<Filter>('all');
  const outcome = filter === 'all' ? null : filter;
  const day = today();
  const newest = useLoad('gate/log', { date: day, beforeSeq: null, limit: pageSize, outcome }, pollMs);
  const [older, setOlder] = useState<{ filter: Filter; rows: readonly Row[]; ended: boolean }>({ filter, rows: [], ended: false });
  const [problem, setProblem] = useState<ReturnType<typeof toProblem> | null>(null);
  useEffect(() => () => setProblem(null), [filter]);

  const rows = useMemo(() => {
    const first = newest.loading ? [] : newest.data?.rows ?? [];
    const rest = older.filter === filter ? older.rows : [];
    const known = new Set(first.map((r) => r.seq));
    return [...first, ...rest.filter((r) => !known.has(r.seq))];
  }, [newest.loading, newest.data, older, filter]);
  const loadMore = useCallback(() => {
    const lastRow = rows.at(-1);
    const ended = older.filter === filter && older.ended;
    if (!lastRow || ended || rows.length < pageSize) return;
    ask('gate/log', { date: day, beforeSeq: lastRow.seq, limit: pageSize, outcome }).then(
      ({ rows: more }) => setOlder({ filter, rows: [...rows, ...more], ended: more.length < pageSize }),
      (thrown: unknown) => setProblem(toProblem(thrown)),
    );
  }, [rows, older, filter, day, outcome]);

  if (newest.data === null) return <><ProblemNotice problem={newest.problem} onRetry={newest.reload} />{newest.problem === null && <Skeleton lines={8} />}</>;
  return (
    <div className="tab-fill">
      <div className="row row-bottom"><div className="filter"><Select label={text.filter} options={filters} value={filter} onChange={setFilter} /></div></div>
      <ProblemNotice problem={problem ?? newest.problem} onRetry={newest.reload} />
      <Table label={admin.tabs.log} columns={columns} rows={rows} rowKey={(r) => r.seq} onEnd={loadMore}
        empty={<EmptyState icon={<IconListCheck size={48} stroke={1.5} aria-hidden />} title={text.empty}>{filter === 'all' ? text.emptyHint : text.emptyFilter}</EmptyState>} />
    </div>
  );
}
