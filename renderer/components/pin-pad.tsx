import { IconBackspace, IconX } from '@tabler/icons-react';
import { common } from '../texts/common.ts';
import { Button } from './button.tsx';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const shownDots = 6;

export interface PinPadProps {
  value: string;
  onChange: (value: string) => void;
  /** At most so many digits. */
  max?: number;
  isDisabled?: boolean;
}

/** Digits by touch. The number itself is never shown, only how much of it is entered. Keys of a keyboard are for the screen to pass on. */
export function PinPad({ value, onChange, max = 12, isDisabled = false }: PinPadProps) {
  const add = (digit: string): void => { if (value.length < max) onChange(value + digit); };
  const key = (digit: string) => (
    <Button key={digit} isDisabled={isDisabled} onPress={() => add(digit)} excludeFromTabOrder>{digit}</Button>
  );
  return (
    <fieldset className="pin" aria-label={common.pin.label}>
      <div className="pin-dots" aria-hidden>
        {Array.from({ length: Math.max(shownDots, value.length) }, (_, i) => (
          <span key={i} className="pin-dot" {...(i < value.length && { 'data-filled': '' })} />
        ))}
      </div>
      <output className="only-heard">{common.pin.entered(value.length)}</output>
      <div className="pin-keys">
        {digits.map(key)}
        <Button isDisabled={isDisabled || value === ''} aria-label={common.pin.eraseAll} excludeFromTabOrder
          onPress={() => onChange('')} icon={<IconX size={28} aria-hidden />} />
        {key('0')}
        <Button isDisabled={isDisabled || value === ''} aria-label={common.pin.erase} excludeFromTabOrder
          onPress={() => onChange(value.slice(0, -1))} icon={<IconBackspace size={28} aria-hidden />} />
      </div>
    </fieldset>
  );
}
