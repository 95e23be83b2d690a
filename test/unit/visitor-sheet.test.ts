import { describe, expect, it } from 'vitest';
import { mapVisitorColumns, readVisitorRow } from '../../shared/domain/visitor-sheet.ts';
import type { Cell } from '../../shared/domain/sheet-cell.ts';

const header = ['Họ và tên', 'Công ty', 'Số CCCD', 'Từ ngày', 'Đến ngày', 'Phải có người đi cùng', 'Mã người tiếp'];
const columns = mapVisitorColumns(header)!;
const cells = (...texts: (string | Cell)[]): Cell[] => texts.map((text) => (typeof text === 'string' ? { text, kind: 'text' } : text));
const good = ['TRẦN VĂN THẦU', 'Công ty Xây lắp Mẫu', '001090000123', '22/11/2026', '25/11/2026', 'Có', 'NV1'] as const;
const row = (at: number, text: string | Cell) => readVisitorRow(cells(...good.map((each, i) => (i === at ? text : each))), columns);

describe('a list of contractors', () => {
  it('needs name, company and both ends', () => {
    expect(mapVisitorColumns(['Họ tên', 'Công ty', 'Từ ngày'])).toBeNull();
    expect(columns).toMatchObject({ fullName: 0, company: 1, personalId: 2, validFrom: 3, validTo: 4, escort: 5, hostWorkerId: 6 });
  });
  it('a date alone is the whole day in Vietnam', () => {
    expect(readVisitorRow(cells(...good), columns)).toEqual({
      personalId: '001090000123',
      visitor: {
        fullName: 'Trần Văn Thầu', company: 'Công ty Xây lắp Mẫu', purpose: null, hostWorkerId: 'NV1', hostName: null, vehicle: null, tools: null, escort: true,
        validFrom: '2026-11-21T17:00:00.000Z', validTo: '2026-11-25T16:59:00.000Z',
      },
    });
  });
  it('a date with a time is that moment', () => {
    expect(row(3, '22/11/2026 07:30')).toMatchObject({ visitor: { validFrom: '2026-11-22T00:30:00.000Z' } });
    expect(row(4, { text: '2026-11-25', kind: 'date' })).toMatchObject({ visitor: { validTo: '2026-11-25T16:59:00.000Z' } });
  });
  it.each([
    [0, '', 'Thiếu họ và tên.'], [0, '=HYPERLINK("x")', 'Họ và tên bắt đầu bằng ký tự của công thức.'], [0, 'An 123', 'Họ và tên có ký tự không hợp lệ.'],
    [1, '', 'Thiếu công ty.'], [2, '12345', 'Số định danh không đủ 12 chữ số.'], [2, '1.09E+09', 'Số định danh bị Excel đổi sang dạng mũ; cần định dạng cột là Văn bản.'],
    [2, { text: '1090000123', kind: 'number' } as const, 'Số định danh mất số 0 ở đầu; cần định dạng cột là Văn bản.'],
    [3, '', 'Thiếu từ ngày.'], [4, '21/11/2026', 'Đến ngày sớm hơn từ ngày.'], [4, '25/12/2027', 'Thời hạn dài quá một năm.'], [3, '22/11/2026 25:00', 'Từ ngày có giờ không đúng.'],
    [5, 'có thể', 'Cột đi cùng chỉ nhận Có hoặc Không.'],
  ])('column %s with %j is refused: %s', (at, text, detail) => {
    expect(row(at, text)).toEqual({ refusal: { workerId: null, code: 'roster-row-invalid', detail } });
  });
  it('no number is allowed', () => expect(row(2, '')).toMatchObject({ personalId: null }));
});
