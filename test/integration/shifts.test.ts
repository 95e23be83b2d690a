import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { timesheets } from '../../electron/service/time/timesheets.ts';
import { judge } from '../../hub/store/received-event.ts';
import { readAssignments, readEvents } from '../../electron/store/index.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { adminSecret, importRows, setUpService, type TestService } from './test-service.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const day = Shift.parse({ id: 'HC', name: 'Hành chính', start: '08:00', end: '17:00', breakMinutes: 60, days: [1, 2, 3, 4, 5, 6] });
const night = Shift.parse({ id: 'CA3', start: '22:00', end: '06:00', breakMinutes: 45 });
const filter = { query: '', department: null, employer: null, shiftId: null, onlyToCheck: false };
const page = { filter, offset: 0, limit: 100, fresh: true };

const plans = ({ context: { store } }: TestService) => readEvents(store, { afterSeq: 0, limit: 100_000 }).filter(({ type }) => type.startsWith('shift-'));
const upload = ({ ask }: TestService, content: string | Uint8Array<ArrayBuffer>, dryRun = false) => (
  ask('shifts/import', { fileName: 'ca.csv', content: typeof content === 'string' ? utf8(content) : content, dryRun }));
const header = 'Mã công nhân,Ca,Từ ngày,Đến ngày';

async function withWorkers(): Promise<TestService> {
  const service = await setUpService('gate', { at: '2026-11-02T00:55:00Z' });
  await importRows(service, 'NV1,Lê Chi,,May 1,Công ty A,,,HC,7700001,,', 'NV2,Đỗ Em,,May 2,Công ty A,,,CA9,7700002,,', 'NV3,Vũ An,,Kho,Công ty B,,,,7700003,,');
  return service;
}
async function withShifts(): Promise<TestService> {
  const service = await withWorkers();
  await service.ask('shifts/save', { shift: day, fresh: true });
  await service.ask('shifts/save', { shift: night, fresh: true });
  return service;
}

describe('shifts by screen', () => {
  it('a shift is added, changed and listed with who uses it; codes of the roster that are none are told', async () => {
    const service = await withWorkers();
    expect((await service.ask('shifts/list', {})).missing).toEqual([{ shiftId: 'CA9', workers: 1 }, { shiftId: 'HC', workers: 1 }]);
    expect(await service.ask('shifts/save', { shift: day, fresh: true })).toEqual({ changed: true });
    expect(await service.ask('shifts/save', { shift: { ...day, graceMinutes: 5 }, fresh: false })).toEqual({ changed: true });
    expect(await service.ask('shifts/list', {})).toEqual({ shifts: [{ ...day, graceMinutes: 5, workers: 1, assignments: 0 }], missing: [{ shiftId: 'CA9', workers: 1 }] });
  });

  it('the same sent twice is one event; another one under a code that is taken is refused', async () => {
    const service = await withWorkers();
    await service.ask('shifts/save', { shift: day, fresh: true });
    expect(await service.ask('shifts/save', { shift: day, fresh: true })).toEqual({ changed: false });
    expect(plans(service)).toHaveLength(1);
    expect(await service.problemOf('shifts/save', { shift: { ...day, start: '07:00' }, fresh: true })).toBe('shift-taken');
  });

  it('a change decides the next scan and leaves assignments where they are', async () => {
    const service = await withShifts();
    await upload(service, `${header}\nNV1,CA3,02/11/2026,02/11/2026`);
    await service.ask('shifts/save', { shift: { ...night, start: '21:00' }, fresh: false });
    expect(readAssignments(service.context.store, 'NV1')).toHaveLength(1);
    service.clock.pass(12 * 3_600_000);
    expect(await service.ask('gate/scan', { code: '7700001', lane: '1', via: 'camera' })).toMatchObject({ direction: 'in', shiftId: 'CA3', workDate: '2026-11-02' });
  });

  it('one that the roster or an assignment names is not taken out; a free one is, once', async () => {
    const service = await withShifts();
    expect(await service.problemOf('shifts/remove', { shiftId: 'HC' })).toBe('shift-in-use');
    await upload(service, `${header}\nNV1,CA3,02/11/2026,02/11/2026`);
    expect(await service.problemOf('shifts/remove', { shiftId: 'CA3' })).toBe('shift-in-use');
    await upload(service, `${header}\nNV1,HC,01/11/2026,30/11/2026`);
    expect(await service.ask('shifts/remove', { shiftId: 'CA3' })).toEqual({ removed: true });
    expect(await service.ask('shifts/remove', { shiftId: 'CA3' })).toEqual({ removed: false });
    expect((await service.ask('shifts/list', {})).shifts.map(({ id }) => id)).toEqual(['HC']);
    expect(plans(service).at(-1)?.payload).toMatchObject({ removed: ['CA3'], shifts: [{ id: 'HC' }] });
  });

  it('is nobody\'s but a supervisor\'s', async () => {
    const service = await withShifts();
    await service.ask('users/create', { loginName: 'binh', displayName: 'Trần Bình', role: 'officer', secret: '135790' });
    await service.ask('users/create', { loginName: 'chi', displayName: 'Lê Chi', role: 'gate-supervisor', secret: '135791' });
    const asked = [['shifts/list', {}], ['shifts/save', { shift: day, fresh: false }], ['shifts/remove', { shiftId: 'x' }], ['timesheet/day', { date: '2026-11-02', ...page }], ['timesheet/export', { period: '2026-11', filter }]] as const;
    for (const [login, wanted] of [['binh', 'not-allowed'], ['chi', 'none']] as const) {
      await service.ask('auth/logout', {});
      for (const [name, input] of asked) expect([name, await service.problemOf(name, input)]).toEqual([name, 'not-logged-in']);
      await service.ask('auth/login', { loginName: login, secret: login === 'binh' ? '135790' : '135791' });
      for (const [name, input] of asked) expect([name, await service.problemOf(name, input)]).toEqual([name, wanted]);
    }
  });
});

describe('an assignment file', () => {
  it('is tried first, then stored; each refused row says why', async () => {
    const service = await withShifts();
    const file = [header, 'NV1,CA3,02/11/2026,08/11/2026', 'NV9,CA3,02/11/2026,08/11/2026', 'NV2,CA7,02/11/2026,08/11/2026', 'NV2,HC,09/11/2026,08/11/2026', 'NV1,CA3,02/11/2026,08/11/2026', ',HC,02/11/2026,08/11/2026'].join('\n');
    const tried = await upload(service, file, true);
    expect(tried).toMatchObject({ rows: 6, imported: 1, unchanged: 0, refusedTotal: 5, shifts: 0, columns: { workerId: 'Mã công nhân', to: 'Đến ngày' } });
    expect(tried.refused.map(({ row, workerId, detail }) => [row, workerId, detail])).toEqual([
      [3, 'NV9', 'Không có mã này trong danh sách công nhân.'], [4, 'NV2', 'Chưa có ca CA7. Cần thêm ca này trước.'], [5, 'NV2', 'Đến ngày sớm hơn từ ngày.'],
      [6, 'NV1', 'Giống hệt dòng 2.'], [7, null, 'Thiếu mã công nhân.']]);
    expect(readAssignments(service.context.store, 'NV1')).toEqual([]);
    expect(plans(service)).toHaveLength(2);
    expect(await upload(service, file)).toEqual(tried);
    expect(readAssignments(service.context.store, 'NV1')).toEqual([{ workerId: 'NV1', shiftId: 'CA3', from: '2026-11-02', to: '2026-11-08' }]);
    expect(plans(service).at(-1)?.payload).toMatchObject({ fileName: 'ca.csv', assignments: [{ workerId: 'NV1', shiftId: 'CA3' }] });
  });

  it('a second time changes nothing and makes no event; a corrected one stands in the place of the first', async () => {
    const service = await withShifts();
    const file = `${header}\nNV1,CA3,02/11/2026,08/11/2026`;
    await upload(service, file);
    expect(await upload(service, file)).toMatchObject({ imported: 0, unchanged: 1 });
    expect(plans(service)).toHaveLength(3);
    await upload(service, `${header}\nNV1,HC,04/11/2026,04/11/2026`);
    expect(readAssignments(service.context.store, 'NV1').map(({ shiftId, from, to }) => `${shiftId} ${from.slice(8)}-${to.slice(8)}`)).toEqual(['CA3 02-03', 'HC 04-04', 'CA3 05-08']);
  });

  it('in XLSX with dates as Excel keeps them is taken', async () => {
    const service = await withShifts();
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('Phân ca');
    sheet.addRow(['Mã NV', 'Mã ca', 'Từ ngày', 'Đến ngày']);
    sheet.addRow(['NV1', 'CA3', new Date(Date.UTC(2026, 10, 2)), new Date(Date.UTC(2026, 10, 3))]);
    expect(await upload(service, new Uint8Array(await book.xlsx.writeBuffer()))).toMatchObject({ imported: 1, refusedTotal: 0 });
  });

  it('the plan of the command line adds its shifts, and takes none away', async () => {
    const service = await withShifts();
    const plan = { shifts: [{ id: 'CA1', start: '06:00', end: '14:00' }], assignments: [{ workerId: 'NV3', shiftId: 'CA1', from: '2026-11-02', to: '2026-11-02' }, { workerId: 'NV3', shiftId: 'CA1', from: '2026-11-05', to: '2026-11-04' }] };
    expect(await upload(service, JSON.stringify(plan), true)).toMatchObject({ shifts: 1, rows: 2, imported: 1, refusedTotal: 1 });
    expect(await upload(service, JSON.stringify(plan))).toMatchObject({ shifts: 1, imported: 1 });
    expect((await service.ask('shifts/list', {})).shifts.map(({ id }) => id)).toEqual(['CA1', 'CA3', 'HC']);
    expect(await upload(service, JSON.stringify(plan))).toMatchObject({ shifts: 0, imported: 0, unchanged: 1 });
  });

  it.each([
    ['Mã NV,Ca,Từ ngày\nNV1,HC,01/11/2026', 'assignment-columns-missing'], ['', 'assignment-columns-missing'], ['{"shifts":[', 'shift-plan-invalid'],
    ['{"shifts":[{"id":"A","start":"8:00","end":"17:00"}]}', 'shift-plan-invalid'], ['{"shifts":[{"id":"A","start":"08:00","end":"17:00"},{"id":"A","start":"09:00","end":"17:00"}]}', 'shift-plan-invalid'],
    ['%PDF-1.7', 'roster-file-type'],
  ])('%j is answered with %s', async (content, code) => {
    const service = await withShifts();
    expect(await service.problemOf('shifts/import', { fileName: 'x', content: utf8(content), dryRun: true })).toBe(code);
  });

  it('of many rows lets scans in between and loses none; its events are sound to a hub', async () => {
    const service = await withShifts();
    await importRows(service, ...Array.from({ length: 2000 }, (_, n) => `X${n},Lê Thị Hoa,,,,,,,,,`));
    const rows = Array.from({ length: 10_000 }, (_, n) => `X${n % 2000},${n % 3 === 0 ? 'HC' : 'CA3'},${String(1 + Math.floor(n / 2000) * 2).padStart(2, '0')}/11/2026,${String(2 + Math.floor(n / 2000) * 2).padStart(2, '0')}/11/2026`);
    let scans = 0;
    let importing = true;
    const done = upload(service, [header, ...rows].join('\n')).finally(() => { importing = false; });
    while (importing) {
      service.clock.pass(21_000);
      expect(await service.ask('gate/scan', { code: '7700003', lane: '1', via: 'camera' })).toMatchObject({ outcome: 'recorded' });
      scans += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await done).toMatchObject({ rows: 10_000, imported: 10_000, refusedTotal: 0 });
    expect(scans).toBeGreaterThan(3);
    const events = plans(service);
    expect(events.filter(({ type }) => type === 'shift-assigned').flatMap(({ payload }) => payload?.['assignments'])).toHaveLength(10_000);
    expect(events.map(judge).filter((verdict) => verdict !== undefined)).toEqual([]);
  });
});

describe('the timesheet by screen', () => {
  async function worked(): Promise<TestService> {
    const service = await withShifts();
    const scan = (code: string) => service.ask('gate/scan', { code, lane: '1', via: 'camera' });
    await scan('7700001');
    await scan('7700003');
    service.clock.pass(9 * 3_600_000 + 35 * 60_000);
    await scan('7700001');
    await service.ask('auth/login', { loginName: 'an', secret: adminSecret });
    return service;
  }

  it('of a day has a line for each worker with presence, with the sums of all', async () => {
    const service = await worked();
    const { rows, total, sums } = await service.ask('timesheet/day', { date: '2026-11-02', ...page });
    expect(rows.map(({ workerId, department, line: { shiftId, workedMinutes, overtimeMinutes, exceptions } }) => ({ workerId, department, shiftId, workedMinutes, overtimeMinutes, exceptions }))).toEqual([
      { workerId: 'NV1', department: 'May 1', shiftId: 'HC', workedMinutes: 510, overtimeMinutes: 30, exceptions: [] },
      { workerId: 'NV3', department: 'Kho', shiftId: null, workedMinutes: 0, overtimeMinutes: 0, exceptions: ['no-shift', 'still-inside'] }]);
    expect({ total, sums }).toMatchObject({ total: 2, sums: { days: 2, workedMinutes: 510, toCheck: 1 } });
  });

  it('is filtered by shift, department, employer, name without accents, and by what must be looked at', async () => {
    const service = await worked();
    const found = async (some: Partial<typeof filter>) => (await service.ask('timesheet/day', { date: '2026-11-02', ...page, filter: { ...filter, ...some } })).rows.map(({ workerId }) => workerId);
    expect(await found({ query: 'le chi' })).toEqual(['NV1']);
    expect(await found({ onlyToCheck: true })).toEqual(['NV3']);
    expect([await found({ shiftId: 'HC' } as never), await found({ department: 'Kho' } as never), await found({ employer: 'Công ty A' } as never)]).toEqual([['NV1'], ['NV3'], ['NV1']]);
    expect((await service.ask('timesheet/month', { month: '2026-11', ...page, filter: { ...filter, onlyToCheck: true } })).rows.map(({ workerId }) => workerId)).toEqual(['NV3']);
  });

  it('of a month sums each worker, page by page, and one worker\'s dates can be opened', async () => {
    const service = await worked();
    const first = await service.ask('timesheet/month', { month: '2026-11', ...page, limit: 1 });
    const second = await service.ask('timesheet/month', { month: '2026-11', ...page, fresh: false, offset: 1, limit: 1 });
    expect([first.total, first.rows[0]?.workerId, second.rows[0]?.workerId]).toEqual([2, 'NV1', 'NV3']);
    expect(first.rows[0]?.sums).toMatchObject({ days: 1, workedMinutes: 510, overtimeMinutes: 30 });
    expect((await service.ask('timesheet/worker', { month: '2026-11', workerId: 'NV1' })).lines).toMatchObject([{ workDate: '2026-11-02', workedMinutes: 510 }]);
  });

  it('is saved as an Excel file with Vietnamese headers, a column a date, and a sheet of what must be looked at', async () => {
    const service = await worked();
    const { fileName, content } = await service.ask('timesheet/export', { period: '2026-11', filter });
    const book = new exceljs.Workbook();
    await book.xlsx.load(content.slice().buffer);
    const [sheet, second] = book.worksheets;
    const texts = (row: number) => (sheet!.getRow(row).values as unknown[]).slice(1);
    expect([fileName, texts(1)[0]]).toEqual(['cham-cong-2026-11.xlsx', 'BẢNG CHẤM CÔNG THÁNG 11/2026']);
    expect(texts(2)[0]).toContain('Khu công nghiệp mẫu');
    expect(texts(4)[0]).toContain('02/11/2026');
    expect(texts(5)).toHaveLength(5 + 30 + 9);
    expect(texts(5).slice(0, 7)).toEqual(['STT', 'Mã số', 'Họ và tên', 'Bộ phận', 'Doanh nghiệp', '01/11', '02/11']);
    expect(sheet!.getCell('G6').numFmt).toBe('[h]:mm');
    expect(texts(6).slice(0, 4)).toEqual([1, 'NV1', 'Lê Chi', 'May 1']);
    expect(second!.getRow(6).values).toContain('Không có ca; Chưa ra');
    const day1 = await service.ask('timesheet/export', { period: '2026-11-02', filter });
    await book.xlsx.load(day1.content.slice().buffer);
    expect((book.worksheets[0]!.getRow(5).values as unknown[]).slice(6)).toEqual(['Ngày', 'Ca', 'Vào', 'Ra', 'Giờ làm', 'Tăng ca', 'Ca đêm', 'Đi muộn', 'Về sớm', 'Đóng bởi', 'Cần xem lại']);
  });

  it('the log tells the shift of a scan', async () => {
    const service = await worked();
    expect((await service.ask('gate/log', { date: '2026-11-02', beforeSeq: null, limit: 10, outcome: null })).rows.map(({ workerId, reason, shiftId }) => [workerId, reason, shiftId])).toEqual([
      ['NV1', 'last-state', 'HC'], ['NV3', 'first-today', null], ['NV1', 'shift-window', 'HC']]);
  });
});

describe('somebody without a shift who works twelve hours and rests twelve', () => {
  // Between two scans there is never a rest that tells them apart: what was decided days ago must still count.
  const turns = Array.from({ length: 12 }, (_, n) => ({ at: Date.parse('2026-11-02T19:00:00+07:00') + n * 12 * 3_600_000 + (n % 3) * 120_000, direction: n % 2 === 0 ? 'in' : 'out' }));

  it('goes in and out in turn, for days', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,,,,,,,7700001,,');
    const { store } = service.context;
    const told = turns.map(({ at }) => recordScan(store, { code: '7700001', lane: '1', via: 'cli', actor: 'cli', at }).direction);
    expect(told).toEqual(turns.map(({ direction }) => direction));
  });

  it('has the same line of a date whatever the period that is asked for', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,,,,,,,7700001,,');
    const { store } = service.context;
    for (const { at } of turns) recordScan(store, { code: '7700001', lane: '1', via: 'cli', actor: 'cli', at });
    const month = [...timesheets(store, { from: '2026-11-01', to: '2026-11-30' })].flatMap(({ lines }) => lines);
    expect(month.map(({ workDate }) => workDate)).toHaveLength(6);
    for (const line of month) {
      expect([...timesheets(store, { from: line.workDate, to: line.workDate })].flatMap(({ lines }) => lines)).toEqual([line]);
    }
  });
});
