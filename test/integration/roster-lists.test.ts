import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { findWorkerById, readEvents } from '../../electron/store/index.ts';
import { importRoster } from '../../electron/service/people/roster-import.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const bytes = (...lines: string[]): Uint8Array<ArrayBuffer> => utf8(lines.join('\n'));
const events = ({ context: { store } }: TestService, type: string) => readEvents(store, { afterSeq: 0, limit: 100_000 }).filter((event) => event.type === type);
const worker = ({ context: { store } }: TestService, workerId: string) => findWorkerById(store, workerId);

describe('columns that nothing names', () => {
  const list = bytes('Danh sách tháng 11', 'STT;Mã riêng;Tên gọi;Đội', '1;A1;Lê Chi;May 1', '2;A2;Lê Dung;May 2');
  const columns = { workerId: 1, fullName: 2, department: 3 };

  it('are shown with values, named by a person, remembered with an event, and used for the next list by itself', async () => {
    const service = await setUpService();
    expect(await service.problemOf('roster/import', { fileName: 'a.csv', content: list, dryRun: true })).toBe('roster-columns-missing');
    const peek = await service.ask('roster/columns', { fileName: 'a.csv', content: list });
    expect(peek).toMatchObject({ row: 2, isWhole: false, headers: ['STT', 'Mã riêng', 'Tên gọi', 'Đội'], samples: [['1', 'A1', 'Lê Chi', 'May 1'], ['2', 'A2', 'Lê Dung', 'May 2']] });
    expect(await service.ask('roster/import', { fileName: 'a.csv', content: list, dryRun: true, columns })).toMatchObject({ imported: 2, source: 'chosen', unknownHeaders: ['STT'] });
    expect(events(service, 'roster-mapping-set')).toEqual([]);
    expect(await service.ask('roster/import', { fileName: 'a.csv', content: list, dryRun: false, columns })).toMatchObject({ imported: 2, columns: { workerId: 'Mã riêng' } });
    expect(events(service, 'roster-mapping-set')).toHaveLength(1);

    const next = bytes('STT;Mã riêng;Tên gọi;Đội', '1;A3;Lê Em;May 1');
    expect(await service.ask('roster/columns', { fileName: 'b.csv', content: next })).toMatchObject({ isWhole: true, source: 'remembered', columns });
    expect(await service.ask('roster/import', { fileName: 'b.csv', content: next, dryRun: false })).toMatchObject({ imported: 1, source: 'remembered' });
    // As the command line does it.
    expect(await importRoster(service.context.store, { fileName: 'c.csv', content: next, dryRun: false, actor: 'cli' })).toMatchObject({ unchanged: 1, source: 'remembered' });
    await service.ask('roster/import', { fileName: 'a.csv', content: list, dryRun: false, columns });
    expect(events(service, 'roster-mapping-set')).toHaveLength(1);
  });

  it('a mapping without code or name is refused', async () => {
    const service = await setUpService();
    expect(await service.problemOf('roster/import', { fileName: 'a.csv', content: list, dryRun: true, columns: { fullName: 2 } })).toBe('roster-columns-missing');
  });

  it('a title above a header with known names is passed over', async () => {
    const service = await setUpService();
    expect(await service.ask('roster/import', { fileName: 'a.csv', content: bytes('DANH SÁCH,,', 'Mã NV,Họ tên,Hộ chiếu', 'A1,Lê Chi,C1234567'), dryRun: false })).toMatchObject({ imported: 1 });
    expect(worker(service, 'A1')?.details.passport).toBe('C1234567');
  });
});

describe('who is missing in a list', () => {
  const first = ['NV1,Lê Chi,001090000001,May 1,Công ty A,2024-01-01,,,,,', 'NV2,Lê Dung,001090000002,May 1,Công ty A,2024-01-01,,,,,', 'NV3,Lê Em,001090000003,Cắt,Công ty B,2024-01-01,,,,,', 'NV4,Lê Giang,001090000004,May 1,Công ty A,2027-01-01,,,,,'];
  const list = bytes('workerId,fullName,department,employer', 'NV1,Lê Chi,May 2,Công ty A', 'NV9,Lê Hạ,May 1,Công ty A');

  it('is proposed in a dry run, only of the employers that the list names, and not who has not begun', async () => {
    const service = await setUpService();
    await importRows(service, ...first);
    const report = await service.ask('roster/import', { fileName: 'a.csv', content: list, dryRun: true });
    expect(report).toMatchObject({ imported: 2, added: 1, leaverTotal: 1, listedEmployers: ['Công ty A'], movedTotal: 1 });
    expect(report.leavers).toEqual([{ workerId: 'NV2', fullName: 'Lê Dung', department: 'May 1', employer: 'Công ty A', startDate: '2024-01-01' }]);
    expect(report.moves).toEqual([{ workerId: 'NV1', fullName: 'Lê Chi', field: 'department', from: 'May 1', to: 'May 2' }]);
    expect(worker(service, 'NV2')?.endDate).toBeNull();
  });

  it('stays where the user does not say that the list is whole', async () => {
    const service = await setUpService();
    await importRows(service, ...first);
    expect(await service.ask('roster/import', { fileName: 'a.csv', content: list, dryRun: false })).toMatchObject({ leaverTotal: 0 });
    expect(worker(service, 'NV2')?.endDate).toBeNull();
    expect(events(service, 'worker-left')).toEqual([]);
  });

  it('leaves with the date given, once, with an event, and is refused at the gate after it', async () => {
    const service = await setUpService();
    await importRows(service, ...first);
    const whole = { fileName: 'a.csv', content: list, dryRun: false, wholeList: { endDate: '2026-11-20' } };
    expect(await service.ask('roster/import', whole)).toMatchObject({ leaverTotal: 1 });
    expect(await service.ask('roster/import', whole)).toMatchObject({ leaverTotal: 0, unchanged: 2 });
    expect(worker(service, 'NV2')?.endDate).toBe('2026-11-20');
    expect(events(service, 'worker-left').map(({ payload }) => payload)).toMatchObject([{ workerId: 'NV2', endDate: '2026-11-20', leftBy: 'missing-in-list' }]);
    expect(await service.ask('gate/scan', { code: '001090000002', lane: '1', via: 'camera' })).toMatchObject({ outcome: 'expired' });
  });

  it('a worker whose row was refused has not left', async () => {
    const service = await setUpService();
    await importRows(service, ...first);
    const report = await service.ask('roster/import', { fileName: 'a.csv', dryRun: true, content: bytes('workerId,fullName,personalId', 'NV1,Lê Chi,123', 'NV2,Lê Dung,001090000002') });
    expect(report.leavers.map(({ workerId }) => workerId)).toEqual(['NV3']);
  });
});

describe('who comes back', () => {
  it('under the same code with a later start keeps the former term', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,May 1,Công ty A,2024-01-01,2025-06-30,,,,');
    const report = await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: bytes('workerId,fullName,startDate', 'NV1,Lê Chi,2026-11-01') });
    expect(report.reHires).toEqual([{ workerId: 'NV1', fullName: 'Lê Chi', formerId: 'NV1', endDate: '2025-06-30' }]);
    const page = await service.ask('worker/get', { workerId: 'NV1' });
    expect(page).toMatchObject({ startDate: '2026-11-01', endDate: null, terms: [{ workerId: 'NV1', startDate: '2024-01-01', endDate: '2025-06-30', department: 'May 1', employer: 'Công ty A' }] });
    expect(await service.ask('gate/scan', { code: '001090000001', lane: '1', via: 'camera' })).toMatchObject({ outcome: 'recorded' });
  });

  it('what was worked in the former term stays worked, and between the terms nobody passes', async () => {
    const service = await setUpService('gate', { at: '2025-06-10T01:00:00Z' });
    await importRows(service, 'NV1,Lê Chi,001090000001,May 1,Công ty A,2024-01-01,2025-06-30,,,,');
    const scan = () => service.ask('gate/scan', { code: '001090000001', lane: '1', via: 'camera' });
    await scan();
    service.clock.pass(9 * 3_600_000);
    await scan();
    await service.ask('auth/login', { loginName: 'an', secret: '246810' });
    const before = (await service.ask('timesheet/worker', { month: '2025-06', workerId: 'NV1' })).lines;
    expect(before).toMatchObject([{ workDate: '2025-06-10', workedMinutes: 540 }]);
    await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: bytes('workerId,fullName,startDate', 'NV1,Lê Chi,2025-08-01') });
    expect((await service.ask('timesheet/worker', { month: '2025-06', workerId: 'NV1' })).lines).toEqual(before);
    service.clock.pass(30 * 86_400_000);
    expect(await scan()).toMatchObject({ outcome: 'not-yet-valid', workDate: '2025-07-10' });
    service.clock.pass(30 * 86_400_000);
    expect(await scan()).toMatchObject({ outcome: 'recorded', workDate: '2025-08-09' });
  });

  it('under a new code takes the numbers over; old scans keep the old code, and the same list again changes nothing', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,May 1,Công ty A,2024-01-01,,,7700001,,');
    await service.ask('gate/scan', { code: '7700001', lane: '1', via: 'camera' });
    const both = ['NV1,Lê Chi,001090000001,May 1,Công ty A,2024-01-01,2026-11-21,,7700001,,', 'NV2,Lê Chi,001090000001,Cắt,Công ty B,2026-11-22,,,7700001,,'];
    const report = await importRows(service, ...both);
    expect(report).toMatchObject({ imported: 2, refusedTotal: 0, reHiredTotal: 1 });
    expect(await importRows(service, ...both)).toMatchObject({ imported: 0, unchanged: 2, refusedTotal: 0 });
    expect(await service.ask('gate/scan', { code: '7700001', lane: '1', via: 'camera' })).toMatchObject({ workerId: 'NV2', outcome: 'recorded' });
    expect(events(service, 'gate-scan').map(({ payload }) => payload?.['workerId'])).toEqual(['NV1', 'NV2']);
    expect(await service.ask('worker/get', { workerId: 'NV2' })).toMatchObject({ terms: [{ workerId: 'NV1', endDate: '2026-11-21' }] });
    expect(await service.ask('worker/get', { workerId: 'NV1' })).toMatchObject({ nextWorkerId: 'NV2', maskedId: '001*****0001' });
  });

  it('in a list that names the later term first is stored the same', async () => {
    const service = await setUpService();
    const done = await importRows(service, 'NV2,Lê Chi,001090000001,Cắt,Công ty B,2026-11-22,,,,,', 'NV1,Lê Chi,001090000001,May 1,Công ty A,2024-01-01,2026-11-21,,,,');
    expect(done).toMatchObject({ imported: 2, refusedTotal: 0 });
    expect(await service.ask('gate/scan', { code: '001090000001', lane: '1', via: 'camera' })).toMatchObject({ workerId: 'NV2' });
    expect(await service.ask('worker/get', { workerId: 'NV2' })).toMatchObject({ terms: [{ workerId: 'NV1' }] });
  });

  it('while the former term runs is refused as somebody else', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,2024-01-01,,,,,');
    expect((await importRows(service, 'NV2,Lê Chi,001090000001,,,2026-11-22,,,,,')).refused).toMatchObject([{ code: 'roster-duplicate', detail: 'Trùng số định danh với công nhân NV1 đã có.' }]);
  });
});

describe('rows that are refused', () => {
  it('a random card number is, with the reason', async () => {
    const service = await setUpService();
    expect((await importRows(service, 'NV1,Lê Chi,,,,,,,08A1B2C3,,')).refused).toMatchObject([{ workerId: 'NV1', detail: expect.stringContaining('bắt đầu bằng 08') as string }]);
  });

  it('an end before a start that is known is', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,,,,2026-01-01,,,,,');
    expect((await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: bytes('workerId,fullName,endDate', 'NV1,Lê Chi,2025-01-01') })).refused).toMatchObject([{ detail: 'Ngày nghỉ sớm hơn ngày vào.' }]);
  });

  it('all stand in the report that can be saved, with moves and leavers', async () => {
    const service = await setUpService();
    expect(await service.problemOf('roster/report-file', {})).toBe('not-found');
    await importRows(service, 'NV1,Lê Chi,001090000001,May 1,Công ty A,,,,,,', 'NV7,Lê Em,,May 1,Công ty A,,,,,,');
    await service.ask('roster/import', { fileName: 'thang-11.csv', dryRun: true, content: bytes('workerId,fullName,department,personalId', 'NV1,Lê Chi,May 2,', ...Array.from({ length: 1200 }, (_, n) => `X${n},Lê Hoa,,12`)) });
    const { fileName, content } = await service.ask('roster/report-file', {});
    expect(fileName).toMatch(/^[a-z0-9-]+\.xlsx$/);
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(content) as unknown as exceljs.Buffer);
    expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([['Dòng bị từ chối', 1204], ['Chuyển bộ phận', 5], ['Vào làm lại', 4], ['Không còn trong danh sách', 5]]);
    expect(book.getWorksheet('Chuyển bộ phận')?.getRow(5).values).toEqual([undefined, 'NV1', 'Lê Chi', 'Bộ phận', 'May 1', 'May 2']);
  });
});

it('details reach the store, and an event holds their numbers masked only', async () => {
  const service = await setUpService();
  await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: bytes('workerId,fullName,Số hộ chiếu,Số giấy phép lao động,Mã số BHXH,Ngày hết hạn GPLĐ', 'NV1,Lê Chi,C1234567,GP998877,0123456789,31/12/2026') });
  expect(worker(service, 'NV1')?.details).toMatchObject({ passport: 'C1234567', permit: { number: 'GP998877', expiresOn: '2026-12-31' } });
  const [event] = events(service, 'worker-recorded');
  expect(event?.payload).toMatchObject({ details: { permit: { expiresOn: '2026-12-31' } } });
  for (const number of ['C1234567', 'GP998877', '0123456789']) expect(JSON.stringify(event)).not.toContain(number);
});
