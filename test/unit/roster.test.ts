import { describe, expect, it } from 'vitest';
import { demoWorker, demoWorkerCount } from '../../shared/domain/demo-people.ts';
import { readPersonalId } from '../../shared/domain/personal-id.ts';
import { mapColumns, mergeWorker, readRosterRow, sameWorker, type RosterField } from '../../shared/domain/roster.ts';
import type { Cell } from '../../shared/domain/sheet-cell.ts';

const text = (value: string): Cell => ({ text: value, kind: 'text' });
const columnsOf = (...fields: RosterField[]) => Object.fromEntries(fields.map((field, at) => [field, at])) as Partial<Record<RosterField, number>>;

function read(row: Partial<Record<RosterField, Cell | string>>) {
  const full = { workerId: 'NV1', fullName: 'Nguyễn Văn An', ...row };
  const fields = Object.keys(full) as RosterField[];
  const cells = fields.map((field) => {
    const cell = full[field] ?? '';
    return typeof cell === 'string' ? text(cell) : cell;
  });
  return readRosterRow(cells, columnsOf(...fields));
}
const refusalOf = (row: Parameters<typeof read>[0]): string => {
  const result = read(row);
  return 'refusal' in result ? result.refusal.detail : 'accepted';
};
const draftOf = (row: Parameters<typeof read>[0]) => {
  const result = read(row);
  if ('refusal' in result) throw new Error(result.refusal.detail);
  return result.draft;
};

describe('header', () => {
  it('English names of the contract are found in any order', () => {
    expect(mapColumns(['shiftId', 'fullName', 'workerId', 'cardNumber'])).toEqual({ shiftId: 0, fullName: 1, workerId: 2, cardNumber: 3 });
  });
  it('Vietnamese names are found whatever their case, accents, spaces and stops', () => {
    expect(mapColumns(['MÃ NV', ' Họ và tên *', 'Số CCCD:', 'Phòng  ban', 'Đơn vị', 'Ngày vào', 'Ngày nghỉ', 'Ca', 'Số thẻ']))
      .toEqual({ workerId: 0, fullName: 1, personalId: 2, department: 3, employer: 4, startDate: 5, endDate: 6, shiftId: 7, cardNumber: 8 });
  });
  it.each([
    ['Mã số công nhân', 'Họ tên công nhân', 'Số CCCD/CMND', 'Bộ phận/Tổ', 'Tên công ty', 'Ngày vào làm việc', 'Ngày làm việc cuối', 'Ca làm', 'Mã thẻ ra vào', 'Thẻ ra vào', 'Cấm vào cổng'],
    ['Mã nhân sự', 'Tên người lao động', 'Căn cước', 'Phân xưởng', 'Người sử dụng lao động', 'Ngày bắt đầu làm việc', 'Ngày thôi việc', 'Mã ca làm việc', 'Mã thẻ từ', 'Giấy ra vào cổng', 'Cấm ra vào'],
  ])('every column of the acceptance is found by names as lists of factories have them: %s', (...header) => {
    expect(mapColumns(header)).toEqual({ workerId: 0, fullName: 1, personalId: 2, department: 3, employer: 4, startDate: 5, endDate: 6, shiftId: 7, cardNumber: 8, pass: 9, barred: 10 });
  });
  it('composed and decomposed letters are the same header', () => {
    expect(mapColumns(['Mã công nhân'.normalize('NFD'), 'Họ tên'.normalize('NFD')])).toEqual({ workerId: 0, fullName: 1 });
  });
  it('without code or name there is no roster', () => {
    expect(mapColumns(['fullName', 'department'])).toBeNull();
    expect(mapColumns(['workerId'])).toBeNull();
    expect(mapColumns([])).toBeNull();
  });
});

describe('a row', () => {
  it('is read with its text in NFC and its name in small letters', () => {
    const draft = draftOf({ fullName: 'TRẦN  THỊ BÌNH'.normalize('NFD'), department: 'Chuyền 1', personalId: '001 190 000 002', startDate: '05/02/2024', endDate: '2026-12-31' });
    expect(draft).toEqual({ workerId: 'NV1', fullName: 'Trần Thị Bình', department: 'Chuyền 1', personalId: '001190000002', startDate: '2024-02-05', endDate: '2026-12-31' });
  });
  it.each([
    ['01/02/2024', '2024-02-01'], ['1/2/2024', '2024-02-01'], ['2024-02-01', '2024-02-01'], ['2024-02-01T00:00:00Z', '2024-02-01'], ['01.02.2024', '2024-02-01'], ['29/02/2024', '2024-02-29'], ['', null], ['-', null],
  ])('date %s is %s', (written, date) => {
    expect(draftOf({ startDate: written }).startDate).toBe(date);
  });
  it.each(['31/02/2024', '29/02/2023', '2024-13-01', '02/2024', 'hôm qua', '00/00/0000', '1/1/24'])('date %s is refused', (written) => {
    expect(refusalOf({ startDate: written })).toContain('không phải ngày');
  });
  it('a date that a spreadsheet holds as a number is refused with the reason', () => {
    expect(refusalOf({ startDate: { text: '45000', kind: 'number' } })).toContain('là số');
  });
  it('a leaving date before the start is refused', () => {
    expect(refusalOf({ startDate: '02/01/2024', endDate: '01/01/2024' })).toContain('sớm hơn');
  });
  it.each([
    ['79090000001', 'bỏ số 0'], ['1090000001', 'bỏ số 0'], ['7.9E+10', 'dạng mũ'], ['1,09E+09', 'dạng mũ'], ['012345678', 'CMND'],
    ['0010900000012', '13 chữ số'], ['00109000000A', 'không phải chữ số'], ['001090', '6 chữ số'], ['٠٠١٠٩٠٠٠٠٠٠١', 'không phải chữ số'],
  ])('personal number %s is refused: %s', (personalId, reason) => {
    expect(refusalOf({ personalId })).toContain(reason);
  });
  it('a card number in scientific notation is refused, one that only looks a little like it is not', () => {
    expect(refusalOf({ cardNumber: '7.7E+09' })).toContain('dạng mũ');
    expect(draftOf({ cardNumber: '79E10' }).cardNumber).toBe('79E10');
  });
  it.each(['=HYPERLINK("http://x")', '+84', '@SUM(A1)', '-2+3'])('a department that a sheet takes for a formula is refused: %s', (department) => {
    expect(refusalOf({ department })).toContain('công thức');
  });
  it.each(['<script>', '123', '2 An', 'a|b', '=1+1'])('a name that is none is refused: %s', (fullName) => {
    expect(refusalOf({ fullName })).not.toBe('accepted');
  });
  it.each(['Nguyễn Văn Ê-ban', "H'Hen Niê", 'Y Moan Êñuôl', 'Kpă Klơng', 'Lò Thị (B)'])('a name of an ethnic minority is taken: %s', (fullName) => {
    expect(draftOf({ fullName }).fullName).toBe(fullName.normalize('NFC'));
  });
  it.each(['Nguyễn Văn An 2', 'Nguyễn Văn An (2)', 'Công nhân 00017'])('a number that tells namesakes apart is part of the name: %s', (fullName) => {
    expect(draftOf({ fullName }).fullName).toBe(fullName);
  });
  it('hidden signs and direction marks are taken out', () => {
    expect(draftOf({ fullName: '\u202eNguyễn\u200b Văn An\u0000' }).fullName).toBe('Nguyễn Văn An');
  });
  it.each([['', false], ['0', false], ['Không', false], ['1', true], ['Có', true], ['x', true]])('barred %s is %s', (written, barred) => {
    expect(draftOf({ barred: written }).barred).toBe(barred);
  });
  it('barred that is neither is refused', () => {
    expect(refusalOf({ barred: 'maybe' })).toContain('0 hoặc 1');
  });
  it('missing cells are refused with what is missing', () => {
    expect(refusalOf({ workerId: '' })).toContain('mã công nhân');
    expect(refusalOf({ fullName: '' })).toContain('họ và tên');
    expect('refusal' in readRosterRow([], columnsOf('workerId', 'fullName'))).toBe(true);
  });
  it('too long a cell is refused', () => {
    expect(refusalOf({ fullName: 'A'.repeat(121) })).toContain('120');
    expect(refusalOf({ workerId: 'A'.repeat(41) })).toContain('40');
  });
});

describe('what is known and what a file tells', () => {
  it('a column that the file has not keeps the known value; an empty cell clears it', () => {
    const known = mergeWorker(null, { ...draftOf({ cardNumber: '77', department: 'May 1' }) });
    expect(mergeWorker(known, draftOf({ department: 'May 2' }))).toMatchObject({ cardNumber: '77', department: 'May 2' });
    expect(mergeWorker(known, draftOf({ cardNumber: '' })).cardNumber).toBeNull();
  });
  it('the same row again is the same worker', () => {
    const known = mergeWorker(null, draftOf({ personalId: '001190000002' }));
    expect(sameWorker(known, mergeWorker(known, draftOf({ personalId: '001190000002' })))).toBe(true);
    expect(sameWorker(known, mergeWorker(known, draftOf({ personalId: '001190000003' })))).toBe(false);
  });
});

describe('invented people', () => {
  const people = Array.from({ length: demoWorkerCount }, (_, n) => demoWorker(n, '2026-11-22'));
  it('are always the same and no two share a number', () => {
    expect(demoWorker(17, '2026-11-22')).toEqual(people[17]);
    expect(new Set(people.map((worker) => worker.personalId)).size).toBe(demoWorkerCount);
    expect(new Set(people.map((worker) => worker.cardNumber)).size).toBe(demoWorkerCount);
  });
  it('have numbers that fit their sex, year of birth and a province', () => {
    for (const { personalId, sex, birthDate } of people) {
      expect(readPersonalId(personalId ?? '')).toMatchObject({ sex, birthYear: Number(birthDate?.slice(0, 4)) });
    }
  });
  it('pass the rules of the roster and stand in NFC', () => {
    for (const { workerId, fullName, employer, department, personalId, startDate, endDate } of people) {
      expect(refusalOf({ workerId, fullName, employer, department, personalId: personalId ?? '', startDate: startDate ?? '', endDate: endDate ?? '' })).toBe('accepted');
      expect(fullName).toBe(fullName.normalize('NFC'));
    }
  });
  it('are of three enterprises, and most may pass today', () => {
    expect(new Set(people.map((worker) => worker.employer)).size).toBe(3);
    const free = people.filter((worker) => !worker.barred && (worker.startDate ?? '') <= '2026-11-22' && worker.endDate === null);
    expect(free.length).toBeGreaterThan(4800);
    expect(free.length).toBeLessThan(demoWorkerCount);
  });
});
