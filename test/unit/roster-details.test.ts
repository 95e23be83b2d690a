import { describe, expect, it } from 'vitest';
import { emptyDetails, WorkerDetails } from '../../shared/contracts/worker-details.ts';
import { isRandomUid, isRandomUidBytes } from '../../shared/domain/factory-card.ts';
import { isBefore, isReHire, movesOf } from '../../shared/domain/roster-change.ts';
import { ageOn, applyDetails, detailFields, detailHeaders, detailLabels, isMinorOn } from '../../shared/domain/roster-details.ts';
import { guessColumns, headerSignature, mapColumns, mergeWorker, readRosterRow, rosterHeaders, type RosterColumn } from '../../shared/domain/roster.ts';
import { fold } from '../../shared/domain/vietnamese.ts';

function read(row: Partial<Record<RosterColumn, string>>) {
  const full = { workerId: 'NV1', fullName: 'Nguyễn Văn An', ...row };
  const fields = Object.keys(full) as RosterColumn[];
  return readRosterRow(fields.map((field) => ({ text: full[field] ?? '', kind: 'text' as const })), Object.fromEntries(fields.map((field, at) => [field, at])));
}
const detailsOf = (row: Parameters<typeof read>[0], known = emptyDetails) => {
  const result = read(row);
  if ('refusal' in result) throw new Error(result.refusal.detail);
  return applyDetails(known, result.draft.details ?? {});
};
const refusalOf = (row: Parameters<typeof read>[0]): string => {
  const result = read(row);
  return 'refusal' in result ? result.refusal.detail : 'accepted';
};

describe('the columns of details', () => {
  it('no name stands for two fields, and each is written folded', () => {
    const names = [...Object.values(rosterHeaders), ...Object.values(detailHeaders)].flat();
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => fold(name) !== name)).toEqual([]);
  });
  it('each is found by its Vietnamese label or one of its names, and by its English name', () => {
    for (const field of detailFields) expect(guessColumns([field])).toEqual({ [field]: 0 });
    expect(mapColumns(['Mã NV', 'Họ tên', 'Số hộ chiếu', 'Ngày hết hạn GPLĐ', 'Mã số BHXH', 'Tỉnh/Thành phố', 'Đơn vị cho thuê lại', 'Mang thai từ ngày'])).toEqual({
      workerId: 0, fullName: 1, passport: 2, permitExpiresOn: 3, socialInsuranceNo: 4, province: 5, employerOfRecord: 6, pregnantFrom: 7,
    });
    expect(Object.keys(detailLabels).toSorted()).toEqual(detailFields.toSorted());
  });
  it('a header is the same list whatever its case, accents and empty columns at the end, and another in another order', () => {
    expect(headerSignature(['MÃ NV', 'Họ tên', ''])).toBe(headerSignature(['mã nv', 'HO TEN']));
    expect(headerSignature(['Mã NV', 'Họ tên'])).not.toBe(headerSignature(['Họ tên', 'Mã NV']));
    expect(headerSignature(['a b'])).not.toBe(headerSignature(['a', 'b']));
  });
});

describe('details of a row', () => {
  it('of a leased and of a foreign worker are read whole', () => {
    expect(detailsOf({
      employerOfRecord: 'Công ty Cho thuê lại Mẫu', passport: 'c 1234567', passportExpiresOn: '31/12/2027', permitNumber: '1234/2025', permitKind: 'Giấy phép lao động',
      permitIssuedOn: '01/02/2025', permitExpiresOn: '01/02/2027', permitPosition: 'Chuyên gia', permitProvinces: 'Ninh Bình; Hà Nội', jobGroup: 'Nhà quản lý', contractKind: 'Xác định thời hạn',
    })).toMatchObject({
      employerOfRecord: 'Công ty Cho thuê lại Mẫu', passport: 'C1234567', passportExpiresOn: '2027-12-31', jobGroup: 'manager', contractKind: 'definite',
      permit: { kind: 'permit', number: '1234/2025', issuedOn: '2025-02-01', expiresOn: '2027-02-01', position: 'Chuyên gia', form: null, provinces: ['Ninh Bình', 'Hà Nội'] },
    });
  });
  it('fits the contract that stored details are read by', () => {
    const details = detailsOf({ pregnantFrom: '01/03/2026', nursingTo: '01/02/2027', overtimeConsentFrom: '01/01/2026', socialInsuranceNo: '0123456789' });
    expect(WorkerDetails.parse(JSON.parse(JSON.stringify(details)))).toEqual(details);
    expect(details.protections).toEqual([{ kind: 'nursing', from: null, to: '2027-02-01' }, { kind: 'pregnant', from: '2026-03-01', to: null }]);
    expect(details.overtimeConsent).toEqual({ from: '2026-01-01', to: null });
  });
  it('keep what the file has no column for, and empty what it leaves empty', () => {
    const known = detailsOf({ province: 'Ninh Bình', passport: 'C1234567', pregnantFrom: '01/03/2026' });
    expect(detailsOf({ province: 'Hà Nội' }, known)).toEqual({ ...known, province: 'Hà Nội' });
    expect(detailsOf({ passport: '', pregnantFrom: '' }, known)).toMatchObject({ passport: null, protections: [], province: 'Ninh Bình' });
    expect(detailsOf({ province: 'Ninh Bình' }, known)).toBe(known);
  });
  it.each([
    [{ socialInsuranceNo: '123456789' }, '10 hoặc 12'], [{ passport: 'A1' }, 'hộ chiếu'], [{ jobGroup: 'giám đốc vũ trụ' }, 'không có trong danh mục'],
    [{ permitExpiresOn: '31/02/2027', permitNumber: '1' }, 'không phải ngày'], [{ birthDate: '01/01/2020', startDate: '01/01/2026' }, 'chưa đủ 13 tuổi'],
    [{ province: '=1+1' }, 'công thức'], [{ permitProvinces: Array.from({ length: 21 }, (_, n) => `Tỉnh ${n}`).join(';'), permitNumber: '1' }, 'hơn 20 tỉnh'],
  ] as const)('%j is refused with the reason', (row, reason) => {
    expect(refusalOf(row)).toContain(reason);
  });
  it.each([
    [{ contractFrom: '02/01/2026', contractTo: '01/01/2026' }, 'Hợp đồng'], [{ permitExpiresOn: '01/01/2027' }, 'thiếu số giấy phép'],
    [{ permitNumber: '1', permitIssuedOn: '02/01/2026', permitExpiresOn: '01/01/2026' }, 'Giấy phép'], [{ pregnantFrom: '02/01/2026', pregnantTo: '01/01/2026' }, 'bảo vệ'],
  ] as const)('parts that contradict, %j, are refused', (row, reason) => {
    expect(() => detailsOf(row)).toThrow(reason);
  });
});

describe('a card number', () => {
  it.each(['08A1B2C3', '08FFFFFF', '0800000A'])('%s is drawn anew at each tap and refused with the reason', (cardNumber) => {
    expect(refusalOf({ cardNumber })).toContain('bắt đầu bằng 08');
  });
  it.each(['08123456', '0812345678', '04A1B2C3', '08A1B2C3D4E5F6', '08a1b2c3', 'THE08A1B2', '7700001'])('%s is taken', (cardNumber) => {
    expect(refusalOf({ cardNumber })).toBe('accepted');
    expect(isRandomUid(cardNumber)).toBe(false);
  });
  it('read from the card itself, any four bytes that begin with 08 are random', () => {
    expect(isRandomUidBytes(Uint8Array.of(0x08, 0x12, 0x34, 0x56))).toBe(true);
    expect(isRandomUidBytes(Uint8Array.of(0x04, 0x12, 0x34, 0x56))).toBe(false);
    expect(isRandomUidBytes(Uint8Array.of(0x08, 1, 2, 3, 4, 5, 6))).toBe(false);
  });
});

describe('who comes, moves and comes back', () => {
  const worker = mergeWorker(null, { workerId: 'NV1', fullName: 'An', department: 'May 1', employer: 'A', startDate: '2024-01-01', endDate: '2025-01-01' });
  it('a new start after the end is a re-hire; a later end or an earlier start is none', () => {
    expect(isReHire(worker, { startDate: '2025-01-02', endDate: null })).toBe(true);
    expect(isReHire(worker, { startDate: '2025-01-01', endDate: null })).toBe(false);
    expect(isReHire({ startDate: null, endDate: null }, { startDate: '2026-01-01', endDate: null })).toBe(false);
  });
  it('one term is before another only where it ends before that begins', () => {
    expect(isBefore(worker, { startDate: '2025-01-02', endDate: null })).toBe(true);
    expect(isBefore(worker, { startDate: '2025-01-01', endDate: null })).toBe(false);
    expect(isBefore(worker, { startDate: null, endDate: null })).toBe(false);
  });
  it('a move names from where to where; what was not known before is none', () => {
    expect(movesOf(worker, { ...worker, department: 'May 2' })).toEqual([{ field: 'department', from: 'May 1', to: 'May 2' }]);
    expect(movesOf({ ...worker, employer: '' }, worker)).toEqual([]);
  });
  it('age counts from the birthday on', () => {
    expect([ageOn('2008-11-22', '2026-11-21'), ageOn('2008-11-22', '2026-11-22')]).toEqual([17, 18]);
    expect([isMinorOn('2008-11-22', '2026-11-21'), isMinorOn('2008-11-22', '2026-11-22'), isMinorOn(null, '2026-11-22')]).toEqual([true, false, false]);
  });
});
