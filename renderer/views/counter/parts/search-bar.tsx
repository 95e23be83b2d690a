import { IconSearch } from '@tabler/icons-react';
import type { FormEvent, RefObject } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { Purpose } from '../../../../shared/domain/purpose.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { Kbd } from '../../../components/kbd.tsx';
import { counterTexts } from '../../../texts/counter.ts';

const texts = counterTexts.search;
const purposes: readonly Purpose[] = ['status-question', 'hand-over', 'intake', 'correction'];

export interface SearchBarProps {
  query: string;
  onQuery: (query: string) => void;
  purpose: Purpose;
  onPurpose: (purpose: Purpose) => void;
  onSearch: () => void;
  busy: boolean;
  error: string | null;
  remaining: number | null;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** A look-up of people is bound to a purpose and counted: the bar says both. */
export function SearchBar({ query, onQuery, purpose, onPurpose, onSearch, busy, error, remaining, inputRef }: SearchBarProps) {
  const submit = (event: FormEvent): void => { event.preventDefault(); onSearch(); };
  return (
    <search><form className="search-bar" onSubmit={submit} data-own-enter>
      <div className="search-line">
        <Field label={texts.label} labelHidden placeholder={texts.placeholder} value={query} onChange={onQuery} error={error} inputRef={inputRef}
          autoComplete="off" maxLength={100} icon={<IconSearch size={22} aria-hidden />} />
        <Button type="submit" busy={busy} hint={<Kbd>{counterTexts.keys.search}</Kbd>}>{texts.go}</Button>
      </div>
      <div className="row row-apart">
        <RadioGroup className="purposes" orientation="horizontal" value={purpose} onChange={(key) => {
          const chosen = purposes.find((p) => p === key);
          if (chosen) onPurpose(chosen);
        }}>
          <Label className="small soft">{texts.purpose}</Label>
          {purposes.map((p) => <Radio key={p} value={p} className="purpose">{texts.purposes[p]}</Radio>)}
        </RadioGroup>
        <output className="small soft">{remaining === null ? texts.logged : texts.remaining(remaining)}</output>
      </div>
    </form></search>
  );
}
