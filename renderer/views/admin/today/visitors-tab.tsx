import { useDeferredValue, useState } from 'react';
import { IconIdBadge2, IconSearch, IconUserPlus } from '@tabler/icons-react';
import type { VisitorLine } from '../../../../shared/contracts/visitor.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { dateAndTime, number } from '../../../format.ts';
import { useKioskEvent, useLoad } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import { BarPerson } from './bar-person.tsx';
import './guard.css';
import { ListImport, sheetFiles } from '../list-import.tsx';
import { ViewChoice } from '../view-choice.tsx';
import { VisitorCard } from './visitor-card.tsx';
import { VisitorFormDialog } from './visitor-form.tsx';
import { VisitorTag } from './visitor-tag.tsx';

type Filter = keyof typeof text.filters;

const shownAtMost = 500;
const pollMs = 10_000;
const text = guard.visitors;
const filters = Object.keys(text.filters) as Filter[];

const columns: Column<VisitorLine>[] = [
  { id: 'name', header: text.name, width: 'minmax(160px, 1.2fr)', cell: (v) => <TwoLines main={v.fullName ?? text.erased} sub={text.kinds[v.kind]} /> },
  { id: 'company', header: text.company, width: 'minmax(120px, 1fr)', cell: (v) => <TwoLines main={v.company} sub={v.vehicle} /> },
  { id: 'host', header: text.host, width: 'minmax(120px, 1fr)', cell: (v) => <TwoLines main={v.hostName ?? '–'} sub={v.purpose} /> },
  { id: 'term', header: text.term, width: '190px', cell: (v) => <TwoLines main={dateAndTime(v.validFrom)} sub={dateAndTime(v.validTo)} /> },
  { id: 'state', header: text.state, width: '168px', cell: (v) => <VisitorTag visitor={v} /> },
];

/** Visitors and contractors: who is inside, who should be gone, whose pass is out, who is to come. */
export function VisitorsTab() {
  const [filter, setFilter] = useState<Filter>('inside');
  const [query, setQuery] = useState('');
  const [adds, setAdds] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [open, setOpen] = useState<VisitorLine | null>(null);
  const [bars, setBars] = useState<VisitorLine | null>(null);
  const asked = useDeferredValue(query.trim());
  const { data, problem, reload } = useLoad('visitors/list', { filter, query: asked, limit: shownAtMost }, pollMs);
  useKioskEvent('gate/answer', ({ notices }) => { if (notices.some(({ kind }) => kind === 'visitor')) reload(); });
  if (file !== null) return <ListImport request="visitors/import" words={text.file} accept={sheetFiles} key={`${file.name}/${file.lastModified}`} file={file} onOther={setFile} onClose={() => { setFile(null); setFilter('expected'); reload(); }} />;
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={8} />}</>;
  return (
    <div className="tab-fill guard">
      <div className="row row-apart">
        <ViewChoice label={guard.tabs.visitors} value={filter} onChange={setFilter} views={filters.map((id) => ({ id, label: text.filters[id], count: number(data.counts[id]) }))} />
      </div>
      <div className="row row-apart">
        <div className="filter"><Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} /></div>
        <div className="row">
          <FileButton accept={sheetFiles} onFiles={([chosen]) => setFile(chosen ?? null)}>{text.import}</FileButton>
          <Button kind="primary" icon={<IconUserPlus size={22} aria-hidden />} onPress={() => setAdds(true)}>{text.add}</Button>
        </div>
      </div>
      <ProblemNotice problem={problem} onRetry={reload} />
      <Table label={guard.tabs.visitors} columns={columns} rows={data.visitors} rowKey={(v) => v.visitorId} onPress={setOpen}
        empty={<EmptyState icon={<IconIdBadge2 size={48} stroke={1.5} aria-hidden />} title={asked === '' ? text.empty[filter] : common.nothingFound}>{asked === '' ? text.emptyHint : undefined}</EmptyState>} />
      {adds && <VisitorFormDialog onClose={() => setAdds(false)} onSaved={(visitor) => { setAdds(false); setOpen(visitor); reload(); }} />}
      {open !== null && bars === null && <VisitorCard key={open.visitorId} visitor={open} onBar={setBars} onClose={() => { setOpen(null); reload(); }} />}
      {bars !== null && <BarPerson visitor={bars} onClose={() => { setBars(null); setOpen(null); reload(); }} />}
    </div>
  );
}
