import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReportAsk } from '../../../../shared/contracts/report.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import { ask as request, toProblem } from '../../../kiosk.ts';

export type ReportPage = Output<'reports/show'>;

const pageSize = 300;
/** Typing goes on while the last report is still worked out: each stroke must not ask for another. */
const patienceMs = 350;

/** A report's rows, further pages as their ends come into sight. `again` works it out anew. */
export function useReport(ask: ReportAsk) {
  const key = JSON.stringify(ask);
  const [now, setNow] = useState<{ key: string; page: ReportPage | null; problem: Problem | null; busy: boolean }>({ key: '', page: null, problem: null, busy: true });
  const turn = useRef(0);
  const load = useCallback((fresh: boolean) => {
    const mine = ++turn.current;
    setNow((before) => ({ ...before, busy: true, problem: null }));
    request('reports/show', { ask: JSON.parse(key) as ReportAsk, offset: 0, limit: pageSize, fresh }).then(
      (page) => { if (turn.current === mine) setNow({ key, page, problem: null, busy: false }); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ ...before, problem: toProblem(thrown), busy: false })); },
    );
  }, [key]);
  useEffect(() => {
    const timer = setTimeout(() => load(false), patienceMs);
    return () => { clearTimeout(timer); turn.current += 1; };
  }, [load]);
  const paging = useRef(false);
  const more = useCallback(() => {
    const { page } = now;
    if (page === null || now.key !== key || paging.current || page.rows.length >= page.total) return;
    const mine = turn.current;
    paging.current = true;
    request('reports/show', { ask: JSON.parse(key) as ReportAsk, offset: page.rows.length, limit: pageSize, fresh: false }).then(
      (next) => { if (turn.current === mine) setNow((before) => (before.page === null ? before : { ...before, page: { ...before.page, rows: [...before.page.rows, ...next.rows] } })); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ ...before, problem: toProblem(thrown) })); },
    ).finally(() => { paging.current = false; });
  }, [now, key]);
  const again = useCallback(() => load(true), [load]);
  return { page: now.key === key ? now.page : null, problem: now.problem, busy: now.busy || now.key !== key, more, again };
}
