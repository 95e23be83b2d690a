import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Zone } from '../../../shared/contracts/zone.ts';
import { attend, inOrder, nobodySeen, violationsIn, type AttendanceScan, type AttendanceState } from '../../../shared/domain/attendance.ts';
import { timesheet, timesheetDays, type TimesheetRules } from '../../../shared/domain/timesheet.ts';
import { day, directionOf, early, late, night, rules, workerOf } from './engine.ts';

/*
 * Scans of three gates with lanes of each kind, zones, refusals and the guard's words among them; workers of day, night,
 * overlapping, rotating and no shifts. What must hold for all of them, whatever they are.
 */
const split = ['02', '03'].flatMap((date) => ['first', 'second'].map((shiftId) => ({ shiftId, from: `2026-11-${date}`, to: `2026-11-${date}` })));
const plans = [
  workerOf(), workerOf({ shifts: [night] }), workerOf({ shiftId: null }), workerOf({ shifts: [night], endDate: '2026-11-04' }), workerOf({ barred: true, startDate: '2026-11-03' }),
  workerOf({ shifts: [{ ...early, id: 'first' }, { ...late, id: 'second', start: '12:00', end: '20:00' }], assignments: split }),
  workerOf({ shifts: [day, night], assignments: [{ shiftId: 'night', from: '2026-11-04', to: '2026-11-05' }] }),
];
const zones = (mode: Zone['mode']): TimesheetRules => ({ ...rules, passback: { zones: new Map([['hall', Zone.parse({ id: 'hall', mode })]]), fire: false } });
const settings = [rules, { ...rules, oppositeSeconds: 120 }, zones('soft'), zones('hard'), zones('timed')];
const begin = Date.parse('2026-11-02T00:00:00+07:00');
const directions = ['in', 'out', 'both'] as const;

const scan: fc.Arbitrary<AttendanceScan> = fc.record({
  // Often at one instant: ties must be broken the same way everywhere.
  minute: fc.oneof(fc.integer({ min: 0, max: 5 * 1_440 }), fc.integer({ min: 0, max: 7 }).map((n) => n * 720)), ms: fc.constantFrom(0, 0, 0, 0, 15_000, 20_000, 20_001), gate: fc.constantFrom('a', 'b', 'c'), direction: fc.constantFrom(...directions),
  seq: fc.nat(60), zone: fc.constantFrom(null, 'hall', 'yard'), held: fc.constantFrom(null, null, null, null, 'passback' as const, 'ask-guard' as const, 'barred' as const),
  passed: fc.constantFrom(null, 'in' as const, 'out' as const), isApproved: fc.boolean(),
}).map(({ minute, ms, gate, direction, held, passed, isApproved, ...rest }) => ({
  ...rest, at: begin + minute * 60_000 + ms, lane: `${gate}/${direction}`, laneDirection: direction, held, passed: held === null || held === 'barred' ? null : passed,
  approved: isApproved ? '2026-11-02' : null,
}));
const keyOf = ({ at, lane, seq }: AttendanceScan): string => `${at} ${lane} ${seq}`;
const history = fc.uniqueArray(scan, { maxLength: 40, selector: keyOf, size: 'large' });
const anyone = fc.constantFrom(...plans);
const anyRules = fc.constantFrom(...settings);
const period = { from: '2026-11-01', to: '2026-11-10' };
const shuffled = (scans: readonly AttendanceScan[], key: (scan: AttendanceScan) => number): AttendanceScan[] => (
  scans.map((one) => ({ one, by: key(one) })).sort((x, y) => x.by - y.by).map(({ one }) => one));

describe('whatever the scans, the gates, the zones and the guard\'s words', () => {
  it('any order of arrival, and any gate that has them all, gives the same timesheet and the same violations', () => {
    fc.assert(fc.property(anyone, anyRules, history, fc.func(fc.integer()), (worker, with_, scans, key) => {
      const arrived = shuffled(scans, key);
      const byGate = ['c', 'a', 'b'].flatMap((gate) => arrived.filter(({ lane }) => lane.startsWith(gate)));
      const sheet = JSON.stringify(timesheet(scans, worker, directionOf, { ...period, rules: with_ }));
      expect(JSON.stringify(timesheet(arrived, worker, directionOf, { ...period, rules: with_ }))).toBe(sheet);
      expect(JSON.stringify(timesheet(byGate, worker, directionOf, { ...period, rules: with_ }))).toBe(sheet);
      expect(violationsIn(arrived, worker, directionOf, with_)).toEqual(violationsIn(scans, worker, directionOf, with_));
    }), { numRuns: 600 });
  });

  it('what a gate asks or refuses now changes nothing of what has passed', () => {
    fc.assert(fc.property(anyone, anyRules, history, (worker, with_, scans) => {
      expect(timesheet(scans, worker, directionOf, { ...period, rules: with_ })).toEqual(timesheet(scans, worker, directionOf, { ...period, rules }));
      const barred = { ...worker, barred: !worker.barred };
      expect(timesheet(scans, barred, directionOf, { ...period, rules })).toEqual(timesheet(scans, worker, directionOf, { ...period, rules }));
    }), { numRuns: 300 });
  });

  it('each scan is taken exactly once, and whoever was held without a word counts nowhere', () => {
    fc.assert(fc.property(anyone, anyRules, history, (worker, with_, scans) => {
      const taken: string[] = [];
      timesheetDays(scans, worker, directionOf, { ...period, rules: with_ }, (punch, { outcome }) => {
        taken.push(keyOf(punch));
        const mustPass = punch.passed ? 'recorded' : punch.held ? 'held' : null;
        expect(mustPass === null || (outcome === 'recorded') === (mustPass === 'recorded')).toBe(true);
      });
      expect(taken.toSorted()).toEqual(scans.map(keyOf).sort());
      const withoutHeld = scans.filter(({ held, passed }) => !held || passed);
      expect(timesheet(scans, worker, directionOf, { ...period, rules: with_ })).toEqual(timesheet(withoutHeld, worker, directionOf, { ...period, rules: with_ }));
    }), { numRuns: 400 });
  });

  it('worked time is never negative and never over the time elapsed, all dates together never over the clock; overtime and night lie within it', () => {
    fc.assert(fc.property(anyone, anyRules, history, (worker, with_, scans) => {
      const lines = timesheet(scans, worker, directionOf, { ...period, rules: with_ });
      for (const line of lines) {
        expect(Math.min(line.workedMinutes, line.overtimeMinutes, line.nightMinutes, line.lateMinutes, line.earlyMinutes)).toBeGreaterThanOrEqual(0);
        const elapsed = line.in !== null && line.out !== null ? Math.max(0, line.out - line.in) / 60_000 : Infinity;
        expect(line.workedMinutes).toBeLessThanOrEqual(elapsed);
        expect(line.overtimeMinutes).toBeLessThanOrEqual(line.workedMinutes);
        expect(line.nightMinutes).toBeLessThanOrEqual(line.workedMinutes);
        expect(new Set(line.exceptions).size).toBe(line.exceptions.length);
      }
      const [first, last] = [Math.min(...lines.map((line) => line.in ?? Infinity)), Math.max(...lines.map((line) => line.out ?? -Infinity))];
      const total = lines.reduce((sum, line) => sum + line.workedMinutes, 0);
      expect(total).toBeLessThanOrEqual(Math.max(0, last - first) / 60_000);
    }), { numRuns: 600 });
  });

  it('nobody is inside in two places: at any moment at most one presence is open, and inside is only who came in', () => {
    fc.assert(fc.property(anyone, anyRules, history, fc.nat(5 * 1_440), (worker, with_, scans, minute) => {
      const until = begin + minute * 60_000;
      const known = scans.filter(({ at }) => at <= until);
      const open = timesheet(known, worker, directionOf, { ...period, rules: with_, until }).filter(({ exceptions }) => exceptions.includes('still-inside'));
      expect(open.length).toBeLessThanOrEqual(1);
      let state: AttendanceState = nobodySeen;
      for (const one of known.toSorted(inOrder)) {
        const { attendance, state: next } = attend(state, one, worker, 'both', with_);
        expect(attendance.outcome === 'recorded' || next === state).toBe(true);
        expect(attendance.outcome !== 'recorded' || (next.inside !== null) === (attendance.direction === 'in')).toBe(true);
        state = next;
      }
    }), { numRuns: 600 });
  });
});
