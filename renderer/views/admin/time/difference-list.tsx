import { useState } from 'react';
import { IconFileSpreadsheet, IconFileTypePdf, IconHistory, IconSearch } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { periodDates } from '../../../../shared/domain/timesheet-words.ts';
import { addDays } from '../../../../shared/domain/work-date.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, type Column } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { dateAndTime, number, today } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { correction as text } from '../../../texts/correction.ts';
import { timesheet } from '../../../texts/timesheet.ts';
import { LineWords, PersonDate } from './correction-words.tsx';
import { saveFile } from '../save-file.ts';

type Row = Output<'corrections/differences'>['rows'][number];
const { differences } = text;
const names = ['week', 'month', 'last'] as const;
const mostShown = 1000;

function periodOf(name: (typeof names)[number]): { from: string; to: string } {
  const now = today();
  if (name === 'week') return { from: addDays(now, -6), to: now };
  return periodDates(name === 'month' ? now.slice(0, 7) : addDays(`${now.slice(0, 7)}-01`, -1).slice(0, 7));
}

const columns: Column<Row>[] = [
  { id: 'worker', header: text.columns.worker, width: 'minmax(130px, 0.9fr)', cell: (row) => <PersonDate row={row} /> },
  { id: 'before', header: differences.before, width: 'minmax(140px, 1fr)', cell: ({ before, workDate }) => <LineWords line={before} workDate={workDate} /> },
  { id: 'after', header: differences.after, width: 'minmax(140px, 1fr)', cell: ({ after, workDate }) => <LineWords line={after} workDate={workDate} /> },
  { id: 'why', header: differences.why, width: 'minmax(110px, 0.7fr)', cell: ({ reason, note }) => <span className="line-words"><span>{reason}</span>{note !== '' && <span className="small soft clamp">{note}</span>}</span> },
  { id: 'who', header: differences.who, width: 'minmax(190px, 1.2fr)', cell: ({ proposedBy, decidedBy, decision, proposal }) => (
    <span className="line-words small" title={`${differences.hash}: ${proposal.hash} ${decision.hash}`}>
      <span>{proposedBy} → {decidedBy}</span>
      <span className="soft digits">{dateAndTime(decision.at)}</span>
      <span className="soft">{differences.proof(proposal.device.slice(0, 8), number(proposal.seq), number(decision.seq))}</span>
    </span>) },
];

/** Each corrected date as the scans gave it and as it is paid; the same as a file for an inspector. */
export function DifferenceList() {
  const [name, setName] = useState<(typeof names)[number]>('month');
  const [query, setQuery] = useState('');
  const period = periodOf(name);
  const list = useLoad('corrections/differences', { period, query: query.trim(), offset: 0, limit: mostShown });
  const request = useRequest('corrections/export');
  const toast = useToast();
  const save = async (format: 'xlsx' | 'pdf'): Promise<void> => {
    const file = await request.call({ period, query: query.trim(), format });
    if (file === null) return;
    saveFile(file.fileName, file.content, format);
    toast('passed', differences.saved);
  };
  const isEmpty = list.data === null || list.data.total === 0;
  return (
    <div className="tab-fill timesheet">
      <div className="difference-head">
        <Select label={text.period} options={names.map((id) => ({ id, label: text.periods[id] }))} value={name} onChange={setName} />
        <Field label={timesheet.search} labelHidden placeholder={timesheet.search} value={query} onChange={setQuery} icon={<IconSearch size={22} aria-hidden />} maxLength={100} />
        <Button isDisabled={isEmpty || request.busy} icon={<IconFileTypePdf size={22} aria-hidden />} onPress={() => { void save('pdf'); }}>{differences.pdf}</Button>
        <Button kind="primary" isDisabled={isEmpty} busy={request.busy} icon={<IconFileSpreadsheet size={22} aria-hidden />} onPress={() => { void save('xlsx'); }}>{differences.xlsx}</Button>
      </div>
      <ProblemNotice problem={list.problem ?? request.problem} onRetry={list.problem === null ? request.again : list.reload} />
      {list.data === null ? list.problem === null && <Skeleton lines={6} /> : (
        <Table label={text.parts.differences} columns={columns} rows={list.data.rows} rowKey={({ id }) => id} rowHeight={118}
          foot={list.data.total > list.data.rows.length ? `${number(list.data.rows.length)} / ${number(list.data.total)}` : undefined}
          empty={<EmptyState icon={<IconHistory size={48} stroke={1.5} aria-hidden />} title={differences.empty}>{differences.emptyHint}</EmptyState>} />
      )}
    </div>
  );
}
