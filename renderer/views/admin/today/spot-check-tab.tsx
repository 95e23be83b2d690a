import { IconId } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { readerComfort } from '../../../components/reader-comfort.ts';
import { ReaderPicture } from '../../../components/reader-picture.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { number } from '../../../format.ts';
import { ask, useKioskEvent, useRequest } from '../../../kiosk.ts';
import { readerTexts } from '../../../texts/reader.ts';
import { ChipFace } from '../../reader/chip-face.tsx';
import { ChipTrust } from '../../reader/chip-trust.tsx';
import { useReaders } from '../../reader/use-readers.ts';

const texts = readerTexts.spot;
type Found = Output<'gate/spot-check'>;

const tones: Record<Found['outcome'], Tone> = {
  registered: 'passed', 'name-differs': 'attention', 'not-now': 'attention', unread: 'attention',
  barred: 'stopped', 'not-registered': 'stopped', 'no-id': 'stopped', forged: 'stopped',
};

/** The guard compares who stands there with the chip: number, name and face, on the guard's screen alone. */
export function SpotCheckTab() {
  const { readers } = useReaders();
  const check = useRequest('gate/spot-check');
  const [can, setCan] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [progress, setProgress] = useState<{ bytes: number; of: number | null } | null>(null);
  useKioskEvent('card/progress', setProgress);
  // The guard turned away: nothing of the card stays, neither here nor in the service.
  useEffect(() => () => {
    ask('gate/spot-cancel', {}).catch(() => undefined);
    ask('card/face-drop', { faceId: null }).catch(() => undefined);
  }, []);
  const found = check.busy ? null : check.output;
  const clear = (): void => {
    check.clear();
    setCan('');
    ask('card/face-drop', { faceId: null }).catch(() => undefined);
  };
  const read = (): void => {
    if (can !== '' && !/^\d{6}$/.test(can)) {
      setError(texts.canError);
      return;
    }
    setProgress(null);
    void check.call({ can: can === '' ? null : can });
  };
  if (found !== null && found.cardName !== null) return <SpotCheckResult found={found} onClear={clear} />;
  const comfort = readerComfort({ readers, busy: check.busy, progress, problem: null, otherKind: found?.otherKind ?? null });
  return (
    <div className="stack">
      <h3>{texts.title}</h3>
      <p className="soft">{texts.hint}</p>
      <ProblemNotice problem={check.problem} onRetry={check.again} />
      {found?.problem && <Notice tone="attention"><span className="notice-text">{found.missing === 'stop' ? readerTexts.key.stopHint : found.problem.vi}</span></Notice>}
      {!check.busy && (
        <div className="spot-check-form">
          <Field label={texts.can} hint={texts.canHint} value={can} error={error} inputMode="numeric" maxLength={6} autoComplete="off"
            onChange={(text) => { setError(null); setCan(text.replace(/\D/g, '')); }} />
          <Button kind="primary" icon={<IconId size={24} aria-hidden />} onPress={read}>{texts.go}</Button>
        </div>
      )}
      {comfort !== null && (
        <div className="reader-comfort" data-tone={comfort.tone} data-moment={comfort.picture}>
          <ReaderPicture name={comfort.picture} />
          <p className="reader-comfort-title">{comfort.title}</p>
          <p className="reader-comfort-hint">{comfort.hint}</p>
          {check.busy && <Progress label={readerTexts.progress} value={progress?.bytes ?? null} of={progress?.of ?? null} detail={progress === null ? undefined : readerTexts.bytes(number(progress.bytes), null)} />}
          {check.busy && <Button onPress={() => { ask('gate/spot-cancel', {}).catch(() => undefined); }}>{readerTexts.cancel}</Button>}
        </div>
      )}
    </div>
  );
}

function SpotCheckResult({ found, onClear }: { found: Found; onClear: () => void }) {
  return (
    <div className="stack">
      <Notice tone={tones[found.outcome]}><span className="reader-comfort-title">{texts.outcome[found.outcome]}</span></Notice>
      {found.faceId !== null && <ChipFace key={found.faceId} faceId={found.faceId} />}
      <dl className="facts">
        <div className="fact"><dt>{texts.onCard}</dt><dd className="strong">{found.cardName}</dd></div>
        {found.worker !== null && (
          <>
            <div className="fact"><dt>{texts.inRoster}</dt><dd>{found.worker.fullName} · {found.worker.workerId}</dd></div>
            <div className="fact"><dt>{texts.department}</dt><dd>{found.worker.department} · {found.worker.employer}</dd></div>
          </>
        )}
      </dl>
      {found.trust !== null && <ChipTrust trust={found.trust} />}
      <div><Button kind="primary" onPress={onClear}>{texts.clear}</Button></div>
    </div>
  );
}
