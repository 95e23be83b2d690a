import { useState } from 'react';
import type { CredentialChange, WorkerPage } from '../../../../shared/contracts/requests/people.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useToast } from '../../../components/toast.tsx';
import { useRequest } from '../../../kiosk.ts';
import { people } from '../../../texts/people.ts';
import { CardDialog } from './card-dialog.tsx';
import { PinDialog } from './pin-dialog.tsx';

/** What a worker passes the gate with: factory card, printed pass, PIN; each is given and taken back here. */
export function WorkerCredentials({ worker, onChange }: { worker: WorkerPage; onChange: (worker: WorkerPage) => void }) {
  const { card, pass, pin } = people;
  const request = useRequest('credential/set');
  const toast = useToast();
  const [open, setOpen] = useState<'card' | 'pin' | null>(null);
  const change = async (wanted: CredentialChange, said: (page: WorkerPage) => string): Promise<void> => {
    const page = await request.call({ workerId: worker.workerId, change: wanted });
    if (page === null) return;
    onChange(page);
    toast('passed', said(page));
  };
  return (
    <section className="worker-card">
      <h4>{people.page.credentials}</h4>
      <ProblemNotice problem={request.problem} onRetry={request.again} />
      <div className="credential">
        <span className="credential-words"><span className="strong">{card.title}</span><span className="digits soft">{worker.maskedCard ?? card.none}</span></span>
        <span className="row">
          <Button onPress={() => setOpen('card')}>{worker.maskedCard === null ? card.give : card.change}</Button>
          {worker.maskedCard !== null && <Button isDisabled={request.busy} onPress={() => { void change({ kind: 'card-withdraw', reason: 'lost' }, () => card.gone); }}>{card.lost}</Button>}
          {worker.maskedCard !== null && <Button isDisabled={request.busy} onPress={() => { void change({ kind: 'card-withdraw', reason: 'returned' }, () => card.gone); }}>{card.withdraw}</Button>}
        </span>
      </div>
      <div className="credential">
        <span className="credential-words"><span className="strong">{pass.title}</span><span className="digits soft">{worker.pass ?? pass.none}</span></span>
        {worker.pass === null
          ? <Button isDisabled={request.busy} onPress={() => { void change({ kind: 'pass', code: null }, (page) => pass.done(page.pass ?? '')); }}>{pass.give}</Button>
          : <Button isDisabled={request.busy} onPress={() => { void change({ kind: 'pass-withdraw' }, () => pass.gone); }}>{pass.withdraw}</Button>}
      </div>
      <div className="credential">
        <span className="credential-words"><span className="strong">{pin.title}</span><span className="soft">{worker.hasPin ? pin.set : pin.none}</span></span>
        <span className="row">
          <Button onPress={() => setOpen('pin')}>{pin.give}</Button>
          {worker.hasPin && <Button isDisabled={request.busy} onPress={() => { void change({ kind: 'pin-remove' }, () => pin.gone); }}>{pin.remove}</Button>}
        </span>
      </div>
      {open === 'card' && <CardDialog worker={worker} onDone={(page) => { onChange(page); toast('passed', card.done); }} onClose={() => setOpen(null)} />}
      {open === 'pin' && <PinDialog worker={worker} onDone={(page) => { onChange(page); toast('passed', pin.done); }} onClose={() => setOpen(null)} />}
    </section>
  );
}
