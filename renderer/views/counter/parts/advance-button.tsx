import { useState } from 'react';
import type { Dossier, DossierStatus } from '../../../../shared/contracts/dossier.ts';
import { needsReason } from '../../../../shared/domain/dossier.ts';
import { nfc } from '../../../../shared/domain/vietnamese.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { useRequest } from '../../../kiosk.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { WorkDialog } from '../../digitise/work-dialog.tsx';

const texts = counterTexts.dossier;

/** One allowed next step of a dossier, with what is to be said about it. */
export function AdvanceButton({ dossier, to, onDone }: { dossier: Dossier; to: DossierStatus; onDone: (dossier: Dossier) => void }) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const advance = useRequest('dossier/advance');
  const text = nfc(note).trim();
  const missing = needsReason(to) && text === '';
  const go = async (): Promise<void> => {
    setTried(true);
    if (missing || advance.busy) return;
    const changed = await advance.call({ dossierId: dossier.dossierId, to, note: text === '' ? null : text });
    if (changed === null) return;
    setOpen(false);
    onDone(changed);
  };
  return (
    <>
      <Button onPress={() => { setNote(''); setTried(false); advance.clear(); setOpen(true); }}>{texts.advance[to]}</Button>
      <WorkDialog open={open} title={texts.advanceTitle(texts.advance[to])} onClose={() => { setOpen(false); }} actions={(
        <>
          <Button onPress={() => { setOpen(false); }}>{counterTexts.cancel}</Button>
          <Button kind="primary" busy={advance.busy} onPress={() => { void go(); }}>{texts.advance[to]}</Button>
        </>
      )}>
        <p>{dossier.dossierCode} · {dossier.procedureName}</p>
        <Field label={needsReason(to) ? texts.advanceNote : `${texts.advanceNote} (${counterTexts.optional})`} rows={3} maxLength={500} value={note}
          onChange={setNote} error={tried && missing ? texts.advanceNeedsNote : null} />
        <ProblemNotice problem={advance.problem} onRetry={() => { void go(); }} />
      </WorkDialog>
    </>
  );
}
