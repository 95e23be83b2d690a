import type { VisitorLine } from '../../../../shared/contracts/visitor.ts';
import { Tag } from '../../../components/tag.tsx';
import type { Tone } from '../../../components/tone.tsx';
import { guard } from '../../../texts/guard.ts';

const text = guard.visitors;
const tones: Readonly<Record<VisitorLine['state'], Tone>> = { 'not-yet': 'waiting', 'valid': 'information', 'over': 'waiting', 'returned': 'waiting', 'ended': 'waiting' };

/** Where a visitor stands, the most pressing first. */
export function VisitorTag({ visitor: { barred, inside, state } }: { visitor: VisitorLine }) {
  if (barred) return <Tag tone="stopped">{text.barred}</Tag>;
  if (inside) return state === 'valid' ? <Tag tone="passed">{text.inside}</Tag> : <Tag tone="attention">{text.overdue}</Tag>;
  return <Tag tone={tones[state]}>{text.states[state]}</Tag>;
}
