import { useMemo, useState } from 'react';
import { Button, ComboBox, FieldError, Input, Label, ListBox, Popover, Text } from 'react-aria-components';
import { IconAlertCircle, IconChevronDown } from '@tabler/icons-react';
import { fold } from '../../shared/domain/vietnamese.ts';
import { common } from '../texts/common.ts';
import { optionItem, type Option } from './select.tsx';

export interface ComboProps<K extends string> {
  label: string;
  options: readonly Option<K>[];
  value: K | null;
  onChange: (value: K | null) => void;
  hint?: string;
  error?: string | null;
  placeholder?: string;
}

const shownAtMost = 100;

/** A choice out of a long list, found by typing a part of it with or without accents. */
export function Combo<K extends string>({ label, options, value, onChange, hint, error = null, placeholder }: ComboProps<K>) {
  const chosen = options.find((o) => o.id === value);
  const [text, setText] = useState(chosen?.label ?? '');
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(chosen?.label ?? '');
  }
  const found = useMemo(() => {
    const words = text === chosen?.label ? [] : fold(text).split(' ').filter(Boolean);
    const fits = (o: Option): boolean => { const all = fold(`${o.label} ${o.hint ?? ''}`); return words.every((w) => all.includes(w)); };
    return options.filter(fits).slice(0, shownAtMost);
  }, [text, options, chosen?.label]);
  return (
    <ComboBox className="field" inputValue={text} onInputChange={setText} items={found} value={value} isInvalid={error !== null}
      allowsEmptyCollection menuTrigger="focus"
      onChange={(key) => { onChange(options.find((o) => o.id === key)?.id ?? null); }}>
      <Label className="field-label">{label}</Label>
      <div className="field-box">
        <Input className="field-input" placeholder={placeholder ?? common.choose} />
        <Button className="button button-quiet button-icon"><IconChevronDown size={22} aria-hidden /></Button>
      </div>
      {hint !== undefined && <Text slot="description" className="field-hint">{hint}</Text>}
      <FieldError className="field-error"><IconAlertCircle size={20} aria-hidden />{error}</FieldError>
      <Popover className="popover">
        <ListBox className="options" items={found} renderEmptyState={() => <p className="options-empty">{common.nothingFound}</p>}>{optionItem}</ListBox>
      </Popover>
    </ComboBox>
  );
}
