import { IconListCheck } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { ask } from '../../kiosk.ts';
import { Button } from '../../components/button.tsx';
import { Frame } from '../../frame.tsx';
import { counterTexts } from '../../texts/counter.ts';
import { forgetScans } from '../digitise/scan-content.ts';
import { DossierView } from './dossier-view.tsx';
import { HandOver } from './hand-over.tsx';
import { Home } from './home.tsx';
import { Intake } from './intake.tsx';
import { newIntake } from './intake-draft.ts';
import type { ScannedCode } from './parts/use-codes.ts';
import { useGo, useWork, WorkProvider, type Work } from './work.tsx';
import '../../look/counter.css';

/** The counter: work list, intake, dossier, hand-over. Begun work stays while the session is locked or the service restarts. */
export function CounterApp() {
  // Another officer gets a new CounterApp; the scans that this one looked at go with it.
  useEffect(() => {
    // A page that was loaded anew has no open case: what the one before it had read is forgotten.
    ask('card/face-drop', { faceId: null }).catch(() => undefined);
    return forgetScans;
  }, []);
  return <WorkProvider><Counter /></WorkProvider>;
}

function Counter() {
  const [work, change] = useWork();
  const go = useGo();
  const { screen } = work;
  useFaceOfOpenCase(openFace(work));
  const begin = useCallback((code?: ScannedCode) => {
    change((before) => ({
      ...before, screen: { name: 'intake' }, pendingCode: code ?? null,
      // A code scanned on the work list belongs to whoever stands there now: with an intake under way it is not used.
      ...(before.intake === null || before.intake.received !== null ? { intake: newIntake(crypto.randomUUID()) } : code === undefined ? {} : { pendingCode: null }),
    }));
  }, [change]);
  const another = useCallback(() => {
    forgetScans();
    begin();
  }, [begin]);
  return (
    <Frame title={counterTexts.title} nav={screen.name !== 'home' && (
      <Button kind="quiet" icon={<IconListCheck size={24} aria-hidden />} onPress={() => { go({ name: 'home' }); }}>{counterTexts.home.heading}</Button>
    )}>
      {screen.name === 'home' && <Home onIntake={begin} />}
      {screen.name === 'intake' && work.intake !== null && <Intake key={work.intake.dossierId} draft={work.intake} onAnother={another} />}
      {screen.name === 'dossier' && <DossierView key={screen.dossierId} screen={screen} />}
      {screen.name === 'hand-over' && <HandOver key={screen.dossierId} dossierId={screen.dossierId} />}
    </Frame>
  );
}

/** The face that belongs to a case that is still open; a saved or abandoned one has none. */
function openFace({ intake, receiver }: Work): string | null {
  return receiver?.who?.faceId ?? (intake?.received === null ? intake.who?.faceId ?? null : null);
}

/** Lets the service forget a face as soon as its case is closed, and when the officer leaves. */
function useFaceOfOpenCase(faceId: string | null): void {
  useEffect(() => {
    if (faceId === null) return;
    return () => { ask('card/face-drop', { faceId }).catch(() => undefined); };
  }, [faceId]);
}
