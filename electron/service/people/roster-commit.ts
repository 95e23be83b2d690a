import { setImmediate } from 'node:timers/promises';
import { mergeWorker, sameWorker, type RosterDraft, type Worker } from '../../../shared/domain/roster.ts';
import { isBefore, isReHire, movesOf, type Move } from '../../../shared/domain/roster-change.ts';
import { Refusal, type RowRefusal } from '../../../shared/domain/sheet-cell.ts';
import { dateText, workDateOf } from '../../../shared/domain/work-date.ts';
import {
  appendEvent, findWithdrawnCard, findWorkerById, findWorkerConflicts, handOverNumbers, keepTerm, linkFormer, saveWorker, workerPayload,
  type Store, type StoredWorker, type WorkerConflict,
} from '../../store/index.ts';

/** A row as the parsing thread gives it. */
export type ParsedRow = { row: number; draft: RosterDraft } | { row: number; refusal: RowRefusal };
export type RowResult = { row: number; workerId: string | null } & (
  | { state: 'imported'; fullName: string; isNew: boolean; moves: readonly Move[]; reHire: { formerId: string; endDate: string } | null }
  | { state: 'unchanged' }
  | { state: 'refused'; refusal: RowRefusal });

/** Rows of a slice are stored for so long; its commit comes on top. A scan may have to wait for two of them. */
export const sliceMs = 12;

const fieldNames = { personalId: 'số định danh', cardNumber: 'số thẻ', pass: 'mã ra vào' } as const;

/** Does work on each item in short slices, each its own transaction, and lets scans in between. `told` hears of each after its commit. */
export async function inSlices<I, R>(store: Store, items: readonly I[], work: (item: I) => R, told: (result: R) => void): Promise<void> {
  let next = 0;
  while (next < items.length) {
    const results = store.transaction(() => {
      const done: R[] = [];
      const until = performance.now() + sliceMs;
      do {
        done.push(work(items[next + done.length]!));
      } while (performance.now() < until && next + done.length < items.length);
      return done;
    });
    results.forEach(told);
    next += results.length;
    await setImmediate();
  }
}

/**
 * Stores parsed rows in short slices. `dryRun` finds the same but stores nothing. The same rows again are `unchanged` and
 * make no event.
 */
export function commitRows(
  store: Store, rows: readonly ParsedRow[], { actor, dryRun, onRow }: { actor: string; dryRun: boolean; onRow(result: RowResult): void },
): Promise<void> {
  const today = workDateOf(store.clock.now());
  return inSlices(store, rows, (row) => commitRow(store, row, { actor, dryRun, today }), onRow);
}

interface How { actor: string; dryRun: boolean; today: string }

function commitRow(store: Store, parsed: ParsedRow, how: How): RowResult {
  const { row } = parsed;
  if ('refusal' in parsed) return { row, workerId: parsed.refusal.workerId, state: 'refused', refusal: parsed.refusal };
  const { workerId } = parsed.draft;
  const refused = (code: RowRefusal['code'], detail: string): RowResult => ({ row, workerId, state: 'refused', refusal: { workerId, code, detail } });
  const known = findWorkerById(store, workerId);
  let worker: Worker;
  try {
    worker = mergeTerm(known, known === null || known.nextWorkerNo === null ? parsed.draft : withoutNumbers(parsed.draft));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused('roster-row-invalid', error.message);
  }
  if (known !== null && sameWorker(known, worker)) return { row, workerId, state: 'unchanged' };
  const withdrawn = worker.cardNumber === null || worker.cardNumber === known?.cardNumber ? null : findWithdrawnCard(store, worker.cardNumber);
  if (withdrawn !== null) return refused('roster-row-invalid', `Thẻ này ${withdrawnWords[withdrawn.reason]} ngày ${localDate(withdrawn.at)}, không cấp lại qua danh sách.`);
  const conflicts = findWorkerConflicts(store, worker);
  const owner = conflicts.length === 0 ? null : sameOwner(store, conflicts, worker);
  const isLater = owner !== null && isBefore(owner, { ...worker, startDate: worker.startDate ?? how.today });
  const isFormer = owner !== null && isBefore(worker, owner);
  if (conflicts.length > 0 && !isLater && !isFormer) {
    const [{ field, workerId: other }] = conflicts as [WorkerConflict];
    return refused('roster-duplicate', `Trùng ${fieldNames[field]} với công nhân ${other} đã có.`);
  }
  const isBack = known !== null && isReHire(known, worker);
  if (!how.dryRun) storeRow(store, { known, worker, owner: isLater || isFormer ? owner : null, isFormer, isBack, actor: how.actor });
  return {
    row, workerId, state: 'imported', fullName: worker.fullName, isNew: known === null, moves: known === null ? [] : movesOf(known, worker),
    reHire: isBack ? { formerId: workerId, endDate: known.endDate! } : isLater ? { formerId: owner.workerId, endDate: owner.endDate! } : null,
  };
}

function storeRow(store: Store, { known, worker, owner, isFormer, isBack, actor }: {
  known: StoredWorker | null; worker: Worker; owner: StoredWorker | null; isFormer: boolean; isBack: boolean; actor: string;
}): void {
  if (isBack && known !== null) keepTerm(store, known);
  if (owner === null) return recordWorker(store, worker, actor);
  if (isFormer) {
    recordWorker(store, { ...worker, personalId: null, cardNumber: null, pass: null }, actor);
    linkFormer(store, findWorkerById(store, worker.workerId)!.workerNo, owner.workerNo);
    return;
  }
  handOverNumbers(store, owner.workerNo, null);
  recordWorker(store, worker, actor);
  linkFormer(store, owner.workerNo, findWorkerById(store, worker.workerId)!.workerNo);
}

/** A worker after a row; one who comes back under the same code no longer has the old end. Throws a `Refusal`. */
function mergeTerm(known: StoredWorker | null, draft: RosterDraft): Worker {
  const worker = mergeWorker(known, draft);
  if (worker.startDate === null || worker.endDate === null || worker.endDate >= worker.startDate) return worker;
  if (draft.endDate === undefined && known !== null && isReHire(known, worker)) return { ...worker, endDate: null };
  throw new Refusal('Ngày nghỉ sớm hơn ngày vào.');
}

/** The numbers of somebody who works under another code since belong to that one. */
function withoutNumbers({ personalId: _p, cardNumber: _c, pass: _q, ...draft }: RosterDraft): RosterDraft {
  return draft;
}

/** Whose all the numbers are, where that is the same person; null where they are somebody else's, or several people's. */
function sameOwner(store: Store, conflicts: readonly WorkerConflict[], worker: Worker): StoredWorker | null {
  const [first] = conflicts;
  if (first?.field !== 'personalId' || worker.personalId === null || conflicts.some(({ workerId }) => workerId !== first.workerId)) return null;
  return findWorkerById(store, first.workerId);
}

const withdrawnWords = { lost: 'đã báo mất', broken: 'đã báo hỏng', replaced: 'đã được thay', returned: 'đã thu lại' } as const;

function localDate(at: string): string {
  return dateText(workDateOf(Date.parse(at)));
}

/** Stores one worker with the event; inside a transaction. */
export function recordWorker(store: Store, worker: Worker, actor: string): void {
  saveWorker(store, worker);
  appendEvent(store, { type: 'worker-recorded', actor, payload: workerPayload(store, worker) });
}
