import { IconCreditCard, IconPlugConnected, IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { readerComfort } from '../../../components/reader-comfort.ts';
import { ReaderPicture } from '../../../components/reader-picture.tsx';
import { number } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { readerTexts as texts } from '../../../texts/reader.ts';
import { ReaderChoice } from '../../reader/reader-choice.tsx';
import type { PersonReader } from './use-card.ts';

/** The card reader before the officer: one picture and one sentence, whatever state it is in. */
export function ReaderPanel({ reader, onRead, onAgain }: { reader: PersonReader; onRead: () => void; onAgain: () => void }) {
  const [choosing, setChoosing] = useState(false);
  const { readers, busy, progress, problem } = reader;
  const told = readerComfort(reader);
  // A problem that is none of the reader's is said first; the reader stands below it as it is.
  const comfort = told ?? readerComfort({ ...reader, problem: null });
  if (comfort === null) return null;
  const { picture, tone, title, hint, action } = comfort;
  const usable = readers.readers.filter(({ kind }) => kind === 'reader' || kind === 'simulated');
  return (
    <>
      {told === null && <ProblemNotice problem={problem} onRetry={readers.state === 'card' ? onAgain : null} />}
      <div className="reader-comfort" data-tone={tone} data-moment={picture} role={tone === 'stopped' ? 'alert' : 'status'}>
        <ReaderPicture name={picture} />
        <p className="reader-comfort-title">{title}</p>
        <p className="reader-comfort-hint">{hint}</p>
        {busy && (
          <Progress label={progress === null && readers.state !== 'card' ? texts.waiting : texts.progress} value={progress?.bytes ?? null} of={progress?.of ?? null}
            detail={progress === null ? undefined : texts.bytes(number(progress.bytes), progress.of === null ? null : number(progress.of))} />
        )}
        <div className="reader-comfort-more">
          {action === 'cancel' && <Button onPress={reader.cancel}>{texts.cancel}</Button>}
          {action === 'read' && <Button kind="primary" size="large" icon={<IconCreditCard size={24} aria-hidden />} onPress={onRead}>{texts.read}</Button>}
          {action === 'again' && <Button kind="primary" size="large" icon={<IconCreditCard size={24} aria-hidden />} onPress={onAgain}>{texts.readAgain}</Button>}
          {action === 'choose' && <Button kind="primary" size="large" onPress={() => { setChoosing(true); }}>{texts.chooseGo}</Button>}
        </div>
        {!busy && (
          <p className="reader-in-use">
            <IconQrcode size={20} aria-hidden /> {counterTexts.identify.scanner}
          </p>
        )}
        {!busy && usable.length > 1 && action !== 'choose' && (
          <p className="reader-in-use">
            <IconPlugConnected size={20} aria-hidden />
            <span>{readers.chosen === null ? texts.choice.several(usable.length) : texts.choice.using(readers.chosen)}</span>
            <Button kind="quiet" onPress={() => { setChoosing(true); }}>{texts.chooseGo}</Button>
          </p>
        )}
        <ReaderChoice open={choosing} readers={readers} onClose={() => { setChoosing(false); }} />
      </div>
    </>
  );
}
