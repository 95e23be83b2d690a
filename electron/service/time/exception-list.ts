import type { InboxFilter, InboxKind } from '../../../shared/contracts/requests/correction.ts';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import type { TimesheetDay } from '../../../shared/domain/timesheet.ts';
import { addDays } from '../../../shared/domain/work-date.ts';
import { fold } from '../../../shared/domain/vietnamese.ts';
import { correctionChanges, eachWorker, readHeldScans, readMarkedDates, readPassback, readWorkerCorrections, type HeldScan, type SheetWorker, type Store } from '../../store/index.ts';
import { daysAfter, personOf } from './correction-lines.ts';
import { sheetDesk } from './timesheets.ts';
import { keptDays } from './work-days.ts';

type Row = Output<'inbox/list'>['rows'][number];
/** Dates of one worker that somebody must look at; `odd` is what the zones found. */
interface Entry { worker: SheetWorker; days: { day: TimesheetDay; odd: boolean }[] }
interface Kept { key: string; at: number; stamp: number; entries: Map<string, Entry>; held: HeldScan[] }

/** A list that is no older than this is shown again; what corrections changed since is always worked out anew. */
const keptMs = 20_000;
const kept = new WeakMap<Store, Kept>();

/** Dates that somebody must look at, the newest first, a page of them, with how many there are of each kind. */
export function inboxList(store: Store, { period, filter, offset, limit, fresh, now }: Input<'inbox/list'> & { now: number }): Output<'inbox/list'> {
  const { entries, held, at } = entriesOf(store, period, now, offset === 0 && fresh);
  const marks = readMarkedDates(store, period.from, period.to);
  const wanted = wants(filter);
  const all = rowsOf(entries, held, marks).filter(wanted.row);
  const open = all.filter(({ waiting }) => !filter.onlyOpen || !waiting);
  const counts = Object.fromEntries(kinds.map((kind) => [kind, open.filter((row) => row.kinds.includes(kind)).length])) as Record<InboxKind, number>;
  const rows = open.filter((row) => filter.kind === null || row.kinds.includes(filter.kind));
  return {
    total: rows.length, rows: rows.slice(offset, offset + limit).map(({ searchText: _searchText, ...row }) => row), counts, dates: open.length,
    waiting: all.filter(({ waiting }) => waiting).length, at: new Date(at).toISOString(),
  };
}

const kinds: readonly InboxKind[] = ['missing-in', 'no-out', 'in-twice', 'out-twice', 'no-shift', 'outside-window', 'clock-doubtful', 'passback', 'ask-guard', 'unknown'];

function entriesOf(store: Store, { from, to }: { from: string; to: string }, now: number, fresh: boolean): Kept {
  const key = `${from} ${to}`;
  const known = kept.get(store);
  const { stamp, workers } = correctionChanges(store, known?.stamp ?? 0);
  if (known === undefined || known.key !== key || fresh || Math.abs(now - known.at) > keptMs) {
    const made = { key, at: now, stamp, entries: oddEntries(store, from, to, now), held: readHeldScans(store, from, to) };
    kept.set(store, made);
    return made;
  }
  if (workers.size > 0) {
    const anew = oddEntries(store, from, to, known.at, (worker) => workers.has(worker.workerId));
    for (const workerId of workers) {
      const entry = anew.get(workerId);
      if (entry === undefined) known.entries.delete(workerId);
      else known.entries.set(workerId, entry);
    }
    known.stamp = stamp;
  }
  return known;
}

function oddEntries(store: Store, from: string, to: string, now: number, wanted: (worker: SheetWorker) => boolean = () => true): Map<string, Entry> {
  const oddDays = readPassback(store).zones.size === 0 ? keptOdd(store, from, to, now) : walkedOdd(store, from, to, now);
  const entries = new Map<string, Entry>();
  for (const worker of eachWorker(store)) {
    if (!wanted(worker)) continue;
    const days = oddDays(worker).filter(({ day: { line }, odd }) => line.workDate <= to && (odd || line.exceptions.some((one) => one !== 'still-inside')));
    if (days.length > 0) entries.set(worker.workerId, { worker, days });
  }
  return entries;
}

/** Without zones nothing but the lines themselves is odd, and they are kept. */
function keptOdd(store: Store, from: string, to: string, now: number): (worker: SheetWorker) => Entry['days'] {
  const daysOf = keptDays(store, { from, to: addDays(to, daysAfter), until: now });
  return (worker) => daysOf(worker).map(({ line, shiftIds }) => ({ day: { line, shiftIds }, odd: false }));
}

/** Who came into a zone twice is known only by going through the scans of all gates. */
function walkedOdd(store: Store, from: string, to: string, now: number): (worker: SheetWorker) => Entry['days'] {
  const desk = sheetDesk(store, { from, to: addDays(to, daysAfter), until: now });
  return (worker) => {
    const violated = new Set<string>();
    return desk.daysOf(worker, readWorkerCorrections(store, worker.workerId, desk.knownFrom, desk.knownTo), (_punch, { workDate, violation }) => {
      if (violation !== undefined) violated.add(workDate);
    }).map((day) => ({ day, odd: violated.has(day.line.workDate) }));
  };
}

type Found = Row & { searchText: string };

function rowsOf(entries: ReadonlyMap<string, Entry>, held: readonly HeldScan[], marks: ReturnType<typeof readMarkedDates>): Found[] {
  const rows = new Map<string, Found>();
  for (const { worker, days } of entries.values()) {
    for (const { day: { line, shiftIds }, odd } of days) {
      const key = `${worker.workerId} ${line.workDate}`;
      const corrected = marks.counting.has(key);
      const found: InboxKind[] = [...line.exceptions.filter((one) => one !== 'still-inside'), ...(odd && !corrected ? ['passback' as const] : [])];
      if (found.length === 0) continue;
      rows.set(key, {
        worker: personOf(worker), code: null, workDate: line.workDate, shiftIds, kinds: found, in: line.in, out: line.out, closedBy: line.closedBy,
        at: null, lane: null, waiting: marks.waiting.has(key), corrected, searchText: worker.searchText,
      });
    }
  }
  for (const scan of held) addHeld(rows, scan, marks);
  return [...rows.values()].sort((a, b) => (a.workDate === b.workDate ? 0 : a.workDate < b.workDate ? 1 : -1));
}

/** A scan that was held is a row of its own, or one more thing about the date that is in the list already. */
function addHeld(rows: Map<string, Found>, { at, lane, workDate, outcome, code, worker }: HeldScan, marks: ReturnType<typeof readMarkedDates>): void {
  const key = worker === null ? `${lane} ${at}` : `${worker.workerId} ${workDate}`;
  if (marks.counting.has(key)) return;
  const known = rows.get(key);
  if (known === undefined) {
    rows.set(key, {
      worker: worker === null ? null : personOf(worker), code, workDate, shiftIds: [], kinds: [outcome], in: null, out: null, closedBy: null, at, lane,
      waiting: marks.waiting.has(key), corrected: false, searchText: worker?.searchText ?? '',
    });
  } else if (!known.kinds.includes(outcome)) rows.set(key, { ...known, kinds: [...known.kinds, outcome], at, lane });
}

function wants({ query, department, employer, shiftId }: InboxFilter): { row: (row: Found) => boolean } {
  const words = fold(query).split(' ').filter((word) => word !== '');
  return {
    row: ({ worker, shiftIds, searchText }) => (department === null || worker?.department === department)
      && (employer === null || worker?.employer === employer) && (shiftId === null || shiftIds.includes(shiftId))
      && words.every((word) => searchText.includes(word)),
  };
}
