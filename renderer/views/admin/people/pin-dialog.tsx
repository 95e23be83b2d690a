import { useState, type FormEvent } from 'react';
import { GatePin, type WorkerPage } from '../../../../shared/contracts/requests/people.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useFirstFocus } from '../../../components/use-first-focus.ts';
import { useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';
import type { CardDialogProps } from './card-dialog.tsx';

const text = people.pin;
const formId = 'pin-form';
// A field that is marked wrong keeps its form from being sent.
const noError = { pin: null, again: null };
const digits = (typed: string): string => typed.replace(/\D/g, '');

/** The worker types a PIN for the gate twice; nobody else sees it. */
export function PinDialog({ worker, onDone, onClose }: CardDialogProps) {
  const first = useFirstFocus();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<{ pin: string | null; again: string | null }>(noError);
  const request = useRequest('credential/set');
  const set = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wrong = { pin: GatePin.safeParse(pin).success ? null : text.weak, again: pin === again ? null : text.differs };
    setError(wrong);
    if (wrong.pin !== null || wrong.again !== null || request.busy) return;
    const page: WorkerPage | null = await request.call({ workerId: worker.workerId, change: { kind: 'pin', pin } });
    if (page === null) return;
    onDone(page);
    onClose();
  };
  return (
    <Dialog open title={text.dialog} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{common.cancel}</Button>
        <Button kind="primary" type="submit" form={formId} busy={request.busy}>{text.go}</Button>
      </>
    )}>
      <p className="strong">{worker.fullName} · {worker.workerId}</p>
      <form id={formId} className="stack" onSubmit={(event) => { void set(event); }}>
        <Field label={text.first} hint={text.hint} secret inputRef={first} value={pin} error={error.pin} inputMode="numeric" maxLength={8} autoComplete="new-password" onChange={(typed) => { setError(noError); setPin(digits(typed)); }} />
        <Field label={text.second} secret value={again} error={error.again} inputMode="numeric" maxLength={8} autoComplete="new-password" onChange={(typed) => { setError(noError); setAgain(digits(typed)); }} />
        <ProblemNotice problem={request.problem} onRetry={request.again} />
      </form>
    </Dialog>
  );
}
