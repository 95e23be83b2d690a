import type { Dossier } from '../../../../shared/contracts/dossier.ts';
import { dateAndTime } from '../../../format.ts';
import { counterTexts } from '../../../texts/counter.ts';

const texts = counterTexts.dossier;
const typeTexts: Readonly<Record<string, string>> = texts.historyType;

/** What happened with a dossier, newest first: when, what, who. */
export function History({ entries }: { entries: Dossier['history'] }) {
  const newestFirst = entries.toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <section className="history" aria-label={texts.history}>
      <h3 className="citizen-subheading">{texts.history}</h3>
      <ol>
        {newestFirst.map((entry, i) => (
          <li key={`${entry.at}-${i}`}>
            <span className="small soft digits">{dateAndTime(entry.at)}</span>
            <span className="strong">{typeTexts[entry.type] ?? texts.historyOther}</span>
            <span className="small">{entry.actor}</span>
            {entry.note !== null && <span className="small soft">{entry.note}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
