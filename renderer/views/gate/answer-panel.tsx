import {
  IconCheck, IconClockPause, IconHandStop, IconLogin2, IconLogout2, IconQuestionMark, IconRefresh, IconRepeat, IconX,
} from '@tabler/icons-react';
import type { Problem } from '../../../shared/contracts/problems.ts';
import type { Lane } from '../../../shared/contracts/requests/system.ts';
import { gate } from '../../texts/gate.ts';
import { noticeText } from '../../texts/gate-notices.ts';
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

/** The answers over the whole screen: one, or the newest of each lane side by side under the lane's name. */
export function Answers({ current, lanes, notOpened }: { current: readonly ShownAnswer[]; lanes: readonly Lane[]; notOpened: readonly string[] }) {
  return (
    <div className="answers" data-several={current.length > 1 || undefined} aria-live="assertive">
      {current.map((shown) => (
        <AnswerPanel key={shown.answer.lane} shown={shown} isShut={notOpened.includes(shown.answer.scanId)}
          laneName={lanes.length > 1 ? lanes.find((l) => l.lane === shown.answer.lane)?.name ?? shown.answer.lane : null} />
      ))}
    </div>
  );
}

/** The answer to one scan: read from two metres by colour, shape and a huge word. */
function AnswerPanel({ shown, laneName, isShut }: { shown: ShownAnswer; laneName: string | null; isShut: boolean }) {
  const { answer } = shown;
  const kind = answerKind(answer);
  const { word, help } = gate.answer[kind.text];
  // One only: nobody reads more while walking through; the rest stands with the foreman.
  const [notice] = answer.notices;
  const greeting = gate.greeting[kind.greeting][answer.language];
  return (
    <section className="answer" data-tone={isShut ? 'attention' : kind.tone} {...answerMarks(shown)}>
      {laneName !== null && <p className="answer-lane">{laneName}</p>}
      <AnswerSign sign={isShut ? 'hand' : kind.sign} size="1em" />
      <p className="answer-word" data-long={word.length > longWord || undefined}>{word}</p>
      {showsName(answer) && answer.shortName !== null && <p className="answer-name" lang={answer.language} data-long={answer.shortName.length > longName || undefined}>{answer.shortName}</p>}
      {answer.outcome === 'recorded' && answer.maskedCode !== '' && <p className="answer-code digits">{answer.maskedCode}</p>}
      {/* Recorded, and yet he stands before a shut turnstile: nothing else is worth reading now. */}
      {isShut && <p className="answer-notice" lang={answer.language}>{gate.notOpened[answer.language]}</p>}
      {!isShut && notice !== undefined && <p className="answer-notice" lang={answer.language}>{noticeText(notice, answer.language)}</p>}
      {help !== '' && <p className="answer-help">{help}</p>}
      {greeting !== '' && notice === undefined && !isShut && <p className="answer-help" lang={answer.language}>{greeting}</p>}
    </section>
  );
}

/** The scan may not be stored: says so, never an answer that would look like one. */
export function FailurePanel({ problem }: { problem: Problem }) {
  return (
    <div className="answers" aria-live="assertive">
      <section className="answer" data-tone="attention" data-problem={problem.code}>
        <AnswerSign sign="again" size="1em" />
        <p className="answer-word">{gate.failed}</p>
        <p className="answer-help">{problem.vi}</p>
      </section>
    </div>
  );
}
