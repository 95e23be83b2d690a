import { ackedSeq } from './event.ts';
import type { Store } from './store.ts';

export interface AuditLine { seq: number; at: string; type: string; actor: string; purpose: string | null; acked: boolean }

/** Events without their content, newest first. `beforeSeq`: only older ones; `type`: only those. */
export function listAudit(store: Store, { beforeSeq, limit, type }: { beforeSeq: number | null; limit: number; type: string | null }): AuditLine[] {
  const { base } = store.epoch;
  const acked = base + ackedSeq(store);
  // The partial index serves only where SQLite can see that scans are not asked for.
  const filter = type === null ? '' : type === 'gate-scan' ? "and type = 'gate-scan'" : "and type = ? and type <> 'gate-scan'";
  const params: unknown[] = [base + (beforeSeq ?? 2 ** 50), ...(type === null || type === 'gate-scan' ? [] : [type]), limit];
  return store.sql<unknown[], Omit<AuditLine, 'acked'> & { position: number }>(`
    select position, seq, at, type, actor, purpose from event where position < ? ${filter} order by position desc limit ?`)
    .all(...params).map(({ position, ...line }) => ({ ...line, acked: position <= acked }));
}

/** Every event of the epoch with whether the hub has confirmed it, oldest first, without loading them all. */
export function* outboxLines(store: Store): Generator<{ seq: number; type: string; at: string; acked: boolean }> {
  const acked = ackedSeq(store);
  let after = 0;
  for (;;) {
    const rows = store.sql<[number], { seq: number; type: string; at: string }>(
      'select seq, type, at from event where position > ? order by position limit 1000',
    ).all(store.epoch.base + after);
    if (rows.length === 0) return;
    for (const row of rows) yield { ...row, acked: row.seq <= acked };
    after = rows.at(-1)?.seq ?? after;
  }
}

/** SQLite's own check, a table at a time so that no one snapshot lives long; the first finding, or null. */
export function quickCheck(store: Store): string | null {
  const tables = store.db.prepare<[], { name: string }>("select name from sqlite_schema where type = 'table'").all();
  for (const { name } of tables) {
    const found = String(store.db.pragma(`quick_check('${name.replaceAll("'", "''")}')`, { simple: true }));
    if (found !== 'ok') return found;
  }
  return null;
}

/** Copies the write-ahead log into the database as far as no reader is in the way; never waits for the writer. */
export function checkpoint(store: Store): void {
  store.db.pragma('wal_checkpoint(PASSIVE)');
}
