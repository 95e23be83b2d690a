import { useState, type ReactNode, type RefObject } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components';
import { IconAlertCircle, IconEye, IconEyeOff } from '@tabler/icons-react';
import { common } from '../texts/common.ts';
import { Button } from './button.tsx';

export interface FieldProps extends Omit<TextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  label: string;
  hint?: ReactNode;
  /** What is wrong and what to do; null while nothing is. */
  error?: string | null;
  placeholder?: string;
  icon?: ReactNode;
  /** Rows of a text area; a single line without it. */
  rows?: number;
  /** Hides what is typed, with a button that shows it. */
  secret?: boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
  /** The same of a text area. */
  areaRef?: RefObject<HTMLTextAreaElement | null>;
  /** Label only for those who hear the screen, e.g. a search box with an icon. */
  labelHidden?: boolean;
}

/** A labelled text field with hint and error. */
export function Field({ label, hint, error = null, placeholder, icon, rows, secret = false, inputRef, areaRef, labelHidden = false, ...rest }: FieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <TextField {...rest} {...(secret && { type: shown ? 'text' : 'password' })} className="field" isInvalid={error !== null}>
      <Label className={labelHidden ? 'only-heard' : 'field-label'}>{label}</Label>
      <div className="field-box">
        {icon && <span className="field-icon">{icon}</span>}
        {rows === undefined
          ? <Input className="field-input" placeholder={placeholder} ref={inputRef} />
          : <TextArea className="field-input" placeholder={placeholder} rows={rows} ref={areaRef} />}
        {secret && (
          <Button kind="quiet" aria-label={shown ? common.hideSecret : common.showSecret} onPress={() => setShown(!shown)}
            icon={shown ? <IconEyeOff size={22} aria-hidden /> : <IconEye size={22} aria-hidden />} />
        )}
      </div>
      {hint !== undefined && <Text slot="description" className="field-hint">{hint}</Text>}
      <FieldError className="field-error"><IconAlertCircle size={20} aria-hidden />{error}</FieldError>
    </TextField>
  );
}
