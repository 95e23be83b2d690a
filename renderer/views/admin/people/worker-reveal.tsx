import { useState, type FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useFirstFocus } from '../../../components/use-first-focus.ts';
import { useRequest } from '../../../kiosk.ts';
import { common } from '../../../texts/common.ts';
import { people } from '../../../texts/people.ts';

const text = people.page;
const formId = 'reveal-form';

/** A worker's numbers in full, for a reason that is written down. They go when the dialog is closed. */
export function WorkerReveal({ workerId, onClose }: { workerId: string; onClose: () => void }) {
  const first = useFirstFocus();
  const [reason, setReason] = useState('');
  const request = useRequest('worker/reveal');
  const fits = reason.trim().length >= 3;
  const reveal = (event: FormEvent): void => {
    event.preventDefault();
    if (fits && !request.busy) void request.call({ workerId, reason });
  };
  const { output } = request;
  const { fields } = people;
  const facts = output === null ? [] : [
    [fields.personalId, output.personalId], [fields.cardNumber, output.cardNumber], [fields.passport, output.passport],
    [fields.permitNumber, output.permitNumber], [fields.socialInsuranceNo, output.socialInsuranceNo],
  ] as const;
  return (
    <Dialog open title={text.revealTitle} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{output === null ? common.cancel : common.close}</Button>
        {output === null && <Button kind="primary" type="submit" form={formId} busy={request.busy} isDisabled={!fits}>{text.revealGo}</Button>}
      </>
    )}>
      <ProblemNotice problem={request.problem} onRetry={request.again} />
      {output === null
        ? <form id={formId} onSubmit={reveal}><Field label={text.revealReason} hint={text.revealHint} inputRef={first} value={reason} onChange={setReason} maxLength={200} /></form>
        : <dl className="facts">{facts.map(([label, value]) => <div key={label} className="fact"><dt>{label}</dt><dd className="digits">{value ?? text.unknown}</dd></div>)}</dl>}
    </Dialog>
  );
}
