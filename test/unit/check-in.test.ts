import { describe, expect, it } from 'vitest';
import { checkIn, type CheckInInput } from '../../shared/domain/check-in.ts';
import { addDays, workDateOf } from '../../shared/domain/work-date.ts';

const morning = Date.parse('2026-11-22T00:58:00Z'); // 07:58 in Vietnam
const worker = { barred: false, startDate: null, endDate: null };
const input = (changes: Partial<CheckInInput>): CheckInInput => (
  { worker, laneDirection: 'both', lastOnLane: null, lastState: null, now: morning, repeatSeconds: 20, ...changes });

describe('who may pass', () => {
  it('nobody of the roster is unknown', () => {
    expect(checkIn(input({ worker: null }))).toEqual({ outcome: 'unknown', direction: null, reason: 'not-in-roster' });
  });
  it('a barred worker is barred, within the repeat window too', () => {
    const lastOnLane = { at: morning - 1000, direction: 'in' as const };
    expect(checkIn(input({ worker: { ...worker, barred: true }, lastOnLane })).outcome).toBe('barred');
  });
  it.each([
    ['2026-11-21', 'recorded'], ['2026-11-22', 'recorded'], ['2026-11-23', 'not-yet-valid'],
  ])('a contract that begins on %s is %s on 22 November', (startDate, outcome) => {
    expect(checkIn(input({ worker: { ...worker, startDate } })).outcome).toBe(outcome);
  });
  it.each([
    ['2026-11-21', 'expired'], ['2026-11-22', 'recorded'], ['2026-11-23', 'recorded'],
  ])('a contract whose last work date is %s is %s on 22 November', (endDate, outcome) => {
    expect(checkIn(input({ worker: { ...worker, endDate } })).outcome).toBe(outcome);
  });
  it('the last day lasts until midnight in Vietnam, not in UTC', () => {
    const last = { ...worker, endDate: '2026-11-22' };
    expect(checkIn(input({ worker: last, now: Date.parse('2026-11-22T16:59:59Z') })).outcome).toBe('recorded');
    expect(checkIn(input({ worker: last, now: Date.parse('2026-11-22T17:00:00Z') })).outcome).toBe('expired');
  });
  it('a worker inside from a night shift on the last work date may leave the next morning, and only leave', () => {
    const last = { ...worker, endDate: '2026-11-21' };
    const lastState = { direction: 'in' as const, workDate: '2026-11-21' };
    expect(checkIn(input({ worker: last, lastState }))).toEqual({ outcome: 'recorded', direction: 'out', reason: 'leaving-last-shift' });
    expect(checkIn(input({ worker: last, lastState, laneDirection: 'out' })).outcome).toBe('recorded');
    expect(checkIn(input({ worker: last, lastState, laneDirection: 'in' })).outcome).toBe('expired');
    expect(checkIn(input({ worker: last, lastState: { direction: 'out', workDate: '2026-11-21' } })).outcome).toBe('expired');
    expect(checkIn(input({ worker: { ...worker, endDate: '2026-11-20' }, lastState: { direction: 'in', workDate: '2026-11-20' } })).outcome).toBe('expired');
  });
});

describe('repeats', () => {
  const after = (ms: number) => checkIn(input({ lastOnLane: { at: morning - ms, direction: 'in' }, lastState: { direction: 'in', workDate: '2026-11-22' } }));
  it.each([
    [0, 'repeat'], [1, 'repeat'], [20_000, 'repeat'], [20_001, 'recorded'], [21_000, 'recorded'],
  ])('a second tap after %i ms is %s', (ms, outcome) => {
    expect(after(ms).outcome).toBe(outcome);
  });
  it('a repeat keeps the direction of the tap that counted', () => {
    expect(after(5000)).toEqual({ outcome: 'repeat', direction: 'in', reason: 'same-lane' });
  });
  it('a clock set back by seconds makes no second visit of a double tap', () => {
    expect(after(-3000).outcome).toBe('repeat');
  });
  it('a clock set back by an hour opens no repeat window', () => {
    expect(after(-3_600_000).outcome).toBe('recorded');
  });
  it('with the window off every tap counts', () => {
    expect(checkIn(input({ lastOnLane: { at: morning, direction: 'in' }, repeatSeconds: 0 })).outcome).toBe('recorded');
  });
});

describe('direction', () => {
  it.each(['in', 'out'] as const)('a lane for %s counts before the last state', (laneDirection) => {
    for (const direction of ['in', 'out'] as const) {
      expect(checkIn(input({ laneDirection, lastState: { direction, workDate: '2026-11-22' } })))
        .toEqual({ outcome: 'recorded', direction: laneDirection, reason: 'lane' });
    }
  });
  it('the first scan of a work date is in, whatever yesterday ended with', () => {
    for (const direction of ['in', 'out'] as const) {
      expect(checkIn(input({ lastState: { direction, workDate: '2026-11-21' } }))).toMatchObject({ direction: 'in', reason: 'first-today' });
    }
    expect(checkIn(input({}))).toMatchObject({ direction: 'in', reason: 'first-today' });
  });
  it('later scans turn the last state around', () => {
    expect(checkIn(input({ lastState: { direction: 'in', workDate: '2026-11-22' } }))).toMatchObject({ direction: 'out', reason: 'last-state' });
    expect(checkIn(input({ lastState: { direction: 'out', workDate: '2026-11-22' } }))).toMatchObject({ direction: 'in', reason: 'last-state' });
  });
});

describe('work date', () => {
  it.each([
    ['2026-11-22T16:59:59.999Z', '2026-11-22'], ['2026-11-22T17:00:00Z', '2026-11-23'], ['2026-12-31T17:00:00Z', '2027-01-01'], ['2024-02-28T17:00:00Z', '2024-02-29'],
  ])('%s is %s in Vietnam', (at, date) => {
    expect(workDateOf(Date.parse(at))).toBe(date);
  });
  it('days are added over months, years and leap days', () => {
    expect([addDays('2026-12-31', 1), addDays('2024-02-28', 1), addDays('2026-03-01', -1)]).toEqual(['2027-01-01', '2024-02-29', '2026-02-28']);
  });
});
