import { useDeferredValue, useState } from 'react';
import { IconCalendarDue, IconFileSpreadsheet, IconSearch } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { expiryBands, type ExpiryBand, type ExpiryKind } from '../../../../shared/domain/worker-expiry.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useToast } from '../../../components/toast.tsx';
import { ToneIcon } from '../../../components/tone.tsx';
import { date, number } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { people } from '../../../texts/people.ts';
import './people.css';
import { saveFile } from '../save-file.ts';
import { bandTones, WorkerView } from './worker-view.tsx';

type Row = Output<'worker/expiries'>['rows'][number];
const text = people.expiry;
const shownAtMost = 500;
const everything = 'all';
const kinds = [{ id: everything, label: text.all }, ...(['permit', 'passport', 'contract'] as const).map((id) => ({ id, label: people.page.expires[id] }))];

const columns: Column<Row>[] = [
  { id: 'name', header: text.columns.name, width: 'minmax(150px, 1fr)', cell: (r) => <TwoLines main={r.fullName} sub={r.nationality === null ? r.workerId : `${r.workerId} · ${r.nationality}`} /> },
  { id: 'department', header: text.columns.department, width: 'minmax(130px, 1fr)', cell: (r) => <TwoLines main={r.department} sub={r.employer} /> },
  { id: 'what', header: text.columns.what, width: '194px', cell: (r) => people.page.expires[r.what] },
  { id: 'date', header: text.columns.date, width: '128px', cell: (r) => <span className="digits">{date(r.date)}</span> },
  { id: 'state', header: text.columns.state, width: '176px', cell: (r) => <Tag tone={bandTones[r.band] ?? 'information'}>{text.bands[r.band]}</Tag> },
];

/** Permits, passports and contracts that end within 60 days or are over, with counts; each opens the worker's page. */
export function ExpiryTab() {
  const [query, setQuery] = useState('');
  const [kind, setKind] = useState<string>(everything);
  const [band, setBand] = useState<ExpiryBand | null>(null);
  const [worker, setWorker] = useState<string | null>(null);
  const asked = useDeferredValue(query.trim());
  const what = kind === everything ? null : kind as ExpiryKind;
  const { data, problem, reload } = useLoad('worker/expiries', { what, band, query: asked, offset: 0, limit: shownAtMost });
  const file = useRequest('worker/expiries-export');
  const toast = useToast();
  const save = async (): Promise<void> => {
    const made = await file.call({ what, band, query: asked });
    if (made === null) return;
    saveFile(made.fileName, made.content, 'xlsx');
    toast('passed', text.saved);
  };
  if (worker !== null) return <WorkerView key={worker} workerId={worker} onOpen={setWorker} onBack={() => { setWorker(null); reload(); }} />;
  if (data === null) return <><ProblemNotice problem={problem} onRetry={reload} />{problem === null && <Skeleton lines={8} />}</>;
  const isFiltered = asked !== '' || band !== null || what !== null;
  return (
    <div className="tab-fill">
      <fieldset className="plain expiry-counts" aria-label={text.counts}>
        {expiryBands.map((id) => (
          <button key={id} type="button" className="expiry-count" data-tone={bandTones[id]} data-selected={band === id || undefined} aria-pressed={band === id} onClick={() => setBand(band === id ? null : id)}>
            <strong className="digits">{number(data.counts[id])}</strong><span><ToneIcon tone={bandTones[id] ?? 'information'} size={18} />{text.bands[id]}</span>
          </button>
        ))}
      </fieldset>
      <div className="expiry-filters">
        <Field label={text.search} labelHidden placeholder={text.search} value={query} onChange={setQuery} maxLength={100} icon={<IconSearch size={22} aria-hidden />} />
        <Select label={text.what} options={kinds} value={kind} onChange={setKind} />
        <Button kind="primary" busy={file.busy} isDisabled={data.total === 0} icon={<IconFileSpreadsheet size={22} aria-hidden />} onPress={() => { void save(); }}>{text.export}</Button>
      </div>
      <ProblemNotice problem={file.problem ?? problem} onRetry={file.again ?? reload} />
      <Table label={text.tab} columns={columns} rows={data.rows} rowKey={(r) => `${r.workerId} ${r.what}`} onPress={(r) => setWorker(r.workerId)}
        foot={data.total > data.rows.length ? people.list.cut(number(data.rows.length)) : undefined}
        empty={<EmptyState icon={<IconCalendarDue size={48} stroke={1.5} aria-hidden />} title={isFiltered ? text.emptyFilter : text.empty}>{isFiltered ? undefined : text.emptyHint}</EmptyState>} />
    </div>
  );
}
