import { describe, expect, it } from 'vitest';
import { cellText, grouped, plainText, type ReportColumn } from '../../../shared/domain/report-model.ts';

const columns: ReportColumn[] = [
  { id: 'index', header: 'STT', kind: 'index', width: 5 }, { id: 'name', header: 'Họ và tên', kind: 'text', width: 20 }, { id: 'days', header: 'Ngày công', kind: 'count', width: 8, sum: true },
  { id: 'worked', header: 'Giờ làm', kind: 'hours', width: 8, sum: true }, { id: 'shift', header: 'Ca', kind: 'text', width: 8 },
];

describe('grouped', () => {
  it('numbers rows through all groups, sums each group of more than one row, and all at the end', () => {
    const rows = [
      { group: 'Tổ may 1', cells: [null, 'An', 20, 9_600, 'HC'] }, { group: 'Tổ may 1', cells: [null, 'Bình', 2, 60, 'HC'] }, { group: 'Tổ may 2', cells: [null, 'Chi', 1, 480, null] },
    ];
    expect([...grouped(columns, rows)]).toEqual([
      { kind: 'group', cells: ['Tổ may 1'] },
      { kind: 'row', cells: [1, 'An', 20, 9_600, 'HC'] }, { kind: 'row', cells: [2, 'Bình', 2, 60, 'HC'] },
      { kind: 'sum', cells: [null, 'Cộng', 22, 9_660, null] },
      { kind: 'group', cells: ['Tổ may 2'] },
      { kind: 'row', cells: [3, 'Chi', 1, 480, null] },
      { kind: 'sum', cells: [null, 'Tổng cộng', 23, 10_140, null] },
    ]);
  });

  it('has no sums where no column asks for them, and none of nothing', () => {
    const plain = columns.map(({ sum, ...column }) => (sum === true ? column : column));
    expect([...grouped(plain, [{ group: null, cells: [null, 'An', 20, 60, null] }])]).toEqual([{ kind: 'row', cells: [1, 'An', 20, 60, null] }]);
    expect([...grouped(columns, [])]).toEqual([]);
  });

  it('of one group alone gives the sum once', () => {
    const kinds = [...grouped(columns, [{ group: 'A', cells: [null, 'An', 1, 1, null] }, { group: 'A', cells: [null, 'Bình', 1, 1, null] }])].map(({ kind }) => kind);
    expect(kinds).toEqual(['group', 'row', 'row', 'sum']);
  });
});

describe('cellText', () => {
  it.each([
    ['date', '2026-12-05', '05/12/2026'], ['hours', 510, '8:30'], ['hours', 60_000, '1.000:00'], ['count', 86_005, '86.005'], ['percent', 0.7906, '79,06 %'],
    ['text', 'Đặng Thị Hòa', 'Đặng Thị Hòa'], ['text', null, ''], ['count', 0, '0'],
  ] as const)('%s %s is %s', (kind, cell, text) => expect(cellText(kind, cell)).toBe(text));
});

describe('plainText', () => {
  it.each(['=1+1', '+84912345678', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '  =HYPERLINK("x")', '＝1+1', '-cmd'])('no cell begins a formula: %j gets an apostrophe', (text) => {
    expect(plainText(text)).toBe(`'${text}`);
  });
  it.each(['Nguyễn Văn An', '001204012345', '–', '-5', '12,5', ''])('%j stays as it is', (text) => expect(plainText(text)).toBe(text));
});
