import {
  Button, FieldError, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue, Text,
} from 'react-aria-components';
import { IconAlertCircle, IconChevronDown } from '@tabler/icons-react';
import { common } from '../texts/common.ts';

export interface Option<K extends string = string> { id: K; label: string; hint?: string }

export interface SelectProps<K extends string> {
  label: string;
  options: readonly Option<K>[];
  value: K | null;
  onChange: (value: K) => void;
  hint?: string;
  error?: string | null;
  placeholder?: string;
  isDisabled?: boolean;
}

/** A choice out of a short list. For long ones use `Combo`. */
export function Select<K extends string>({ label, options, value, onChange, hint, error = null, placeholder = common.choose, isDisabled }: SelectProps<K>) {
  return (
    <AriaSelect className="field" value={value} isInvalid={error !== null} isDisabled={isDisabled} placeholder={placeholder}
      onChange={(key) => { const chosen = options.find((o) => o.id === key); if (chosen) onChange(chosen.id); }}>
      <Label className="field-label">{label}</Label>
      <Button className="select-button">
        <SelectValue className="select-value" />
        <IconChevronDown size={22} aria-hidden />
      </Button>
      {hint !== undefined && <Text slot="description" className="field-hint">{hint}</Text>}
      <FieldError className="field-error"><IconAlertCircle size={20} aria-hidden />{error}</FieldError>
      <Popover className="popover">
        <ListBox className="options" items={options}>{optionItem}</ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One option of `Select` and `Combo`. */
export function optionItem(option: Option) {
  return (
    <ListBoxItem className="option" id={option.id} textValue={option.label}>
      <Text slot="label">{option.label}</Text>
      {option.hint !== undefined && <Text slot="description" className="option-hint">{option.hint}</Text>}
    </ListBoxItem>
  );
}
