import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { VisitorKind } from '../../../shared/contracts/visitor.ts';
import type { RowRefusal } from '../../../shared/domain/sheet-cell.ts';
import { fold } from '../../../shared/domain/vietnamese.ts';
import type { VisitorColumn, VisitorRow } from '../../../shared/domain/visitor-sheet.ts';
import { appendEvent, findVisitor, findWorkerById, personalHash, sha256, type Store } from '../../store/index.ts';
import { readInThread } from '../file-thread.ts';
import type { VisitorPart } from './visitor-file.ts';
import { registerVisitor } from './visitors.ts';

const mostBytes = 20 * 1024 * 1024;
/** As for a roster: a scan may have to wait for two such slices. */
const sliceMs = 5;

export interface VisitorImport { rows: number; imported: number; unchanged: number; refused: number; columns: Partial<Record<VisitorColumn, string>> }

export interface VisitorImportOptions {
  fileName: string;
  content: Uint8Array;
  kind: VisitorKind;
  dryRun: boolean;
  actor: string;
  onRefused?(refusal: RowRefusal & { row: number }): void;
  onProgress?(done: number): void;
}

/**
 * Registers everybody of a list, each with a pass of his own, in short slices so that scans go on. The same row again is the
 * same visitor: nothing changes. Problems: as `readVisitorFile`, `file-too-large`.
 */
export async function importVisitors(store: Store, options: VisitorImportOptions): Promise<VisitorImport> {
  const { fileName, content, kind, dryRun, actor } = options;
  if (content.byteLength > mostBytes) throw new ProblemError('file-too-large');
  const total: VisitorImport = { rows: 0, imported: 0, unchanged: 0, refused: 0, columns: {} };
  for await (const part of readInThread<VisitorPart>('visitor-file', content)) {
    if (part.kind === 'columns') {
      total.columns = part.columns;
      continue;
    }
    for (let next = 0; next < part.rows.length;) {
      const done = store.transaction(() => {
        const until = performance.now() + sliceMs;
        const results: { state: 'imported' | 'unchanged' | RowRefusal; row: number }[] = [];
        do {
          const row = part.rows[next + results.length]!;
          results.push({ row: row.row, state: commitRow(store, row, { kind, dryRun, actor }) });
        } while (performance.now() < until && next + results.length < part.rows.length);
        return results;
      });
      // Told only now: before the commit nobody is registered.
      for (const { row, state } of done) {
        total.rows += 1;
        if (typeof state === 'string') total[state] += 1;
        else {
          total.refused += 1;
          options.onRefused?.({ row, ...state });
        }
      }
      next += done.length;
      await setImmediate();
    }
    options.onProgress?.(total.rows);
  }
  if (!dryRun) {
    const { columns: _, ...counts } = total;
    store.transaction(() => appendEvent(store, {
      type: 'visitor-changed', actor, payload: { importId: randomUUID(), fileName: fileName.normalize('NFC').replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 255), ...counts },
    }));
  }
  return total;
}

function commitRow(store: Store, row: VisitorRow, { kind, dryRun, actor }: { kind: VisitorKind; dryRun: boolean; actor: string }): 'imported' | 'unchanged' | RowRefusal {
  if ('refusal' in row) return row.refusal;
  const { visitor, personalId } = row;
  if (visitor.hostWorkerId !== null && findWorkerById(store, visitor.hostWorkerId) === null) {
    return { workerId: null, code: 'roster-row-invalid', detail: `Không có mã người tiếp ${visitor.hostWorkerId} trong danh sách công nhân.` };
  }
  const visitorId = rowId([kind, fold(visitor.fullName), fold(visitor.company), personalId === null ? '' : personalHash(store, personalId), visitor.validFrom, visitor.validTo]);
  if (findVisitor(store, visitorId) !== null) return 'unchanged';
  if (!dryRun) registerVisitor(store, visitorId, { ...visitor, kind }, personalId, actor);
  return 'imported';
}

/** An id that the same row always has, in the form of a UUID of version 8. */
function rowId(parts: readonly string[]): string {
  const hex = sha256(parts.join('\u001f'));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
