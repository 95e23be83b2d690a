import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { watchVisitors } from '../../electron/service/gate/guard-watch.ts';
import { createClockWatch } from '../../electron/service/site/clock-watch.ts';
import { findVisitor, measureClock, readEvents } from '../../electron/store/index.ts';
import type { Input } from '../../shared/contracts/requests/index.ts';
import { defaultGuardSettings } from '../../shared/contracts/visitor.ts';
import { passText } from '../../shared/domain/pass-code.ts';
import { VirtualChip } from '../virtual-card/chip.ts';
import { qrOf } from '../virtual-card/data-groups.ts';
import { issueCard } from '../virtual-card/issue.ts';
import { CardPerson } from '../virtual-card/profile.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

const number = '001090000123';
const qr = `${number}||Trần Thị Khách|01011990|Nữ|Số 1, Hà Nội|01052021`;
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const form: Input<'visitors/register'>['visitor'] = {
  kind: 'visitor', fullName: 'TRẦN THỊ KHÁCH', company: 'Công ty Khách', purpose: 'Giao máy', hostWorkerId: 'NV1', hostName: null, vehicle: '29A-123.45', tools: 'Máy khoan',
  escort: true, validFrom: '2026-11-22T01:00:00Z', validTo: '2026-11-22T10:00:00Z',
};

async function desk(): Promise<TestService> {
  const service = await setUpService('gate', { at: '2026-11-22T02:00:00Z' });
  await importRows(service, 'NV1,Nguyễn Văn An,001090000001,May 1,Công ty A,,,,7700001,,');
  return service;
}
const register = ({ ask }: TestService, over: Partial<typeof form> = {}, n = 1, identity: string | null = qr) => ask('visitors/register', { visitorId: id(n), visitor: { ...form, ...over }, identity });
const scan = ({ ask }: TestService, code: string, lane = '1') => ask('gate/scan', { code, lane, via: 'serial' });
const list = ({ ask }: TestService, filter: Input<'visitors/list'>['filter'], query = '') => ask('visitors/list', { filter, query, limit: 100 });
const everything = ({ context: { store } }: TestService) => readEvents(store, { afterSeq: 0, limit: 1000 });

describe('a visitor', () => {
  it('is registered once however often it is sent, with the host\'s name', async () => {
    const service = await desk();
    const [a, b] = [await register(service), await register(service)];
    expect(a).toMatchObject({ fullName: 'Trần Thị Khách', hostName: 'Nguyễn Văn An', maskedId: '001*****0123', state: 'valid', inside: false, barred: false });
    expect(b).toEqual(a);
    expect(everything(service).filter(({ type }) => type === 'visitor-registered')).toHaveLength(1);
    await expect(register(service, { fullName: 'Người Khác' })).rejects.toThrow('conflict');
    await expect(register(service, { hostWorkerId: 'XX' }, 2)).rejects.toThrow('not-found');
  });
  it('no event and no answer holds the number, the whole name or the notes', async () => {
    const service = await desk();
    const { passCode } = await register(service);
    const answer = await scan(service, passText(passCode)!);
    const text = JSON.stringify([everything(service).filter(({ type }) => type !== 'worker-recorded'), answer]);
    expect(text).not.toMatch(/001090000123|Trần Thị|Giao máy|Máy khoan|29A|Hà Nội/);
    expect(text).toContain('T. T. Khách');
    expect(answer).toMatchObject({ shortName: 'Thị Khách', notices: [{ kind: 'visitor', host: '' }] });
    const row = service.context.store.db.prepare<[], Record<string, unknown>>('select * from visitor').get();
    expect(JSON.stringify(row)).not.toContain(number);
  });
  it('is recognised by card, with his last visit, and a worker as one', async () => {
    const service = await desk();
    expect(await service.ask('visitors/identify', { text: qr })).toEqual({ maskedId: '001*****0123', fullName: 'Trần Thị Khách', barred: false, worker: null, last: null });
    await register(service);
    expect(await service.ask('visitors/identify', { text: '001 090 000 123' })).toMatchObject({ fullName: 'Trần Thị Khách', last: { visitorId: id(1) } });
    expect(await service.ask('visitors/identify', { text: '001090000001' })).toMatchObject({ worker: { workerId: 'NV1' } });
    expect(await service.problemOf('visitors/identify', { text: 'không phải thẻ' })).toBe('qr-not-identity');
  });
  it('comes in by the pass, a second tap is a repeat, goes out by it, gives it back, and is let in no more', async () => {
    const service = await desk();
    const pass = passText((await register(service)).passCode)!;
    expect(await scan(service, pass)).toMatchObject({ outcome: 'recorded', direction: 'in', workerId: null, reason: 'first-today' });
    service.clock.pass(20_000);
    expect(await scan(service, pass)).toMatchObject({ outcome: 'repeat', direction: 'in' });
    expect((await list(service, 'inside')).visitors).toMatchObject([{ inside: true, lane: '1' }]);
    const { rows } = await service.ask('gate/log', { date: '2026-11-22', beforeSeq: null, limit: 10, outcome: 'recorded' });
    expect(rows).toMatchObject([{ workerId: null, fullName: 'Trần Thị Khách', department: 'Công ty Khách', direction: 'in' }]);
    service.clock.pass(60_000);
    expect(await scan(service, pass.toLowerCase(), 'ra')).toMatchObject({ outcome: 'recorded', direction: 'out' });
    expect((await list(service, 'not-returned')).counts).toMatchObject({ 'inside': 0, 'not-returned': 1 });
    await service.ask('visitors/change', { visitorId: id(1), returned: true });
    expect((await list(service, 'not-returned')).visitors).toEqual([]);
    expect(await scan(service, pass)).toMatchObject({ outcome: 'expired', direction: null, reason: 'pass-ended' });
  });
  it('is known by his own card too', async () => {
    const service = await desk();
    await register(service);
    expect(await scan(service, qr)).toMatchObject({ outcome: 'recorded', direction: 'in', shortName: 'Thị Khách' });
  });
  it.each([['2026-11-22T00:59:59Z', 'not-yet-valid'], ['2026-11-22T01:00:00Z', 'recorded'], ['2026-11-22T10:00:00Z', 'recorded'], ['2026-11-22T10:00:01Z', 'expired']])('at %s the pass is %s', async (at, outcome) => {
    const service = await desk();
    const { passCode } = await register(service);
    service.clock.set(at);
    expect(await scan(service, passText(passCode)!)).toMatchObject({ outcome });
  });
  it('a pass with a wrong sign is nobody\'s, and one that was never given out is unknown', async () => {
    const service = await desk();
    const pass = passText((await register(service)).passCode)!;
    expect((await scan(service, pass.replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')))).outcome).toBe('unreadable');
    expect((await scan(service, passText('V-22222222')!)).outcome).toBe('unknown');
  });
  it('inside after the end of his time raises one alarm, a longer time that ends another', async () => {
    const service = await desk();
    await scan(service, passText((await register(service)).passCode)!);
    const waiting = async () => (await service.ask('alarms/list', { settled: false, before: null, limit: 10 })).alarms.map(({ kind, fullName }) => [kind, fullName]);
    service.clock.set('2026-11-22T10:00:01Z');
    watchVisitors(service.context);
    watchVisitors(service.context);
    expect(await waiting()).toEqual([['visitor-overstay', 'Trần Thị Khách']]);
    expect((await list(service, 'overdue')).counts.overdue).toBe(1);
    await service.ask('visitors/change', { visitorId: id(1), validTo: '2026-11-22T12:00:00Z' });
    watchVisitors(service.context);
    expect(await waiting()).toHaveLength(1);
    service.clock.set('2026-11-22T12:00:01Z');
    watchVisitors(service.context);
    expect(await waiting()).toHaveLength(2);
    expect(service.told).toContainEqual({ name: 'gate/alarms', data: { waiting: 2 } });
  });
  it('is erased so many days after the visit, unless inside; the log stays, the pass is nobody\'s any more', async () => {
    const service = await desk();
    await service.ask('guard/set', { ...defaultGuardSettings, visitorKeepDays: 30 });
    await register(service);
    const { passCode } = await register(service, { fullName: 'Người Ở Lại' }, 2, null);
    await scan(service, passCode);
    service.clock.set('2026-12-22T10:00:00Z');
    watchVisitors(service.context);
    expect(findVisitor(service.context.store, id(1))?.fullName).toBe('Trần Thị Khách');
    service.clock.pass(1);
    watchVisitors(service.context);
    watchVisitors(service.context);
    expect(findVisitor(service.context.store, id(1))).toMatchObject({ fullName: null, purpose: null, hostName: null, maskedId: null, personalHash: null, vehicle: null, tools: null });
    expect(findVisitor(service.context.store, id(2))?.fullName).toBe('Người Ở Lại');
    expect(everything(service).filter(({ payload }) => payload?.['erased'] === true)).toHaveLength(1);
    expect((await service.ask('visitors/identify', { text: number })).last).toBeNull();
  });
  it('is kept while the clock has jumped ahead by months, and goes when his day has truly come', async () => {
    const service = await desk();
    const { store } = service.context;
    await service.ask('guard/set', { ...defaultGuardSettings, visitorKeepDays: 30 });
    await register(service);
    const watch = createClockWatch(store, { every: 0, onChange: () => undefined });
    const ahead = Date.parse('2027-05-22T00:00:00Z') - service.clock.now();
    service.clock.set('2027-05-22T00:00:00Z');
    watch.look();
    watchVisitors(service.context);
    expect(findVisitor(store, id(1))?.fullName).toBe('Trần Thị Khách');
    // The hub says so too; a month later it is time.
    measureClock(store, 'hub', -ahead);
    service.clock.pass(31 * 86_400_000);
    watchVisitors(service.context);
    expect(findVisitor(store, id(1))?.fullName).toBeNull();
    watch.close();
  });
  it.each([['a6', 297.6, 419.5], ['thermal', 226.8, 481.9]] as const)('has a pass of the size %s, of one page', async (size, width, height) => {
    const service = await desk();
    await register(service, { company: 'Công ty Cổ phần Cơ điện lạnh và Xây lắp Công nghiệp Phương Nam Thái Bình Dương', fullName: 'Nguyễn Hoàng Phương Thảo Nguyên Anh' });
    const { content, fileName } = await service.ask('visitors/pass', { visitorId: id(1), form: size });
    const pdf = await PDFDocument.load(content);
    expect([pdf.getPageCount(), Math.round(pdf.getPage(0).getWidth()), Math.round(pdf.getPage(0).getHeight())]).toEqual([1, Math.round(width), Math.round(height)]);
    expect(fileName).toMatch(/^the-khach-v-[2-9a-z]{8}\.pdf$/);
    expect(await service.problemOf('visitors/pass', { visitorId: 'x', form: size })).toBe('not-found');
  });
});

describe('a list of contractors', () => {
  const csv = ['Họ và tên,Công ty,Số CCCD,Từ ngày,Đến ngày,Mã người tiếp', `Trần Văn Thầu,Xây lắp Mẫu,${number},22/11/2026,25/11/2026,NV1`, 'Lê Văn Hàn,Xây lắp Mẫu,,22/11/2026 07:00,25/11/2026 17:00,', 'Không Ngày,Xây lắp Mẫu,,,25/11/2026,', 'Sai Chủ,Xây lắp Mẫu,,22/11/2026,25/11/2026,XX'].join('\n');
  const bring = ({ ask }: TestService, dryRun: boolean) => ask('visitors/import', { fileName: 'thau.csv', content: new TextEncoder().encode(csv), dryRun });

  it('is tried first, then stored, each with a pass of his own; again changes nothing', async () => {
    const service = await desk();
    expect(await bring(service, true)).toMatchObject({ rows: 4, imported: 2, refusedTotal: 2, refused: [{ row: 4, detail: 'Thiếu từ ngày.' }, { row: 5, detail: 'Không có mã người tiếp XX trong danh sách công nhân.' }] });
    expect((await list(service, 'expected')).visitors).toEqual([]);
    expect(await bring(service, false)).toMatchObject({ imported: 2, unchanged: 0 });
    expect(await bring(service, false)).toMatchObject({ imported: 0, unchanged: 2 });
    const { visitors } = await list(service, 'expected', 'thau');
    expect(visitors).toMatchObject([{ kind: 'contractor', fullName: 'Trần Văn Thầu', hostName: 'Nguyễn Văn An', validTo: '2026-11-25T16:59:00.000Z' }]);
    expect(await scan(service, number)).toMatchObject({ outcome: 'recorded', direction: 'in' });
  });
  it('without its columns is refused whole', async () => {
    const service = await desk();
    expect(await service.problemOf('visitors/import', { fileName: 'a.csv', content: new TextEncoder().encode('Tên,Tuổi\nAn,3'), dryRun: true })).toBe('visitor-columns-missing');
  });
});

/** A factory card whose number a reader asks for. */
const uidCard = (uid: string) => ({ transmit: async () => new Uint8Array(Buffer.from(`${uid}9000`, 'hex')) });

describe('a card that the open registration waits for', () => {
  const cards = (service: TestService) => service.told.filter(({ name }) => name === 'visitors/card').map(({ data }) => data);
  it('is told to the form from a reader of the service, once, and is no scan', async () => {
    const service = await desk();
    await service.ask('visitors/await', { on: true });
    service.scanner.scan(qr);
    expect(cards(service)).toEqual([{ as: 'identity', text: qr, fullName: null }]);
    expect(everything(service).filter(({ type }) => type === 'gate-scan')).toEqual([]);
    service.scanner.scan(qr);
    expect(cards(service)).toHaveLength(1);
    expect(everything(service).filter(({ type }) => type === 'gate-scan')).toHaveLength(1);
  });
  it('a chip on the reader, opened by a QR of before, is told with its number and the name as the chip says it', async () => {
    const service = await desk();
    const person = CardPerson.parse({ personalId: '001090012345', fullName: 'Nguyễn Văn Chíp' });
    expect((await scan(service, qrOf(person))).outcome).toBe('unknown');
    await service.ask('visitors/await', { on: true });
    service.readers.insert(new VirtualChip(issueCard({ person })));
    await expect.poll(() => cards(service), { timeout: 20_000 }).toEqual([{ as: 'identity', text: person.personalId, fullName: person.fullName }]);
    expect(everything(service).filter(({ type }) => type === 'gate-scan')).toHaveLength(1);
  });
  it('a chip that nothing opens is told as unread, and answered by its lane', async () => {
    const service = await desk();
    await service.ask('visitors/await', { on: true });
    service.readers.insert(uidCard('08A1B2C3'));
    await expect.poll(() => cards(service)).toEqual([{ as: 'unread', text: 'card-key-needed', fullName: null }]);
    await expect.poll(() => everything(service).filter(({ type }) => type === 'gate-scan').length).toBe(1);
  });
  it('a card that is nobody\'s is given as the pass, opens the gate for that visitor, and for the next one once it was given back', async () => {
    const service = await desk();
    const lay = (): void => {
      service.readers.take();
      service.readers.insert(uidCard('04A1B2C3D4E5F6'));
    };
    await service.ask('visitors/await', { on: true });
    lay();
    await expect.poll(() => cards(service)).toEqual([{ as: 'pass', text: '04A1B2C3D4E5F6', fullName: null }]);
    const first = await service.ask('visitors/register', { visitorId: id(1), visitor: form, identity: null, passCard: '04A1B2C3D4E5F6' });
    expect(first.passCode).toBe('04A1B2C3D4E5F6');
    lay();
    const scans = () => everything(service).filter(({ type }) => type === 'gate-scan').map(({ payload }) => [payload?.['outcome'], payload?.['visitorId']]);
    await expect.poll(scans).toEqual([['recorded', id(1)]]);
    // In use it is no card that waits to be given.
    await service.ask('visitors/await', { on: true });
    service.clock.pass(60_000);
    lay();
    await expect.poll(scans).toHaveLength(2);
    const next = { visitorId: id(2), visitor: { ...form, fullName: 'Lê Văn Sau' }, identity: null, passCard: '04A1B2C3D4E5F6' };
    await service.ask('visitors/change', { visitorId: id(1), returned: true });
    expect((await service.ask('visitors/register', next)).passCode).toBe('04A1B2C3D4E5F6');
    expect(await service.problemOf('visitors/register', { ...next, visitorId: id(3) })).toBe('pass-card-taken');
    service.clock.pass(60_000);
    lay();
    await expect.poll(() => scans().at(-1)).toEqual(['recorded', id(2)]);
  });
  it('is nobody\'s of the roster, no factory card, and no visitor\'s who goes out', async () => {
    const service = await desk();
    await register(service);
    expect(await scan(service, number)).toMatchObject({ outcome: 'recorded', direction: 'in' });
    service.clock.pass(60_000);
    await service.ask('visitors/await', { on: true });
    for (const code of ['001090000001', '7700001', number]) service.scanner.scan(code);
    expect(cards(service)).toEqual([]);
    expect(everything(service).filter(({ type }) => type === 'gate-scan')).toHaveLength(4);
  });
  it.each([
    ['the form was closed', (service: TestService) => service.ask('visitors/await', { on: false })],
    ['the guard logged out', (service: TestService) => service.ask('auth/logout', {})],
    ['two minutes are over', async (service: TestService) => service.clock.pass(120_000)],
  ])('is a scan again when %s', async (_, end) => {
    const service = await desk();
    await service.ask('visitors/await', { on: true });
    await end(service);
    service.scanner.scan(qr);
    expect([cards(service).length, everything(service).filter(({ type }) => type === 'gate-scan').length]).toEqual([0, 1]);
  });
});
