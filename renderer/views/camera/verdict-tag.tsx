import type { OpticsVerdict } from '../../../shared/domain/optics.ts';
import { Tag } from '../../components/tag.tsx';
import type { Tone } from '../../components/tone.tsx';
import { cameraTexts } from '../../texts/camera.ts';

export const verdictTone: Record<OpticsVerdict, Tone> = { unreadable: 'stopped', poor: 'attention', readable: 'information', good: 'passed' };

/** Whether a code can be read, as a word with its colour and sign. */
export function VerdictTag({ verdict }: { verdict: OpticsVerdict }) {
  return <Tag tone={verdictTone[verdict]}>{cameraTexts.hardware.verdict[verdict]}</Tag>;
}
