import type { GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import type { Tone } from '../../components/tone.tsx';
import { gate } from '../../texts/gate.ts';

/** The shape that stands beside the colour of an answer. */
export type Sign = 'in' | 'out' | 'check' | 'repeat' | 'question' | 'cross' | 'clock' | 'hand' | 'again';
export type Sound = 'passed' | 'attention' | 'stopped';

export interface AnswerKind {
  tone: Tone;
  sign: Sign;
  sound: Sound;
  text: keyof typeof gate.answer;
  greeting: keyof typeof gate.greeting;
}

const recorded = { tone: 'passed', sound: 'passed' } as const;
const seeGuard = { greeting: 'seeGuard' } as const;

const kinds = {
  'in': { ...recorded, sign: 'in', text: 'in', greeting: 'in' },
  'out': { ...recorded, sign: 'out', text: 'out', greeting: 'out' },
  'recorded': { ...recorded, sign: 'check', text: 'recorded', greeting: 'in' },
  'muster': { ...recorded, sign: 'check', text: 'muster', greeting: 'muster' },
  'repeat': { tone: 'information', sign: 'repeat', sound: 'passed', text: 'repeat', greeting: 'goOn' },
  'unknown': { tone: 'stopped', sign: 'question', sound: 'stopped', text: 'unknown', ...seeGuard },
  'expired': { tone: 'stopped', sign: 'cross', sound: 'stopped', text: 'expired', ...seeGuard },
  'not-yet-valid': { tone: 'stopped', sign: 'clock', sound: 'stopped', text: 'not-yet-valid', ...seeGuard },
  // Bystanders must not learn that somebody is barred: it looks and sounds like any other request to see the guard.
  'barred': { tone: 'attention', sign: 'hand', sound: 'attention', text: 'barred', ...seeGuard },
  'ask-guard': { tone: 'attention', sign: 'hand', sound: 'attention', text: 'ask-guard', ...seeGuard },
  'unreadable': { tone: 'attention', sign: 'again', sound: 'attention', text: 'unreadable', greeting: 'again' },
  'passback': { tone: 'attention', sign: 'hand', sound: 'attention', text: 'passback', ...seeGuard },
} as const satisfies Record<keyof typeof gate.answer, AnswerKind>;

/** How an answer looks and sounds. */
export function answerKind(answer: Pick<GateAnswer, 'outcome' | 'direction' | 'reason'>): AnswerKind {
  // A second scan too: who stands at the assembly point is not to be told to go on.
  if (answer.reason === 'muster') return kinds.muster;
  if (answer.outcome === 'recorded' && answer.direction !== null) return kinds[answer.direction];
  return kinds[answer.outcome];
}

/** Who is not let through stays nameless on the public screen. */
export function showsName(answer: Pick<GateAnswer, 'outcome'>): boolean {
  return answer.outcome === 'recorded' || answer.outcome === 'repeat';
}
