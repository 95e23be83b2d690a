import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import { ask, toProblem } from '../../../kiosk.ts';

export type SheetKind = 'day' | 'month';
type Sheet<K extends SheetKind> = Output<`timesheet/${K}`>;
export type AnySheet = { kind: 'day'; page: Sheet<'day'> } | { kind: 'month'; page: Sheet<'month'> };

const pageSize = 500;
/** Typing goes on while the last sheet is still worked out: each stroke must not ask for another. */
const patienceMs = 300;

type Filter = Input<'timesheet/day'>['filter'];

function askSheet(kind: SheetKind, period: string, filter: Filter, offset: number, fresh: boolean): Promise<AnySheet> {
  const page = { filter, offset, limit: pageSize, fresh };
  return kind === 'day'
    ? ask('timesheet/day', { date: period, ...page }).then((sheet) => ({ kind: 'day', page: sheet }))
    : ask('timesheet/month', { month: period, ...page }).then((sheet) => ({ kind: 'month', page: sheet }));
}

function joined(first: AnySheet, more: AnySheet): AnySheet {
  if (first.kind === 'day' && more.kind === 'day') return { kind: 'day', page: { ...first.page, rows: [...first.page.rows, ...more.page.rows] } };
  if (first.kind === 'month' && more.kind === 'month') return { kind: 'month', page: { ...first.page, rows: [...first.page.rows, ...more.page.rows] } };
  return first;
}

/** The sheet of a date or a month, further pages as their ends come into sight. `again` works it out anew. */
export function useTimesheet(kind: SheetKind, period: string, filter: Filter) {
  const key = JSON.stringify([kind, period, filter]);
  const [now, setNow] = useState<{ key: string; sheet: AnySheet | null; problem: Problem | null; busy: boolean }>({ key: '', sheet: null, problem: null, busy: true });
  const turn = useRef(0);
  const load = useCallback((fresh: boolean) => {
    const mine = ++turn.current;
    const [askedKind, askedPeriod, askedFilter] = JSON.parse(key) as [SheetKind, string, Filter];
    setNow((before) => ({ ...before, busy: true }));
    askSheet(askedKind, askedPeriod, askedFilter, 0, fresh).then(
      (sheet) => { if (turn.current === mine) setNow({ key, sheet, problem: null, busy: false }); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ ...before, problem: toProblem(thrown), busy: false })); },
    );
  }, [key]);
  useEffect(() => {
    const timer = setTimeout(() => load(false), patienceMs);
    return () => { clearTimeout(timer); turn.current += 1; };
  }, [load]);
  const paging = useRef(false);
  const more = useCallback(() => {
    const { sheet } = now;
    if (sheet === null || now.key !== key || paging.current || sheet.page.rows.length >= sheet.page.total) return;
    const mine = turn.current;
    paging.current = true;
    const [askedKind, askedPeriod, askedFilter] = JSON.parse(key) as [SheetKind, string, Filter];
    askSheet(askedKind, askedPeriod, askedFilter, sheet.page.rows.length, false).then(
      (next) => { if (turn.current === mine) setNow((before) => ({ ...before, sheet: joined(sheet, next) })); },
      (thrown: unknown) => { if (turn.current === mine) setNow((before) => ({ ...before, problem: toProblem(thrown) })); },
    ).finally(() => { paging.current = false; });
  }, [now, key]);
  const again = useCallback(() => load(true), [load]);
  // A sheet of another kind or period is not the one that the head now names.
  const sheet = useMemo(() => {
    const [heldKind, heldPeriod] = now.key === '' ? [] : JSON.parse(now.key) as [SheetKind, string];
    return heldKind === kind && heldPeriod === period ? now.sheet : null;
  }, [now, kind, period]);
  return { sheet, problem: now.problem, busy: now.busy || now.key !== key, more, again };
}
