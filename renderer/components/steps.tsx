import { IconCheck } from '@tabler/icons-react';
import { common } from '../texts/common.ts';

/** Where one stands in a sequence; `now` counts from 0. */
export function Steps({ names, now }: { names: readonly string[]; now: number }) {
  return (
    <ol className="steps" aria-label={common.steps(now + 1, names.length)}>
      {names.map((name, i) => (
        <li key={name} className="step" data-state={i < now ? 'done' : i === now ? 'now' : 'next'} aria-current={i === now ? 'step' : undefined}>
          <span className="step-word">{i < now && <IconCheck size={18} aria-hidden />}{i + 1}. {name}</span>
        </li>
      ))}
    </ol>
  );
}
