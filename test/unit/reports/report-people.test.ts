import { describe, expect, it } from 'vitest';
import data from '../../../resources/forms/gate-reports.json' with { type: 'json' };
import { emptyDetails, WorkerDetails } from '../../../shared/contracts/worker-details.ts';
import { ReportCatalogue, formOn } from '../../../shared/domain/report-catalogue.ts';
import { belongs, isForeign, labourSummary, peopleList } from '../../../shared/domain/report-people.ts';
import type { Worker } from '../../../shared/domain/roster.ts';

const catalogue = ReportCatalogue.parse(data);
const base: Worker = {
  workerId: 'NV1', fullName: 'Đặng Thị Hòa', department: 'Tổ may 1', employer: 'Công ty Mẫu', personalId: '001190012345', startDate: '2026-10-05', endDate: null, shiftId: 'HC', cardNumber: null, pass: null,
  barred: false, language: 'vi', nationality: null, sex: 'Nữ', birthDate: '1990-02-28',
  details: WorkerDetails.parse({ jobGroup: 'middle', contractKind: 'definite', contractFrom: '2026-10-05', contractTo: '2027-10-04', socialInsuranceNo: '0123456789', position: 'Tổ trưởng', commune: 'Xã Mẫu', province: 'Ninh Bình' }),
};
const facts = { daysPresent: 20, absentDays: 2, overtimeMinutes: 90 };
const period = { from: '2026-10-01', to: '2026-10-31' };
const cellsOf = (id: 'labour-use' | 'labour-book' | 'foreign-workers' | 'leased-labour', worker: Worker) => {
  const form = formOn(catalogue, id, period.to);
  const report = peopleList(form, { ...period, entries: [{ worker, facts }] });
  const row = [...report.rows].find(({ kind }) => kind === 'row')!;
  return { by: Object.fromEntries(form.columns.map(({ band, header }, at) => [band === undefined ? header : `${band}/${header}`, row.cells[at]])), notes: report.end().notes };
};

describe('lists of people', () => {
  it('01/PLI ticks position and contract, leaves pay blank and says so', () => {
    const { by, notes } = cellsOf('labour-use', base);
    expect(by).toMatchObject({
      'Họ và tên': 'Đặng Thị Hòa', 'Mã số BHXH': '0123456789', 'Số CCCD/ CMND/ Hộ chiếu': '001190012345', 'Vị trí việc làm/CMKT bậc trung': 'x', 'Vị trí việc làm/Khác': null,
      'HĐLĐ xác định thời hạn/Ngày bắt đầu': '2026-10-05', 'HĐLĐ xác định thời hạn/Ngày kết thúc': '2027-10-04', 'HĐLĐ không xác định thời hạn/Ngày bắt đầu': null,
      'Hệ số/ Mức lương': null, 'Ghi chú': 'Vào 05/10/2026', 'Cấp bậc, chức vụ, chức danh nghề, nơi làm việc': 'Tổ trưởng, Tổ may 1',
    });
    expect(notes[0]).toMatch(/^Cổng không lưu, để trống cho doanh nghiệp điền: Hệ số\/ Mức lương; Phụ cấp: Chức vụ/u);
    expect(notes[1]).toContain('Ngành, nghề nặng nhọc, độc hại: Ngày bắt đầu');
  });

  it('the labour book has absences and overtime from the gate', () => {
    expect(cellsOf('labour-book', base).by).toMatchObject({ 'Quốc tịch': 'Việt Nam', 'Nơi cư trú': 'Xã Mẫu, Ninh Bình', 'Số ngày vắng mặt trong kỳ': 2, 'Số giờ làm thêm trong kỳ': 90, 'Tiền lương': null });
  });

  it.each([
    [null, '2029-01-01', 'Chưa có giấy phép'], ['2026-10-30', '2029-01-01', 'Giấy phép đã hết hạn'], ['2026-12-30', '2029-01-01', 'Giấy phép sắp hết hạn'],
    ['2026-12-31', '2026-11-15', 'Hộ chiếu sắp hết hạn'], ['2026-12-31', '2029-01-01', ''],
  ])('a permit until %s with a passport until %s: %s', (expiresOn, passportExpiresOn, warning) => {
    const details = { ...emptyDetails, passport: 'E12345678', passportExpiresOn, permit: expiresOn === null ? null : { kind: 'permit' as const, number: 'GP-1', issuedOn: null, expiresOn, position: null, form: null, provinces: [] } };
    expect(cellsOf('foreign-workers', { ...base, nationality: 'Hàn Quốc', personalId: null, details }).by['Cần lưu ý']).toBe(warning);
  });
});

describe('who belongs into a list', () => {
  const on = (id: 'foreign-workers' | 'leased-labour' | 'labour-use', change: Partial<Worker>) => belongs({ id }, { ...base, ...change }, period);
  it('only those employed on a date of the period', () => {
    expect([on('labour-use', {}), on('labour-use', { startDate: '2026-11-01' }), on('labour-use', { startDate: '2020-01-01', endDate: '2026-09-30' }), on('labour-use', { startDate: null, endDate: '2026-10-01' })]).toEqual([true, false, false, true]);
  });
  it('foreigners by nationality, leased labour by the employer of record', () => {
    expect([isForeign(base), isForeign({ ...base, nationality: 'Việt Nam' }), isForeign({ ...base, nationality: 'Nhật Bản' })]).toEqual([false, false, true]);
    expect([on('leased-labour', {}), on('leased-labour', { details: { ...emptyDetails, employerOfRecord: 'Công ty Cho thuê Mẫu' } })]).toEqual([false, true]);
  });
});

describe('02/PLI', () => {
  it('counts women, those over 35 and contracts by enterprise on the last date', () => {
    const workers: Worker[] = [
      base, { ...base, workerId: 'NV2', sex: 'Nam', birthDate: '1991-10-31', details: emptyDetails }, { ...base, workerId: 'NV3', employer: 'Công ty Khác', birthDate: '1991-10-30' }, { ...base, workerId: 'NV4', endDate: '2026-10-30' },
    ];
    const report = labourSummary({ rules: { olderThan: 35 } }, { to: '2026-10-31', workers });
    expect([...report.rows].map(({ cells }) => cells)).toEqual([
      [1, 'Công ty Mẫu', 2, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0], [2, 'Công ty Khác', 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0], [null, 'Tổng cộng', 3, 2, 2, 2, 0, 0, 2, 0, 0, 2, 0],
    ]);
    expect(report.end().notes).toEqual(['1 người chưa có vị trí việc làm trong danh sách công nhân nên chưa được đếm ở cột tương ứng.', '1 người chưa có loại hợp đồng trong danh sách công nhân nên chưa được đếm ở cột tương ứng.']);
  });
});
