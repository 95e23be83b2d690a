import type { ReactNode } from 'react';
import { IconRefresh } from '@tabler/icons-react';
import { waitMinutes, type Problem, type ProblemCode } from '../../shared/contracts/problems.ts';
import { common } from '../texts/common.ts';
import { Button } from './button.tsx';
import { ToneIcon, type Tone } from './tone.tsx';

/** A sentence that must be seen, where it belongs on the page. Told aloud when it appears if it stops the work. */
export function Notice({ tone, children, action, code }: { tone: Tone; children: ReactNode; action?: ReactNode; code?: ProblemCode }) {
  return (
    <div className="notice" data-tone={tone} data-problem={code} role={tone === 'stopped' ? 'alert' : 'status'}>
      <ToneIcon tone={tone} size={24} />
      <div className="notice-words">{children}</div>
      {action}
    </div>
  );
}

export interface ProblemNoticeProps {
  problem: Problem | null;
  /** Does the same again; the button shows only where the problem says that this can help. */
  onRetry?: (() => void) | null;
  /** A sentence in place of the general one, where the screen knows better what to do. */
  say?: string;
}

/** The one place where an expected failure is shown: what happened and what to do. Its code is in the page's source for the technician, not before people. */
export function ProblemNotice({ problem, onRetry = null, say }: ProblemNoticeProps) {
  if (problem === null) return null;
  const minutes = waitMinutes(problem);
  return (
    <Notice tone={problem.retry ? 'attention' : 'stopped'} code={problem.code}
      action={problem.retry && onRetry && (
        <Button onPress={onRetry} icon={<IconRefresh size={22} aria-hidden />}>{common.retry}</Button>
      )}>
      <span className="notice-text">{say ?? problem.vi}{minutes !== null && ` ${common.waitMinutes(minutes)}`}</span>
    </Notice>
  );
}
