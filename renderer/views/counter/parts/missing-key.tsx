import { IconCamera, IconQrcode } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { mostWrongKeys, type MissingKey } from '../../../../shared/domain/chip-key.ts';
import { parseIdentityQr } from '../../../../shared/domain/identity-qr.ts';
import { findMrz } from '../../../../shared/domain/mrz-lines.ts';
import { readMrz } from '../../../../shared/domain/mrz-reading.ts';
import { Button } from '../../../components/button.tsx';
import { Tick } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import type { ReaderPictureName } from '../../../components/reader-comfort.ts';
import { ReaderPicture } from '../../../components/reader-picture.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useFirstFocus } from '../../../components/use-first-focus.ts';
import { cameraTexts } from '../../../texts/camera.ts';
import { readerTexts } from '../../../texts/reader.ts';
import { MrzDialog } from '../../camera/mrz-reader.tsx';
import { parseDay } from '../format.ts';
import { noKey, type CardKey } from './use-card.ts';

const texts = readerTexts.key;
type Asked = Exclude<MissingKey, 'stop'>;
const pictures: Record<MissingKey, ReaderPictureName> = { 'qr-or-can': 'card-number', expiry: 'card-expiry', mrz: 'card-mrz', stop: 'blocked' };

export interface MissingKeyFormProps {
  /** What the chip still needs, as the last read found. */
  missing: MissingKey;
  wrongKeys: number;
  /** What was tried; its QR stays, so that it is compared with the chip. */
  tried: CardKey;
  onKey: (key: CardKey) => void;
  onCamera: () => void;
}

/** Asks for exactly what is missing to open the chip, and shows where it stands on the card. */
export function MissingKeyForm({ missing, wrongKeys, tried, onKey, onCamera }: MissingKeyFormProps) {
  const [picked, setPicked] = useState<Asked | null>(null);
  const citizen = tried.qrText === null ? null : parseIdentityQr(tried.qrText).citizen;
  const known = citizen !== null && citizen.birthDate.length === 10 ? citizen : null;
  const asked = missing === 'stop' ? 'stop' : picked ?? missing;
  const others = (['qr-or-can', ...(known === null ? [] : ['expiry' as const]), 'mrz'] as const).filter((way) => way !== asked);
  const withQr = { ...noKey, qrText: tried.qrText, asciiOnly: tried.asciiOnly };
  const scan = <Button icon={<IconQrcode size={22} aria-hidden />} onPress={onCamera}>{texts.scan}</Button>;
  // Where the code on the card was read already, another scan of it opens nothing.
  const more = <>{known === null && scan}{others.map((way) => <Button key={way} kind="quiet" onPress={() => { setPicked(way); }}>{texts.pick[way]}</Button>)}</>;
  return (
    <div className="missing-key" data-asked={asked}>
      <ReaderPicture name={pictures[asked]} />
      <div className="stack">
        <div className="stack stack-tight" role={asked === 'stop' ? 'alert' : 'status'}>
          <h3 className="reader-comfort-title">{texts.title[asked]}</h3>
          <p>{asked === 'stop' ? texts.what.stop(wrongKeys) : texts.what[asked]}</p>
        </div>
        {wrongKeys > 0 && asked !== 'stop' && <p><Tag tone="attention">{texts.wrong(wrongKeys, mostWrongKeys)}</Tag></p>}
        {asked === 'stop' && <p className="strong">{texts.stopHint}</p>}
        {asked === 'qr-or-can' && <CanForm key="can" more={more} onCan={(can) => { onKey({ ...withQr, can }); }} />}
        {asked === 'expiry' && known !== null && (
          <ExpiryForm key="expiry" more={more} onExpiry={(expiryDate) => { onKey({ ...withQr, document: { number: known.personalId, birthDate: known.birthDate, expiryDate } }); }} />
        )}
        {asked === 'mrz' && <MrzForm key="mrz" more={more} onMrz={(mrz) => { onKey({ ...withQr, mrz }); }} />}
        {asked === 'stop' && <div>{scan}</div>}
      </div>
    </div>
  );
}

interface MoreProps {
  /** Other ways, in one row with the button that opens the chip. */
  more: ReactNode;
}

function KeyForm({ onSubmit, more, children }: MoreProps & { onSubmit: () => void; children: ReactNode }) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return <form className="key-form" onSubmit={submit} data-own-enter>{children}<div className="row"><Button kind="primary" type="submit">{texts.go}</Button>{more}</div></form>;
}

function CanForm({ onCan, more }: MoreProps & { onCan: (can: string) => void }) {
  const first = useFirstFocus();
  const [can, setCan] = useState('');
  const [error, setError] = useState<string | null>(null);
  return (
    <KeyForm more={more} onSubmit={() => { if (/^\d{6}$/.test(can)) onCan(can); else setError(texts.canError); }}>
      <Field label={texts.can} value={can} error={error} inputMode="numeric" maxLength={6} inputRef={first} autoComplete="off"
        onChange={(text) => { setError(null); setCan(text.replace(/\D/g, '')); }} />
    </KeyForm>
  );
}

function ExpiryForm({ onExpiry, more }: MoreProps & { onExpiry: (date: string) => void }) {
  const first = useFirstFocus();
  const [text, setText] = useState('');
  const [forever, setForever] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const date = parseDay(text);
  return (
    <KeyForm more={more} onSubmit={() => { if (forever) onExpiry('no-expiry'); else if (date === null) setError(texts.expiryError); else onExpiry(date); }}>
      <Field label={texts.expiry} hint={texts.expiryHint} value={text} error={error} isDisabled={forever} inputMode="numeric" inputRef={first} autoComplete="off"
        onChange={(typed) => { setError(null); setText(typed); }} />
      <Tick value={forever} onChange={(is) => { setError(null); setForever(is); }}>{texts.forever}</Tick>
    </KeyForm>
  );
}

function MrzForm({ onMrz, more }: MoreProps & { onMrz: (mrz: string) => void }) {
  const first = useFirstFocus<HTMLTextAreaElement>();
  const [text, setText] = useState('');
  const [films, setFilms] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const open = (): void => {
    const lines = findMrz(text)?.mrz.lines.join('\n');
    if (lines === undefined) setError(texts.mrzError);
    else if (readMrz(text).problem !== null) setError(texts.mrzChecks);
    else onMrz(lines);
  };
  return (
    <KeyForm onSubmit={open} more={<><Button icon={<IconCamera size={22} aria-hidden />} onPress={() => { setFilms(true); }}>{cameraTexts.mrz.open}</Button>{more}</>}>
      <MrzDialog open={films} onClose={() => { setFilms(false); }} onMrz={(lines) => { setFilms(false); onMrz(lines); }} />
      <div className="mrz-field">
        <Field label={texts.mrz} value={text} error={error} rows={3} areaRef={first} maxLength={140} autoComplete="off" spellCheck="false"
          onChange={(typed) => { setError(null); setText(typed.toUpperCase()); }} />
      </div>
    </KeyForm>
  );
}
