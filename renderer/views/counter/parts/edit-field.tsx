import { useState } from 'react';
import type { CitizenFields, SourcedField } from '../../../../shared/contracts/dossier.ts';
import { nfc } from '../../../../shared/domain/vietnamese.ts';
import { Button } from '../../../components/button.tsx';
import { Field } from '../../../components/field.tsx';
import { useFirstFocus } from '../../../components/use-first-focus.ts';
import { counterTexts } from '../../../texts/counter.ts';
import { WorkDialog } from '../../digitise/work-dialog.tsx';
import { parseDay } from '../format.ts';
import { fieldText } from './citizen-panel.tsx';

const texts = counterTexts.citizen;

export interface EditFieldProps {
  name: keyof CitizenFields;
  field: SourcedField;
  onSave: (value: string) => void;
  onClose: () => void;
}

/** Corrects one field of the citizen; the dossier keeps that an officer changed it. */
export function EditField({ name, field, onSave, onClose }: EditFieldProps) {
  const [value, setValue] = useState(fieldText(name, field.value));
  const first = useFirstFocus();
  const [error, setError] = useState<string | null>(null);
  const save = (): void => {
    const text = nfc(value).trim();
    const stored = name === 'birthDate' && !/^\d{4}$/.test(text) ? parseDay(text) : text;
    if (stored === null || stored === '') setError(name === 'birthDate' ? counterTexts.identify.invalid.birthDate : counterTexts.identify.invalid.value);
    else onSave(stored);
  };
  return (
    <WorkDialog open title={texts.editTitle(texts.field[name])} onClose={onClose} actions={(
      <>
        <Button onPress={onClose}>{counterTexts.cancel}</Button>
        <Button kind="primary" onPress={save}>{counterTexts.save}</Button>
      </>
    )}>
      <form onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Field label={texts.field[name]} value={value} onChange={setValue} error={error} inputRef={first}
          hint={texts.editWas(fieldText(name, field.value), texts.chip(field.source, field.trust, field.edited))} />
      </form>
    </WorkDialog>
  );
}
