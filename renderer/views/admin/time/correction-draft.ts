import type { CorrectionChanges } from '../../../../shared/contracts/correction.ts';
import { noChanges } from '../../../../shared/domain/correction.ts';
import { startOfDay } from '../../../../shared/domain/shift.ts';

/** What somebody has entered about a date, as it stands in the fields. */
export interface CorrectionDraft {
  way: 'change' | 'keep' | 'restore';
  addIn: string;
  addOut: string;
  overtime: string;
  /** Empty: as planned; `-`: none. */
  shiftId: string;
  wholeDay: boolean;
  leaveOut: CorrectionChanges['leaveOut'];
  /** Punches that are no first way in or out of the fields: they stay as they are. */
  more: CorrectionChanges['add'];
}

export type DraftError = 'clock' | 'minutes' | 'nothing';

export const noShiftId = '-';
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** Before a shift nobody comes earlier than this. */
const earliest = 6 * 60 * minuteMs;

/** `7h5`, `705`, `7:05` as minutes of the day; null for anything else. */
export function clockMinutes(text: string): number | null {
  const found = /^(\d{1,2})\s*[:hg.]?\s*(\d{2})?$/i.exec(text.trim()) ?? null;
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** The first moment with that clock time from some hours before the beginning of the work on. */
export function momentOf(minutes: number, workDate: string, startAt: number | null): number {
  const midnight = startOfDay(workDate);
  const anchor = (startAt ?? midnight) - (startAt === null ? 0 : earliest);
  const at = midnight + minutes * minuteMs;
  return at + Math.ceil((anchor - at) / dayMs) * dayMs;
}

/** The draft of what is already said about a date. `clockOf` writes an instant as `HH:MM`. */
export function draftOf(changes: CorrectionChanges | null, clockOf: (at: number) => string): CorrectionDraft {
  const { kind, add, leaveOut, overtimeMinutes, shift, wholeDay } = changes ?? { ...noChanges, kind: 'change' as const };
  const first = (direction: 'in' | 'out') => add.find((one) => one.direction === direction);
  const [addIn, addOut] = [first('in'), first('out')];
  return {
    way: kind, addIn: addIn === undefined ? '' : clockOf(addIn.at), addOut: addOut === undefined ? '' : clockOf(addOut.at),
    overtime: overtimeMinutes === null ? '' : String(overtimeMinutes), shiftId: shift === null ? '' : shift.id ?? noShiftId, wholeDay, leaveOut,
    more: add.filter((one) => one !== addIn && one !== addOut),
  };
}

/** What a draft says, or what is wrong with it. `startAt`: where the work of the date begins; null without a shift. */
export function changesOf(draft: CorrectionDraft, workDate: string, startAt: number | null): { changes: CorrectionChanges } | { error: DraftError } {
  const { way, addIn, addOut, overtime, shiftId, wholeDay, leaveOut, more } = draft;
  if (way !== 'change') return { changes: { ...noChanges, kind: way } };
  const shift = shiftId === '' ? null : { id: shiftId === noShiftId ? null : shiftId };
  if (wholeDay) return { changes: { ...noChanges, kind: 'change', shift, wholeDay } };
  const add = [...more];
  for (const [direction, text] of [['in', addIn], ['out', addOut]] as const) {
    if (text.trim() === '') continue;
    const minutes = clockMinutes(text);
    if (minutes === null) return { error: 'clock' };
    add.push({ direction, at: momentOf(minutes, workDate, startAt) });
  }
  const overtimeMinutes = overtime.trim() === '' ? null : Number(overtime.trim());
  if (overtimeMinutes !== null && !(Number.isInteger(overtimeMinutes) && overtimeMinutes >= 0 && overtimeMinutes <= 720)) return { error: 'minutes' };
  if (add.length === 0 && leaveOut.length === 0 && overtimeMinutes === null && shift === null) return { error: 'nothing' };
  return { changes: { kind: 'change', add: add.toSorted((a, b) => a.at - b.at), leaveOut, overtimeMinutes, shift, wholeDay: false } };
}
