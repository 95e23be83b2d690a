import { describe, expect, it } from 'vitest';
import { countDay, type LabourDay } from '../../../shared/domain/labour-day.ts';
import { addCount, noLabour } from '../../../shared/domain/labour-sums.ts';
import type { LabourSettings } from '../../../shared/contracts/labour.ts';
import { dayOf, law, settings, worker } from './site.ts';

const count = (text: string, given: Partial<LabourDay> = {}, set: Partial<LabourSettings> = {}) => countDay(law, { ...settings, ...set }, worker, dayOf(text, given));

describe('counting a work date', () => {
  it('on a working day what lies after the shift is overtime', () => {
    expect(count('2026-11-02 08:00-19:00 work 600 ot 120')).toEqual({
      workDate: '2026-11-02', kind: 'working', normal: 480, overtime: 120, capped: 120, night: 0, nightOvertime: 0, countedBreak: 0,
    });
  });
  it('what goes over eight hours inside a long shift is overtime too: 12 hours less an hour of break are 8 and 3', () => {
    expect(count('2026-11-02 06:00-18:00 work 660 ot 0')).toMatchObject({ normal: 480, overtime: 180, capped: 180 });
  });
  it('by the week up to ten hours of a day are normal', () => {
    expect(count('2026-11-02 06:00-18:00 work 660 ot 0', {}, { scheme: 'week', normalDayMinutes: 600 })).toMatchObject({ normal: 600, overtime: 60 });
  });
  it('whoever came late and stayed longer has his overtime all the same', () => {
    expect(count('2026-11-02 10:00-18:00 work 420 ot 60')).toMatchObject({ normal: 360, overtime: 60 });
  });
  it.each([
    ['a Sunday off', '2026-11-08 08:00-17:00 work 480 off', 'rest'],
    ['a Sunday of somebody without a shift', '2026-11-08 08:00-17:00 work 480 none', 'rest'],
    ['a day off in the week', '2026-11-04 08:00-17:00 work 480 off', 'rest'],
    ['a holiday', '2026-09-02 08:00-17:00 work 480', 'holiday'],
    ['the day in the place of a holiday on a Sunday', '2026-04-27 08:00-17:00 work 480', 'rest'],
  ])('%s: all work is overtime', (_, text, kind) => {
    expect(count(text)).toMatchObject({ kind, normal: 0, overtime: 480, capped: 480 });
  });
  it('a Sunday in the plan is a working day, and a Monday of somebody without a shift too', () => {
    expect(count('2026-11-08 08:00-17:00 work 480')).toMatchObject({ kind: 'working', normal: 480, overtime: 0 });
    expect(count('2026-11-02 08:00-18:00 work 600 none')).toMatchObject({ kind: 'working', normal: 480, overtime: 120 });
  });
  it('in a continuous shift the break counts as work and is taken off the caps (Decree 145/2020 art. 60.5)', () => {
    const set = { continuousDepartments: ['May 1'] };
    // 06:00 to 18:00 with 45 minutes: 12 hours count, 8 normal and 4 over; against the caps 4 hours less 45 minutes.
    expect(count('2026-11-02 06:00-18:00 work 675', { breakMinutes: 45 }, set)).toMatchObject({ normal: 480, overtime: 240, countedBreak: 45, capped: 195 });
    // 8 hours with half an hour in them: a normal day.
    expect(count('2026-11-02 06:00-14:00 work 450', { breakMinutes: 30 }, set)).toMatchObject({ normal: 480, overtime: 0, capped: 0 });
    // Two hours more: 120 over, 90 against the caps.
    expect(count('2026-11-02 06:00-16:00 work 570 ot 120', { breakMinutes: 30 }, set)).toMatchObject({ normal: 480, overtime: 120, capped: 90 });
    // Under six hours it is no such shift; in another department neither.
    expect(count('2026-11-02 06:00-11:00 work 270', { breakMinutes: 30 }, set)).toMatchObject({ normal: 270, countedBreak: 0 });
    expect(count('2026-11-02 06:00-18:00 work 675', { breakMinutes: 45 }, { continuousDepartments: ['Kho'] })).toMatchObject({ overtime: 195, capped: 195 });
  });
  it('overtime in the night is the night at its end', () => {
    // 14:00 to 24:00 with two hours over: 22:00 to 24:00 are night and overtime both.
    expect(count('2026-11-02 14:00-00:00 work 570 ot 120 night 120')).toMatchObject({ overtime: 120, night: 120, nightOvertime: 120 });
    // 22:00 to 08:00: the two hours after 06:00 are no night.
    expect(count('2026-11-02 22:00-08:00 work 555 ot 120 night 480')).toMatchObject({ overtime: 120, nightOvertime: 0 });
    // 22:00 to 07:00, an hour of it over after 06:00, the second before: 12 h shifts work it out by the end.
    expect(count('2026-11-02 20:00-08:00 work 660 night 480')).toMatchObject({ overtime: 180, nightOvertime: 60 });
    expect(count('2026-11-08 22:00-06:00 work 435 night 435 off')).toMatchObject({ overtime: 435, nightOvertime: 435 });
  });
  it('hours by pay class: 150 % on a working day, 200 % on a day of rest, 300 % on a holiday', () => {
    const sums = ['2026-11-02 08:00-19:00 work 600 ot 120', '2026-11-08 08:00-12:00 work 240 off', '2026-09-02 08:00-10:00 work 120'].map((one) => count(one)).reduce(addCount, noLabour);
    expect(sums).toMatchObject({ days: 3, normal: 480, overtime: 480, workingDayOvertime: 120, restDayOvertime: 240, holidayOvertime: 120 });
  });
});
