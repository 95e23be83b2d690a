import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Assignment, Shift } from '../../../shared/contracts/shift.ts';
import { replaceAssignments, type AssignmentField } from '../../../shared/domain/assignment.ts';
import type { RowRefusal } from '../../../shared/domain/sheet-cell.ts';
import {
  appendEvent, findWorkerById, readAssignments, readShifts, setShifts, writeAssignments, type Store,
} from '../../store/index.ts';
import { readInThread } from '../file-thread.ts';
import type { ParsedAssignment, ShiftPart } from './shift-file.ts';

const mostBytes = 50 * 1024 * 1024;
/** As for a roster: a scan may have to wait for two such slices. */
const sliceMs = 5;
/** An event stays small enough to be sent with others. */
const mostInEvent = 500;
/** More than one a day for a year is no plan. */
const mostOfWorker = 500;

export interface ShiftImport {
  rows: number;
  imported: number;
  unchanged: number;
  refused: number;
  /** Shifts of a plan that are new or others than before. */
  shifts: number;
  /** Field → header as the sheet writes it; empty for a plan. */
  columns: Partial<Record<AssignmentField, string>>;
}

export interface ShiftImportOptions {
  fileName: string;
  content: Uint8Array;
  dryRun: boolean;
  actor: string;
  onRefused?(refusal: RowRefusal & { row: number }): void;
  onProgress?(done: number): void;
}

/**
 * Imports assignments (CSV, XLSX), or shifts and assignments (a plan in JSON). Shifts of a plan are added or changed, none
 * is taken away; on the dates that a worker's new assignments name they stand in the place of the old. Stored in short
 * slices, each with its event, so that scans go on. Problems: as `readShiftFile`, `file-too-large`.
 */
export async function importShifts(store: Store, options: ShiftImportOptions): Promise<ShiftImport> {
  const { fileName, content, dryRun, actor, onProgress } = options;
  if (content.byteLength > mostBytes) throw new ProblemError('file-too-large');
  const total: ShiftImport = { rows: 0, imported: 0, unchanged: 0, refused: 0, shifts: 0, columns: {} };
  const refuse = (row: number, refusal: RowRefusal): void => {
    total.refused += 1;
    options.onRefused?.({ row, ...refusal });
  };
  let shifts: Shift[] = [];
  const plans = new Map<string, Assignment[]>();
  const check = checks(store, plans);
  for await (const part of readInThread<ShiftPart>('shift-file', content)) {
    if (part.kind === 'columns') total.columns = part.columns;
    else if (part.kind === 'shifts') {
      ({ shifts } = part);
      check.know(shifts);
    } else {
      const pause = pauses();
      for (const parsed of part.rows) {
        total.rows += 1;
        const refusal = 'refusal' in parsed ? parsed.refusal : check.refusalOf(parsed);
        if (refusal !== null) refuse(parsed.row, refusal);
        await pause();
      }
    }
  }
  total.shifts = dryRun ? othersThan(store, shifts) : setShifts(store, shifts, actor);
  const about = { importId: randomUUID(), fileName: fileName.normalize('NFC').replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 255) };
  for await (const { imported, unchanged } of storePlans(store, plans, { dryRun, actor, about })) {
    total.imported += imported;
    total.unchanged += unchanged;
    onProgress?.(total.imported + total.unchanged + total.refused);
  }
  return total;
}

/** What only the store knows of a row. Rows that pass are gathered worker by worker. */
function checks(store: Store, plans: Map<string, Assignment[]>) {
  const known = new Set(readShifts(store).keys());
  const rows = new Map<string, number>();
  return {
    know: (shifts: readonly Shift[]): void => { for (const { id } of shifts) known.add(id); },
    refusalOf: ({ row, assignment }: Extract<ParsedAssignment, { assignment: Assignment }>): RowRefusal | null => {
      const { workerId, shiftId, from, to } = assignment;
      const invalid = (detail: string): RowRefusal => ({ workerId, code: 'roster-row-invalid', detail });
      if (!known.has(shiftId)) return invalid(`Chưa có ca ${shiftId}. Cần thêm ca này trước.`);
      const own = plans.get(workerId) ?? [];
      if (own.length === 0 && findWorkerById(store, workerId) === null) return invalid('Không có mã này trong danh sách công nhân.');
      const key = `${workerId} ${from} ${to} ${shiftId}`;
      const twice = rows.get(key);
      if (twice !== undefined) return invalid(`Giống hệt dòng ${twice}.`);
      if (own.length === mostOfWorker) return invalid(`Một công nhân chỉ được ${mostOfWorker} dòng trong một tệp.`);
      rows.set(key, row);
      plans.set(workerId, [...own, assignment]);
      return null;
    },
  };
}

function othersThan(store: Store, shifts: readonly Shift[]): number {
  const known = readShifts(store);
  return shifts.filter((shift) => JSON.stringify(known.get(shift.id)) !== JSON.stringify(shift)).length;
}

async function* storePlans(
  store: Store, plans: ReadonlyMap<string, readonly Assignment[]>,
  { dryRun, actor, about }: { dryRun: boolean; actor: string; about: Record<string, string> },
): AsyncGenerator<{ imported: number; unchanged: number }> {
  const waiting = [...plans];
  for (let next = 0; next < waiting.length;) {
    const slice = store.transaction(() => {
      const done = { imported: 0, unchanged: 0 };
      const told: Assignment[] = [];
      const until = performance.now() + sliceMs;
      do {
        const [workerId, fresh] = waiting[next]!;
        const before = readAssignments(store, workerId);
        const after = replaceAssignments(before, fresh);
        next += 1;
        if (JSON.stringify(before) === JSON.stringify(after)) {
          done.unchanged += fresh.length;
          continue;
        }
        done.imported += fresh.length;
        if (dryRun) continue;
        writeAssignments(store, workerId, after);
        told.push(...fresh);
      } while (performance.now() < until && next < waiting.length && told.length < mostInEvent);
      // What was asked for, not what came of it: replayed in order it gives the same plan anywhere.
      if (told.length > 0) appendEvent(store, { type: 'shift-assigned', actor, payload: { ...about, assignments: told } });
      return done;
    });
    yield slice;
    await setImmediate();
  }
}

/** Lets others in after each slice of time. */
function pauses(): () => Promise<void> {
  let until = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < until) return;
    await setImmediate();
    until = performance.now() + sliceMs;
  };
}
