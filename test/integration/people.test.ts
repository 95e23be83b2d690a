import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blobFile, findWorkerById, readWorkerPhoto } from '../../electron/store/index.ts';
import { eraseOverduePhotos } from '../../electron/service/people/worker-photos.ts';
import { bookOf, eventsOf, png, scan } from './people-parts.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

describe('a worker\'s page', () => {
  it('masks numbers, tells who looked, and shows them in full only for a reason', async () => {
    const service = await setUpService();
    await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: new TextEncoder().encode('workerId,fullName,personalId,passport,cardNumber\nNV1,Lê Chi,001090000001,C1234567,7700001') });
    await service.ask('worker/get', { workerId: 'NV1' });
    const page = await service.ask('worker/get', { workerId: 'NV1' });
    expect(page).toMatchObject({ maskedId: '001*****0001', access: [{ what: 'worker-page', userName: 'Nguyễn Văn An' }, { what: 'worker-page' }] });
    expect(JSON.stringify(page)).not.toMatch(/001090000001|C1234567|7700001/);
    expect(await service.problemOf('worker/reveal', { workerId: 'NV1', reason: '' })).toBe('request-invalid');
    expect(await service.ask('worker/reveal', { workerId: 'NV1', reason: 'đối chiếu hợp đồng' })).toMatchObject({ personalId: '001090000001', passport: 'C1234567', cardNumber: '7700001' });
    expect((await service.ask('worker/get', { workerId: 'NV1' })).access.map(({ what }) => what)).toContain('worker-numbers');
    expect(eventsOf(service, 'look-up-made').at(-2)?.payload).toEqual({ by: 'roster', workerId: 'NV1', found: 1, reason: 'đối chiếu hợp đồng' });
    expect(await service.problemOf('worker/get', { workerId: 'KHONGCO' })).toBe('not-found');
  });

  it('changes facts and flags with an event, the same again with none, and refuses dates that contradict', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,May 1,A,2024-01-01,,,,,');
    await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: new TextEncoder().encode('workerId,fullName,passport\nNV1,Lê Chi,C1234567') });
    const changes = { department: 'May 2', details: { protections: [{ kind: 'pregnant' as const, from: '2026-11-01', to: null }] } };
    expect(await service.ask('worker/change', { workerId: 'NV1', changes })).toMatchObject({ department: 'May 2', details: { protections: [{ kind: 'pregnant', from: '2026-11-01' }] } });
    await service.ask('worker/change', { workerId: 'NV1', changes });
    expect(eventsOf(service, 'worker-recorded')).toHaveLength(3);
    expect(findWorkerById(service.context.store, 'NV1')?.details).toMatchObject({ passport: 'C1234567', protections: [{ kind: 'pregnant' }] });
    expect(await service.problemOf('worker/change', { workerId: 'NV1', changes: { endDate: '2023-01-01' } })).toBe('worker-details-invalid');
    await service.ask('worker/change', { workerId: 'NV1', changes: { endDate: '2026-11-20' } });
    expect(eventsOf(service, 'worker-left')).toMatchObject([{ payload: { workerId: 'NV1', endDate: '2026-11-20', leftBy: 'supervisor' } }]);
    expect(findWorkerById(service.context.store, 'NV1')?.personalId).toBe('001090000001');
  });
});

describe('permits, passports and contracts', () => {
  const list = ['workerId,fullName,employer,Số giấy phép lao động,Ngày hết hạn GPLĐ,Tỉnh GPLĐ,Ngày hết hạn hộ chiếu,Hợp đồng đến ngày,endDate',
    'NV1,Kim An,A,GP1,2026-11-21,Hà Nội,,,', 'NV2,Kim Ba,A,GP2,2026-11-28,Ninh Bình,2026-12-10,,', 'NV3,Kim Ca,B,GP3,2027-06-01,Ninh Bình,,2027-01-20,', 'NV4,Kim Da,B,GP4,2026-11-25,,,,2026-11-01'].join('\n');
  async function withForeigners(): Promise<TestService> {
    const service = await setUpService();
    await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: new TextEncoder().encode(list) });
    await service.ask('people/settings-set', { province: 'Ninh Bình' });
    return service;
  }

  it('that end within 60 days or are over are counted and listed, the most pressing first; who has left is not', async () => {
    const service = await withForeigners();
    const all = await service.ask('worker/expiries', { what: null, band: null, query: '', offset: 0, limit: 100 });
    expect(all.counts).toEqual({ over: 1, 7: 1, 30: 1, 60: 1 });
    expect(all.rows.map(({ workerId, what, band }) => [workerId, what, band])).toEqual([['NV1', 'permit', 'over'], ['NV2', 'permit', '7'], ['NV2', 'passport', '30'], ['NV3', 'contract', '60']]);
    expect(await service.ask('worker/expiries', { what: 'permit', band: '7', query: 'kim ba', offset: 0, limit: 100 })).toMatchObject({ total: 1, rows: [{ workerId: 'NV2' }] });
  });

  it('are saved as a sheet, and the event says so', async () => {
    const service = await withForeigners();
    const { fileName, content } = await service.ask('worker/expiries-export', { what: null, band: null, query: '' });
    expect(fileName).toMatch(/^[a-z0-9-]+\.xlsx$/);
    expect((await bookOf(content)).worksheets[0]?.rowCount).toBe(8);
    expect(eventsOf(service, 'data-exported')).toHaveLength(1);
  });

  it('are told at the gate from 30 days before, and a permit that does not name this province', async () => {
    const service = await withForeigners();
    expect((await scan(service, 'NV1')).notices).toEqual([{ kind: 'permit-elsewhere', provinces: ['Hà Nội'] }, { kind: 'permit-expires', what: 'permit', date: '2026-11-21' }]);
    expect((await scan(service, 'NV2')).notices).toEqual([{ kind: 'permit-expires', what: 'permit', date: '2026-11-28' }]);
    expect((await scan(service, 'NV3')).notices).toEqual([]);
  });
});

describe('a photo', () => {
  async function withPhoto(): Promise<TestService> {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,2024-01-01,,,,,');
    const { version } = await service.ask('photo/consent', {});
    await service.ask('photo/set', { workerId: 'NV1', content: png, consentVersion: version });
    return service;
  }
  const fileOf = ({ context: { store } }: TestService): string => blobFile(store, readWorkerPhoto(store, findWorkerById(store, 'NV1')!.workerNo)!.sha256);

  it('is kept only with consent to the present text, encrypted, and whoever sees it is noted', async () => {
    const service = await withPhoto();
    expect(await service.problemOf('photo/set', { workerId: 'NV1', content: png, consentVersion: '2020-01' })).toBe('consent-outdated');
    expect(await service.problemOf('photo/set', { workerId: 'NV1', content: new Uint8Array(500), consentVersion: '2026-11' })).toBe('photo-invalid');
    expect(await service.ask('photo/get', { workerId: 'NV1' })).toEqual({ content: png, mime: 'image/png' });
    const page = await service.ask('worker/get', { workerId: 'NV1' });
    expect(page).toMatchObject({ photo: { consentVersion: '2026-11' } });
    expect(page.access.map(({ what }) => what)).toContain('worker-photo');
    expect(eventsOf(service, 'photo-set')).toMatchObject([{ payload: { workerId: 'NV1', action: 'set', consentVersion: '2026-11' }, blobs: [] }]);
  });

  it('goes with its bytes when the worker takes the consent back', async () => {
    const service = await withPhoto();
    const file = fileOf(service);
    expect(existsSync(file)).toBe(true);
    expect(await service.ask('photo/remove', { workerId: 'NV1' })).toMatchObject({ photo: null });
    expect(existsSync(file)).toBe(false);
    expect(await service.problemOf('photo/get', { workerId: 'NV1' })).toBe('not-found');
  });

  it('is erased so many days after the end date, and not before', async () => {
    const service = await withPhoto();
    const file = fileOf(service);
    await service.ask('people/settings-set', { photoDays: 30 });
    await service.ask('worker/change', { workerId: 'NV1', changes: { endDate: '2026-10-23' } });
    expect(await eraseOverduePhotos(service.context.store)).toBe(0);
    service.clock.pass(86_400_000);
    expect(await eraseOverduePhotos(service.context.store)).toBe(1);
    expect(existsSync(file)).toBe(false);
    expect(eventsOf(service, 'photo-set').at(-1)?.payload).toEqual({ workerId: 'NV1', action: 'erased', why: 'retention' });
  });
});

it('a worker\'s own data is handed over whole, in full, and it is noted', async () => {
  const service = await setUpService();
  await importRows(service, 'NV1,Lê Chi,001090000001,May 1,A,2024-01-01,,,7700001,,');
  await scan(service, '7700001');
  await service.ask('worker/get', { workerId: 'NV1' });
  const { fileName, content } = await service.ask('worker/own-data', { workerId: 'NV1' });
  expect(fileName).toMatch(/^[a-z0-9-]+\.xlsx$/);
  const book = await bookOf(content);
  const all = JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
  for (const part of ['Lê Chi', '001090000001', '7700001', 'Đã ghi nhận', 'Trang công nhân']) expect(all).toContain(part);
  expect(eventsOf(service, 'data-exported')).toMatchObject([{ payload: { workerId: 'NV1' } }]);
});
