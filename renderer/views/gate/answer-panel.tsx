import {
  IconCheck, IconClockPause, IconHandStop, IconLogin2, IconLogout2, IconQuestionMark, IconRefresh, IconRepeat, IconX,
} from '@tabler/icons-react';
import type { Problem } from '../../../shared/contracts/problems.ts';
import { gate } from '../../texts/gate.ts';
import { answerKind, showsName, type Sign } from './answer-kind.ts';
import { answerMarks, type ShownAnswer } from './use-gate.ts';

const icons = {
  'in': IconLogin2, 'out': IconLogout2, 'check': IconCheck, 'repeat': IconRepeat, 'question': IconQuestionMark,
  'cross': IconX, 'clock': IconClockPause, 'hand': IconHandStop, 'again': IconRefresh,
} as const satisfies Record<Sign, unknown>;

/** The shape of an answer; those who may pass carry the check beside the way they go. */
export function AnswerSign({ sign, size, stroke = 2 }: { sign: Sign; size: number | string; stroke?: number }) {
  const Icon = icons[sign];
  return (
    <span className="answer-sign">
      {(sign === 'in' || sign === 'out') && <IconCheck size={size} stroke={stroke} aria-hidden />}
      <Icon size={size} stroke={stroke} aria-hidden />
    </span>
  );
}

// So long that they would break into two lines at full size.
const longWord = 9;
const longName = 14;

/** The answer to one scan, over the whole screen: read from two metres by colour, shape and a huge word. */
export function AnswerPanel({ shown }: { shown: ShownAnswer }) {
  const { answer } = shown;
  const kind = answerKind(answer);
  const { word, help } = gate.answer[kind.text];
  const greeting = gate.greeting[kind.greeting][answer.language];
  return (
    <section className="answer" data-tone={kind.tone} aria-live="assertive" {...answerMarks(shown)}>
      <AnswerSign sign={kind.sign} size="1em" />
      <p className="answer-word" data-long={word.length > longWord || undefined}>{word}</p>
      {showsName(answer) && answer.shortName !== null && <p className="answer-name" data-long={answer.shortName.length > longName || undefined}>{answer.shortName}</p>}
      {help !== '' && <p className="answer-help">{help}</p>}
      {greeting !== '' && <p className="answer-help" lang={answer.language}>{greeting}</p>}
    </section>
  );
}

/** The scan may not be stored: says so, never an answer that would look like one. */
export function FailurePanel({ problem }: { problem: Problem }) {
  return (
    <section className="answer" data-tone="attention" aria-live="assertive" data-problem={problem.code}>
      <AnswerSign sign="again" size="1em" />
      <p className="answer-word">{gate.failed}</p>
      <p className="answer-help">{problem.vi}</p>
    </section>
  );
}
