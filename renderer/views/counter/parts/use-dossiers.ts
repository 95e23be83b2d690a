import { useCallback, useMemo, useState } from 'react';
import type { DossierStatus } from '../../../../shared/contracts/dossier.ts';
import type { Problem } from '../../../../shared/contracts/problems.ts';
import type { Output } from '../../../../shared/contracts/requests/index.ts';
import { clockRuns } from '../../../../shared/domain/dossier.ts';
import { addDays, instantOf, localMoment } from '../../../../shared/domain/working-calendar.ts';
import { ask, toProblem, useKioskEvent } from '../../../kiosk.ts';
import { useNow } from './use-now.ts';
import { useWorkLoad } from '../../digitise/use-work-load.ts';

export type DossierLine = Output<'dossier/list'>['dossiers'][number];
export type ListFilter = 'all' | 'received' | 'in-progress' | 'soon' | 'overdue' | 'resolved';

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

interface Older { status: DossierStatus | null; lines: readonly DossierLine[]; ended: boolean; problem: Problem | null }
const noneOlder = (status: DossierStatus | null): Older => ({ status, lines: [], ended: false, problem: null });

/** The work list: kept fresh, older dossiers on demand. */
export function useDossiers(filter: ListFilter): Dossiers {
  const status: DossierStatus | null = filter === 'received' || filter === 'in-progress' || filter === 'resolved' ? filter : null;
  const now = useNow();
  const first = useWorkLoad('dossier/list', { status, beforeCode: null, limit: pageSize }, refreshMs);
  useKioskEvent('sync/state', first.reload);
  const [pages, setPages] = useState<Older>(noneOlder(status));
  const older = pages.status === status ? pages : noneOlder(status);

  const firstLines = first.data?.dossiers;
  const loaded = useMemo(() => {
    const fresh = firstLines ?? [];
    const known = new Set(fresh.map((line) => line.dossierId));
    return [...fresh, ...older.lines.filter((line) => !known.has(line.dossierId))];
  }, [firstLines, older.lines]);
  const lastCode = loaded.at(-1)?.dossierCode ?? null;
  const more = useCallback(() => {
    if (lastCode === null) return;
    ask('dossier/list', { status, beforeCode: lastCode, limit: pageSize }).then(
      ({ dossiers }) => { setPages((before) => ({ status, lines: [...(before.status === status ? before.lines : []), ...dossiers], ended: dossiers.length < pageSize, problem: null })); },
      (thrown: unknown) => { setPages((before) => ({ ...(before.status === status ? before : noneOlder(status)), problem: toProblem(thrown) })); },
    );
  }, [status, lastCode]);

  const lines = useMemo(() => {
    if (filter === 'all') return loaded;
    const wanted = filter === 'soon' || filter === 'overdue' ? loaded.filter((line) => dueState(line, now) === filter) : [...loaded];
    return wanted.sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
  }, [loaded, filter, now]);
  const { data } = first;
  return {
    lines, loading: first.loading && data === null, problem: first.problem ?? older.problem, reload: first.reload,
    more: !older.ended && loaded.length >= pageSize ? more : null,
    counts: data === null ? null : {
      received: data.counts.received ?? 0, 'in-progress': data.counts['in-progress'] ?? 0, resolved: data.counts.resolved ?? 0,
      soon: data.dueSoon, overdue: data.overdue,
    },
  };
}
