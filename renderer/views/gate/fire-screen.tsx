import { IconRun } from '@tabler/icons-react';
import { gate } from '../../texts/gate.ts';

const others = ['en', 'zh', 'ko', 'ja'] as const;

/** While a fire alarm lasts: what to do, in every language at once. Answers still come over it, since each way out counts. */
export function FireScreen() {
  const { word, help } = gate.fire;
  return (
    <section className="fire-screen" data-tone="stopped" role="alert">
      <p className="fire-word"><IconRun size="1em" stroke={2} aria-hidden />{word}</p>
      <p className="fire-help">{help.vi}</p>
      <ul className="fire-others">
        {others.map((language) => <li key={language} lang={language}>{help[language]}</li>)}
      </ul>
    </section>
  );
}
