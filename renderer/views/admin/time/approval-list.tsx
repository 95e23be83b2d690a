import { useState } from 'react';
import { IconCheck, IconChecklist } from '@tabler/icons-react';
import type { CorrectionDecision } from '../../../../shared/contracts/correction.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Table, type Column } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { date, dateAndTime, number } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { correction as text } from '../../../texts/correction.ts';
import { changeWords, LineWords, PersonDate } from './correction-words.tsx';

type Waiting = Output<'corrections/waiting'>;
type Batch = Waiting['batches'][number];
type Row = Output<'corrections/batch'>['rows'][number];
const { approval } = text;
const shownAtOnce = 200;

/** What waits for a second person, act by act; nobody decides what is his own. */
export function ApprovalList({ waiting, problem, onChanged }: { waiting: Waiting | null; problem: Problem | null; onChanged: () => void }) {
  const [open, setOpen] = useState<Batch | null>(null);
  if (waiting === null) return <><ProblemNotice problem={problem} onRetry={onChanged} />{problem === null && <Skeleton lines={6} />}</>;
  const { batches, others } = waiting;
  return (
    <div className="tab-fill">
      <ProblemNotice problem={problem} onRetry={onChanged} />
      {!others && batches.length > 0 && <Notice tone="attention"><span className="notice-text">{approval.nobody}</span></Notice>}
      {batches.length === 0
        ? <EmptyState icon={<IconChecklist size={48} stroke={1.5} aria-hidden />} title={approval.empty}>{approval.emptyHint}</EmptyState>
        : (
          <ul className="batches">
            {batches.map((batch) => (
              <li key={batch.batchId} className="batch">
                <div className="grow">
                  <span className="batch-title">{approval.count(number(batch.count))} · {batch.reason}</span>
                  <span className="small">{batch.names.join(', ')}{batch.count > batch.names.length && ` ${approval.more(number(batch.count - batch.names.length))}`} · {batch.from === batch.to ? date(batch.from) : `${date(batch.from)} – ${date(batch.to)}`}</span>
                  <span className="small soft">{approval.by(batch.by.displayName, dateAndTime(batch.by.at))}{batch.note !== '' && ` · ${batch.note}`}</span>
                  {batch.own && <span className="small batch-own">{approval.own}</span>}
                </div>
                <Button kind={batch.own ? 'secondary' : 'primary'} onPress={() => setOpen(batch)}>{approval.open}</Button>
              </li>
            ))}
          </ul>
        )}
      {open !== null && <BatchDialog batch={open} onClose={() => setOpen(null)} onDone={() => { setOpen(null); onChanged(); }} />}
    </div>
  );
}

const columns: Column<Row>[] = [
  { id: 'worker', header: text.columns.worker, width: 'minmax(160px, 0.8fr)', cell: (row) => <PersonDate row={row} /> },
  { id: 'before', header: approval.before, width: 'minmax(190px, 1fr)', cell: ({ before, workDate }) => <LineWords line={before} workDate={workDate} /> },
  { id: 'after', header: approval.after, width: 'minmax(190px, 1fr)', cell: ({ after, workDate }) => <LineWords line={after} workDate={workDate} /> },
  { id: 'change', header: text.bulk.change, width: 'minmax(150px, 0.8fr)', cell: ({ changes, workDate }) => <span className="small">{changeWords(changes, workDate)}</span> },
];

function BatchDialog({ batch, onClose, onDone }: { batch: Batch; onClose: () => void; onDone: () => void }) {
  const { batchId, own, count, by, reason } = batch;
  const rows = useLoad('corrections/batch', { batchId, offset: 0, limit: shownAtOnce });
  const decide = useRequest('corrections/decide');
  const toast = useToast();
  const [note, setNote] = useState('');
  const [told, setTold] = useState(false);
  const act = async (decision: CorrectionDecision): Promise<void> => {
    if (decision === 'refused' && note.trim() === '') {
      setTold(true);
      return;
    }
    if (await decide.call({ what: { batchId }, decision, note }) === null) return;
    toast(decision === 'approved' ? 'passed' : 'information', approval.done[decision]);
    onDone();
  };
  const total = rows.data?.total ?? count;
  return (
    <Dialog open wide title={`${approval.title} · ${reason}`} onClose={onClose} actions={(
      <>
        <Button isDisabled={decide.busy} onPress={onClose}>{common.close}</Button>
        {own
          ? <Button kind="danger" busy={decide.busy} onPress={() => { void act('withdrawn'); }}>{total > 1 ? approval.withdrawAll : approval.withdraw}</Button>
          : (
            <>
              <Button kind="danger" isDisabled={decide.busy} onPress={() => { void act('refused'); }}>{total > 1 ? approval.refuseAll : approval.refuse}</Button>
              <Button kind="primary" busy={decide.busy} icon={<IconCheck size={22} aria-hidden />} onPress={() => { void act('approved'); }}>{total > 1 ? approval.approveAll(number(total)) : approval.approve}</Button>
            </>
          )}
      </>
    )}>
      <p className="soft">{approval.by(by.displayName, dateAndTime(by.at))}{batch.note !== '' && ` · ${batch.note}`}</p>
      {own && <Notice tone="information"><span className="notice-text">{approval.own}</span></Notice>}
      <ProblemNotice problem={rows.problem} onRetry={rows.reload} />
      {rows.data === null ? rows.problem === null && <Skeleton lines={5} /> : (
        <Table label={approval.title} columns={columns} rows={rows.data.rows} rowKey={({ id }) => id} rowHeight={84} height={total > 2 ? '340px' : '230px'}
          foot={total > rows.data.rows.length ? approval.more(number(total - rows.data.rows.length)) : undefined} />
      )}
      {!own && <Field label={approval.note} value={note} onChange={setNote} maxLength={500} error={told && note.trim() === '' ? approval.refuseNote : null} />}
      <ProblemNotice problem={decide.problem} onRetry={decide.again} />
    </Dialog>
  );
}
