import type { ReactNode } from 'react';
import { ToneIcon, type Tone } from './tone.tsx';

/** A state as a word with its sign and colour. */
export function Tag({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return <span className="tag" data-tone={tone}>{icon ?? <ToneIcon tone={tone} size={18} />}{children}</span>;
}
