import { describe, expect, it, onTestFinished } from 'vitest';
import { createClockWatch, type ClockWatch } from '../../electron/service/site/clock-watch.ts';
import { timesheets } from '../../electron/service/time/timesheets.ts';
import { measureClock, openStore, readClockMarks, readEvents, type Store } from '../../electron/store/index.ts';
import type { ClockState } from '../../shared/contracts/clock.ts';
import { gateClock, openGate, scanAt, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

const noon = Date.parse('2026-11-22T05:00:00Z');
const hour = 3_600_000;

interface Kiosk { store: Store; clock: GateClock; watch: ClockWatch; told: ClockState[]; dir: string }

function kiosk(at = noon, dir = temporaryFolder()): Kiosk {
  const clock = gateClock(at);
  return start(openGate(dir, 1, clock), clock, dir);
}

function start(store: Store, clock: GateClock, dir: string): Kiosk {
  const told: ClockState[] = [];
  const watch = createClockWatch(store, { every: 0, onChange: (state) => told.push(state) });
  onTestFinished(() => void (store.db.open && store.close()));
  return { store, clock, watch, told, dir };
}

/** Switched off, and on again with the clock showing another time; `boot` null: only the program was. */
function again({ store, dir, watch }: Kiosk, at: number, boot: string | null, mono: number): Kiosk {
  watch.close();
  store.close();
  const clock = gateClock(at);
  clock.mono = mono;
  if (boot !== null) clock.boot = boot;
  return start(openStore(`${dir}/gate-1`, { appVersion: '0.1.0', clock }), clock, dir);
}

function pass(clock: GateClock, ms: number): void {
  clock.at += ms;
  clock.mono += ms;
}

const marks = (store: Store) => readClockMarks(store).map(({ mark }) => mark);

describe('the clock of a kiosk', () => {
  it('thatGoesAsItShould_isNeverMarked_overAnHourOfLooks', () => {
    const { clock, watch, store, told } = kiosk();
    for (let i = 0; i < 3_600; i += 1) {
      pass(clock, 1_000 + (i % 2));
      expect(watch.look()).toBe(false);
    }
    expect(marks(store)).toEqual([]);
    expect(told.map(({ doubt }) => doubt)).toEqual([null]);
  });

  it('setBackAndSetRightAgain_isMarkedBothTimes_andTheScansBetweenKeepTheTimeOfTheClock', () => {
    const { clock, watch, store, told } = kiosk();
    tellWorker(store, worker('W0'));
    clock.at -= 2 * hour;
    expect(watch.look()).toBe(true);
    expect(watch.state().doubt).toMatchObject({ reason: 'jump', errorMs: -2 * hour, estimated: '2026-11-22T05:00:00.000Z' });
    scanAt(store, 'W0', clock.at);
    clock.at += 2 * hour;
    watch.look();
    expect(watch.state().doubt).toBeNull();
    expect(marks(store)).toEqual([{ kind: 'jump', jumpMs: -2 * hour }, { kind: 'jump', jumpMs: 2 * hour }]);
    const scan = readEvents(store, { afterSeq: 0, limit: 100 }).find(({ type }) => type === 'gate-scan');
    expect(scan).toMatchObject({ at: '2026-11-22T03:00:00.000Z', monoMs: 1_000_000 });
    expect(told.map(({ doubt }) => doubt?.reason ?? null)).toEqual([null, 'jump', null]);
  });

  it('complaint23_afterAPowerCutInTheYear2000_isMarked_doubtful_andRightOnceItIsSet', () => {
    const before = kiosk();
    const after = again(before, Date.parse('2000-01-01T00:00:00Z'), '00000000-0000-4000-8000-000000000002', 5_000);
    expect(marks(after.store)).toMatchObject([{ kind: 'boot', doubt: 'year' }]);
    expect(after.watch.state().doubt).toEqual({ reason: 'year', errorMs: null, estimated: null });
    pass(after.clock, 10_000);
    after.clock.at = noon + hour;
    after.watch.look();
    expect(after.watch.state().doubt).toBeNull();
  });

  it('twoHoursBehindAfterAPowerCut_isMarked_andTheHubTellsByHowMuch', () => {
    const after = again(kiosk(), noon - 2 * hour, '00000000-0000-4000-8000-000000000002', 5_000);
    expect(after.watch.state().doubt).toEqual({ reason: 'behind', errorMs: null, estimated: null });
    expect(measureClock(after.store, 'hub', 2 * hour + 400)).toBe(true);
    expect(after.watch.state()).toMatchObject({ doubt: { errorMs: -2 * hour - 400 }, hub: { offsetMs: 2 * hour + 400 } });
  });

  it('movedWhileOnlyTheProgramWasEnded_isFoundByTheMonotonicClock', () => {
    const before = kiosk();
    const after = again(before, noon + 3 * hour + 60_000, null, 1_000_000 + 60_000);
    expect(marks(after.store)).toEqual([{ kind: 'jump', jumpMs: 3 * hour }]);
  });

  it('inANewBootAndInTime_isNotMarked', () => {
    const after = again(kiosk(), noon + 9 * hour, '00000000-0000-4000-8000-000000000002', 5_000);
    expect(marks(after.store)).toEqual([]);
  });

  it('anotherTimeZone_isMarkedAndTold_andGivesNoDoubt', () => {
    const { clock, watch, store } = kiosk();
    clock.zone = 480;
    watch.look();
    expect(marks(store)).toEqual([{ kind: 'timezone', from: 420, to: 480 }]);
    expect(watch.state()).toMatchObject({ zone: 480, doubt: null });
  });

  it('theHubsOffset_isMarkedWhenItMovesByMoreThanHalfAMinute_andOnceAfterEachJump', () => {
    const { clock, watch, store } = kiosk();
    expect([200, 29_000, 31_000, 32_000, 90_000].map((offset) => measureClock(store, 'hub', offset))).toEqual([false, false, true, false, true]);
    clock.at += 90_000;
    watch.look();
    expect(measureClock(store, 'hub', 0)).toBe(true);
    expect(measureClock(store, 'hub', 10)).toBe(false);
    expect(watch.state()).toMatchObject({ doubt: null, hub: { offsetMs: 10 } });
  });
});

describe('the timesheet of a clock that was wrong', () => {
  const sheet = (store: Store) => [...timesheets(store, { from: '2026-11-20', to: '2026-11-24' })].flatMap(({ lines }) => lines)
    .map(({ workDate, in: came, exceptions }) => ({ workDate, in: came, exceptions }));

  it('marksTheDatesOfTheScansWhoseTimeIsNotSure_keepsTheirTime_andNotTheDatesBefore', () => {
    const { clock, watch, store } = kiosk();
    tellWorker(store, worker('W0'));
    scanAt(store, 'W0', clock.at);
    clock.at += 26 * hour;
    clock.mono += 26 * hour;
    watch.look();
    clock.at -= 3 * hour;
    watch.look();
    scanAt(store, 'W0', clock.at);
    const plain = { workDate: '2026-11-22', in: noon, exceptions: ['no-out', 'no-shift'] };
    expect(sheet(store)).toEqual([plain, { workDate: '2026-11-23', in: noon + 23 * hour, exceptions: ['clock-doubtful', 'no-out', 'no-shift'] }]);
    // The hub finds the clock right as it is now: then it was wrong before.
    measureClock(store, 'hub', 0);
    expect(sheet(store).map(({ exceptions }) => exceptions.includes('clock-doubtful'))).toEqual([true, false]);
  });
});
