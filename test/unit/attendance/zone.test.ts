import { describe, expect, it } from 'vitest';
import { Zone, Zones } from '../../../shared/contracts/zone.ts';
import { attend, inOrder, nobodySeen, violationsIn, type AttendanceScan } from '../../../shared/domain/attendance.ts';
import { afterPassage, nowhere, passbackOf } from '../../../shared/domain/zone.ts';
import { answers, directionOf, night, rules, scansOf, workerOf } from './engine.ts';

const minute = 60_000;
const zone = (mode: Zone['mode'], timeoutMinutes = 30): Zone => Zone.parse({ id: 'hall', mode, timeoutMinutes });
const under = (mode: Zone['mode'], fire = false) => ({ ...rules, passback: { zones: new Map([['hall', zone(mode)]]), fire } });
const inHall = (...texts: string[]): AttendanceScan[] => scansOf(...texts).map((scan) => ({ ...scan, zone: 'hall' }));
const outcomes = (with_: typeof rules, ...texts: string[]): string[] => answers(workerOf(), inHall(...texts), with_)
  .map(({ outcome, violation }) => (violation === undefined ? outcome : `${outcome} ${violation}`));

describe('passback of a zone', () => {
  it.each<[Zone['mode'], number, string | null]>([
    ['off', 5, null], ['soft', 5, 'soft'], ['hard', 5, 'hard'], ['timed', 30, 'hard'], ['timed', 31, null],
  ])('%s, %d minutes after the entry: %s', (mode, after, expected) => {
    const inside = afterPassage(nowhere, 'hall', 'in', { at: 0, until: 600 * minute });
    expect(passbackOf(zone(mode), inside, after * minute)).toBe(expected);
  });
  it('is only of whoever came in, until he went out or his work is over', () => {
    const inside = afterPassage(nowhere, 'hall', 'in', { at: 0, until: 600 * minute });
    expect(passbackOf(zone('hard'), nowhere, minute)).toBe(null);
    expect(passbackOf(undefined, inside, minute)).toBe(null);
    expect(passbackOf(zone('hard'), afterPassage(inside, 'hall', 'out', { at: 1, until: 1 }), minute)).toBe(null);
    expect(passbackOf(zone('hard'), afterPassage(inside, null, 'out', { at: 1, until: 1 }), minute)).toBe(null);
    expect(passbackOf(zone('hard'), afterPassage(inside, 'yard', 'out', { at: 1, until: 1 }), minute)).toBe('hard');
    expect(passbackOf(zone('hard'), inside, 600 * minute)).toBe('hard');
    expect(passbackOf(zone('hard'), inside, 600 * minute + 1)).toBe(null);
  });
  it('zones of one name are no list of zones', () => {
    expect(Zones.safeParse([zone('off'), zone('hard')]).success).toBe(false);
  });
});

describe('a second way in without one out', () => {
  it('soft: recorded with a violation; hard: refused, and nothing changes; off: recorded', () => {
    const day = ['02 07:55 in', '02 09:00 in', '02 17:00 out', '02 17:10 in'];
    expect(outcomes(under('soft'), ...day)).toEqual(['recorded', 'recorded passback', 'recorded', 'recorded']);
    expect(outcomes(under('hard'), ...day)).toEqual(['recorded', 'passback', 'recorded', 'recorded']);
    expect(outcomes(under('off'), ...day)).toEqual(['recorded', 'recorded', 'recorded', 'recorded']);
  });
  it('timed: refused within its minutes, which a refusal does not begin anew, then forgiven', () => {
    expect(outcomes(under('timed'), '02 07:55 in', '02 08:10 in', '02 08:25 in', '02 08:26 in')).toEqual(['recorded', 'passback', 'passback', 'recorded']);
  });
  it('a forgotten way out locks nobody out of the next day', () => {
    expect(outcomes(under('hard'), '02 07:55 in', '03 07:55 in')).toEqual(['recorded', 'recorded']);
  });
  it('in a fire nobody is refused, by no zone and no guard', () => {
    expect(outcomes(under('hard', true), '02 07:55 in', '02 09:00 in')).toEqual(['recorded', 'recorded passback']);
    expect(outcomes({ ...under('hard', true), oppositeSeconds: 60 }, '02 07:55 in', '02 07:55:30 out')).toEqual(['recorded', 'recorded']);
  });
  it('a lane for both ways turns him out instead', () => {
    expect(answers(workerOf(), inHall('02 07:55', '02 09:00'), under('hard')).map(({ outcome, direction }) => `${outcome} ${direction}`)).toEqual(['recorded in', 'recorded out']);
  });
});

describe('what the gate did is a fact', () => {
  const [came, again, left] = inHall('02 07:55 in', '02 09:00 in', '02 17:00 out') as [AttendanceScan, AttendanceScan, AttendanceScan];
  const told = (scans: readonly AttendanceScan[], with_ = rules) => answers(workerOf(), scans, with_).map(({ outcome, reason, violation }) => [outcome, reason, violation ?? ''].join(' ').trim());

  it('who was let pass has passed, though the zone is stricter now', () => {
    expect(told([came, { ...again, held: null }, left], under('hard'))).toEqual(['recorded lane', 'recorded lane passback', 'recorded lane']);
  });
  it('who was held has not passed, though the zone is milder now, unless the guard let him', () => {
    const held = { ...again, held: 'passback' as const };
    expect(told([came, held, left], under('off'))).toEqual(['recorded lane', 'passback zone', 'recorded lane']);
    expect(told([came, { ...held, passed: 'in' }, left], under('off'))).toEqual(['recorded lane', 'recorded guard', 'recorded lane']);
  });
  it('the guard\'s word stands above the repeat, the bar and the end of the contract', () => {
    const worker = workerOf({ barred: true, endDate: '2026-11-01' });
    const scan = { ...again, held: 'ask-guard' as const, passed: 'out' as const };
    expect(attend(nobodySeen, scan, worker, 'in', rules).attendance).toMatchObject({ outcome: 'recorded', direction: 'out', reason: 'guard' });
  });
  it('a scan of a work date for which the gate let him pass stays, whatever the roster says later', () => {
    const worker = workerOf({ startDate: '2026-11-05' });
    const approved = [{ ...came, held: null, approved: '2026-11-02' }, { ...left, held: null, approved: '2026-11-02' }];
    expect(answers(worker, approved).map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
    expect(answers(worker, [{ ...came, held: null, approved: null }]).map(({ outcome }) => outcome)).toEqual(['not-yet-valid']);
  });
  it('an earlier bar stands, a later one takes nothing away', () => {
    expect(told([{ ...came, held: 'barred' }, { ...left, held: null }])).toEqual(['barred barred', 'recorded lane']);
    expect(answers(workerOf({ barred: true }), [{ ...came, held: null }]).map(({ outcome }) => outcome)).toEqual(['recorded']);
  });
});

describe('violations found later, when the scans of other gates are known', () => {
  it('are each way in while somebody was inside, in the order of time, whichever gate it was', () => {
    const north = inHall('02 07:55 in', '02 17:00 out').map((scan) => ({ ...scan, lane: 'north/in', held: null }));
    const south = inHall('02 09:00 in', '02 18:00 in').map((scan) => ({ ...scan, lane: 'south/in', held: null }));
    const found = (scans: readonly AttendanceScan[]) => violationsIn(scans, workerOf(), directionOf, under('hard')).map(({ at, lane }) => [lane, new Date(at).toISOString().slice(11, 16)]);
    expect(found(north)).toEqual([]);
    expect(found([...south, ...north])).toEqual([['south/in', '02:00']]);
    expect(found([...north, ...south].sort(inOrder).reverse())).toEqual([['south/in', '02:00']]);
  });
  it('a night shift is one stay', () => {
    const scans = inHall('02 21:50 in', '03 00:30 in', '03 06:05 out').map((scan) => ({ ...scan, held: null }));
    expect(violationsIn(scans, workerOf({ shifts: [night] }), directionOf, under('soft'))).toHaveLength(1);
  });
});
