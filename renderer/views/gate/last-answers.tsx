import { timeWithSeconds } from '../../format.ts';
import { gate } from '../../texts/gate.ts';
import { answerKind, showsName } from './answer-kind.ts';
import { AnswerSign } from './answer-panel.tsx';
import { answerMarks, type ShownAnswer } from './use-gate.ts';

/** The last answers, small and masked, for who looked away. */
export function LastAnswers({ last }: { last: readonly ShownAnswer[] }) {
  return (
    <ol className="last" aria-label={gate.last}>
      {last.length === 0 && <li className="last-empty">{gate.lastEmpty}</li>}
      {last.map((shown) => {
        const { answer } = shown;
        const kind = answerKind(answer);
        return (
          <li key={answer.scanId} className="last-answer" data-tone={kind.tone} {...answerMarks(shown)}>
            <AnswerSign sign={kind.sign} size={28} />
            <span className="last-words">
              <span className="strong">{gate.answer[kind.text].word}</span>
              <span className="last-who" lang={answer.language}>{showsName(answer) && answer.shortName !== null ? answer.shortName : answer.maskedCode}</span>
            </span>
            <time className="digits">{timeWithSeconds(answer.at)}</time>
          </li>
        );
      })}
    </ol>
  );
}
