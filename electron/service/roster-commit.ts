import { setImmediate } from 'node:timers/promises';
import type { RosterDraft, Worker } from '../../shared/domain/roster.ts';
import type { RowRefusal } from '../../shared/domain/sheet-cell.ts';
import { mergeWorker, sameWorker } from '../../shared/domain/roster.ts';
import { appendEvent, findWorkerById, findWorkerConflict, saveWorker, workerPayload, type Store } from '../store/index.ts';

/** A row as the parsing thread gives it. */
export type ParsedRow = { row: number; draft: RosterDraft } | { row: number; refusal: RowRefusal };
export type RowResult = { row: number; workerId: string | null } & ({ state: 'imported' | 'unchanged' } | { state: 'refused'; refusal: RowRefusal });

/** Rows of a slice are stored for so long; its commit comes on top. A scan may have to wait for two of them. */
const sliceMs = 5;

const fieldNames = { personalId: 'số định danh', cardNumber: 'số thẻ', pass: 'mã ra vào' } as const;

/**
 * Stores parsed rows in short slices, each its own transaction, and lets scans in between.
 * `dryRun` finds the same but stores nothing. The same rows again are `unchanged` and make no event.
 */
export async function commitRows(
  store: Store, rows: readonly ParsedRow[], { actor, dryRun, onRow }: { actor: string; dryRun: boolean; onRow(result: RowResult): void },
): Promise<void> {
  let next = 0;
  while (next < rows.length) {
    const results = store.transaction(() => {
      const done: RowResult[] = [];
      const until = performance.now() + sliceMs;
      do {
        done.push(commitRow(store, rows[next + done.length]!, actor, dryRun));
      } while (performance.now() < until && next + done.length < rows.length);
      return done;
    });
    // Told only now: before the commit nothing is imported.
    results.forEach(onRow);
    next += results.length;
    await setImmediate();
  }
}

function commitRow(store: Store, parsed: ParsedRow, actor: string, dryRun: boolean): RowResult {
  const { row } = parsed;
  if ('refusal' in parsed) return { row, workerId: parsed.refusal.workerId, state: 'refused', refusal: parsed.refusal };
  const { workerId } = parsed.draft;
  const known = findWorkerById(store, workerId);
  const worker = mergeWorker(known, parsed.draft);
  if (known !== null && sameWorker(known, worker)) return { row, workerId, state: 'unchanged' };
  const conflict = findWorkerConflict(store, worker);
  if (conflict !== null) {
    const detail = `Trùng ${fieldNames[conflict.field]} với công nhân ${conflict.workerId} đã có.`;
    return { row, workerId, state: 'refused', refusal: { workerId, code: 'roster-duplicate', detail } };
  }
  if (!dryRun) recordWorker(store, worker, actor);
  return { row, workerId, state: 'imported' };
}

/** Stores one worker with the event; inside a transaction. */
export function recordWorker(store: Store, worker: Worker, actor: string): void {
  saveWorker(store, worker);
  appendEvent(store, { type: 'worker-recorded', actor, payload: workerPayload(store, worker) });
}
