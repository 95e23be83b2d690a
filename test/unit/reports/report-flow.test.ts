import { describe, expect, it } from 'vitest';
import { laneFlow, mealSheet } from '../../../shared/domain/report-flow.ts';
import { startOfDay } from '../../../shared/domain/shift.ts';

const minute = (date: string, clock: string): number => startOfDay(date) / 60_000 + Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

describe('flow through the lanes', () => {
  const lanes = [{ lane: '1', name: 'Cổng chính' }, { lane: '2', name: '' }];
  it('sums each lane by hour, finds the busiest minute over all lanes and how many lanes it asks for', () => {
    const report = laneFlow({ rules: { lanePerMinute: 20 } }, { lanes, counts: [
      { lane: '1', minute: minute('2026-10-01', '07:45'), scans: 15 }, { lane: '2', minute: minute('2026-10-01', '07:45'), scans: 26 }, { lane: '1', minute: minute('2026-10-02', '07:50'), scans: 30 },
      { lane: '1', minute: minute('2026-10-02', '17:00'), scans: 20 }, { lane: 'x', minute: minute('2026-10-02', '00:10'), scans: 1 },
    ] });
    expect(report.columns.map(({ header }) => header)).toEqual(['Giờ', 'Cổng chính', 'Làn 2', 'Làn x', 'Cộng', 'Đông nhất một phút', 'Lúc', 'Số làn cần']);
    expect([...report.rows].map(({ cells }) => cells)).toEqual([
      ['00:00–00:59', 0, 0, 1, 1, 1, '00:10 02/10/2026', 1], ['07:00–07:59', 45, 26, 0, 71, 41, '07:45 01/10/2026', 3], ['17:00–17:59', 20, 0, 0, 20, 20, '17:00 02/10/2026', 1],
      ['Tổng cộng', 65, 26, 1, 92, null, null, null],
    ]);
    expect(report.end().notes).toEqual(['Phút đông nhất có 41 lượt: cần ít nhất 3 làn nếu mỗi làn qua 20 người một phút.']);
  });
  it('of no scan is empty', () => {
    const report = laneFlow({ rules: {} }, { lanes, counts: [] });
    expect([[...report.rows], report.end().notes]).toEqual([[], []]);
  });
});

describe('meals', () => {
  it('has a row a date and team and a column a meal, with sums', () => {
    const at = { employer: 'A', department: 'Tổ 1' };
    const report = mealSheet([{ ...at, date: '2026-10-02', meal: 'Trưa', people: 5 }, { ...at, date: '2026-10-01', meal: 'Trưa', people: 40 }, { ...at, date: '2026-10-01', meal: 'Tối', people: 12 }]);
    expect([...report.rows].map(({ cells }) => cells)).toEqual([['01/10/2026'], [1, 'A', 'Tổ 1', 40, 12, 52], ['02/10/2026'], [2, 'A', 'Tổ 1', 5, 0, 5], [null, 'Tổng cộng', null, 45, 12, 57]]);
    expect(report.end().charts[0]!).toMatchObject({ labels: ['01/10', '02/10'], series: [{ name: 'Trưa', values: [40, 5] }, { name: 'Tối', values: [12, 0] }] });
  });
});
