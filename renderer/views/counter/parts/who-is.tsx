import { IconCreditCard, IconKeyboard, IconQrcode } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Purpose } from '../../../../shared/domain/purpose.ts';
import { Button } from '../../../components/button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { number } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';
import type { Identified } from '../intake-draft.ts';
import { CardKeyForm } from './card-key-form.tsx';
import { QrCamera } from './qr-camera.tsx';
import { TypedPerson } from './typed-person.tsx';
import { noKey, usePersonReader } from './use-card.ts';
import { useCodes, type ScannedCode } from './use-codes.ts';

const texts = counterTexts.identify;
type Way = 'card' | 'qr' | 'typed';

export interface WhoIsProps {
  purpose: Purpose;
  who: Identified | null;
  onWho: (who: Identified) => void;
  /** An identity QR that was scanned before this screen was there. */
  pendingCode?: ScannedCode | null;
  onCodeTaken?: () => void;
  /** Says what to do once the person is known; left out where the screen itself says it. */
  withDone?: boolean;
}

/** Finds out who stands at the counter: the card on the reader first, its QR second, typing last. */
export function WhoIs({ purpose, who, onWho, pendingCode = null, onCodeTaken, withDone = true }: WhoIsProps) {
  const [way, setWay] = useState<Way>('card');
  const reader = usePersonReader(purpose, onWho);
  const { readQr, readCard } = reader;
  const needsKey = reader.problem?.code === 'card-key-needed' || reader.problem?.code === 'card-key-wrong';

  // A signed reading is not replaced by an unsigned code; "Đọc lại" starts over.
  const takeCode = (code: ScannedCode): void => { if ((who?.reading ?? null) === null) readQr(code); };
  useCodes(takeCode);
  const taken = useRef<ScannedCode | null>(null);
  useEffect(() => {
    if (pendingCode === null || taken.current === pendingCode) return;
    taken.current = pendingCode;
    onCodeTaken?.();
    readQr(pendingCode);
  }, [pendingCode, onCodeTaken, readQr]);

  // Once each time a card comes to lie there; a reading by QR is then compared with the chip.
  const cardSeen = useRef(false);
  useEffect(() => {
    const came = reader.reader === 'card' && !cardSeen.current;
    cardSeen.current = reader.reader === 'card';
    if (came && pendingCode === null && (who?.reading ?? null) === null) readCard({ ...noKey, qrText: who?.qrText ?? null });
  }, [reader.reader, who, pendingCode, readCard]);

  if (reader.busy) {
    const { progress } = reader;
    // The service waits for a card that was taken away too early; a QR alone needs none.
    const readsCard = reader.reader === 'card' || progress !== null;
    return (
      <div className="who-reading">
        <IconCreditCard size={72} stroke={1.4} aria-hidden />
        <Progress label={readsCard ? texts.reading : texts.place} value={progress?.bytes ?? null} of={progress?.of ?? null}
          detail={progress === null ? undefined : texts.readBytes(number(progress.bytes), progress.of === null ? null : number(progress.of))} />
      </div>
    );
  }
  if (who !== null) {
    return (
      <div className="stack">
        {withDone && (
          <Notice tone="passed">
            <span className="notice-text">{texts.done(who.panel.fields.fullName?.value ?? '')}</span>
            <span>{texts.doneHint}</span>
          </Notice>
        )}
        {who.reading === null && who.qrText !== null && (
          <Notice tone="information" action={reader.reader === 'card' && (
            <Button onPress={() => { readCard({ ...noKey, qrText: who.qrText }); }}>{texts.readNow}</Button>
          )}>{texts.qrThenCard}</Notice>
        )}
        <ProblemNotice problem={reader.problem} />
      </div>
    );
  }
  return (
    <div className="stack">
      {!needsKey && <ProblemNotice problem={reader.problem} onRetry={reader.reader === 'card' ? () => { readCard(noKey); } : null} />}
      <Tabs<Way> label={texts.ways} value={way} onChange={setWay} items={[
        {
          id: 'card', label: texts.way.card, icon: <IconCreditCard size={22} aria-hidden />,
          content: needsKey
            ? <CardKeyForm wrong={reader.problem?.code === 'card-key-wrong'} onKey={readCard} onCamera={() => { setWay('qr'); }} />
            : <PlaceCard state={reader.reader} onRead={() => { readCard(noKey); }} />,
        },
        { id: 'qr', label: texts.way.qr, icon: <IconQrcode size={22} aria-hidden />, content: <QrCamera onCode={(text) => { takeCode({ text, asciiOnly: false }); }} /> },
        { id: 'typed', label: texts.way.typed, icon: <IconKeyboard size={22} aria-hidden />, content: <TypedPerson onPerson={onWho} /> },
      ]} />
    </div>
  );
}

function PlaceCard({ state, onRead }: { state: 'missing' | 'empty' | 'card'; onRead: () => void }) {
  const words = {
    missing: [texts.noReader, texts.noReaderHint], empty: [texts.place, texts.placeHint], card: [texts.cardThere, texts.placeHint],
  } as const;
  return (
    <div className="place-card" data-state={state}>
      <span className="place-card-picture"><IconCreditCard size={88} stroke={1.2} aria-hidden /></span>
      <p className="place-card-title">{words[state][0]}</p>
      <p className="soft">{words[state][1]}</p>
      {state === 'card' && <Button kind="primary" size="large" onPress={onRead}>{texts.readNow}</Button>}
      <p className="place-card-scanner"><IconQrcode size={22} aria-hidden /> {texts.scanner}</p>
    </div>
  );
}
