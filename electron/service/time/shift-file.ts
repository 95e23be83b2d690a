import { ProblemError } from '../../../shared/contracts/problems.ts';
import { ShiftPlan, type Assignment, type Shift } from '../../../shared/contracts/shift.ts';
import { mapAssignmentColumns, readAssignmentRow, type AssignmentField } from '../../../shared/domain/assignment.ts';
import type { RowRefusal } from '../../../shared/domain/sheet-cell.ts';
import { sheetRows } from '../sheet-file.ts';

const mostRows = 200_000;
const batch = 500;

/** A row of a sheet, or the n-th assignment of a plan. */
export type ParsedAssignment = { row: number; assignment: Assignment } | { row: number; refusal: RowRefusal };
export type ShiftPart =
  | { kind: 'shifts'; shifts: Shift[] }
  | { kind: 'columns'; columns: Partial<Record<AssignmentField, string>> }
  | { kind: 'rows'; rows: ParsedAssignment[] };

/**
 * Reads a sheet of assignments (CSV, XLSX) or a plan (JSON, as the command line takes it): its shifts or its columns, then
 * its assignments in order, refused ones with the reason. A plan's lanes are not read: a kiosk's lanes are settings.
 * Problems: `shift-plan-invalid`, `assignment-columns-missing`, `file-too-large`, and those of `sheetRows`.
 */
export async function* readShiftFile(content: Uint8Array): AsyncGenerator<ShiftPart> {
  if (isJson(content)) yield* planParts(parseShiftPlan(content));
  else yield* sheetParts(content);
}

/** A plan from JSON. Problem: `shift-plan-invalid` with the place. */
export function parseShiftPlan(content: Uint8Array): ShiftPlan {
  const parsed = ShiftPlan.safeParse(jsonOrNull(content));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ProblemError('shift-plan-invalid', `${issue?.path.join('.') ?? ''}: ${issue?.code ?? ''}`);
}

function* planParts({ shifts, assignments }: ShiftPlan): Generator<ShiftPart> {
  if (assignments.length > mostRows) throw new ProblemError('file-too-large', `more than ${mostRows} rows`);
  yield { kind: 'shifts', shifts };
  for (let at = 0; at < assignments.length; at += batch) {
    yield { kind: 'rows', rows: assignments.slice(at, at + batch).map((assignment, i) => planRow(at + i + 1, assignment)) };
  }
}

function planRow(row: number, assignment: Assignment): ParsedAssignment {
  if (assignment.from <= assignment.to) return { row, assignment };
  return { row, refusal: { workerId: assignment.workerId, code: 'roster-row-invalid', detail: 'Đến ngày sớm hơn từ ngày.' } };
}

async function* sheetParts(content: Uint8Array): AsyncGenerator<ShiftPart> {
  let columns: Record<AssignmentField, number> | null = null;
  let rows: ParsedAssignment[] = [];
  let count = 0;
  for await (const { row, cells } of sheetRows(content)) {
    if (cells.every((cell) => cell === undefined || cell.text.trim() === '')) continue;
    if (columns === null) {
      columns = mapAssignmentColumns(cells.map((cell) => cell?.text ?? ''));
      if (columns === null) throw new ProblemError('assignment-columns-missing');
      const named = Object.entries(columns).map(([field, at]) => [field, (cells[at]?.text ?? '').trim().slice(0, 80)]);
      yield { kind: 'columns', columns: Object.fromEntries(named) as Partial<Record<AssignmentField, string>> };
      continue;
    }
    count += 1;
    if (count > mostRows) throw new ProblemError('file-too-large', `more than ${mostRows} rows`);
    rows.push({ row, ...readAssignmentRow(cells, columns) });
    if (rows.length === batch) {
      yield { kind: 'rows', rows };
      rows = [];
    }
  }
  if (columns === null) throw new ProblemError('assignment-columns-missing');
  if (rows.length > 0) yield { kind: 'rows', rows };
}

function isJson(content: Uint8Array): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(Buffer.from(content.subarray(0, 200)).toString('latin1'));
}

function jsonOrNull(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return null;
  }
}
