import type { ReactNode } from 'react';
import { Checkbox, Label, Radio, RadioGroup, Text } from 'react-aria-components';
import { IconCheck } from '@tabler/icons-react';
import type { Option } from './select.tsx';

export interface ChoiceOption<K extends string = string> extends Option<K> { icon?: ReactNode; isDisabled?: boolean }

export interface ChoiceProps<K extends string> {
  label: string;
  options: readonly ChoiceOption<K>[];
  value: K | null;
  onChange: (value: K) => void;
  /** Side by side where there is room. */
  across?: boolean;
  labelHidden?: boolean;
}

/** A choice of two to five, each with a line of explanation: big enough for a finger. */
export function Choice<K extends string>({ label, options, value, onChange, across = false, labelHidden = false }: ChoiceProps<K>) {
  return (
    <RadioGroup className="field" value={value} onChange={(key) => { const o = options.find((x) => x.id === key); if (o) onChange(o.id); }}>
      <Label className={labelHidden ? 'only-heard' : 'field-label'}>{label}</Label>
      <div className={across ? 'choices choices-across' : 'choices'}>
        {options.map((o) => (
          <Radio key={o.id} value={o.id} className="choice" isDisabled={o.isDisabled}>
            <span className="choice-mark" />
            {o.icon}
            <span className="choice-words">
              <span className="choice-title">{o.label}</span>
              {o.hint !== undefined && <Text slot="description" className="choice-hint">{o.hint}</Text>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** Yes or no, with its sentence beside the box. */
export function Tick({ children, value, onChange, isDisabled }: { children: ReactNode; value: boolean; onChange: (value: boolean) => void; isDisabled?: boolean }) {
  return (
    <Checkbox className="tick" isSelected={value} onChange={onChange} isDisabled={isDisabled}>
      <span className="tick-box"><IconCheck size={20} stroke={3} aria-hidden /></span>
      <span>{children}</span>
    </Checkbox>
  );
}
