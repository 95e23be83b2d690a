import type { ClockDoubtReason, ClockMarkPayload } from '../contracts/clock.ts';

/** A mark of one gate's clock, with its place among that gate's events. */
export interface ClockMark {
  /** First eight digits of the gate's device, as its lanes are named by. */
  gate: string;
  seq: number;
  /** What its clock showed, milliseconds since 1970. */
  at: number;
  mark: ClockMarkPayload;
}

/** Why a time is not to be relied on, and what it may truly have been. */
export interface ClockDoubt {
  reason: ClockDoubtReason;
  /** The clock minus the true time, milliseconds; null where nothing tells how much. */
  errorMs: number | null;
  /** Milliseconds since 1970; null with `errorMs`. */
  estimated: number | null;
}

/** A clock that is off by no more than this is right enough for a timesheet of minutes. */
const toleranceMs = 60_000;

/** A stretch of a gate's events in which its clock ran on without a jump. */
interface Stretch {
  /** It begins after this number. */
  after: number;
  reason: ClockDoubtReason | null;
  /** How far the clock was off at its beginning as far as the stretch before tells; null: nothing is known. */
  assumed: number | null;
  measured: number | null;
  /** By how much the clock moved when it began; null where that is another boot. */
  jump: number | null;
}

/**
 * Whether the clock was to be relied on when a scan was made: null, or why not. `lane` names its gate. What was measured
 * later in the same stretch holds for all of it; a jump carries what is known to both of its sides. Times are never
 * corrected by it, only told beside.
 */
export function clockDoubts(marks: readonly ClockMark[], scan: { at: number; lane: string; seq: number }): ClockDoubt | null {
  const gate = scan.lane.slice(0, 8);
  return doubtIn(stretches(marks.filter((mark) => mark.gate === gate)), scan);
}

/** The same for many scans: the marks are gone through once. Null where no mark gives any cause. */
export function clockDoubter(marks: readonly ClockMark[]): ((scan: { at: number; lane: string; seq: number }) => ClockDoubt | null) | null {
  const gates = new Map([...Map.groupBy(marks, ({ gate }) => gate)].map(([gate, own]) => [gate, stretches(own)]));
  if (![...gates.values()].some((own) => own.some((stretch) => isDoubtful(stretch)))) return null;
  return (scan) => doubtIn(gates.get(scan.lane.slice(0, 8)) ?? [], scan);
}

/**
 * For each gate the scans that are doubtful, as numbers after the first and up to the second (null: without end): what was
 * worked out before is right as long as these are the same.
 */
export function doubtfulSpans(marks: readonly ClockMark[]): [gate: string, spans: [after: number, to: number | null][]][] {
  return [...Map.groupBy(marks, ({ gate }) => gate)].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([gate, own]) => {
    const spans: [number, number | null][] = [];
    const all = stretches(own);
    all.forEach((stretch, i) => {
      if (!isDoubtful(stretch)) return;
      const to = all[i + 1]?.after ?? null;
      const last = spans.at(-1);
      if (last !== undefined && last[1] === stretch.after) last[1] = to;
      else if (to === null || to > stretch.after) spans.push([stretch.after, to]);
    });
    return spans.length === 0 ? [] : [[gate, spans]];
  });
}

function stretches(marks: readonly ClockMark[]): Stretch[] {
  const all: Stretch[] = [{ after: 0, reason: null, assumed: 0, measured: null, jump: null }];
  for (const { seq, mark } of marks.toSorted((a, b) => a.seq - b.seq)) {
    const last = all.at(-1)!;
    if (mark.kind === 'offset') {
      // Between gates nobody knows whose clock is right.
      if (mark.against !== 'hub') continue;
      if (last.measured === null) last.measured = -mark.offsetMs;
      else all.push({ after: seq, reason: 'offset', assumed: null, measured: -mark.offsetMs, jump: null });
    } else if (mark.kind === 'jump') {
      const known = last.measured ?? last.assumed;
      // Out of a time that could not be: whoever set the clock then set it right, until something tells otherwise.
      all.push({ after: seq, reason: 'jump', assumed: known === null ? 0 : known + mark.jumpMs, measured: null, jump: mark.jumpMs });
    } else if (mark.kind === 'boot') all.push({ after: seq - 1, reason: mark.doubt, assumed: null, measured: null, jump: null });
  }
  for (let i = all.length - 1; i > 0; i -= 1) {
    const [before, here] = [all[i - 1]!, all[i]!];
    const known = here.measured ?? (before.assumed === null ? here.assumed : null);
    if (here.jump !== null && before.measured === null && known !== null) before.measured = known - here.jump;
  }
  return all;
}

function isDoubtful({ reason, assumed, measured }: Stretch): boolean {
  const error = measured ?? assumed;
  return error === null ? reason !== null : Math.abs(error) > toleranceMs;
}

function doubtIn(all: readonly Stretch[], { at, seq }: { at: number; seq: number }): ClockDoubt | null {
  const stretch = all.findLast(({ after }) => after < seq);
  if (stretch === undefined || !isDoubtful(stretch)) return null;
  const errorMs = stretch.measured ?? stretch.assumed;
  return { reason: stretch.reason ?? 'offset', errorMs, estimated: errorMs === null ? null : at - errorMs };
}
