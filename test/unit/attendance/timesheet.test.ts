import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSums, noSums, sumsOf, timesheet } from '../../../shared/domain/timesheet.ts';
import { clock, day, directionOf, early, late, night, rules, scansOf, sheet, workerOf } from './engine.ts';

describe('one work date', () => {
  it('counts from the start of the shift, takes the break off once, and overtime from its end', () => {
    expect(sheet(workerOf(), ['02 07:40', '02 18:30'])).toEqual([{
      workDate: '2026-11-02', shiftId: 'day', in: Date.parse('2026-11-02T07:40:00+07:00'), out: Date.parse('2026-11-02T18:30:00+07:00'),
      workedMinutes: 570, overtimeMinutes: 90, nightMinutes: 0, lateMinutes: 0, earlyMinutes: 0, closedBy: 'scan', exceptions: [],
    }]);
  });

  it('takes no break off that was scanned out and in', () => {
    expect(sheet(workerOf(), ['02 08:00', '02 12:00', '02 12:45', '02 17:00'])[0]).toMatchObject({ workedMinutes: 495, exceptions: [] });
  });

  it('a change of jobs, out and in at one instant, is no break: the day is whole and the break comes off', () => {
    expect(sheet(workerOf(), ['02 08:00 in', '02 10:00 in', '02 10:00 out', '02 17:00 out'])[0]).toMatchObject({ workedMinutes: 480, exceptions: [] });
  });

  it('beyond the late window a way out closes nothing: the shift ends by the system, without overtime, and somebody looks', () => {
    const [line, ...more] = sheet(workerOf(), ['02 07:55', '02 21:30']);
    expect(more).toEqual([]);
    expect({ ...line, out: clock(line!.out) }).toMatchObject({ out: '02 17:00', workedMinutes: 480, overtimeMinutes: 0, closedBy: 'system', exceptions: ['no-out', 'outside-window'] });
  });

  it('tells late only beyond the grace, then from the start; early from the end', () => {
    expect(sheet(workerOf(), ['02 08:05', '02 17:00'])[0]).toMatchObject({ lateMinutes: 0 });
    expect(sheet(workerOf(), ['02 08:06', '02 16:30'])[0]).toMatchObject({ lateMinutes: 6, earlyMinutes: 30, workedMinutes: 444 });
  });

  it('a night shift is one line of the date on which it began, with its night minutes', () => {
    expect(sheet(workerOf({ shifts: [night] }), ['02 21:50', '03 06:30'])).toMatchObject([
      { workDate: '2026-11-02', workedMinutes: 465, overtimeMinutes: 30, nightMinutes: 435 }]);
  });

  it('overtime by day after a night makes up for no break of the night', () => {
    expect(sheet(workerOf({ shifts: [{ ...night, breakMinutes: 60 }] }), ['02 21:50', '03 06:10'])[0]).toMatchObject({ workedMinutes: 430, overtimeMinutes: 10, nightMinutes: 420 });
  });

  it('an evening shift counts only its hours after 22:00 as night', () => {
    expect(sheet(workerOf({ shifts: [late] }), ['02 13:58', '02 23:00'])[0]).toMatchObject({ workedMinutes: 510, overtimeMinutes: 60, nightMinutes: 60 });
  });

  it('a split day is one line', () => {
    const worker = workerOf({ shifts: [{ ...early, id: 'am', end: '10:00', breakMinutes: 0 }, { ...late, id: 'pm', end: '18:00', breakMinutes: 0 }],
      assignments: [{ shiftId: 'am', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'pm', from: '2026-11-02', to: '2026-11-02' }] });
    const [line, ...more] = sheet(worker, ['02 05:55', '02 10:00', '02 14:00', '02 18:00']);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ shiftId: 'am', workedMinutes: 480, overtimeMinutes: 0, earlyMinutes: 0, lateMinutes: 0 });
    expect(sheet(worker, ['02 06:05', '02 09:50', '02 14:10', '02 17:45'])[0]).toMatchObject({ workedMinutes: 225 + 215, lateMinutes: 15, earlyMinutes: 25 });
  });
});

describe('what is missing', () => {
  it('a forgotten way out is closed by the system at the end of the shift, without overtime', () => {
    const [first, second] = sheet(workerOf(), ['02 07:55', '03 07:55', '03 17:30']);
    expect({ ...first, out: clock(first!.out) }).toMatchObject({ out: '02 17:00', workedMinutes: 480, overtimeMinutes: 0, closedBy: 'system', exceptions: ['no-out'] });
    expect(second).toMatchObject({ workedMinutes: 510, overtimeMinutes: 30, closedBy: 'scan', exceptions: [] });
  });

  it('closed by the plan, not by whether anything ran: the same when asked days later', () => {
    const scans = ['02 07:55'];
    expect(sheet(workerOf(), scans, '2026-11-02', '2026-11-02')).toEqual(sheet(workerOf(), scans, '2026-11-02', '2026-11-30'));
  });

  it('while the shift may still be left nothing is closed', () => {
    expect(sheet(workerOf({ shifts: [night] }), ['02 21:50'], '2026-11-02', '2026-11-02')[0]).toMatchObject({ out: null, closedBy: null, workedMinutes: 0, exceptions: ['still-inside'] });
  });

  it('in a period that still goes on, what is not over yet is not closed', () => {
    const scans = scansOf('02 07:55');
    const at = (time: string) => timesheet(scans, workerOf(), directionOf, { from: '2026-11-01', to: '2026-11-30', rules, until: Date.parse(`2026-11-02T${time}:00+07:00`) })[0];
    expect(at('16:00')).toMatchObject({ out: null, closedBy: null, exceptions: ['still-inside'] });
    expect(at('21:01')).toMatchObject({ closedBy: 'system', exceptions: ['no-out'] });
  });

  it('a way out alone counts nothing and is told', () => {
    expect(sheet(workerOf(), ['02 17:03'])[0]).toMatchObject({ in: null, shiftId: 'day', workedMinutes: 0, exceptions: ['missing-in'] });
  });

  it('the same direction twice is told, the first way in and the last way out are shown', () => {
    const [line] = sheet(workerOf(), ['02 07:55 in', '02 08:30 in', '02 17:00 out', '02 17:10 out']);
    expect({ ...line, in: clock(line!.in), out: clock(line!.out) }).toMatchObject({ in: '02 07:55', out: '02 17:10', workedMinutes: 480, exceptions: ['in-twice', 'out-twice'] });
  });

  it('an early way in is no overtime', () => {
    expect(sheet(workerOf(), ['02 07:00', '02 17:00'])[0]).toMatchObject({ workedMinutes: 480, overtimeMinutes: 0 });
  });

  it('presence on a day off is counted, without overtime, and told', () => {
    expect(sheet(workerOf({ shifts: [{ ...day, days: [1, 2, 3, 4, 5] }] }), ['07 08:00', '07 12:00'])[0]).toMatchObject({
      shiftId: null, workedMinutes: 240, overtimeMinutes: 0, exceptions: ['no-shift'] });
  });
});

describe('sums', () => {
  it('add up dates; whoever is simply still at work needs no look', () => {
    const late = sheet(workerOf(), ['02 08:10', '02 17:30'])[0]!;
    const open = timesheet(scansOf('03 07:55'), workerOf(), directionOf, { from: '2026-11-01', to: '2026-11-30', rules, until: scansOf('03 12:00')[0]!.at })[0]!;
    const forgotten = sheet(workerOf(), ['04 07:55'])[0]!;
    expect([late, open, forgotten].map(sumsOf).reduce(addSums, noSums)).toEqual({
      days: 3, workedMinutes: 500 + 480, overtimeMinutes: 30, nightMinutes: 0, late: 1, lateMinutes: 10, early: 0, earlyMinutes: 0, toCheck: 1,
    });
  });
});

const [first, second] = [{ ...early, id: 'first', breakMinutes: 0 }, { ...late, id: 'second', start: '12:00', end: '20:00', breakMinutes: 0 }];
const overlapping = workerOf({ shifts: [first, second], assignments: [{ shiftId: 'first', from: '2026-11-02', to: '2026-11-06' }, { shiftId: 'second', from: '2026-11-02', to: '2026-11-06' }] });

describe('shifts that overlap', () => {
  it('an hour in both is counted once: the one that was forgotten ends where the next way in is', () => {
    expect(sheet(overlapping, ['02 06:00 in', '02 12:00 in', '02 20:00 out'])[0]).toMatchObject({ workedMinutes: 840, exceptions: ['no-out'] });
  });
});

const plans = [overlapping, workerOf(), workerOf({ shifts: [night] }), workerOf({ shiftId: null }),
  workerOf({ shifts: [early, late], assignments: [{ shiftId: 'early', from: '2026-11-02', to: '2026-11-04' }, { shiftId: 'late', from: '2026-11-04', to: '2026-11-06' }] })];
const begin = Date.parse('2026-11-02T00:00:00+07:00');
const scan = fc.record({ at: fc.integer({ min: 0, max: 6 * 1_440 }).map((minute) => begin + minute * 60_000), lane: fc.constantFrom('gate', 'in', 'out', 'back'), seq: fc.nat(100) });
const history = fc.uniqueArray(scan, { maxLength: 40, selector: ({ at, lane, seq }) => `${at} ${lane} ${seq}` });
const period = { from: '2026-11-01', to: '2026-11-10', rules };

describe('whatever the scans', () => {
  it('any order of arrival gives the same timesheet', () => {
    fc.assert(fc.property(fc.constantFrom(...plans), history, fc.func(fc.integer()), (worker, scans, key) => {
      const shuffled = scans.map((one) => ({ one, by: key(one) })).sort((a, b) => a.by - b.by).map(({ one }) => one);
      expect(timesheet(shuffled, worker, directionOf, period)).toEqual(timesheet(scans, worker, directionOf, period));
    }), { numRuns: 500 });
  });

  it('worked time is never negative, never over the time between first and last, and overtime and night lie within it', () => {
    fc.assert(fc.property(fc.constantFrom(...plans), history, (worker, scans) => {
      for (const line of timesheet(scans, worker, directionOf, period)) {
        expect(line.workedMinutes).toBeGreaterThanOrEqual(0);
        expect(line.workedMinutes).toBeLessThanOrEqual(line.in === null || line.out === null ? (line.closedBy === null ? 24 * 60 : 0) : (line.out - line.in) / 60_000);
        expect(line.overtimeMinutes).toBeLessThanOrEqual(line.workedMinutes);
        expect(line.nightMinutes).toBeLessThanOrEqual(line.workedMinutes);
        expect(Math.min(line.overtimeMinutes, line.nightMinutes, line.lateMinutes, line.earlyMinutes)).toBeGreaterThanOrEqual(0);
      }
    }), { numRuns: 500 });
  });

  it('nobody is inside in two places: at any moment at most one line is open', () => {
    fc.assert(fc.property(fc.constantFrom(...plans), history, (worker, scans) => {
      const until = Math.max(0, ...scans.map(({ at }) => at));
      const open = timesheet(scans, worker, directionOf, { ...period, until }).filter(({ exceptions }) => exceptions.includes('still-inside'));
      expect(open.length).toBeLessThanOrEqual(1);
    }), { numRuns: 1_000 });
  });

  it('each date has one line, in order, and a later scan changes no date before its own shift', () => {
    fc.assert(fc.property(fc.constantFrom(...plans), history, fc.integer({ min: 7 * 1_440, max: 8 * 1_440 }), (worker, scans, minute) => {
      const before = timesheet(scans, worker, directionOf, { ...period, to: '2026-11-07' });
      expect(before.map(({ workDate }) => workDate)).toEqual([...new Set(before.map(({ workDate }) => workDate))].sort());
      const after = timesheet([...scans, { at: begin + minute * 60_000, lane: 'gate', seq: 1 }], worker, directionOf, { ...period, to: '2026-11-07' });
      expect(after).toEqual(before);
    }), { numRuns: 300 });
  });
});
