import { useEffect, useState, type FormEvent } from 'react';
import { IconNfc } from '@tabler/icons-react';
import type { WorkerPage } from '../../../../shared/contracts/requests/people.ts';
import { Button } from '../../../components/button.tsx';
import { Choice } from '../../../components/choice.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { ask, useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';

const text = people.card;
const formId = 'card-form';
const formers = (['lost', 'broken', 'returned'] as const).map((id) => ({ id, label: text.formers[id] }));

export interface CardDialogProps {
  worker: WorkerPage;
  onDone: (worker: WorkerPage) => void;
  onClose: () => void;
}

/** Gives a worker a factory card: its number comes from a tap at the reader, or is typed as it is printed. */
export function CardDialog({ worker, onDone, onClose }: CardDialogProps) {
  const tap = useRequest('credential/read-card');
  const set = useRequest('credential/set');
  const [number, setNumber] = useState('');
  const [former, setFormer] = useState<(typeof formers)[number]['id']>('lost');
  useEffect(() => () => { ask('credential/cancel', {}).catch(() => undefined); }, []);
  const read = async (): Promise<void> => {
    const found = await tap.call({ reader: null });
    if (found !== null) setNumber(found.number);
  };
  const give = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (number.trim().length < 4 || set.busy) return;
    const page = await set.call({ workerId: worker.workerId, change: { kind: 'card', number: number.trim(), former: worker.maskedCard === null ? null : former } });
    if (page === null) return;
    onDone(page);
    onClose();
  };
  const owner = tap.output?.number === number ? tap.output.owner : null;
  const isTaken = owner !== null && owner.workerId !== worker.workerId;
  return (
    <Dialog open title={text.dialog} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" type="submit" form={formId} busy={set.busy} isDisabled={number.trim().length < 4 || isTaken}>{text.go}</Button>
      </>
    )}>
      <p className="strong">{worker.fullName} · {worker.workerId}</p>
      <p className="soft">{text.tapHint}</p>
      {tap.busy ? <Progress label={text.tap} value={null} of={null} /> : <div><Button icon={<IconNfc size={22} aria-hidden />} onPress={() => { void read(); }}>{tap.output === null ? text.wait : text.again}</Button></div>}
      <ProblemNotice problem={set.problem ?? (tap.busy ? null : tap.problem)} />
      {tap.output !== null && !tap.busy && <Notice tone={isTaken ? 'attention' : 'passed'}><span className="notice-text">{isTaken ? text.owner(owner.fullName) : text.read(tap.output.number)}</span></Notice>}
      <form id={formId} className="stack" onSubmit={(event) => { void give(event); }}>
        <Field label={text.number} value={number} onChange={setNumber} maxLength={40} autoComplete="off" />
        {worker.maskedCard !== null && <Choice label={text.former} options={formers} value={former} onChange={setFormer} across />}
      </form>
    </Dialog>
  );
}
