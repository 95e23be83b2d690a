import { describe, expect, it } from 'vitest';
import { Shift } from '../../shared/contracts/shift.ts';
import { defaultGuardSettings, GuardSettings, VisitorForm } from '../../shared/contracts/visitor.ts';
import { mealTime, overlaps } from '../../shared/domain/meal.ts';
import { certaintyAt, musterState, staysUntil } from '../../shared/domain/muster.ts';
import { passText, readPass } from '../../shared/domain/pass-code.ts';
import { startOfDay } from '../../shared/domain/shift.ts';
import { decideVisitor, passState, visitorCode, type VisitorPass } from '../../shared/domain/visitor.ts';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const pass: VisitorPass = { validFrom: at('2026-11-22T08:00'), validTo: at('2026-11-22T17:00'), barred: false, returned: false, ended: false, direction: null };
const decide = (over: Partial<VisitorPass>, time: string, lane: 'in' | 'out' | 'both' = 'both') => decideVisitor({ ...pass, ...over }, at(time), lane);

describe('a scan of a visitor\'s pass', () => {
  it.each([
    ['at the first instant of its time', {}, '2026-11-22T08:00', 'both', { outcome: 'recorded', direction: 'in', reason: 'first-today' }],
    ['at its last instant', {}, '2026-11-22T17:00', 'both', { outcome: 'recorded', direction: 'in' }],
    ['before its time', {}, '2026-11-22T07:59', 'both', { outcome: 'not-yet-valid', direction: null, reason: 'pass-not-started' }],
    ['after its time', {}, '2026-11-22T17:01', 'both', { outcome: 'expired', direction: null, reason: 'pass-over' }],
    ['by whoever is inside is a way out', { direction: 'in' }, '2026-11-22T12:00', 'both', { outcome: 'recorded', direction: 'out', reason: 'last-state' }],
    ['by whoever is inside after its time is a way out still: it keeps nobody in', { direction: 'in' }, '2026-11-22T20:00', 'out', { outcome: 'recorded', direction: 'out', reason: 'lane' }],
    ['by whoever is inside, pass ended, is a way out still', { direction: 'in', ended: true }, '2026-11-22T12:00', 'both', { outcome: 'recorded', direction: 'out' }],
    ['that was given back lets nobody in', { direction: 'out', returned: true }, '2026-11-22T12:00', 'both', { outcome: 'expired', direction: null, reason: 'pass-ended' }],
    ['that the guard has ended lets nobody in', { ended: true }, '2026-11-22T12:00', 'in', { outcome: 'expired', direction: null, reason: 'pass-ended' }],
    ['of somebody barred', { barred: true }, '2026-11-22T12:00', 'both', { outcome: 'barred', direction: null, reason: 'barred' }],
    ['of somebody barred who is inside calls the guard too', { barred: true, direction: 'in' }, '2026-11-22T12:00', 'out', { outcome: 'barred', direction: null }],
    ['on a lane for one way goes that way', { direction: 'in' }, '2026-11-22T12:00', 'in', { outcome: 'recorded', direction: 'in', reason: 'lane' }],
  ] as const)('%s', (_, over, time, lane, wanted) => {
    expect(decide(over, time, lane)).toMatchObject(wanted);
  });

  it.each([['2026-11-22T07:00', {}, 'not-yet'], ['2026-11-22T09:00', {}, 'valid'], ['2026-11-22T18:00', {}, 'over'], ['2026-11-22T18:00', { returned: true }, 'returned'], ['2026-11-22T09:00', { ended: true }, 'ended']] as const)(
    'at %s with %j the pass is %s', (time, over, state) => expect(passState({ ...pass, ...over }, at(time))).toBe(state));

  it('a code carries no sign that is taken for another, and a pass carries it', () => {
    const code = visitorCode(Uint8Array.from([0, 1, 30, 31, 100, 200, 254, 255, 9]));
    expect(code).toMatch(/^V-[2-9A-HJ-NP-Z]{8}$/);
    expect(readPass(passText(code)!)).toEqual({ code });
    expect(() => visitorCode(new Uint8Array(7))).toThrow(RangeError);
  });
});

describe('the guard\'s form', () => {
  const form = { kind: 'visitor', fullName: ' Trần Thị Khách ', company: 'Công ty Khách', purpose: '', hostWorkerId: null, hostName: null, vehicle: null, tools: null, escort: true, validFrom: '2026-11-22T01:00:00Z', validTo: '2026-11-22T10:00:00Z' };
  it('is tidied: spaces off, nothing typed is null', () => expect(VisitorForm.parse(form)).toMatchObject({ fullName: 'Trần Thị Khách', purpose: null }));
  it.each([[{ validTo: '2026-11-22T01:00:00Z' }], [{ validTo: '2027-12-22T01:00:00Z' }], [{ fullName: 'A' }], [{ company: 'x'.repeat(121) }], [{ fullName: 'An\u0000' }], [{ kind: 'guest' }]])(
    'with %j is refused', (over) => expect(VisitorForm.safeParse({ ...form, ...over }).success).toBe(false));
  it('settings are right as delivered, and refuse one meal twice', () => {
    expect(GuardSettings.safeParse(defaultGuardSettings).success).toBe(true);
    expect(GuardSettings.safeParse({ ...defaultGuardSettings, meals: [defaultGuardSettings.meals[0], defaultGuardSettings.meals[0]] }).success).toBe(false);
  });
});

describe('who is inside still', () => {
  const shifts = new Map([['D', '06:00', '14:00'], ['N', '22:00', '06:00'], ['E', '16:00', '20:00']].map(([id, start, end]) => [id!, Shift.parse({ id, start, end, lateOutMinutes: 120 })]));
  const plan = (shiftId: string | null, ...assigned: string[]) => ({ shifts, shiftId, assignments: assigned.map((id) => ({ workerId: 'W', shiftId: id, from: '2026-11-22', to: '2026-11-22' })) });
  const until = (p: ReturnType<typeof plan>, since: string, workDate = '2026-11-22') => staysUntil(p, workDate, at(since));
  it('a day shift holds until its close', () => expect(until(plan('D'), '2026-11-22T05:50')).toBe(at('2026-11-22T16:00')));
  it('a night shift holds into the next morning', () => expect(until(plan('N'), '2026-11-22T21:50')).toBe(at('2026-11-23T08:00')));
  it('of a split day the last part counts', () => expect(until(plan(null, 'D', 'E'), '2026-11-22T05:50')).toBe(at('2026-11-22T22:00')));
  it('an assignment stands in the place of the roster\'s shift', () => expect(until(plan('D', 'N'), '2026-11-22T21:00')).toBe(at('2026-11-23T08:00')));
  it('without a shift, or after its close, it is fourteen hours', () => {
    expect(until(plan(null), '2026-11-22T08:00')).toBe(at('2026-11-22T22:00'));
    expect(until(plan('D'), '2026-11-22T18:00')).toBe(at('2026-11-23T08:00'));
  });
  it('at the close itself somebody is inside, a millisecond later he may have left', () => {
    expect([certaintyAt(10, 10), certaintyAt(10, 11)]).toEqual(['inside', 'may-have-left']);
  });
  it.each([[null, null, 'missing'], [5, null, 'ticked'], [5, 6, 'ticked'], [null, 6, 'out']] as const)('ticked %s, out %s is %s', (tickedAt, outAt, state) => {
    expect(musterState({ tickedAt, outAt })).toBe(state);
  });
});

describe('meals', () => {
  it('a meal of a date, and one over midnight', () => {
    expect(mealTime({ from: '11:00', to: '13:00' }, '2026-11-22')).toEqual({ from: startOfDay('2026-11-22') + 11 * 3_600_000, to: startOfDay('2026-11-22') + 13 * 3_600_000 });
    expect(mealTime({ from: '23:30', to: '00:30' }, '2026-11-22')).toEqual({ from: at('2026-11-22T23:30'), to: at('2026-11-23T00:30') });
  });
  it('whoever leaves as it begins or comes as it ends does not eat', () => {
    const meal = { from: 10, to: 20 };
    expect([[0, 10], [0, 11], [19, 30], [20, 30], [12, 13]].map(([from, to]) => overlaps({ from: from!, to: to! }, meal))).toEqual([false, true, true, false, true]);
  });
});
