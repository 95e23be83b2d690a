import { useCallback, useEffect, useState } from 'react';
import { Pages, type Page, type Part, type Shown } from './pages.ts';

/** Typing goes on while the last list is still worked out: each stroke must not ask for another. */
const patienceMs = 300;

interface Asked { subject: string; filter: string }

/**
 * The rows that a filter leaves of a subject (a date, a month, a report), further pages as their ends come into sight (`more`).
 * While another filter is worked out the rows before it stay; those of another subject are not shown under its name. `again`
 * works it out anew, `reload` only asks again. `ask` is the one of the first call; subject and filter are plain data.
 */
export function usePages<S, F, P extends Page>(subject: S, filter: F, ask: (subject: S, filter: F, part: Part) => Promise<P>) {
  const asked: Asked = { subject: JSON.stringify(subject), filter: JSON.stringify(filter) };
  const [shown, setShown] = useState<Shown<Asked, P> | null>(null);
  const [pages] = useState(() => new Pages<Asked, P>((one, part) => ask(JSON.parse(one.subject) as S, JSON.parse(one.filter) as F, part), setShown));
  const load = useCallback((fresh: boolean) => pages.load({ subject: asked.subject, filter: asked.filter }, fresh), [pages, asked.subject, asked.filter]);
  useEffect(() => {
    const timer = setTimeout(() => load(false), patienceMs);
    return () => { clearTimeout(timer); pages.stop(); };
  }, [pages, load]);
  const more = useCallback(() => pages.more(), [pages]);
  const again = useCallback(() => load(true), [load]);
  const reload = useCallback(() => load(false), [load]);
  const isNow = shown?.asked?.subject === asked.subject && shown.asked.filter === asked.filter;
  return {
    page: shown?.held?.subject === asked.subject ? shown.page : null,
    problem: isNow ? shown.problem : null, busy: !isNow || shown.busy, more, again, reload,
  };
}
