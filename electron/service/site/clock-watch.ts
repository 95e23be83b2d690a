import type { ClockState } from '../../../shared/contracts/clock.ts';
import { clockDoubts, type ClockDoubt } from '../../../shared/domain/clock-doubt.ts';
import { keepClock, markClock, readClockOffset, readHead, readOwnMarks, type Store } from '../../store/index.ts';

/** A step of the wall clock that is no slewing. */
const jumpMs = 2_000;
/** No kiosk of this program is older, and none lies switched off for longer than the other. */
const earliest = Date.parse('2025-01-01T00:00:00Z');
const longestOffMs = 400 * 86_400_000;
const everyMs = 1_000;
const keepEveryMs = 60_000;
/** Vietnam keeps UTC+7 all year. */
const vietnam = 420;

export interface ClockWatch {
  /** Looks at the clocks once; true where something was marked. */
  look(): boolean;
  state(): ClockState;
  /** Something else was marked (an offset): what is told may be another. */
  changed(): void;
  close(): void;
}

/**
 * Finds out when the wall clock was moved: against the monotonic clock within one boot, against where it stood last
 * after a restart, and by the time zone. What is found is marked as an event and told; no time is changed and no scan
 * waits. Goes by itself once a second unless `everyMs` is 0.
 */
export function createClockWatch(store: Store, { onChange, every = everyMs }: { onChange(state: ClockState): void; every?: number }): ClockWatch {
  const { clock } = store;
  let last = { wall: clock.now(), mono: clock.monoMs(), zone: clock.tz() };
  let kept = clock.monoMs();
  let told = '';

  const state = (): ClockState => {
    const now = clock.now();
    const doubt = doubtNow(store, now);
    const hub = readClockOffset(store, 'hub');
    return {
      at: iso(now),
      doubt: doubt === null ? null : { reason: doubt.reason, errorMs: doubt.errorMs, estimated: doubt.estimated === null ? null : iso(doubt.estimated) },
      hub: hub === null ? null : { offsetMs: hub.offsetMs, at: iso(hub.measuredAt) },
      zone: clock.tz() === vietnam ? null : clock.tz(),
    };
  };
  const changed = (): void => {
    const now = state();
    const text = JSON.stringify([now.doubt?.reason, Math.round((now.doubt?.errorMs ?? 0) / 60_000), now.zone]);
    if (text !== told) onChange(now);
    told = text;
  };
  const look = (): boolean => {
    const here = { wall: clock.now(), mono: clock.monoMs(), zone: clock.tz() };
    const moved = here.wall - last.wall - (here.mono - last.mono);
    const zone = last.zone;
    last = here;
    const isJump = Math.abs(moved) > jumpMs;
    if (isJump) markClock(store, { kind: 'jump', jumpMs: Math.round(moved) });
    if (here.zone !== zone) markClock(store, { kind: 'timezone', from: zone, to: here.zone });
    if (isJump || here.mono - kept >= keepEveryMs) {
      keepClock(store);
      kept = here.mono;
    }
    if (isJump || here.zone !== zone) changed();
    return isJump || here.zone !== zone;
  };

  sinceLastStart(store);
  keepClock(store);
  changed();
  const timer = every > 0 ? setInterval(look, every) : undefined;
  timer?.unref();
  return {
    look, state, changed,
    close: () => {
      clearInterval(timer);
      look();
      keepClock(store);
    },
  };
}

/**
 * The latest instant that has come for certain, milliseconds since 1970; null where nothing tells how far the clock is off.
 * What is erased for good by a date goes by this: a clock that jumped ahead by months brings nobody's day any nearer.
 */
export function surelyPast(store: Store): number | null {
  const now = store.clock.now();
  const doubt = doubtNow(store, now);
  if (doubt === null) return now;
  return doubt.estimated === null ? null : Math.min(now, doubt.estimated);
}

function doubtNow(store: Store, at: number): ClockDoubt | null {
  return clockDoubts(readOwnMarks(store), { at, lane: store.device.id, seq: readHead(store).seq + 1 });
}

/** What became of the clock while nobody looked. */
function sinceLastStart(store: Store): void {
  const { clock } = store;
  const now = clock.now();
  const before = readClockOffset(store, 'self');
  if (before === null) {
    if (now < earliest) markClock(store, { kind: 'boot', doubt: 'year', jumpMs: 0 });
    return;
  }
  const passed = now - before.measuredAt;
  if (before.bootId === clock.bootId) {
    const moved = passed - (clock.monoMs() - before.monoMs);
    if (Math.abs(moved) > jumpMs) markClock(store, { kind: 'jump', jumpMs: Math.round(moved) });
  } else if (now < earliest || passed > longestOffMs) markClock(store, { kind: 'boot', doubt: 'year', jumpMs: Math.round(passed) });
  else if (passed < -jumpMs) markClock(store, { kind: 'boot', doubt: 'behind', jumpMs: Math.round(passed) });
}

/** Years of more than four digits and none at all are no instant that can be told. */
function iso(ms: number): string {
  return new Date(Math.min(Math.max(ms, 0), Date.parse('9999-12-31T23:59:59Z'))).toISOString();
}
