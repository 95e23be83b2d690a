import type { CorrectionChanges } from '../contracts/correction.ts';
import { addTo, noChanges } from './correction.ts';
import type { ShiftDay } from './shift.ts';
import type { TimesheetLine } from './timesheet-line.ts';

/**
 * What most probably happened on a date: whoever forgot to scan came at the start of the shift or left at its end. Null
 * where only a person can tell. `known`: the correction that counts already, which the suggestion goes on from. `shifts`:
 * those of the date, the earliest first.
 */
export function suggestChanges(line: TimesheetLine, shifts: readonly ShiftDay[], known: CorrectionChanges | null): CorrectionChanges | null {
  const { exceptions } = line;
  const add: CorrectionChanges['add'] = [];
  const [first] = shifts;
  if (exceptions.includes('missing-in') && line.in === null && first !== undefined && line.out !== null && first.startAt < line.out) {
    add.push({ direction: 'in', at: first.startAt });
  }
  if (exceptions.includes('no-out') && line.closedBy === 'system' && line.in !== null && line.out !== null && line.out > line.in) {
    add.push({ direction: 'out', at: line.out });
  }
  const missing = exceptions.filter((one) => one === 'missing-in' || one === 'no-out').length;
  if (add.length > 0 && add.length === missing) return addTo(known, add);
  // Twice the same way in changes no hour: the first one counts anyway.
  return exceptions.length === 1 && exceptions[0] === 'in-twice' ? noChanges : null;
}
