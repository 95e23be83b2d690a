import exceljs from 'exceljs';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blobFile, findWorkerById, readEvents, readWorkerPhoto, verifyChain } from '../../electron/store/index.ts';
import { eraseOverduePhotos } from '../../electron/service/people/worker-photos.ts';
import { pinLockMinutes } from '../../electron/service/gate/gate-pin.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

const events = ({ context: { store } }: TestService, type: string) => readEvents(store, { afterSeq: 0, limit: 100_000 }).filter((event) => event.type === type);
const card = (...uid: number[]): Transceiver => ({ transmit: async () => Uint8Array.of(...uid, 0x90, 0x00) });
const scan = (service: TestService, code: string) => service.ask('gate/scan', { code, lane: '1', via: 'camera' });
const pin = (service: TestService, workerId: string, typed: string, lane: string | null = '1') => service.ask('gate/pin', { workerId, pin: typed, lane });
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array.from({ length: 200 }, (_, n) => n)]);
async function bookOf(content: Uint8Array): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(content) as unknown as exceljs.Buffer);
  return book;
}

describe('a factory card', () => {
  it('is enrolled by a tap that is no scan, and then lets its worker in', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,');
    const read = service.ask('credential/read-card', { reader: null });
    service.readers.insert(card(0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6));
    expect(await read).toMatchObject({ number: '04A1B2C3D4E5F6', owner: null, withdrawn: false });
    expect(events(service, 'gate-scan')).toEqual([]);
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '04A1B2C3D4E5F6', former: null } });
    expect(await scan(service, '04A1B2C3D4E5F6')).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
    expect(events(service, 'credential-set').map(({ payload }) => payload)).toEqual([{ workerId: 'NV1', kind: 'card', action: 'set', card: expect.not.stringContaining('04A1B2C3D4E5F6') as string }]);
  });

  it('that draws its number anew is refused at the reader and when typed', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,');
    const read = service.problemOf('credential/read-card', { reader: null });
    service.readers.insert(card(0x08, 0x12, 0x34, 0x56));
    expect(await read).toBe('card-uid-random');
    expect(await service.problemOf('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '08A1B2C3', former: null } })).toBe('card-uid-random');
  });

  it('the wait for one can be given up, and the next tap is a scan again', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,04A1B2C3,,');
    const read = service.problemOf('credential/read-card', { reader: null });
    await service.ask('credential/cancel', {});
    expect(await read).toBe('cancelled');
    service.readers.insert(card(0x04, 0xa1, 0xb2, 0xc3));
    await expect.poll(() => events(service, 'gate-scan').map(({ payload }) => payload?.['workerId'])).toEqual(['NV1']);
  });

  it('of another worker is not given twice; the same again changes nothing', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,', 'NV2,Lê Dung,001090000002,,,,,,,,');
    expect(await service.problemOf('credential/set', { workerId: 'NV2', change: { kind: 'card', number: '7700001', former: null } })).toBe('credential-taken');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '7700001', former: null } });
    expect(events(service, 'credential-set')).toEqual([]);
  });

  it('reported lost opens for nobody, is given to nobody else and does not come back by an old list, but to who finds it again', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,', 'NV2,Lê Dung,001090000002,,,,,,,,');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card-withdraw', reason: 'lost' } });
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'unknown', workerId: null });
    expect(await service.problemOf('credential/set', { workerId: 'NV2', change: { kind: 'card', number: '7700001', former: null } })).toBe('card-withdrawn');
    expect((await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,')).refused).toMatchObject([{ detail: 'Thẻ này đã báo mất ngày 22/11/2026, không cấp lại qua danh sách.' }]);
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '7700001', former: null } });
    expect(await scan(service, '7700001')).toMatchObject({ workerId: 'NV1' });
  });

  it('replaced, the new one opens and the old one no longer', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,7700001,,');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'card', number: '7700002', former: 'broken' } });
    expect([(await scan(service, '7700001')).outcome, (await scan(service, '7700002')).outcome]).toEqual(['unknown', 'recorded']);
  });
});

it('a printed pass gets a code of its own, and taken back it opens no more', async () => {
  const service = await setUpService();
  await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,');
  const { pass } = await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pass', code: null } });
  expect(pass).toMatch(/^[A-Z2-9]{8}$/);
  expect(await scan(service, pass!)).toMatchObject({ workerId: 'NV1', outcome: 'recorded' });
  await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pass-withdraw' } });
  expect(await scan(service, pass!)).toMatchObject({ outcome: 'unknown' });
});

describe('what the VNeID app shows', () => {
  it('lets its worker in where it is the text of the identity card', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001190000002,,,,,,,,');
    expect(await scan(service, '001190000002|012345678|Lê Chi|02021990|Nữ|Tổ 5, Phường Mẫu, Hà Nội|05062021\r\n')).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
  });

  it('is told as what it is where it is a link, and stops nobody who comes after', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001190000002,,,,,,7700001,,');
    const answer = await scan(service, 'https://vneid.gov.vn/login?nonce=abc');
    expect(answer).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'qr-not-identity' } });
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'recorded', workerId: 'NV1' });
  });
});

describe('a PIN at the gate (odoo/odoo PR #15003, OCA/hr PR #842: any PIN accepted, or always wrong)', () => {
  async function withPins(): Promise<TestService> {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,,,,,,,,', 'NV2,Lê Dung,001090000002,,,,,,,,', 'NV3,Lê Em,001090000003,,,,,,,,');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pin', pin: '482915' } });
    await service.ask('credential/set', { workerId: 'NV2', change: { kind: 'pin', pin: '739164' } });
    return service;
  }

  it('that fits is a scan like any other, in small letters too', async () => {
    const service = await withPins();
    expect(await pin(service, 'NV1', '482915')).toMatchObject({ outcome: 'recorded', workerId: 'NV1', direction: 'in' });
    expect(await pin(service, 'nv2', '739164')).toMatchObject({ outcome: 'recorded', workerId: 'NV2' });
  });

  it('that does not fit lets nobody in, and nothing tells which was wrong', async () => {
    const service = await withPins();
    const wrong = [await pin(service, 'NV1', '482916'), await pin(service, 'NV1', '739164'), await pin(service, 'NV3', '482915'), await pin(service, 'KHONGCO', '482915')];
    const plain = wrong.map(({ scanId: _s, at: _a, seq: _q, ...answer }) => answer);
    expect(plain[0]).toMatchObject({ outcome: 'unreadable', workerId: null, shortName: null, direction: null, problem: { code: 'pin-wrong' } });
    for (const answer of plain) expect(answer).toEqual(plain[0]);
    expect((await service.ask('gate/summary', {})).inside).toBe(0);
    expect(JSON.stringify(events(service, 'gate-scan'))).not.toMatch(/482916|KHONGCO/);
  });

  it('that was taken away, or was never set, opens nothing', async () => {
    const service = await withPins();
    expect(await service.ask('gate/pin-offered', {})).toEqual({ offered: true });
    await service.ask('credential/set', { workerId: 'NV2', change: { kind: 'pin-remove' } });
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pin-remove' } });
    expect(await service.ask('gate/pin-offered', {})).toEqual({ offered: false });
    expect(await pin(service, 'NV1', '482915')).toMatchObject({ outcome: 'unreadable' });
    expect(events(service, 'credential-set').map(({ payload }) => [payload?.['kind'], payload?.['action']])).toEqual([['pin', 'set'], ['pin', 'set'], ['pin', 'withdrawn'], ['pin', 'withdrawn']]);
  });

  it.each(['NV1', 'KHONGCO'])('wrong five times locks the code %s, right ones too, on every lane, until its time is over', async (code) => {
    const service = await withPins();
    for (let n = 0; n < 5; n++) await pin(service, code, '000111');
    expect(await service.problemOf('gate/pin', { workerId: code, pin: '482915', lane: 'vao' })).toBe('pin-locked');
    expect(await pin(service, 'NV2', '739164', 'vao')).toMatchObject({ workerId: 'NV2' });
    service.clock.pass(61_000);
    expect(await pin(service, code, '482915')).toMatchObject({ outcome: code === 'NV1' ? 'recorded' : 'unreadable' });
  });

  it('wrong fifteen times at one lane locks that lane for everybody, and no other', async () => {
    const service = await withPins();
    for (let n = 0; n < 15; n++) await pin(service, `X${n}`, '000111');
    expect(await service.problemOf('gate/pin', { workerId: 'NV1', pin: '482915', lane: '1' })).toBe('pin-locked');
    expect(await pin(service, 'NV1', '482915', 'vao')).toMatchObject({ workerId: 'NV1' });
  });

  it('many tries at once are counted one by one', async () => {
    const service = await withPins();
    const tries = await Promise.all(Array.from({ length: 8 }, () => service.problemOf('gate/pin', { workerId: 'NV1', pin: '000111', lane: null })));
    expect(tries.filter((code) => code === 'pin-locked')).toHaveLength(3);
  });

  it('that anybody would guess is not set', async () => {
    const service = await withPins();
    for (const weak of ['1111', '123456', '987654', '12', '123456789', 'abcd']) {
      expect(await service.problemOf('credential/set', { workerId: 'NV1', change: { kind: 'pin', pin: weak } })).toBe('request-invalid');
    }
  });

  it('locks longer with each further wrong one, and not for ever', () => {
    expect([4, 5, 6, 7, 30].map((n) => pinLockMinutes('worker', n))).toEqual([0, 1, 2, 4, 240]);
    expect([14, 15, 30].map((n) => pinLockMinutes('lane', n))).toEqual([0, 1, 15]);
  });
});

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
    expect(events(service, 'look-up-made').at(-2)?.payload).toEqual({ by: 'roster', workerId: 'NV1', found: 1, reason: 'đối chiếu hợp đồng' });
    expect(await service.problemOf('worker/get', { workerId: 'KHONGCO' })).toBe('not-found');
  });

  it('changes facts and flags with an event, the same again with none, and refuses dates that contradict', async () => {
    const service = await setUpService();
    await importRows(service, 'NV1,Lê Chi,001090000001,May 1,A,2024-01-01,,,,,');
    await service.ask('roster/import', { fileName: 'a.csv', dryRun: false, content: new TextEncoder().encode('workerId,fullName,passport\nNV1,Lê Chi,C1234567') });
    const changes = { department: 'May 2', details: { protections: [{ kind: 'pregnant' as const, from: '2026-11-01', to: null }] } };
    expect(await service.ask('worker/change', { workerId: 'NV1', changes })).toMatchObject({ department: 'May 2', details: { protections: [{ kind: 'pregnant', from: '2026-11-01' }] } });
    await service.ask('worker/change', { workerId: 'NV1', changes });
    expect(events(service, 'worker-recorded')).toHaveLength(3);
    expect(findWorkerById(service.context.store, 'NV1')?.details).toMatchObject({ passport: 'C1234567', protections: [{ kind: 'pregnant' }] });
    expect(await service.problemOf('worker/change', { workerId: 'NV1', changes: { endDate: '2023-01-01' } })).toBe('worker-details-invalid');
    await service.ask('worker/change', { workerId: 'NV1', changes: { endDate: '2026-11-20' } });
    expect(events(service, 'worker-left')).toMatchObject([{ payload: { workerId: 'NV1', endDate: '2026-11-20', leftBy: 'supervisor' } }]);
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
    expect(events(service, 'data-exported')).toHaveLength(1);
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
    expect(events(service, 'photo-set')).toMatchObject([{ payload: { workerId: 'NV1', action: 'set', consentVersion: '2026-11' }, blobs: [] }]);
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
    expect(events(service, 'photo-set').at(-1)?.payload).toEqual({ workerId: 'NV1', action: 'erased', why: 'retention' });
  });
});

describe('erasure', () => {
  async function withLeavers(keepTimesheet: boolean): Promise<TestService> {
    const service = await setUpService();
    await importRows(service, 'NV1,Trần Thị Bí Mật,001190000001,May 1,A,2024-01-01,,,7700001,,', 'NV2,Lê Còn,001090000002,May 1,A,2024-01-01,,,,,');
    await scan(service, '7700001');
    await service.ask('credential/set', { workerId: 'NV1', change: { kind: 'pin', pin: '482915' } });
    await service.ask('photo/set', { workerId: 'NV1', content: png, consentVersion: '2026-11' });
    await service.ask('worker/change', { workerId: 'NV1', changes: { endDate: '2026-11-22' } });
    await service.ask('people/settings-set', { erasureDays: 30, keepTimesheet });
    return service;
  }
  const later = (service: TestService): void => service.clock.pass(32 * 86_400_000);
  const textOf = ({ context: { store } }: TestService): string => JSON.stringify([readEvents(store, { afterSeq: 0, limit: 10_000 }), store.db.prepare('select * from worker').all()]);
  /** The session locks meanwhile. */
  const again = (service: TestService) => service.ask('auth/login', { loginName: 'an', secret: '246810' });

  it('is off until a term is set, and takes nobody before it is over', async () => {
    const service = await withLeavers(true);
    expect(await service.ask('erasure/run', {})).toMatchObject({ position: null, workers: 0 });
    expect(await service.ask('erasure/due', {})).toMatchObject({ total: 0 });
  });

  it('leaves the code with its hours where the setting says so, no name or number, and the chain whole', async () => {
    const service = await withLeavers(true);
    later(service);
    await again(service);
    expect(await service.ask('erasure/due', {})).toMatchObject({ total: 1, workers: [{ workerId: 'NV1' }] });
    const done = await service.ask('erasure/run', {});
    expect(done).toMatchObject({ workers: 1, scans: 0, photos: 1 });
    expect(done.events).toBeGreaterThan(3);
    expect(textOf(service)).not.toMatch(/Bí Mật|001190000001|001\*+0001/);
    expect(textOf(service)).toContain('Lê Còn');
    expect(verifyChain(service.context.store)).toMatchObject({ ok: true });
    expect(findWorkerById(service.context.store, 'NV1')).toMatchObject({ fullName: '', personalId: null, department: 'May 1' });
    expect((await service.ask('timesheet/worker', { month: '2026-11', workerId: 'NV1' })).lines).toHaveLength(1);
    expect(await service.ask('erasure/run', {})).toMatchObject({ position: null, workers: 0 });
  });

  it('takes scans and hours too where the setting says so', async () => {
    const service = await withLeavers(false);
    later(service);
    await again(service);
    expect(await service.ask('erasure/run', {})).toMatchObject({ workers: 1, scans: 1 });
    expect(textOf(service)).not.toMatch(/Bí Mật|"NV1"/);
    expect(verifyChain(service.context.store)).toMatchObject({ ok: true });
    expect((await service.ask('timesheet/worker', { month: '2026-11', workerId: 'NV1' })).lines).toEqual([]);
  });

  it('is proved by an event with counts and a certificate without personal data', async () => {
    const service = await withLeavers(true);
    later(service);
    await again(service);
    const { position } = await service.ask('erasure/run', {});
    expect(events(service, 'worker-erased')).toMatchObject([{ payload: { workers: 1, photos: 1, days: 30, keptTimesheet: true } }]);
    expect((await service.ask('erasure/due', {})).runs).toMatchObject([{ position, workers: 1 }]);
    const book = await bookOf((await service.ask('erasure/certificate', { position: position! })).content);
    const text = JSON.stringify(book.worksheets[0]?.getSheetValues());
    expect(text).toContain('BIÊN BẢN XÓA');
    expect(text).not.toMatch(/Bí Mật|7700001/);
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
  expect(events(service, 'data-exported')).toMatchObject([{ payload: { workerId: 'NV1' } }]);
});
