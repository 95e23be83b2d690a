import { useCallback, useEffect, useRef, useState } from 'react';
import type { InboxFilter } from '../../../../shared/contracts/requests/correction.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import { ask, toProblem } from '../../../kiosk.ts';

export type InboxPage = Output<'inbox/list'>;
export type InboxRow = InboxPage['rows'][number];
export interface Period { from: string; to: string }

const pageSize = 300;
/** Typing goes on while the last list is still worked out: each stroke must not ask for another. */
const patienceMs = 250;

/** The inbox of a period, further pages as their ends come into sight. `again` asks anew; `fresh` works it out anew too. */
export function useInbox(period: Period, filter: InboxFilter) {
  const key = JSON.stringify({ period, filter });
  const [now, setNow] = useState<{ key: string; page: InboxPage | null; problem: Problem | null }>({ key: '', page: null, problem: null });
  const turn = useRef(0);
  const load = useCallback((fresh: boolean) => {
    const mine = ++turn.current;
    ask('inbox/list', { ...JSON.parse(key) as { period: Period; filter: InboxFilter }, offset: 0, limit: pageSize, fresh }).then(
      (page) => { if (turn.current === mine) setNow({ key, page, problem: null }); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ ...before, key, problem: toProblem(thrown) })); },
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
    ask('inbox/list', { ...JSON.parse(key) as { period: Period; filter: InboxFilter }, offset: page.rows.length, limit: pageSize, fresh: false }).then(
      (next) => { if (turn.current === mine) setNow((before) => ({ ...before, page: { ...page, rows: [...page.rows, ...next.rows] } })); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ ...before, problem: toProblem(thrown) })); },
    ).finally(() => { paging.current = false; });
  }, [now, key]);
  return { page: now.page, problem: now.problem, busy: now.key !== key, more, again: load };
}

/** Every row that a filter finds, page by page. */
export async function allRows(period: Period, filter: InboxFilter): Promise<InboxRow[]> {
  const rows: InboxRow[] = [];
  for (;;) {
    const page = await ask('inbox/list', { period, filter, offset: rows.length, limit: 1000, fresh: false });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}
