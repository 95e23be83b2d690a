import { ClockMarkPayload } from '../../shared/contracts/clock.ts';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import type { ClockMark } from '../../shared/domain/clock-doubt.ts';
import { appendEvent, readEventsOfTypes } from './event.ts';
import { readSiteEvents } from './site.ts';
import type { Store } from './store.ts';

/** A clock that moved by more than this against another's is written down. */
const stepMs = 30_000;

/** What was measured last against somebody: his clock minus ours, and when by our clocks. */
export interface ClockOffset { offsetMs: number; measuredAt: number; monoMs: number; bootId: string }

/** Null where it was never measured. `against`: `hub`, the device of a gate, or `self`, where this clock stood last. */
export function readClockOffset(store: Store, against: string): ClockOffset | null {
  const row = store.sql<[string], Omit<ClockOffset, 'measuredAt'> & { at: string }>(
    'select offset_ms as offsetMs, measured_at as at, mono_ms as monoMs, boot_id as bootId from clock_offset where against = ?').get(against);
  if (row === undefined) return null;
  const { at, ...rest } = row;
  return { ...rest, measuredAt: Date.parse(at) };
}

function keepOffset(store: Store, against: string, offsetMs: number): void {
  const { clock } = store;
  store.sql<unknown[]>(`insert into clock_offset (against, offset_ms, measured_at, mono_ms, boot_id) values (?, ?, ?, ?, ?)
    on conflict (against) do update set offset_ms = excluded.offset_ms, measured_at = excluded.measured_at, mono_ms = excluded.mono_ms, boot_id = excluded.boot_id`)
    .run(against, Math.round(offsetMs), new Date(clock.now()).toISOString(), clock.monoMs(), clock.bootId);
}

/** Notes where the clock stands, so that the next start can tell whether it went back meanwhile. */
export function keepClock(store: Store): void {
  store.transaction(() => keepOffset(store, 'self', 0));
}

/** Writes a mark down as an event. What it tells of the scans since the one before is worked out anew. */
export function markClock(store: Store, mark: ClockMarkPayload): void {
  store.transaction(() => {
    const since = store.epoch.base + (readOwnMarks(store).at(-1)?.seq ?? 0);
    appendEvent(store, { type: 'clock-marked', actor: 'system', payload: { ...mark } });
    store.sql<[number]>(`insert into work_dirty (worker_no, from_date) select worker_no, date(min(at), '+7 hours') from gate_scan
      where position > ? and worker_no is not null group by worker_no
      on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1`).run(since);
  });
}

/**
 * Keeps what was measured against the hub or another gate. It is marked where it moved by more than half a minute since
 * the last mark against the same, and once after each jump, so that it is known which side of it was right. True then.
 */
export function measureClock(store: Store, against: string, offsetMs: number): boolean {
  return store.transaction(() => {
    keepOffset(store, against, offsetMs);
    const marks = readOwnMarks(store);
    const last = marks.findLast(({ mark }) => mark.kind === 'offset' && mark.against === against);
    const before = last?.mark.kind === 'offset' ? last.mark.offsetMs : 0;
    const isMoved = marks.some(({ mark, seq }) => (mark.kind === 'jump' || mark.kind === 'boot') && seq > (last?.seq ?? 0));
    if (Math.abs(offsetMs - before) <= stepMs && !isMoved) return false;
    markClock(store, { kind: 'offset', against, offsetMs: Math.round(offsetMs) });
    return true;
  });
}

/** Marks of this gate's clock in the present epoch. */
export function readOwnMarks(store: Store): ClockMark[] {
  const { epoch: { base } } = store;
  return readEventsOfTypes(store, ['clock-marked'], { after: base, through: Number.MAX_SAFE_INTEGER, limit: 10_000 }).flatMap(({ event }) => markOf(event));
}

/** Marks of the clocks of all gates of the site. */
export function readClockMarks(store: Store): ClockMark[] {
  return [...readOwnMarks(store), ...readSiteEvents(store, 'clock-marked').flatMap(markOf)];
}

function markOf({ device, seq, at, payload }: StoredEvent): ClockMark[] {
  const parsed = ClockMarkPayload.safeParse({ kind: 'offset', ...payload });
  return parsed.success ? [{ gate: device.slice(0, 8), seq, at: Date.parse(at), mark: parsed.data }] : [];
}
