import { useState } from 'react';
import { localDateOf } from '../../shared/domain/card-date.ts';
import { date } from '../format.ts';
import { people } from '../texts/people.ts';
import { Field } from './field.tsx';

export interface DateFieldProps {
  label: string;
  /** ISO, or null for none. */
  value: string | null;
  onChange: (value: string | null) => void;
  hint?: string;
  isDisabled?: boolean;
}

/** The ISO date in a text as people type it; null for nothing, undefined where it is no date. */
export function typedDate(text: string): string | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const parts = /^(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4})$/.exec(trimmed);
  return parts === null ? undefined : localDateOf(`${parts[1]!.padStart(2, '0')}${parts[2]!.padStart(2, '0')}${parts[3]}`) ?? undefined;
}

/** A date typed as day, month, year; what is no date is told when the field is left. */
export function DateField({ label, value, onChange, hint, isDisabled }: DateFieldProps) {
  const [typed, setTyped] = useState(value === null ? '' : date(value));
  const [isWrong, setWrong] = useState(false);
  return (
    <Field label={label} {...(hint !== undefined && { hint })} value={typed} inputMode="numeric" maxLength={10} autoComplete="off" {...(isDisabled !== undefined && { isDisabled })}
      placeholder={people.form.dateShape} error={isWrong ? people.form.dateWrong : null}
      onBlur={() => {
        const found = typedDate(typed);
        setWrong(found === undefined);
        if (typeof found === 'string') setTyped(date(found));
      }}
      onChange={(text) => {
        setTyped(text);
        setWrong(false);
        const found = typedDate(text);
        if (found !== undefined) onChange(found);
      }} />
  );
}
