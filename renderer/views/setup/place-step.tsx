import { IconBuildingFactory2, IconDesk } from '@tabler/icons-react';
import { Choice } from '../../components/choice.tsx';
import { setup } from '../../texts/setup.ts';
import type { StepProps } from './index.tsx';

const text = setup.place;
const options = [
  { id: 'counter', label: text.counter, hint: text.counterHint, icon: <IconDesk size={44} stroke={1.5} aria-hidden /> },
  { id: 'gate', label: text.gate, hint: text.gateHint, icon: <IconBuildingFactory2 size={44} stroke={1.5} aria-hidden /> },
] as const;

export function PlaceStep({ draft, change }: StepProps) {
  return <Choice label={text.title} labelHidden options={options} value={draft.mode} onChange={(mode) => change({ mode })} />;
}
