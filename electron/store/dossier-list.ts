import type { z } from 'zod';
import { CitizenFields, type DossierLine, type DossierStatus } from '../../shared/contracts/dossier.ts';
import { fold, maskPersonalId } from '../../shared/domain/vietnamese.ts';
import { ackedSeq } from './event.ts';
import type { Store } from './store.ts';

type Line = z.infer<typeof DossierLine>;

interface LineRow {
  dossier_id: string; dossier_code: string; procedure_name: string; status: DossierStatus; received_at: string; due_at: string | null;
  citizen: string; last_position: number;
}

const columns = 'dossier_id, dossier_code, procedure_name, status, received_at, due_at, citizen, last_position';

/** Dossiers, newest first; `beforeCode` is the last code of the page before. */
export function listDossiers(store: Store, { status, beforeCode, limit }: { status: DossierStatus | null; beforeCode: string | null; limit: number }): Line[] {
  const before = beforeCode === null ? null : store.sql<[string], { n: number }>('select dossier_no as n from dossier where dossier_code = ?').get(beforeCode)?.n ?? null;
  const rows = status === null
    ? store.sql<[number, number], LineRow>(`select ${columns} from dossier where dossier_no < ? order by dossier_no desc limit ?`)
      .all(before ?? Number.MAX_SAFE_INTEGER, limit)
    : store.sql<[string, number, number], LineRow>(`select ${columns} from dossier where status = ? and dossier_no < ? order by dossier_no desc limit ?`)
      .all(status, before ?? Number.MAX_SAFE_INTEGER, limit);
  return linesOf(store, rows);
}

/**
 * Dossiers whose clock runs and whose day is at `from` or later and before `to` (ISO), the earliest first; `beforeCode`
 * is the last code of the page before.
 */
export function listDueDossiers(store: Store, { status, from, to, beforeCode, limit }: {
  status: DossierStatus | null; from: string; to: string; beforeCode: string | null; limit: number;
}): Line[] {
  const last = beforeCode === null ? undefined
    : store.sql<[string], { due: string; no: number }>("select coalesce(due_at, '') as due, dossier_no as no from dossier where dossier_code = ?").get(beforeCode);
  const after = last ?? { due: '', no: 0 };
  return linesOf(store, store.sql<[Record<string, string | number | null>], LineRow>(`select ${columns} from dossier indexed by dossier_due
    where status in ('received', 'in-progress') and due_at >= @from and due_at < @to and (due_at, dossier_no) > (@due, @no)
    and (@status is null or status = @status) order by due_at, dossier_no limit @limit`).all({ status, from, to, limit, ...after }));
}

/** Dossiers by status, and of those whose clock runs: how many are overdue at `now` and due before `soon` (ISO). */
export function countDossiers(store: Store, now: string, soon: string): { counts: Partial<Record<DossierStatus, number>>; overdue: number; dueSoon: number } {
  const counts: Partial<Record<DossierStatus, number>> = {};
  for (const { status, n } of store.sql<[], { status: DossierStatus; n: number }>('select status, count(*) as n from dossier group by status').all()) counts[status] = n;
  const due = (from: string, to: string): number => store.sql<[string, string], { n: number }>(`select count(*) as n from dossier indexed by dossier_due
    where status in ('received', 'in-progress') and due_at >= ? and due_at < ?`).get(from, to)?.n ?? 0;
  return { counts, overdue: due('', now), dueSoon: due(now, soon) };
}

/** Dossiers of a citizen that are not closed, newest first. */
export function openDossiersOf(store: Store, citizenNo: number): Line[] {
  return linesOf(store, store.sql<[number], LineRow>(`select ${columns} from dossier where citizen_no = ?
    and status not in ('handed-over', 'stopped', 'withdrawn') order by dossier_no desc limit 50`).all(citizenNo));
}

/**
 * Dossiers by what an officer types or scans: a personal number (all 12 digits), a dossier code or its beginning, the
 * text of a receipt's QR, or words of a name without accents, each word by its beginning. Newest first.
 */
export function searchDossiers(store: Store, query: string, limit: number): Line[] {
  const text = query.trim();
  if (/^\d{12}$/.test(text)) {
    return linesOf(store, store.sql<[string, number], LineRow>(`select ${columns} from dossier where citizen_no =
      (select citizen_no from citizen where personal_id = ?) order by dossier_no desc limit ?`).all(text, limit));
  }
  const code = codeIn(text);
  if (code !== null) {
    const exact = store.sql<[string], LineRow>(`select ${columns} from dossier where dossier_code = ?`).all(code);
    if (exact.length > 0) return linesOf(store, exact);
  }
  // The marks of FTS5's own query language are no letters or digits, so none of them survives.
  const words = fold(code ?? text).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').slice(0, 12);
  if (words.length === 0) return [];
  const match = words.map((word) => `"${word}"*`).join(' ');
  return linesOf(store, store.sql<[string, number], LineRow>(`select ${columns} from dossier where dossier_no in
    (select rowid from dossier_search where dossier_search match ? order by rowid desc limit ?) order by dossier_no desc`).all(match, limit));
}

/** The dossier code in a typed code or in the QR of a receipt (`MCK1|code|check`). */
function codeIn(text: string): string | null {
  const scanned = /^MCK1\|([^|]{3,80})\|[0-9a-f]+$/i.exec(text)?.[1];
  if (scanned !== undefined) return scanned;
  return /^[\p{L}\p{N}.]+-\d{6}-[\p{L}\p{N}]+$/u.test(text) ? text.toUpperCase() : null;
}

function linesOf(store: Store, rows: LineRow[]): Line[] {
  const acked = store.epoch.base + ackedSeq(store);
  return rows.map((row) => {
    const citizen = CitizenFields.parse(JSON.parse(row.citizen));
    return {
      dossierId: row.dossier_id, dossierCode: row.dossier_code, procedureName: row.procedure_name, status: row.status, receivedAt: row.received_at,
      dueAt: row.due_at, synced: row.last_position <= acked, citizenName: citizen.fullName?.value ?? '',
      maskedId: maskPersonalId(citizen.personalId?.value ?? ''),
    };
  });
}
