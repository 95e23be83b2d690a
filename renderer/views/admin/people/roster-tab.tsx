import { useDeferredValue, useState } from 'react';
import { IconFileSpreadsheet, IconSearch } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { FileButton } from '../../../components/file-button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { date, number } from '../../../format.ts';
import { useLoad } from '../../../kiosk.ts';
import { admin } from '../../../texts/admin.ts';
import { common } from '../../../texts/common.ts';
import { sheetFiles } from '../list-import.tsx';
import { RosterImport } from './roster-import.tsx';
import { WorkerView } from './worker-view.tsx';

type Worker = Output<'roster/search'>['workers'][number];

const shownAtMost = 200;
/** Who is inside changes with every scan. */
const pollMs = 10_000;
const text = admin.roster;

function StateTag({ worker }: { worker: Worker }) {
  if (worker.barred) return <Tag tone="stopped">{text.barred}</Tag>;
  return worker.inside ? <Tag tone="passed">{text.inside}</Tag> : <Tag tone="waiting">{text.outside}</Tag>;
}

const columns: Column<Worker>[] = [
  { id: 'name', header: text.name, width: 'minmax(176px, 1.3fr)', cell: (w) => <TwoLines main={w.fullName} sub={w.workerId} /> },
  { id: 'department', header: text.department, width: 'minmax(134px, 1fr)', cell: (w) => <TwoLines main={w.department} sub={w.employer} /> },
  { id: 'personalId', header: text.personalId, width: '154px', cell: (w) => <span className="digits">{w.maskedId ?? '–'}</span> },
  { id: 'term', header: text.term, width: '164px', cell: (w) => (
    <TwoLines main={w.startDate ? text.from(date(w.startDate)) : '–'} sub={w.endDate && text.until(date(w.endDate))} />
  ) },
  { id: 'state', header: text.state, width: '172px', cell: (w) => <StateTag worker={w} /> },
];

/** The workers of this gate: search, each one's page, and import of a list. */
export function RosterTab() {
  const [query, setQuery] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [worker, setWorker] = useState<string | null>(null);
  const asked = useDeferredValue(query.trim());
  const { data, problem, reload } = useLoad('roster/search', { query: asked, limit: shownAtMost }, pollMs);
  const choose = <FileButton accept={sheetFiles} onFiles={([chosen]) => setFile(chosen ?? null)}>{text.import}</FileButton>;
  const close = (): void => { setFile(null); setWorker(null); reload(); };
  if (file !== null) return <RosterImport key={`${file.name}/${file.lastModified}`} file={file} onOther={setFile} onClose={close} />;
  if (worker !== null) return <WorkerView key={worker} workerId={worker} onOpen={setWorker} onBack={close} />;
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={8} />}</>;
  return (
    <div className="tab-fill">
      <div className="row row-apart">
        <h3>{text.total(number(data.total))}</h3>
        <div className="row">
          <div className="filter"><Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} /></div>
          {choose}
        </div>
      </div>
      <ProblemNotice problem={problem} onRetry={reload} />
      <Table label={admin.tabs.roster} columns={columns} rows={data.workers} rowKey={(w) => w.workerId} onPress={(w) => setWorker(w.workerId)}
        empty={<EmptyState icon={<IconFileSpreadsheet size={48} stroke={1.5} aria-hidden />} title={asked === '' ? text.empty : common.nothingFound}>{asked === '' ? text.emptyHint : undefined}</EmptyState>} />
    </div>
  );
}
