import { useState } from 'react';
import { IconBan, IconUserX } from '@tabler/icons-react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Table, TwoLines, type Column } from '../../../components/table.tsx';
import { useToast } from '../../../components/toast.tsx';
import { dateAndTime } from '../../../format.ts';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';
import { BarPerson } from './bar-person.tsx';

type Barred = Output<'barred/list'>['people'][number];

const text = guard.barred;
const columns: Column<Barred>[] = [
  { id: 'name', header: text.people, width: 'minmax(170px, 1fr)', cell: (p) => <TwoLines main={p.fullName ?? guard.alarms.unknown} sub={[p.workerId, p.group].filter(Boolean).join(' · ') || null} /> },
  { id: 'number', header: text.number2, width: '160px', cell: (p) => <span className="digits">{p.maskedId ?? '–'}</span> },
  { id: 'why', header: text.why, width: 'minmax(180px, 1.4fr)', cell: (p) => <TwoLines main={p.reason ?? text.roster} sub={p.at === null ? null : guard.alarms.settledBy(p.actor ?? '', dateAndTime(p.at))} /> },
];

/** Who is barred now; a press on one lifts it, never without a reason. */
export function BarredList() {
  const { data, problem, reload } = useLoad('barred/list', {});
  const [adds, setAdds] = useState(false);
  const [lifts, setLifts] = useState<Barred | null>(null);
  return (
    <>
      <div className="row row-end"><Button kind="danger" icon={<IconUserX size={22} aria-hidden />} onPress={() => setAdds(true)}>{text.add}</Button></div>
      <ProblemNotice problem={problem} onRetry={reload} />
      <Table label={guard.alarms.views.barred} columns={columns} rows={data?.people ?? []} rowKey={(p) => `${p.barredId} ${p.workerId}`} onPress={setLifts}
        empty={<EmptyState icon={<IconBan size={48} stroke={1.5} aria-hidden />} title={text.empty}>{text.emptyHint}</EmptyState>} />
      {adds && <BarPerson onClose={() => { setAdds(false); reload(); }} />}
      {lifts !== null && <Lift person={lifts} onClose={() => { setLifts(null); reload(); }} />}
    </>
  );
}

function Lift({ person, onClose }: { person: Barred; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const lift = useRequest('barred/lift');
  const toast = useToast();
  const save = async (): Promise<void> => {
    if (await lift.call({ barredId: person.barredId, workerId: person.workerId, reason }) === null) return;
    toast('passed', text.lifted);
    onClose();
  };
  return (
    <Dialog open title={text.liftTitle(person.fullName ?? person.maskedId ?? '')} onClose={onClose} actions={(
      <><Button onPress={onClose}>{common.cancel}</Button><Button kind="primary" busy={lift.busy} isDisabled={reason.trim().length < 2} onPress={() => { void save(); }}>{text.lift}</Button></>
    )}>
      {person.reason !== null && <p className="soft">{person.reason}</p>}
      <ProblemNotice problem={lift.problem} onRetry={lift.again} />
      <Field label={text.reason} hint={text.reasonHint} value={reason} onChange={setReason} rows={2} maxLength={500} />
    </Dialog>
  );
}
