import { useDeferredValue, useState } from 'react';
import type { Input } from '../../../../shared/contracts/requests/index.ts';
import type { VisitorLine } from '../../../../shared/contracts/visitor.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Select } from '../../../components/select.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useLoad, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { guard } from '../../../texts/guard.ts';

type By = 'worker' | 'number';

const text = guard.barred;
const ways = [{ id: 'worker', label: text.byWorker }, { id: 'number', label: text.byNumber }] as const;

/** Bars a visitor who is given, a worker found by name or code, or whoever has a number; never without a reason. */
export function BarPerson({ visitor, onClose }: { visitor?: VisitorLine; onClose: () => void }) {
  const [barredId] = useState(() => crypto.randomUUID());
  const [by, setBy] = useState<By>('worker');
  const [query, setQuery] = useState('');
  const [workerId, setWorkerId] = useState<string | null>(null);
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const asked = useDeferredValue(query.trim());
  const found = useLoad('roster/search', visitor !== undefined || by !== 'worker' || asked.length < 2 ? null : { query: asked, limit: 20 });
  const add = useRequest('barred/add');
  const toast = useToast();
  const workers = asked.length < 2 ? [] : found.data?.workers ?? [];
  const who = (): Input<'barred/add'>['who'] | null => {
    if (visitor !== undefined) return { by: 'visitor', visitorId: visitor.visitorId };
    if (by === 'worker') return workerId === null ? null : { by, workerId };
    return number.replace(/\D/g, '').length === 12 ? { by, identity: number.replace(/\D/g, ''), fullName: name.trim() === '' ? null : name } : null;
  };
  const save = async (): Promise<void> => {
    setTried(true);
    const person = who();
    if (person === null || reason.trim().length < 2 || await add.call({ barredId, who: person, reason }) === null) return;
    toast('passed', text.saved);
    onClose();
  };
  return (
    <Dialog open title={[text.addTitle, visitor?.fullName].filter(Boolean).join(': ')} onClose={onClose} actions={(
      <><Button onPress={onClose}>{common.cancel}</Button><Button kind="danger" busy={add.busy} onPress={() => { void save(); }}>{text.save}</Button></>
    )}>
      <ProblemNotice problem={add.problem} onRetry={add.again} />
      {visitor === undefined && <Choice across label={text.by} options={ways} value={by} onChange={setBy} />}
      {visitor === undefined && by === 'worker' && (
        <>
          <Field label={text.worker} value={query} placeholder={guard.inside.search} onChange={setQuery} maxLength={100} error={tried && workerId === null && workers.length === 0 ? text.errors.worker : null} />
          {workers.length > 0 && <Select label={text.people} options={workers.map((w) => ({ id: w.workerId, label: `${w.fullName} · ${w.workerId}`, hint: w.department }))} value={workerId} onChange={setWorkerId} error={tried && workerId === null ? text.errors.worker : null} />}
        </>
      )}
      {visitor === undefined && by === 'number' && (
        <>
          <Field label={text.number} hint={text.numberHint} value={number} onChange={setNumber} maxLength={14} inputMode="numeric" error={tried && who() === null ? text.errors.number : null} />
          <Field label={text.name} value={name} onChange={setName} maxLength={100} />
        </>
      )}
      <Field label={text.reason} hint={text.reasonHint} value={reason} onChange={setReason} rows={2} maxLength={500} error={tried && reason.trim().length < 2 ? text.errors.reason : null} />
    </Dialog>
  );
}
