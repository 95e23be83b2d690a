import { useState } from 'react';
import { Field } from '../../components/field.tsx';
import { admin } from '../../texts/admin.ts';

export interface NumberSettingProps {
  label: string;
  hint: string;
  value: number;
  min: number;
  max: number;
  isDisabled: boolean;
  onChange: (value: number) => void;
}

/** A whole number between bounds; kept as typed until Enter or until the field is left, and told when it is out of bounds. */
export function NumberSetting({ label, hint, value, min, max, isDisabled, onChange }: NumberSettingProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const keep = (): void => {
    if (typed === null) return;
    const wanted = Number(typed);
    const fits = typed !== '' && wanted >= min && wanted <= max;
    setWrong(!fits);
    if (!fits) return;
    setTyped(null);
    if (wanted !== value) onChange(wanted);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); keep(); }}>
      <Field label={label} hint={hint} value={typed ?? String(value)} inputMode="numeric" maxLength={4} autoComplete="off" isDisabled={isDisabled}
        error={isWrong ? admin.settings.bounds(min, max) : null} onBlur={keep}
        onChange={(text) => { setWrong(false); setTyped(text.replace(/\D/g, '')); }} />
    </form>
  );
}
