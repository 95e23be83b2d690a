import { useState } from 'react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Notice } from '../../../components/notice.tsx';
import { Table, type Column } from '../../../components/table.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { date, number } from '../../../format.ts';
import { admin } from '../../../texts/admin.ts';
import { people } from '../../../texts/people.ts';
import { refusedColumns } from '../list-import.tsx';

export type RosterReport = Output<'roster/import'>;
type View = keyof typeof people.list.views;

const text = people.list;
const words = admin.import;
const name = <R extends { workerId: string; fullName: string }>(): Column<R>[] => [
  { id: 'code', header: text.code, width: '140px', cell: (r) => r.workerId }, { id: 'name', header: text.name, width: 'minmax(160px, 1fr)', cell: (r) => r.fullName },
];
const moves: Column<RosterReport['moves'][number]>[] = [
  ...name<RosterReport['moves'][number]>(), { id: 'what', header: text.what, width: '130px', cell: (r) => text.whats[r.field] },
  { id: 'from', header: text.from, width: 'minmax(120px, 1fr)', cell: (r) => r.from }, { id: 'to', header: text.to, width: 'minmax(120px, 1fr)', cell: (r) => r.to },
];
const reHires: Column<RosterReport['reHires'][number]>[] = [
  ...name<RosterReport['reHires'][number]>(), { id: 'former', header: text.former, width: '160px', cell: (r) => r.formerId }, { id: 'left', header: text.leftOn, width: '140px', cell: (r) => date(r.endDate) },
];
const leavers: Column<RosterReport['leavers'][number]>[] = [
  ...name<RosterReport['leavers'][number]>(), { id: 'department', header: text.whats.department, width: 'minmax(120px, 1fr)', cell: (r) => r.department }, { id: 'employer', header: text.whats.employer, width: 'minmax(140px, 1fr)', cell: (r) => r.employer },
];

/** What an import found or did: counts, and each kind of finding as a list of its own. */
export function RosterReportView({ report, done }: { report: RosterReport; done: boolean }) {
  const facts = [
    [words.rows, report.rows], [done ? words.imported : words.fit, report.imported], [text.added, report.added], [words.unchanged, report.unchanged], [words.refused, report.refusedTotal],
    [text.moved, report.movedTotal], [text.reHired, report.reHiredTotal], [done ? text.left : text.leavers, report.leaverTotal],
  ] as const;
  const totals: Record<View, number> = { refused: report.refusedTotal, moves: report.moves.length, reHires: report.reHiredTotal, leavers: report.leaverTotal };
  const views = (Object.keys(totals) as View[]).filter((view) => totals[view] > 0);
  const [wanted, setView] = useState<View | null>(null);
  const view = wanted !== null && views.includes(wanted) ? wanted : views[0];
  const foot = (shown: number, total: number): string | undefined => (total > shown ? text.cut(number(shown)) : undefined);
  const content: Record<View, React.ReactNode> = {
    refused: <Table label={text.views.refused} columns={refusedColumns} rows={report.refused} rowKey={(r) => `${r.row}/${r.code}`} foot={foot(report.refused.length, report.refusedTotal)} />,
    moves: <Table label={text.views.moves} columns={moves} rows={report.moves} rowKey={(r) => `${r.workerId} ${r.field}`} foot={foot(report.moves.length, totals.moves)} />,
    reHires: <Table label={text.views.reHires} columns={reHires} rows={report.reHires} rowKey={(r) => r.workerId} foot={foot(report.reHires.length, report.reHiredTotal)} />,
    leavers: <Table label={text.views.leavers} columns={leavers} rows={report.leavers} rowKey={(r) => r.workerId} foot={foot(report.leavers.length, report.leaverTotal)} />,
  };
  const said = [report.source === 'remembered' ? text.remembered : null, report.unknownHeaders.length > 0 ? `${text.unknown(report.unknownHeaders.join('; '))}.` : null].filter((part) => part !== null);
  return (
    <>
      <Notice tone={report.refusedTotal > 0 ? 'attention' : done ? 'passed' : 'information'}><span className="notice-text">{done ? words.done : words.checked}</span></Notice>
      <dl className="counts-row import-report">{facts.map(([word, n]) => <div key={word} className="count"><dt>{word}</dt><dd>{number(n)}</dd></div>)}</dl>
      {!done && said.length > 0 && <p className="small soft">{said.join(' ')}</p>}
      {view !== undefined && <div className="import-views"><Tabs label={text.shown} value={view} onChange={setView} items={views.map((id) => ({ id, label: `${text.views[id]} (${number(totals[id])})`, content: content[id] }))} /></div>}
    </>
  );
}
