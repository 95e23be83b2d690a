import { IconCreditCard, IconKeyboard, IconQrcode } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Purpose } from '../../../../shared/domain/purpose.ts';
import { Button } from '../../../components/button.tsx';
import { Notice, ProblemNotice } from '../../../components/notice.tsx';
import { Tabs } from '../../../components/tabs.tsx';
import { counterTexts } from '../../../texts/counter.ts';
import type { Identified } from '../intake-draft.ts';
import { MissingKeyForm } from './missing-key.tsx';
import { PersonFound } from './person-found.tsx';
import { QrCamera } from './qr-camera.tsx';
import { ReaderPanel } from './reader-panel.tsx';
import { TypedPerson } from './typed-person.tsx';
import { keyForArrival, noKey, usePersonReader } from './use-card.ts';
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
  const { readQr, readCard, readers, arrivals, missing } = reader;

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
  const arrived = useRef(0);
  useEffect(() => {
    if (arrivals === arrived.current) return;
    arrived.current = arrivals;
    if (pendingCode === null && (who?.reading ?? null) === null) readCard(keyForArrival(reader, who?.qrText ?? null));
  }, [arrivals, reader, who, pendingCode, readCard]);

  const readAnew = (): void => { readCard({ ...noKey, qrText: who?.qrText ?? null }); };
  const readAgain = (): void => { readCard(keyForArrival(reader, who?.qrText ?? null)); };
  if (who !== null && !reader.busy && missing === null) {
    return (
      <div className="stack">
        <PersonFound who={who} withDone={withDone} />
        {who.reading === null && who.qrText !== null && reader.problem === null && (
          <Notice tone="information" action={readers.state === 'card' && <Button onPress={readAnew}>{texts.readNow}</Button>}>{texts.qrThenCard}</Notice>
        )}
        {reader.problem !== null && <ReaderPanel reader={reader} onRead={readAnew} onAgain={readAgain} />}
      </div>
    );
  }
  if (reader.busy) {
    // A code alone is read at once, whatever the reader does.
    return <ReaderPanel reader={reader} onRead={readAnew} onAgain={readAgain} />;
  }
  const ofReader = reader.problem === null || way === 'card';
  return (
    <div className="stack">
      {!ofReader && <ProblemNotice problem={reader.problem} />}
      <Tabs<Way> label={texts.ways} value={way} onChange={setWay} items={[
        {
          id: 'card', label: texts.way.card, icon: <IconCreditCard size={22} aria-hidden />,
          // Another card is another question: what was typed for the last one is gone.
          content: missing !== null && readers.state === 'card'
            ? <MissingKeyForm key={`${missing} ${reader.wrongKeys}`} missing={missing} wrongKeys={reader.wrongKeys} tried={reader.key} onKey={readCard} onCamera={() => { setWay('qr'); }} />
            : <ReaderPanel reader={reader} onRead={readAnew} onAgain={readAgain} />,
        },
        { id: 'qr', label: texts.way.qr, icon: <IconQrcode size={22} aria-hidden />, content: <QrCamera onCode={(text) => { takeCode({ text, asciiOnly: false }); }} /> },
        { id: 'typed', label: texts.way.typed, icon: <IconKeyboard size={22} aria-hidden />, content: <TypedPerson onPerson={onWho} /> },
      ]} />
    </div>
  );
}
