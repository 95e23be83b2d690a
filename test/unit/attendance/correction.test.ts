import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorrectionChanges } from '../../../shared/contracts/correction.ts';
import { noChanges, type DateCorrection } from '../../../shared/domain/correction.ts';
import { suggestChanges } from '../../../shared/domain/correction-suggestion.ts';
import { shiftsOn } from '../../../shared/domain/shift.ts';
import { timesheet, timesheetDays, type TimesheetLine } from '../../../shared/domain/timesheet.ts';
import { clock, day, directionOf, early, late, night, rules, scansOf, sheet, workerOf } from './engine.ts';

const at = (text: string): number => scansOf(text)[0]!.at;
const change = (changes: Partial<CorrectionChanges>): CorrectionChanges => CorrectionChanges.parse({ ...noChanges, kind: 'change', ...changes });
const add = (...texts: string[]): CorrectionChanges['add'] => texts.map((text) => ({ direction: text.startsWith('in ') ? 'in' as const : 'out' as const, at: at(text.replace(/^(in|out) /, '')) }));
const on = (date: string, changes: CorrectionChanges): DateCorrection => ({ workDate: `2026-11-${date}`, changes });
const corrected = (worker: Parameters<typeof sheet>[0], texts: readonly string[], corrections: DateCorrection[], until = Infinity): TimesheetLine[] => (
  timesheet(scansOf(...texts), worker, directionOf, { from: '2026-11-01', to: '2026-11-30', rules, corrections, until }));
const shown = (line: TimesheetLine | undefined) => ({ ...line, in: clock(line?.in ?? null), out: clock(line?.out ?? null) });

describe('a correction of a work date', () => {
  it('a way out that was forgotten is added: the date is closed by the correction, overtime counts, nothing is left to look at', () => {
    const [line, ...more] = corrected(workerOf(), ['02 07:55'], [on('02', change({ add: add('out 02 18:30') }))]);
    expect(more).toEqual([]);
    expect(shown(line)).toMatchObject({ in: '02 07:55', out: '02 18:30', workedMinutes: 570, overtimeMinutes: 90, closedBy: 'correction', exceptions: [] });
  });

  it('a way in that was forgotten is added: the way out that was scanned still closes the date', () => {
    expect(shown(corrected(workerOf(), ['02 17:03'], [on('02', change({ add: add('in 02 08:00') }))])[0])).toMatchObject({
      in: '02 08:00', out: '02 17:03', workedMinutes: 483, lateMinutes: 0, closedBy: 'scan', exceptions: [] });
  });

  it('a date without any scan is made of added punches alone', () => {
    expect(corrected(workerOf(), [], [on('02', change({ add: add('in 02 08:00', 'out 02 17:00') }))])).toMatchObject([{ workDate: '2026-11-02', workedMinutes: 480, closedBy: 'correction', exceptions: [] }]);
  });

  it('a punch belongs to the date that was told, however late it is', () => {
    const lines = corrected(workerOf({ shifts: [night] }), ['02 21:50'], [on('02', change({ add: add('out 03 11:00') }))]);
    expect(lines.map(shown)).toMatchObject([{ workDate: '2026-11-02', out: '03 11:00', overtimeMinutes: 300, closedBy: 'correction', exceptions: [] }]);
  });

  it('a scan that is left out counts no more', () => {
    const leaveOut = [{ at: at('02 12:00'), lane: 'gate' }];
    expect(sheet(workerOf(), ['02 08:00', '02 12:00', '02 17:00'])[0]).toMatchObject({ exceptions: ['out-twice'] });
    expect(corrected(workerOf(), ['02 08:00', '02 12:00', '02 17:00'], [on('02', change({ leaveOut }))])[0]).toMatchObject({ workedMinutes: 480, closedBy: 'scan', exceptions: [] });
  });

  it('overtime of a date that the system closed counts once it is confirmed, none where none is', () => {
    expect(shown(corrected(workerOf(), ['02 07:55'], [on('02', change({ overtimeMinutes: 90 }))])[0])).toMatchObject({
      out: '02 18:30', workedMinutes: 570, overtimeMinutes: 90, closedBy: 'correction', exceptions: [] });
    expect(corrected(workerOf(), ['02 07:55'], [on('02', change({ overtimeMinutes: 0 }))])[0]).toMatchObject({ workedMinutes: 480, overtimeMinutes: 0, closedBy: 'correction', exceptions: [] });
  });

  it('confirmed overtime ends where the worker was seen again', () => {
    const lines = corrected(overlapping, ['02 06:00 in', '02 16:00 in', '02 20:00 out'], [on('02', change({ overtimeMinutes: 600 }))]);
    expect(lines[0]).toMatchObject({ workedMinutes: 840 });
  });

  it('confirmed overtime changes nothing where the way out was scanned', () => {
    expect(corrected(workerOf(), ['02 07:55', '02 17:00'], [on('02', change({ overtimeMinutes: 90 }))])[0]).toMatchObject({ workedMinutes: 480, overtimeMinutes: 0, closedBy: 'scan' });
  });

  it('another shift for the date counts, on a day off too, and for that date only', () => {
    const worker = workerOf({ shifts: [{ ...day, days: [1, 2, 3, 4, 5] }, late] });
    const lines = corrected(worker, ['07 13:50', '07 22:30', '08 13:50', '08 22:30'], [on('07', change({ shift: { id: 'late' } }))]);
    expect(lines).toMatchObject([{ shiftId: 'late', workedMinutes: 480, overtimeMinutes: 30, exceptions: [] }, { shiftId: null, exceptions: ['no-shift'] }]);
    expect(corrected(worker, ['07 08:00', '07 17:00'], [on('07', change({ shift: { id: 'day' } }))])[0]).toMatchObject({ shiftId: 'day', workedMinutes: 480 });
  });

  it('no shift for the date takes the planned one away', () => {
    expect(corrected(workerOf(), ['02 08:30', '02 12:00'], [on('02', change({ shift: { id: null } }))])[0]).toMatchObject({ shiftId: null, lateMinutes: 0, workedMinutes: 210, exceptions: [] });
  });

  it('a whole day on an errand counts as its shift, whatever was scanned, and not before it is over', () => {
    const errand = [on('02', change({ wholeDay: true }))];
    expect(shown(corrected(workerOf(), ['02 09:10'], errand)[0])).toMatchObject({ in: '02 08:00', out: '02 17:00', workedMinutes: 480, overtimeMinutes: 0, lateMinutes: 0, closedBy: 'correction', exceptions: [] });
    expect(corrected(workerOf(), [], errand)).toHaveLength(1);
    expect(corrected(workerOf(), [], errand, at('02 12:00'))).toEqual([]);
    expect(corrected(workerOf({ shiftId: null, shifts: [day] }), [], errand)).toEqual([]);
  });

  it('a date that was looked at stays as it is, with nothing left to look at', () => {
    const before = sheet(workerOf(), ['02 07:55'])[0]!;
    expect(corrected(workerOf(), ['02 07:55'], [on('02', noChanges)])).toEqual([{ ...before, exceptions: [] }]);
  });

  it('overtime that was scanned before a forgotten way out counts once somebody has looked at the date', () => {
    const scans = ['02 07:55 in', '02 18:30 out', '02 18:40 in'];
    expect(sheet(workerOf(), scans)[0]).toMatchObject({ overtimeMinutes: 0, exceptions: ['no-out'] });
    expect(corrected(workerOf(), scans, [on('02', noChanges)])[0]).toMatchObject({ workedMinutes: 570, overtimeMinutes: 90, exceptions: [] });
  });

  it('who is still inside is told so whatever was corrected', () => {
    expect(corrected(workerOf(), ['02 07:55'], [on('02', noChanges)], at('02 12:00'))[0]).toMatchObject({ closedBy: null, exceptions: ['still-inside'] });
  });

  it('what a correction leaves missing is still told', () => {
    expect(corrected(workerOf(), [], [on('02', change({ add: add('in 02 08:00') }))])[0]).toMatchObject({ exceptions: ['no-out'], closedBy: 'system' });
  });

  it('one that was taken back is as though there had been none', () => {
    const scans = ['02 07:55', '03 08:00', '03 17:00'];
    expect(corrected(workerOf(), scans, [on('02', { ...noChanges, kind: 'restore' })])).toEqual(sheet(workerOf(), scans));
  });

  it('later days are decided from it: a way out that was added leaves nobody inside', () => {
    const rotating = workerOf({ shifts: [], shiftId: null });
    const scans = ['02 20:00 gate', '03 08:00 gate', '03 20:00 gate'];
    expect(corrected(rotating, scans, [on('02', change({ add: add('out 03 06:00') }))]).map(({ workDate, in: from, out }) => [workDate.slice(-2), clock(from), clock(out)]))
      .toEqual([['02', '02 20:00', '03 06:00'], ['03', '03 08:00', '03 20:00']]);
  });
});

describe('changes', () => {
  it('are refused where they say nothing, or a whole day and single punches', () => {
    expect(CorrectionChanges.safeParse({ ...noChanges, kind: 'change' }).success).toBe(false);
    expect(CorrectionChanges.safeParse({ ...noChanges, kind: 'keep', wholeDay: true }).success).toBe(false);
    expect(CorrectionChanges.safeParse({ ...noChanges, kind: 'change', wholeDay: true, add: add('in 02 08:00') }).success).toBe(false);
  });
});

describe('the suggestion', () => {
  const of = (worker: ReturnType<typeof workerOf>, ...texts: string[]) => {
    const [line] = sheet(worker, texts);
    return suggestChanges(line!, shiftsOn(worker, line!.workDate), null);
  };

  it('a forgotten way out is the end of the shift, a forgotten way in its start', () => {
    expect(of(workerOf(), '02 07:55')?.add).toEqual(add('out 02 17:00'));
    expect(of(workerOf(), '02 17:03')?.add).toEqual(add('in 02 08:00'));
  });

  it('goes on from the correction that counts', () => {
    const known = change({ add: add('in 02 08:00') });
    const [line] = corrected(workerOf(), [], [on('02', known)]);
    expect(suggestChanges(line!, shiftsOn(workerOf(), '2026-11-02'), known)?.add).toEqual(add('in 02 08:00', 'out 02 17:00'));
  });

  it('is none where only a person can tell', () => {
    expect(of(workerOf({ shiftId: null }), '02 08:00')).toBeNull();
    expect(of(workerOf(), '02 07:55 in', '02 17:00 out', '02 17:30 out')).toBeNull();
  });

  it('a second way in changes no hour: the date is kept', () => {
    expect(of(workerOf(), '02 07:55 in', '02 08:30 in', '02 17:00 out')).toEqual(noChanges);
  });
});

describe('a split day', () => {
  it('tells all its shifts', () => {
    const worker = workerOf({ shifts: [{ ...early, id: 'am', end: '10:00' }, { ...late, id: 'pm', end: '18:00' }],
      assignments: [{ shiftId: 'am', from: '2026-11-02', to: '2026-11-02' }, { shiftId: 'pm', from: '2026-11-02', to: '2026-11-02' }] });
    expect(timesheetDays(scansOf('02 05:55', '02 10:00', '02 14:00', '02 18:00'), worker, directionOf, { from: '2026-11-01', to: '2026-11-30', rules })[0]?.shiftIds).toEqual(['am', 'pm']);
  });
});

const [first, second] = [{ ...early, id: 'first', breakMinutes: 0 }, { ...late, id: 'second', start: '12:00', end: '20:00', breakMinutes: 0 }];
const overlapping = workerOf({ shifts: [first, second], assignments: [{ shiftId: 'first', from: '2026-11-02', to: '2026-11-06' }, { shiftId: 'second', from: '2026-11-02', to: '2026-11-06' }] });
const plans = [overlapping, workerOf(), workerOf({ shifts: [night] }), workerOf({ shiftId: null })];
const begin = at('02 00:00');
const minute = fc.integer({ min: 0, max: 6 * 1_440 }).map((n) => begin + n * 60_000);
const scan = fc.record({ at: minute, lane: fc.constantFrom('gate', 'in', 'out'), seq: fc.nat(100) });
const history = fc.uniqueArray(scan, { maxLength: 24, selector: ({ at: when, lane, seq }) => `${when} ${lane} ${seq}` });
const punch = fc.record({ direction: fc.constantFrom('in' as const, 'out' as const), offset: fc.integer({ min: -720, max: 3_600 }) });
const anyChange = (date: string, scans: readonly { at: number; lane: string }[]): fc.Arbitrary<CorrectionChanges> => fc.oneof(
  fc.constant(noChanges), fc.constant({ ...noChanges, kind: 'restore' as const }), fc.constant(change({ wholeDay: true })),
  fc.record({ add: fc.array(punch, { minLength: 1, maxLength: 4 }), leaveOut: fc.subarray([...scans]), overtimeMinutes: fc.option(fc.integer({ min: 0, max: 720 })), shift: fc.option(fc.record({ id: fc.constantFrom('day', 'night', 'first', null) })) })
    .map((one) => change({ ...one, add: one.add.map(({ direction, offset }) => ({ direction, at: at(`${date} 00:00`) + offset * 60_000 })), leaveOut: one.leaveOut.map(({ at: when, lane }) => ({ at: when, lane })) })));
const case_ = fc.tuple(fc.constantFrom(...plans), history).chain(([worker, scans]) => fc.tuple(
  fc.constant(worker), fc.constant(scans),
  fc.tuple(...['02', '03', '04'].map((date) => fc.option(anyChange(date, scans)).map((changes) => (changes === null ? null : on(date, changes))))).map((all) => all.filter((one) => one !== null))));
const period = { from: '2026-11-01', to: '2026-11-10', rules };

describe('whatever the scans and corrections', () => {
  it('any order of both gives the same timesheet', () => {
    fc.assert(fc.property(case_, fc.func(fc.integer()), ([worker, scans, corrections], key) => {
      const shuffle = <T>(items: readonly T[]): T[] => items.map((one) => ({ one, by: key(one) })).sort((a, b) => a.by - b.by).map(({ one }) => one);
      expect(timesheet(shuffle(scans), worker, directionOf, { ...period, corrections: shuffle(corrections) }))
        .toEqual(timesheet(scans, worker, directionOf, { ...period, corrections }));
    }), { numRuns: 500 });
  });

  it('worked time is never negative, never over the time between first and last, and overtime and night lie within it', () => {
    fc.assert(fc.property(case_, ([worker, scans, corrections]) => {
      for (const line of timesheet(scans, worker, directionOf, { ...period, corrections })) {
        expect(line.workedMinutes).toBeGreaterThanOrEqual(0);
        expect(line.workedMinutes).toBeLessThanOrEqual(line.in === null || line.out === null ? 48 * 60 : Math.max(0, line.out - line.in) / 60_000);
        expect(line.overtimeMinutes).toBeLessThanOrEqual(line.workedMinutes);
        expect(line.nightMinutes).toBeLessThanOrEqual(line.workedMinutes);
        expect(Math.min(line.overtimeMinutes, line.nightMinutes, line.lateMinutes, line.earlyMinutes)).toBeGreaterThanOrEqual(0);
      }
    }), { numRuns: 500 });
  });

  it('corrections that were all taken back leave the sheet of the scans', () => {
    fc.assert(fc.property(fc.constantFrom(...plans), history, (worker, scans) => {
      const corrections = ['02', '03', '04'].map((date) => on(date, { ...noChanges, kind: 'restore' }));
      expect(timesheet(scans, worker, directionOf, { ...period, corrections })).toEqual(timesheet(scans, worker, directionOf, period));
    }), { numRuns: 200 });
  });
});
