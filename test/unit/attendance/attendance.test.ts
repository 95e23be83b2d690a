import { describe, expect, it } from 'vitest';
import { answers, clock, day, early, late, night, rules, scansOf, sheet, told, workerOf } from './engine.ts';

describe('direction: the lane first, then the window of the shift, then the last state', () => {
  it('a lane with a direction says it, whatever the shift', () => {
    expect(told(workerOf(), '02 16:55 in', '02 17:02 out', '02 17:05 out')).toEqual(['in lane day 02', 'out lane day 02', 'out lane day 02']);
  });

  it('a lane for both ways: in at the start, out and in at noon, out at the end', () => {
    expect(told(workerOf(), '02 07:55', '02 12:00', '02 13:00', '02 17:02')).toEqual([
      'in shift-window day 02', 'out last-state day 02', 'in last-state day 02', 'out last-state day 02']);
  });

  it('a first scan late in the shift is the way home of a forgotten way in; half a day late it is still an arrival', () => {
    expect(told(workerOf(), '02 17:03')).toEqual(['out shift-window day 02']);
    expect(told(workerOf(), '02 13:00', '02 17:03')).toEqual(['in shift-window day 02', 'out last-state day 02']);
  });

  it('a scan after the end, having gone out, is no way in', () => {
    expect(told(workerOf(), '02 07:55', '02 17:02', '02 17:20')).toEqual(['in shift-window day 02', 'out last-state day 02', 'out shift-window day 02']);
  });

  it('before the shift begins the window says in, whatever was scanned before; once it has begun the last state counts', () => {
    expect(told(workerOf(), '02 07:50', '02 07:52', '02 08:00', '02 17:10')).toEqual([
      'in shift-window day 02', 'in shift-window day 02', 'out last-state day 02', 'out shift-window day 02']);
  });

  it('without any shift the last state turns around, day by day', () => {
    const free = workerOf({ shiftId: null });
    expect(told(free, '02 07:55', '02 17:00', '03 08:00', '03 18:00')).toEqual(['in first-today - 02', 'out last-state - 02', 'in first-today - 03', 'out last-state - 03']);
  });
});

describe('shifts', () => {
  it('rotating: the assignment of the date counts, not the roster\'s shift', () => {
    const worker = workerOf({ shifts: [day, night], assignments: [{ shiftId: 'night', from: '2026-11-03', to: '2026-11-03' }] });
    expect(told(worker, '02 07:58', '02 17:01', '03 21:58', '04 06:01', '05 07:59')).toEqual([
      'in shift-window day 02', 'out last-state day 02', 'in shift-window night 03', 'out last-state night 03', 'in shift-window day 05']);
  });

  it('split: two shifts of one date, each with its own way in and out', () => {
    const worker = workerOf({ shifts: [{ ...early, id: 'am', start: '06:00', end: '10:00', lateOutMinutes: 60 }, { ...late, id: 'pm', start: '14:00', end: '18:00' }],
      assignments: [{ shiftId: 'am', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'pm', from: '2026-11-02', to: '2026-11-02' }] });
    expect(told(worker, '02 05:55', '02 10:01', '02 13:55', '02 18:02')).toEqual([
      'in shift-window am 02', 'out last-state am 02', 'in shift-window pm 02', 'out last-state pm 02']);
  });

  it('two shifts that touch, the way out of the first forgotten: the scan before the second begins the second', () => {
    const worker = workerOf({ shifts: [early, late], assignments: [{ shiftId: 'early', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'late', from: '2026-11-02', to: '2026-11-02' }] });
    expect(told(worker, '02 05:55', '02 14:10', '02 14:20')).toEqual(['in shift-window early 02', 'out last-state early 02', 'in shift-window late 02']);
    expect(told(worker, '02 05:55', '02 13:58')).toEqual(['in shift-window early 02', 'out last-state early 02']);
    expect(told(worker, '02 05:55', '02 18:30')).toEqual(['in shift-window early 02', 'in shift-window late 02']);
  });

  it('one shift ends as the next begins, and nobody came for the first: the scan comes for the next', () => {
    const worker = workerOf({ shifts: [night, early], assignments: [{ shiftId: 'night', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'early', from: '2026-11-03', to: '2026-11-03' }] });
    expect(told(worker, '03 05:56', '03 14:02')).toEqual(['in shift-window early 03', 'out last-state early 03']);
    expect(told(worker, '03 06:03', '03 14:02')).toEqual(['in shift-window early 03', 'out last-state early 03']);
    expect(told(worker, '02 21:55', '03 05:56')).toEqual(['in shift-window night 02', 'out last-state night 02']);
  });

  it('out of one shift a little early and in again for the next, which has opened: a lane for both ways says what a lane in says', () => {
    const worker = workerOf({ shifts: [night, early], assignments: [{ shiftId: 'night', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'early', from: '2026-11-03', to: '2026-11-03' }] });
    expect(told(worker, '02 21:55', '03 05:37', '03 05:39', '03 14:02')).toEqual([
      'in shift-window night 02', 'out last-state night 02', 'in shift-window early 03', 'out last-state early 03']);
    expect(told(worker, '02 21:55 in', '03 05:37 out', '03 05:39 in', '03 14:02 out')).toEqual([
      'in lane night 02', 'out lane night 02', 'in lane early 03', 'out lane early 03']);
    // A pause long before the next begins is one of the shift that was begun.
    expect(told(worker, '02 21:55', '03 01:00', '03 01:30')).toEqual(['in shift-window night 02', 'out last-state night 02', 'in last-state night 02']);
  });

  it('a day off has no shift', () => {
    const weekdays = workerOf({ shifts: [{ ...day, days: [1, 2, 3, 4, 5] }] });
    expect(told(weekdays, '06 07:55', '07 07:55')).toEqual(['in shift-window day 06', 'in first-today - 07']);
  });

  it('before the early window the scan still belongs to the shift of that day', () => {
    expect(told(workerOf(), '02 05:00', '02 17:00')).toEqual(['in first-today day 02', 'out last-state day 02']);
  });

  it('a lane in at the end of a night is of the night that is over, not of the next evening, whose way in stays one', () => {
    expect(told(workerOf({ shifts: [night] }), '02 21:55 in', '03 06:00 in', '03 22:10', '04 06:05')).toEqual([
      'in lane night 02', 'in lane night 02', 'in shift-window night 03', 'out last-state night 03']);
    expect(sheet(workerOf({ shifts: [night] }), ['02 21:55 in', '03 07:30 in', '03 21:55', '04 06:00']).map((line) => [clock(line.in), clock(line.out), line.exceptions.join()])).toEqual([
      ['02 21:55', '03 06:00', 'in-twice,no-out'], ['03 21:55', '04 06:00', '']]);
  });

  it('in after one shift and before another, between their windows, comes for the one that is nearer', () => {
    const worker = workerOf({ shifts: [day, night], assignments: [{ shiftId: 'day', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'night', from: '2026-11-02', to: '2026-11-02' }] });
    expect(told(worker, '02 07:55 in', '02 17:02 out', '02 18:00 in', '02 20:00 out', '02 20:30 in')).toEqual([
      'in lane day 02', 'out lane day 02', 'in lane day 02', 'out lane day 02', 'in lane night 02']);
  });

  it('half a day before a shift nobody comes for it: the scan has none, and the window says in when that shift opens', () => {
    expect(told(workerOf({ shifts: [night] }), '03 10:30', '03 21:50', '04 06:05')).toEqual(['in first-today - 03', 'in shift-window night 03', 'out last-state night 03']);
  });
});

describe('who may pass', () => {
  it('the end date is the last work date: its night shift is left the next morning, and no other begun', () => {
    const worker = workerOf({ shifts: [night], endDate: '2026-11-02' });
    expect(told(worker, '02 21:50', '03 06:10', '03 21:50')).toEqual(['in shift-window night 02', 'out last-state night 02', 'expired null contract-ended night 03']);
  });

  it('a night shift of the last work date may be begun after midnight', () => {
    expect(told(workerOf({ shifts: [night], endDate: '2026-11-02' }), '03 00:10')).toEqual(['in shift-window night 02']);
  });

  it('before the start date and with a bar nobody passes', () => {
    expect(told(workerOf({ startDate: '2026-11-03' }), '02 07:55', '03 07:55')).toEqual(['not-yet-valid null not-started day 02', 'in shift-window day 03']);
    expect(told(workerOf({ barred: true }), '02 07:55', '02 07:55:05')).toEqual(['barred null barred - 02', 'barred null barred - 02']);
  });

  it('the other lane within its window asks the guard and changes nothing; off unless set', () => {
    const quick = scansOf('02 07:55 in', '02 07:55:30 out', '02 12:00 out');
    expect(answers(workerOf(), quick).map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
    expect(answers(workerOf(), quick, { ...rules, oppositeSeconds: 30 }).map(({ outcome }) => outcome)).toEqual(['recorded', 'ask-guard', 'recorded']);
    expect(answers(workerOf(), quick, { ...rules, oppositeSeconds: 29 }).map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded']);
  });
});
