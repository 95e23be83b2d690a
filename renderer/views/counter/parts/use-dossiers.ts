import { useCallback, useMemo, useState } from 'react';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import type { Input, Output } from '../../../../shared/contracts/requests/index.ts';
import { clockRuns } from '../../../../shared/domain/dossier.ts';
import { instantOf, localMoment } from '../../../../shared/domain/working-calendar.ts';
import { addDays } from '../../../../shared/domain/work-date.ts';
import { ask, toProblem, useKioskEvent } from '../../../kiosk.ts';
import { useWorkLoad } from '../../digitise/use-work-load.ts';

export type DossierLine = Output<'dossier/list'>['dossiers'][number];
export type ListFilter = 'all' | 'received' | 'in-progress' | 'soon' | 'overdue' | 'resolved';

const wanted: Record<ListFilter, Pick<Input<'dossier/list'>, 'status' | 'due'>> = {
  'all': { status: null }, 'received': { status: 'received' }, 'in-progress': { status: 'in-progress' }, 'resolved': { status: 'resolved' },
  'soon': { status: null, due: 'soon' }, 'overdue': { status: null, due: 'overdue' },
};
const pageSize = 100;
const refreshMs = 20_000;
/** As the service counts: due by the end of the day after tomorrow. */
const soonDays = 2;

/** How a dossier stands against its day: only while its clock runs. */
export function dueState(line: Pick<DossierLine, 'dueAt' | 'status'>, now: number): 'overdue' | 'soon' | null {
  if (line.dueAt === null || !clockRuns(line.status)) return null;
  const due = Date.parse(line.dueAt);
  if (due < now) return 'overdue';
  const soon = instantOf({ date: addDays(localMoment(now).date, soonDays + 1), minute: 0 });
  return due < Date.parse(soon) ? 'soon' : null;
}

export interface Dossiers {
  lines: readonly DossierLine[];
  counts: Readonly<Record<Exclude<ListFilter, 'all'>, number>> | null;
  loading: boolean;
  problem: Problem | null;
  reload: () => void;
  /** Asks for older ones; null when there are none. */
  more: (() => void) | null;
}

interface Older { filter: ListFilter; lines: readonly DossierLine[]; ended: boolean; problem: Problem | null }
const noneOlder = (filter: ListFilter): Older => ({ filter, lines: [], ended: false, problem: null });

/** The work list: kept fresh, further dossiers on demand. The service decides what belongs in it and in which order. */
export function useDossiers(filter: ListFilter): Dossiers {
  const first = useWorkLoad('dossier/list', { ...wanted[filter], beforeCode: null, limit: pageSize }, refreshMs);
  useKioskEvent('sync/state', first.reload);
  const [pages, setPages] = useState<Older>(noneOlder(filter));
  const older = pages.filter === filter ? pages : noneOlder(filter);

  const firstLines = first.data?.dossiers;
  const lines = useMemo(() => {
    const fresh = firstLines ?? [];
    const known = new Set(fresh.map((line) => line.dossierId));
    return [...fresh, ...older.lines.filter((line) => !known.has(line.dossierId))];
  }, [firstLines, older.lines]);
  const lastCode = lines.at(-1)?.dossierCode ?? null;
  const more = useCallback(() => {
    if (lastCode === null) return;
    ask('dossier/list', { ...wanted[filter], beforeCode: lastCode, limit: pageSize }).then(
      ({ dossiers }) => { setPages((before) => ({ filter, lines: [...(before.filter === filter ? before.lines : []), ...dossiers], ended: dossiers.length < pageSize, problem: null })); },
      (thrown: unknown) => { setPages((before) => ({ ...(before.filter === filter ? before : noneOlder(filter)), problem: toProblem(thrown) })); },
    );
  }, [filter, lastCode]);

  const { data } = first;
  return {
    lines, loading: first.loading && data === null, problem: first.problem ?? older.problem, reload: first.reload,
    more: !older.ended && lines.length >= pageSize ? more : null,
    counts: data === null ? null : {
      received: data.counts.received ?? 0, 'in-progress': data.counts['in-progress'] ?? 0, resolved: data.counts.resolved ?? 0,
      soon: data.dueSoon, overdue: data.overdue,
    },
  };
}
