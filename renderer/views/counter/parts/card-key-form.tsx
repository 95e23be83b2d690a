import { IconCamera } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Disclosure, DisclosurePanel, Heading, Button as AriaButton } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { counterTexts } from '../../../texts/counter.ts';
import { problems } from '../../../../shared/contracts/problems.ts';
import { parseDay } from '../format.ts';
import { noKey, type CardKey } from './use-card.ts';
import { useFirstFocus } from './use-first-focus.ts';

const texts = counterTexts.identify;

/** What opens the chip: its QR, the six digits (CAN), or what is printed on the card. */
export function CardKeyForm({ wrong, onKey, onCamera }: { wrong: boolean; onKey: (key: CardKey) => void; onCamera: () => void }) {
  const first = useFirstFocus();
  const [can, setCan] = useState('');
  const [error, setError] = useState<string | null>(null);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (/^\d{6}$/.test(can)) onKey({ ...noKey, can });
    else setError(texts.invalid.can);
  };
  return (
    <div className="stack">
      <Notice tone="attention">
        <span className="notice-text">{wrong ? problems['card-key-wrong'].vi : texts.keyNeeded}</span>
        <span>{texts.keyNeededHint}</span>
      </Notice>
      <form className="card-key" onSubmit={open} data-own-enter>
        <Field label={texts.can} hint={texts.canHint} value={can} error={error} inputMode="numeric" maxLength={6} inputRef={first} autoComplete="off"
          onChange={(text) => { setError(null); setCan(text.replace(/\D/g, '')); }} />
        <Button kind="primary" type="submit">{texts.canGo}</Button>
        <Button icon={<IconCamera size={22} aria-hidden />} onPress={onCamera}>{texts.scanQr}</Button>
      </form>
      <Disclosure className="disclosure">
        <Heading level={3}><AriaButton slot="trigger" className="button button-quiet">{texts.document}</AriaButton></Heading>
        <DisclosurePanel><DocumentForm onKey={onKey} /></DisclosurePanel>
      </Disclosure>
    </div>
  );
}

function DocumentForm({ onKey }: { onKey: (key: CardKey) => void }) {
  const [value, setValue] = useState({ number: '', birth: '', expiry: '' });
  const [tried, setTried] = useState(false);
  const number = /^[A-Z0-9]{9,12}$/.test(value.number) ? value.number : null;
  const birthDate = parseDay(value.birth);
  const expiryDate = parseDay(value.expiry);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (number !== null && birthDate !== null && expiryDate !== null) onKey({ ...noKey, document: { number, birthDate, expiryDate } });
  };
  return (
    <form className="document-form" onSubmit={open} data-own-enter>
      <Field label={texts.documentNumber} hint={texts.documentNumberHint} value={value.number} autoComplete="off"
        error={tried && number === null ? texts.invalid.documentNumber : null}
        onChange={(text) => { setValue({ ...value, number: text.toUpperCase().replace(/\s/g, '') }); }} />
      <Field label={texts.documentBirth} hint={texts.dateHint} value={value.birth} autoComplete="off"
        error={tried && birthDate === null ? texts.invalid.date : null} onChange={(birth) => { setValue({ ...value, birth }); }} />
      <Field label={texts.documentExpiry} hint={texts.dateHint} value={value.expiry} autoComplete="off"
        error={tried && expiryDate === null ? texts.invalid.date : null} onChange={(expiry) => { setValue({ ...value, expiry }); }} />
      <Button type="submit">{texts.documentGo}</Button>
    </form>
  );
}
