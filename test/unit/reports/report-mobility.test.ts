import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import data from '../../../resources/forms/gate-reports.json' with { type: 'json' };
import { ReportCatalogue, formOn } from '../../../shared/domain/report-catalogue.ts';
import { isAbsent, mobility, mobilityCounts, placeAt, type MobilePerson, type Place } from '../../../shared/domain/report-mobility.ts';
import { labourChange, tetReturn } from '../../../shared/domain/report-movement.ts';
import { addDays } from '../../../shared/domain/work-date.ts';

const form = formOn(ReportCatalogue.parse(data), 'mobility', '2026-10-31');
const place = (employer: string, more: Partial<Place> = {}): Place => ({ employer, department: 'Tổ 1', province: 'Ninh Bình', commune: 'Xã Một', ...more });
const person = (workerId: string, change: Partial<MobilePerson> = {}): MobilePerson => ({ workerId, fullName: workerId, startDate: '2024-01-01', endDate: null, place: place('A'), moves: [], seen: [], ...change });
const week = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, n) => `2026-10-${String(from + n).padStart(2, '0')}`);
const input = { from: '2026-10-01', to: '2026-10-10', breakdown: 'employer' as const, absentDays: 5, decidedUntil: '2026-10-31', seenFrom: '2026-01-01', zoneOf: (employer: string) => (employer === 'B' ? 'KCN Hai' : 'KCN Một') };

const people = [
  person('stays', { seen: week(1, 10) }),
  person('joins', { startDate: '2026-10-06', seen: week(6, 10) }),
  person('leaves', { endDate: '2026-10-03', seen: week(1, 3) }),
  person('moves', { place: place('B'), moves: [{ date: '2026-10-04', from: place('A'), to: place('B') }], seen: week(1, 10) }),
  person('vanishes', { seen: week(1, 4) }),
  person('was gone before', { endDate: '2026-09-30' }),
  person('comes later', { startDate: '2026-10-11' }),
];

describe('the mobility picture', () => {
  it('by enterprise, worked out by hand: opening + joined + moved in − left − moved out = closing', () => {
    const report = mobility(form, { ...input, people });
    expect([...report.rows].map(({ cells }) => cells)).toEqual([
      // A: stays 10 + joins 5 + leaves 3 + moves 3 + vanishes 4 = 25 days of presence in 10 days.
      [1, 'A', 4, 1, 1, 0, 1, 3, 3, 1], [2, 'B', 0, 0, 0, 1, 0, 1, 1, 0], [null, 'Tổng cộng', 4, 1, 1, 1, 1, 4, 4, 1],
    ]);
    const { charts } = report.end();
    expect(charts.find(({ id }) => id === 'present')!.series[0]!.values).toEqual([4, 4, 4, 3, 2, 3, 3, 3, 3, 3]);
    expect(charts.find(({ id }) => id === 'turnover')!.series.map(({ values }) => values)).toEqual([[0, 0, 0, 0, 0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]]);
  });

  it('by zone and by day the same people give the same sums', () => {
    expect([...mobility(form, { ...input, people, breakdown: 'zone' }).rows].map(({ cells }) => [cells[1], cells[2], cells[7]])).toEqual([['KCN Hai', 0, 1], ['KCN Một', 4, 3], ['Tổng cộng', 4, 4]]);
    const days = [...mobility(form, { ...input, people, breakdown: 'day' }).rows].filter(({ kind }) => kind === 'row').map(({ cells }) => cells);
    expect(days[2]).toEqual([3, '03/10/2026', 4, 0, 1, 0, 3, 4, 0]);
    expect(days[3]).toEqual([4, '04/10/2026', 3, 0, 0, 1, 3, 3, 0]);
    expect(days[5]).toEqual([6, '06/10/2026', 3, 1, 0, 0, 4, 3, 0]);
    expect(days.map((cells) => cells[8])).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('by week begins on Monday, by month on the first', () => {
    const labels = (breakdown: 'week' | 'month', to: string) => [...mobility(form, { ...input, to, people, breakdown }).rows].filter(({ kind }) => kind === 'row').map(({ cells }) => cells[1]);
    expect(labels('week', '2026-10-12')).toEqual(['01/10/2026 – 04/10/2026', '05/10/2026 – 11/10/2026', '12/10/2026']);
    expect(labels('month', '2026-11-02')).toEqual(['01/10/2026 – 31/10/2026', '01/11/2026 – 02/11/2026']);
  });

  it('a commune stands under its province, and who moved house is counted in both', () => {
    const moved = person('moved', { place: place('A', { province: 'Hưng Yên', commune: 'Xã Hai' }), moves: [{ date: '2026-10-02', from: place('A'), to: place('A', { province: 'Hưng Yên', commune: 'Xã Hai' }) }] });
    expect([...mobility(form, { ...input, people: [moved], breakdown: 'commune' }).rows].map(({ kind, cells }) => [kind, ...cells.slice(0, 8)])).toEqual([
      ['group', 'Hưng Yên'], ['row', 1, 'Xã Hai', 0, 0, 0, 1, 0, 1], ['group', 'Ninh Bình'], ['row', 2, 'Xã Một', 1, 0, 0, 0, 1, 0], ['sum', null, 'Tổng cộng', 1, 0, 0, 1, 1, 1],
    ]);
  });

  it('the average of who was there leaves out dates that some gate has not told yet', () => {
    const there = [person('stays', { seen: week(1, 4) }), person('stays too', { seen: week(1, 4) })];
    const [row] = mobility(form, { ...input, people: there, decidedUntil: '2026-10-03' }).rows;
    // Two people on each of three whole dates; the fourth has begun only.
    expect(row!.cells[8]).toBe(2);
  });

  it('absence is told only up to the date that every gate has reported', () => {
    const report = mobility(form, { ...input, people, decidedUntil: '2026-10-08' });
    expect([...report.rows][0]!.cells[9]).toBe(0);
    expect(report.end().notes).toContain('Vắng mặt chỉ tính đến hết ngày 08/10/2026, là ngày mà mọi cổng đã gửi đủ dữ liệu.');
  });
});

describe('absent for more than five days', () => {
  it.each([
    ['2026-10-04', '2026-10-09', false], ['2026-10-04', '2026-10-10', true],
  ])('last seen on %s, as of %s: %s', (seen, date, absent) => expect(isAbsent({ startDate: null, endDate: null, seen: [seen] }, date, 5, '2026-01-01')).toBe(absent));
  it('who never came is missed from his first day on, and nobody before the gate has data', () => {
    const never = { startDate: '2026-10-05', endDate: null, seen: [] };
    expect([isAbsent(never, '2026-10-09', 5, '2026-01-01'), isAbsent(never, '2026-10-10', 5, '2026-01-01'), isAbsent(never, '2026-10-10', 5, '2026-10-07')]).toEqual([false, true, false]);
  });
  it('nobody is absent after his last work date', () => expect(isAbsent({ startDate: null, endDate: '2026-10-03', seen: [] }, '2026-10-20', 5, '2026-01-01')).toBe(false));
});

describe('whatever people do', () => {
  const day = fc.integer({ min: -20, max: 40 }).map((n) => addDays('2026-10-01', n));
  const anybody = fc.record({
    startDate: fc.option(day), length: fc.option(fc.nat(50)), steps: fc.array(fc.record({ after: fc.integer({ min: 1, max: 12 }), to: fc.constantFrom('A', 'B', 'C') }), { maxLength: 4 }), first: fc.constantFrom('A', 'B', 'C'),
    seen: fc.uniqueArray(day, { maxLength: 15 }),
  }).map(({ startDate, length, steps, first, seen }): MobilePerson => {
    let [date, at] = ['2026-09-20', first];
    const moves = steps.map(({ after, to }) => { const move = { date: (date = addDays(date, after)), from: place(at), to: place(to) }; at = to; return move; });
    return person('anybody', { startDate, endDate: length === null ? null : addDays(startDate ?? '2026-09-25', length), moves, place: place(at), seen: seen.toSorted() });
  });
  it('every place balances, and nobody is counted twice', () => {
    fc.assert(fc.property(fc.array(anybody, { maxLength: 12 }), (all) => {
      const counts = [...mobilityCounts({ ...input, people: all }, ({ employer }) => employer).values()];
      for (const { opening, joined, movedIn, left, movedOut, closing } of counts) expect(opening + joined + movedIn - left - movedOut).toBe(closing);
      const sum = (of: 'opening' | 'joined' | 'movedIn' | 'movedOut' | 'left' | 'closing' | 'absent'): number => counts.reduce((n, one) => n + one[of], 0);
      expect(sum('movedIn')).toBe(sum('movedOut'));
      expect(sum('opening') + sum('joined')).toBeLessThanOrEqual(all.length);
      expect(sum('absent')).toBeLessThanOrEqual(sum('closing') + sum('left'));
    }));
  });
  it('the place on a date is that of the last move until then', () => {
    const moved = person('x', { place: place('C'), moves: [{ date: '2026-10-03', from: place('A'), to: place('B') }, { date: '2026-10-05', from: place('B'), to: place('C') }] });
    expect(['2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05'].map((date) => placeAt(moved, date).employer)).toEqual(['A', 'B', 'B', 'C']);
  });
});

describe('the return after Tết', () => {
  it('counts by date and enterprise who has come back, worked out by hand', () => {
    const own = [
      person('a1', { seen: ['2026-10-01', '2026-10-02'] }), person('a2', { seen: ['2026-10-03'] }), person('b1', { place: place('B'), seen: ['2026-10-02'] }), person('b2', { place: place('B'), seen: ['2026-09-20'] }),
      person('new', { startDate: '2026-10-02', seen: ['2026-10-02'] }),
    ];
    const report = tetReturn(form, { from: '2026-10-01', to: '2026-10-03', people: own, decidedUntil: '2026-10-31' });
    expect([...report.rows].map(({ cells }) => cells)).toEqual([
      ['Theo ngày'], ['01/10/2026', 2, 1, null, 4, 1, 0.25, 1], ['02/10/2026', 2, 2, null, 4, 2, 0.5, 1], ['03/10/2026', 2, 2, null, 4, 3, 0.75, 1],
      ['Theo doanh nghiệp, đến hết ngày 03/10/2026'], ['A', 1, 1, '2026-10-01', 2, 2, 1, 1], ['B', 1, 1, '2026-10-02', 2, 1, 0.5, 0],
    ]);
    expect(report.end().charts[0]!.series[0]!.values).toEqual([1, 2, 3]);
  });

  it('of a day that no gate has told yet shows nothing', () => {
    expect([...tetReturn(form, { from: '2026-10-01', to: '2026-10-03', people: [person('a')], decidedUntil: '2026-09-30' }).rows]).toEqual([]);
  });
});

describe('the change of so many workers', () => {
  const full = (one: MobilePerson) => ({ ...one, birthDate: null, sex: null, personalNumber: '001190012345' });
  const joiners = (n: number) => Array.from({ length: n }, (_, i) => full(person(`j${i}`, { startDate: '2026-10-05' })));
  const period = { from: '2026-10-01', to: '2026-10-31' };
  it.each([[49, false], [50, true]])('%i joiners reach a threshold of 50: %s', (n, reached) => {
    const report = labourChange({ rules: { threshold: 50 } }, { ...period, people: joiners(n) });
    const rows = [...report.rows];
    expect(String(rows[0]!.cells[0])).toBe(`A: tăng ${n}, giảm 0${reached ? ' – ĐẠT NGƯỠNG 50 NGƯỜI' : ''}`);
    expect(rows.filter(({ kind }) => kind === 'row')).toHaveLength(n);
    expect(report.end().notes[0]).toContain(reached ? 'đạt ngưỡng 50 người: A' : 'Chưa có doanh nghiệp nào');
  });
  it('an enterprise without a change is not on the list, and who came and went is there once', () => {
    const report = labourChange({ rules: {} }, { ...period, people: [full(person('stays')), full(person('both', { place: place('B'), startDate: '2026-10-02', endDate: '2026-10-20' }))] });
    expect([...report.rows].map(({ cells }) => cells.slice(-2))).toEqual([['B: tăng 1, giảm 1'], ['2026-10-02', '2026-10-20']]);
  });
});
