import type { Assignment } from '../contracts/shift.ts';
import { rosterHeaders } from './roster.ts';
import { findColumns, readCode, readDate, Refusal, refuse, tidyCell, type Cell, type RowRefusal } from './sheet-cell.ts';
import { addDays } from './work-date.ts';

export type AssignmentField = keyof Assignment;

const headers: Readonly<Record<AssignmentField, readonly string[]>> = {
  workerId: rosterHeaders.workerId,
  shiftId: rosterHeaders.shiftId,
  from: ['from', 'from date', 'start date', 'tu ngay', 'ngay bat dau', 'ap dung tu', 'bat dau'],
  to: ['to', 'to date', 'end date', 'den ngay', 'ngay ket thuc', 'den het ngay', 'ket thuc'],
};

/** Which column holds which field of an assignment; null where one of the four has none. */
export function mapAssignmentColumns(header: readonly string[]): Record<AssignmentField, number> | null {
  const { workerId, shiftId, from, to } = findColumns(header, headers);
  return workerId === undefined || shiftId === undefined || from === undefined || to === undefined ? null : { workerId, shiftId, from, to };
}

/** Reads one row of a sheet of assignments. What a spreadsheet has spoilt is refused with the reason, never guessed. */
export function readAssignmentRow(
  cells: readonly (Cell | undefined)[], columns: Record<AssignmentField, number>,
): { assignment: Assignment } | { refusal: RowRefusal } {
  const cell = (field: AssignmentField): Cell => tidyCell(cells[columns[field]]);
  let workerId: string | null = null;
  try {
    workerId = readCode('Mã công nhân', cell('workerId')) ?? refuse('Thiếu mã công nhân.');
    const shiftId = readCode('Ca', cell('shiftId')) ?? refuse('Thiếu mã ca.');
    const from = readDate('Từ ngày', cell('from')) ?? refuse('Thiếu từ ngày.');
    const to = readDate('Đến ngày', cell('to')) ?? refuse('Thiếu đến ngày.');
    if (to < from) refuse('Đến ngày sớm hơn từ ngày.');
    return { assignment: { workerId, shiftId, from, to } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: { workerId, code: 'roster-row-invalid', detail: error.message } };
  }
}

/**
 * One worker's assignments after new ones: on the dates that the new ones name they stand in the place of what was there,
 * on all others nothing changes. Two new ones of one date are both kept: a split day. In order of dates; dates are ISO,
 * both ends included.
 */
export function replaceAssignments(known: readonly Assignment[], fresh: readonly Assignment[]): Assignment[] {
  const kept = fresh.reduce<Assignment[]>((left, { from, to }) => left.flatMap((one) => without(one, from, to)), [...known]);
  const all = new Map([...kept, ...fresh].map((one) => [`${one.from} ${one.to} ${one.shiftId}`, one]));
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** What is left of an assignment when some dates are taken out of it. */
function without(one: Assignment, from: string, to: string): Assignment[] {
  if (to < one.from || one.to < from) return [one];
  const before = one.from < from ? [{ ...one, to: addDays(from, -1) }] : [];
  const after = to < one.to ? [{ ...one, from: addDays(to, 1) }] : [];
  return [...before, ...after];
}
