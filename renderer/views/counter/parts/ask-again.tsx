import { useState } from 'react';
import { nfc } from '../../../../shared/domain/vietnamese.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { counterTexts } from '../../../texts/counter.ts';
import { WorkDialog } from '../../digitise/work-dialog.tsx';

const texts = counterTexts.components.askAgain;

/** Asking for a paper that is already held demands a reason (Nghị quyết 66.7/2025/NQ-CP). The safe answer is the primary one. */
export function AskAgain({ name, onReason, onKeep }: { name: string; onReason: (reason: string) => void; onKeep: () => void }) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const go = (): void => {
    const text = nfc(reason).trim();
    if (text.length < 10) setError(texts.short);
    else onReason(text);
  };
  return (
    <WorkDialog open title={texts.title} onClose={onKeep} actions={(
      <>
        <Button onPress={go}>{texts.go}</Button>
        <Button kind="primary" onPress={onKeep}>{texts.keep}</Button>
      </>
    )}>
      <p>{texts.what(name)}</p>
      <Field label={texts.reason} rows={2} maxLength={500} value={reason} error={error} onChange={(text) => { setError(null); setReason(text); }} />
      <div className="row">
        {texts.quick.map((quick) => <Button key={quick} kind="quiet" onPress={() => { setError(null); setReason(quick); }}>{quick}</Button>)}
      </div>
    </WorkDialog>
  );
}
