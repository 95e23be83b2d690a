import { IconCircleCheck, IconPrinter } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { Dossier } from '../../../../shared/contracts/dossier.ts';
import { Button } from '../../../components/button.tsx';
import { Kbd } from '../../../components/kbd.tsx';
import { dateAndTime } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { Receipt } from './receipt.tsx';
import { SyncedMark } from './status-tag.tsx';
import { useKeys } from './use-keys.ts';
import { useSynced } from './use-synced.ts';

const texts = counterTexts.saved;

export interface SavedProps { dossier: Dossier; onAnother: () => void; onView: () => void; onHome: () => void }

/** The dossier is saved: its code for everyone to read, and the receipt to print. */
export function Saved({ dossier, onAnother, onView, onHome }: SavedProps) {
  const synced = useSynced(dossier);
  const [ready, setReady] = useState(false);
  const makeReady = useCallback(() => { setReady(true); }, []);
  const print = (): void => { if (ready) window.print(); };
  useKeys({ Enter: print, F4: print, F2: onAnother, Escape: onHome });
  return (
    <div className="saved">
      <div className="saved-words">
        <p className="saved-done" data-tone="passed"><IconCircleCheck size={40} aria-hidden />{texts.heading}</p>
        <div>
          <p className="soft">{texts.code}</p>
          <p className="saved-code digits">{dossier.dossierCode}</p>
        </div>
        <div>
          <p className="soft">{texts.due}</p>
          <p className="saved-due digits">{dossier.due === null ? counterTexts.home.noDue : dateAndTime(dossier.due.dueAt)}</p>
        </div>
        {synced ? <p><SyncedMark synced /></p> : <p className="soft">{texts.kept}</p>}
        <Button kind="primary" size="large" isDisabled={!ready} icon={<IconPrinter size={26} aria-hidden />} onPress={print} hint={<Kbd>{counterTexts.keys.print}</Kbd>}>{texts.print}</Button>
        <div className="row">
          <Button onPress={onAnother} hint={<Kbd>{counterTexts.keys.intake}</Kbd>}>{texts.another}</Button>
          <Button onPress={onView}>{texts.view}</Button>
          <Button kind="quiet" onPress={onHome} hint={<Kbd>{counterTexts.keys.escape}</Kbd>}>{texts.home}</Button>
        </div>
      </div>
      <Receipt dossierId={dossier.dossierId} onReady={makeReady} />
    </div>
  );
}
