import type { CorrectionChanges } from '../../../shared/contracts/correction.ts';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { addTo } from '../../../shared/domain/correction.ts';
import type { ShiftDay } from '../../../shared/domain/shift.ts';
import type { TimesheetLine } from '../../../shared/domain/timesheet.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import { countLaneScans, eachWorker, readMarkedDates, readWorkerCorrections, type SheetWorker, type Store } from '../../store/index.ts';
import { daysAfter, personOf } from './correction-lines.ts';
import { sheetDesk } from './timesheets.ts';

type Asked = Input<'inbox/outage'> & { now: number };
type Row = Output<'inbox/outage'>['rows'][number];

/** No more rows than a message may have. */
const mostRows = 30_000;

/**
 * Who lacks a punch because it fell into a time without scanning: his shift began or ended then and there is no way in or
 * out of it. Whoever has no scan at all is in the list only where both fell into it (`seen` false): else he was not there.
 * Dates with a proposal that waits are left out.
 */
export function outageList(store: Store, { lanes, from, to, team, now }: Asked): Output<'inbox/outage'> {
  const span = { from: Date.parse(from), to: Date.parse(to) };
  const [first, last] = [addDays(workDateOf(span.from), -1), workDateOf(span.to)];
  const desk = sheetDesk(store, { from: first, to: addDays(last, daysAfter), until: now });
  const { waiting } = readMarkedDates(store, first, last);
  const rows: Row[] = [];
  for (const worker of eachWorker(store)) {
    if (!isAsked(worker, team) || rows.length >= mostRows) continue;
    const corrections = readWorkerCorrections(store, worker.workerId, desk.knownFrom, desk.knownTo);
    let lines: Map<string, TimesheetLine> | null = null;
    for (let date = first; date <= last; date = addDays(date, 1)) {
      if (!isEmployed(worker, date) || waiting.has(`${worker.workerId} ${date}`)) continue;
      const shifts = desk.shiftsOf(worker, corrections, date).filter(({ shiftId }) => team.shiftId === null || shiftId === team.shiftId);
      if (!shifts.some(({ startAt, endAt }) => isIn(startAt, span) || isIn(endAt, span))) continue;
      lines ??= new Map(desk.daysOf(worker, corrections).map(({ line }) => [line.workDate, line]));
      const line = lines.get(date) ?? null;
      const add = lacking(line, shifts, span, now);
      if (add.length === 0) continue;
      const known = corrections.find(({ workDate }) => workDate === date)?.changes ?? null;
      rows.push({ ...personOf(worker), workDate: date, shiftId: shifts[0]!.shiftId, add, changes: addTo(known, add), seen: line !== null });
    }
  }
  return { rows, scans: countLaneScans(store, lanes, from, to) };
}

interface Span { from: number; to: number }

function isIn(at: number, { from, to }: Span): boolean {
  return from <= at && at <= to;
}

function lacking(line: TimesheetLine | null, shifts: readonly ShiftDay[], span: Span, now: number): CorrectionChanges['add'] {
  const [first, final] = [shifts[0]!, shifts.at(-1)!];
  const noIn = isIn(first.startAt, span) && first.startAt <= now && (line === null || line.in === null);
  const noOut = isIn(final.endAt, span) && final.endAt <= now && (line === null || line.out === null || line.closedBy === 'system');
  // Without any scan only a whole shift without scanning tells of work.
  if (line === null && !(noIn && noOut)) return [];
  return [
    ...(noIn ? [{ direction: 'in' as const, at: first.startAt }] : []), ...(noOut ? [{ direction: 'out' as const, at: final.endAt }] : []),
  ];
}

function isAsked({ department, employer, barred }: SheetWorker, team: Asked['team']): boolean {
  return !barred && (team.department === null || department === team.department) && (team.employer === null || employer === team.employer);
}

function isEmployed({ startDate, endDate }: SheetWorker, date: string): boolean {
  return (startDate === null || startDate <= date) && (endDate === null || date <= endDate);
}
