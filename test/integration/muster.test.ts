import exceljs from 'exceljs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { startMuster } from '../../electron/service/gate/muster.ts';
import { readEvents, readKiosk, writeKiosk } from '../../electron/store/index.ts';
import { defaultGuardSettings } from '../../shared/contracts/visitor.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const shift = { id: 'CA1', name: '', start: '06:00', end: '14:00', breakMinutes: 30, earlyInMinutes: 60, lateOutMinutes: 120, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] };

/** At 07:58: An and Bình of May 1, Chi of May 2 and leased, and Dung, who came yesterday and never scanned out. */
async function inside(): Promise<TestService> {
  const service = await setUpService('gate', { at: '2026-11-20T23:05:00Z' });
  const { ask, context: { store }, clock } = service;
  const kiosk = readKiosk(store)!;
  store.transaction(() => writeKiosk(store, { ...kiosk, lanes: [...kiosk.lanes.map((lane) => (lane.lane === 'vao' ? { ...lane, zone: 'Xưởng A' } : lane)), { lane: 'tt', name: 'Điểm tập kết', direction: 'both', input: 'any' }] }));
  await ask('shifts/save', { shift, fresh: true });
  await importRows(service, 'NV1,Nguyễn Văn An,001090000001,May 1,Công ty A,,,CA1,7700001,,', 'NV2,Trần Thị Bình,,May 1,Công ty A,,,CA1,7700002,,',
    'NV3,Lê Văn Chi,,May 2,Công ty B,,,CA1,7700003,,', 'NV4,Phạm Thị Dung,,May 2,Công ty B,,,CA1,7700004,,', 'NV5,Vũ Văn Ngoài,,May 2,Công ty B,,,CA1,7700005,,');
  await scan(service, 'NV4', 'vao');
  clock.set('2026-11-22T00:58:00Z');
  for (const code of ['NV1', 'NV2', 'NV3']) await scan(service, code, code === 'NV1' ? 'vao' : '1');
  return service;
}
const scan = ({ ask }: TestService, code: string, lane: string) => ask('gate/scan', { code, lane, via: 'serial' });
const now = ({ ask }: TestService, over: object = {}) => ask('muster/now', { query: '', zone: null, employer: null, department: null, limit: 100, ...over });
const state = ({ ask }: TestService, over: object = {}) => ask('muster/state', { query: '', employer: null, department: null, show: 'missing', limit: 100, ...over });
const events = ({ context: { store } }: TestService, type: string) => readEvents(store, { afterSeq: 0, limit: 1000 }).filter((event) => event.type === type);

describe('who is inside', () => {
  it('counts by zone, team and employer; whoever forgot to scan out is counted and told apart', async () => {
    const service = await inside();
    const { zones, teams, employers, people, ...counts } = await now(service);
    expect(counts).toMatchObject({ total: 4, mayHaveLeft: 1, visitors: 0, found: 4 });
    expect(zones).toEqual([{ zone: '', count: 2, mayHaveLeft: 0 }, { zone: 'Xưởng A', count: 2, mayHaveLeft: 1 }]);
    expect(teams).toEqual([{ employer: 'Công ty A', department: 'May 1', count: 2, mayHaveLeft: 0 }, { employer: 'Công ty B', department: 'May 2', count: 2, mayHaveLeft: 1 }]);
    expect(employers).toHaveLength(2);
    expect(people.map(({ code, mayHaveLeft }) => [code, mayHaveLeft])).toEqual([['NV1', false], ['NV2', false], ['NV3', false], ['NV4', true]]);
  });
  it('is filtered by text without accents, zone and team; counts stay of all', async () => {
    const service = await inside();
    expect(await now(service, { query: 'binh may' })).toMatchObject({ total: 4, found: 1, people: [{ code: 'NV2' }] });
    expect(await now(service, { zone: 'Xưởng A' })).toMatchObject({ found: 2 });
    expect(await now(service, { employer: 'Công ty B', department: 'May 2' })).toMatchObject({ found: 2 });
  });
  it('after a shift\'s close and late window somebody may have left, and is dropped from no list', async () => {
    const service = await inside();
    service.clock.set('2026-11-22T09:00:00Z');
    expect(await now(service)).toMatchObject({ total: 4, mayHaveLeft: 1 });
    service.clock.pass(1);
    expect(await now(service)).toMatchObject({ total: 4, mayHaveLeft: 4 });
    await service.ask('muster/start', { musterId: id(1), cause: 'drill' });
    expect(await state(service)).toMatchObject({ missing: 4, mayHaveLeft: 4 });
  });
  it('leased workers count with who pays them', async () => {
    const service = await inside();
    service.context.store.db.prepare("update worker set details = ? where worker_id = 'NV3'").run(JSON.stringify({ employerOfRecord: 'Cho thuê C' }));
    expect((await now(service)).employersOfRecord.map(({ employer, count }) => [employer, count])).toEqual([['Cho thuê C', 1], ['Công ty A', 2], ['Công ty B', 1]]);
  });
  it('visitors are a team of their own', async () => {
    const service = await inside();
    await visitor(service);
    expect(await now(service)).toMatchObject({ total: 5, visitors: 1, teams: [{ department: 'Khách và nhà thầu', count: 1 }, {}, {}] });
  });
});

async function visitor(service: TestService): Promise<string> {
  const { visitorId, passCode } = await service.ask('visitors/register', {
    visitorId: id(900), identity: null, visitor: {
      kind: 'visitor', fullName: 'Trần Thị Khách', company: 'Công ty Khách', purpose: null, hostWorkerId: 'NV1', hostName: null, vehicle: null, tools: null, escort: false,
      validFrom: '2026-11-22T00:00:00Z', validTo: '2026-11-22T10:00:00Z',
    },
  });
  await scan(service, passCode, '1');
  return visitorId;
}

describe('a roll call', () => {
  it('freezes the list with an event, once however often it is begun, and tells the pages', async () => {
    const service = await inside();
    expect(await service.ask('muster/start', { musterId: id(1), cause: 'drill' })).toEqual({ musterId: id(1) });
    expect(await service.ask('muster/start', { musterId: id(1), cause: 'drill' })).toEqual({ musterId: id(1) });
    expect(await startMuster(service.context, 'other')).toEqual({ musterId: id(1), started: false });
    expect(events(service, 'muster-started').map(({ payload }) => payload)).toEqual([{ musterId: id(1), cause: 'drill', total: 4, workers: ['NV1', 'NV2', 'NV3', 'NV4'], visitors: [] }]);
    expect(service.told).toContainEqual({ name: 'muster/changed', data: { running: true, musterId: id(1) } });
  });
  it('two that begin at the same moment are one', async () => {
    const service = await inside();
    const begun = await Promise.all([startMuster(service.context, 'fire'), startMuster(service.context, 'fire'), startMuster(service.context, 'drill')]);
    expect(new Set(begun.map(({ musterId }) => musterId)).size).toBe(1);
    expect(begun.filter(({ started }) => started)).toHaveLength(1);
    expect(events(service, 'muster-started')).toHaveLength(1);
  });
  it('ticks by hand count once, can be taken back, and each is an event', async () => {
    const service = await inside();
    await service.ask('muster/start', { musterId: id(1), cause: 'drill' });
    const [first] = (await state(service)).people;
    const tick = (present: boolean) => service.ask('muster/tick', { musterId: id(1), kind: 'worker', personNo: first!.personNo, present });
    expect([await tick(true), await tick(true)]).toEqual([{ changed: true }, { changed: false }]);
    expect(await state(service)).toMatchObject({ missing: 3, ticked: 1, teams: [{ department: 'May 1', missing: 1, ticked: 1 }, { department: 'May 2', missing: 2, mayHaveLeft: 1 }] });
    await tick(false);
    expect(await state(service)).toMatchObject({ missing: 4, ticked: 0 });
    expect(events(service, 'muster-ticked').map(({ payload }) => payload?.['present'])).toEqual([true, false]);
  });
  it('a scan at the assembly point ticks off, is greeted, moves nobody and is no scan of the timesheet', async () => {
    const service = await inside();
    await service.ask('muster/assembly', { lanes: ['tt'] });
    await service.ask('muster/start', { musterId: id(1), cause: 'fire' });
    expect(await scan(service, '7700001', 'tt')).toMatchObject({ outcome: 'recorded', direction: null, reason: 'muster', shortName: 'Văn An', workDate: null });
    expect(await scan(service, 'NV1', 'tt')).toMatchObject({ outcome: 'repeat', direction: null });
    expect(await state(service)).toMatchObject({ missing: 3, ticked: 1 });
    expect(await now(service)).toMatchObject({ total: 4 });
    expect(events(service, 'muster-ticked').map(({ payload }) => payload?.['again'])).toEqual([false, true]);
    expect(events(service, 'gate-scan')).toHaveLength(4);
    expect(await scan(service, '9999999', 'tt')).toMatchObject({ outcome: 'unknown' });
  });
  it('on the same lane without a roll call a scan is a scan', async () => {
    const service = await inside();
    await service.ask('muster/assembly', { lanes: ['tt'] });
    expect(await scan(service, 'NV1', 'tt')).toMatchObject({ outcome: 'recorded', direction: 'out' });
  });
  it('who leaves by a lane is out, who goes in again is missing again, who goes in later is on the list', async () => {
    const service = await inside();
    await service.ask('muster/start', { musterId: id(1), cause: 'fire' });
    service.clock.pass(60_000);
    await scan(service, 'NV2', 'ra');
    expect(await state(service)).toMatchObject({ missing: 3, out: 1 });
    service.clock.pass(60_000);
    await scan(service, 'NV2', 'vao');
    await scan(service, 'NV5', 'vao');
    expect(await state(service)).toMatchObject({ missing: 5, out: 0, rollCall: { total: 5 } });
  });
  it('a visitor is on it, is ticked by his pass and leaves by it', async () => {
    const service = await inside();
    await visitor(service);
    await service.ask('muster/assembly', { lanes: ['tt'] });
    const started = await startMuster(service.context, 'fire');
    expect(await state(service, { department: 'Khách và nhà thầu' })).toMatchObject({ missing: 5, found: 1, people: [{ kind: 'visitor', fullName: 'Trần Thị Khách' }] });
    const [guest] = (await state(service, { department: 'Khách và nhà thầu' })).people;
    await scan(service, guest!.code, 'tt');
    expect(await state(service)).toMatchObject({ missing: 4, ticked: 1 });
    expect(events(service, 'muster-started').at(-1)?.payload).toMatchObject({ musterId: started.musterId, visitors: [id(900)] });
  });
  it('ends once, tells who is missing by code, and can be ticked no more', async () => {
    const service = await inside();
    await service.ask('muster/start', { musterId: id(1), cause: 'drill' });
    expect([await service.ask('muster/end', { musterId: id(1) }), await service.ask('muster/end', { musterId: id(1) })]).toEqual([{ missing: 4 }, { missing: 4 }]);
    expect(events(service, 'muster-ended').map(({ payload }) => payload)).toEqual([{ musterId: id(1), total: 4, ticked: 0, out: 0, missing: ['worker NV1', 'worker NV2', 'worker NV3', 'worker NV4'] }]);
    expect(await service.problemOf('muster/tick', { musterId: id(1), kind: 'worker', personNo: 1, present: true })).toBe('not-found');
    expect(await service.problemOf('muster/end', { musterId: id(7) })).toBe('not-found');
    expect(await state(service)).toMatchObject({ running: false, rollCall: { musterId: id(1) } });
    expect(await service.ask('muster/start', { musterId: id(2), cause: 'drill' })).toEqual({ musterId: id(2) });
  });
  it('survives a restart of the service', async () => {
    const service = await inside();
    await service.ask('muster/start', { musterId: id(1), cause: 'fire' });
    const [first] = (await state(service)).people;
    await service.ask('muster/tick', { musterId: id(1), kind: 'worker', personNo: first!.personNo, present: true });
    const { dir } = service.context.store;
    await service.close();
    const { startService } = await import('./test-service.ts');
    const again = startService({ dir, at: '2026-11-22T00:59:00Z' });
    await again.ask('auth/login', { loginName: 'an', secret: '246810' });
    expect(await state(again)).toMatchObject({ running: true, missing: 3, ticked: 1 });
  });
  it('prints a page for each team after one that sums up', async () => {
    const service = await inside();
    await visitor(service);
    const plain = await service.ask('muster/print', { musterId: null });
    expect(plain.fileName).toBe('diem-danh-2026-11-22.pdf');
    expect((await PDFDocument.load(plain.content)).getPageCount()).toBe(4);
    await service.ask('muster/start', { musterId: id(1), cause: 'fire' });
    const { content } = await service.ask('muster/print', { musterId: id(1) });
    expect((await PDFDocument.load(content)).getTitle()).toBe('DANH SÁCH ĐIỂM DANH – BÁO CHÁY');
  });
  it('nobody without a log-in sees who is inside', async () => {
    const service = await inside();
    await service.ask('auth/logout', {});
    expect(await service.problemOf('muster/now', { query: '', zone: null, employer: null, department: null, limit: 1 })).toBe('not-logged-in');
    expect(await service.problemOf('muster/start', { musterId: id(1), cause: 'drill' })).toBe('not-logged-in');
  });
});

describe('meals', () => {
  it('counts who is there at a meal\'s time and who has a shift then', async () => {
    const service = await inside();
    await service.ask('guard/set', { ...defaultGuardSettings, meals: [{ id: 'early', name: 'Bữa sáng', from: '07:30', to: '08:00' }, { id: 'lunch', name: 'Bữa trưa', from: '11:00', to: '12:00' }] });
    const { meals, rows } = await service.ask('meals/count', { date: '2026-11-22' });
    expect(meals).toMatchObject([{ id: 'early', present: 3, expected: 5, from: '2026-11-22T00:30:00.000Z' }, { id: 'lunch', present: 0, expected: 5 }]);
    expect(rows).toContainEqual({ mealId: 'early', shiftId: 'CA1', employer: 'Công ty A', department: 'May 1', present: 2, expected: 2 });
    expect(rows).toContainEqual({ mealId: 'lunch', shiftId: 'CA1', employer: 'Công ty B', department: 'May 2', present: 0, expected: 3 });
  });
  it('as an Excel file has a sheet of sums and one a meal', async () => {
    const service = await inside();
    const { fileName, content } = await service.ask('meals/export', { date: '2026-11-22' });
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(content) as never);
    expect(fileName).toBe('suat-an-2026-11-22.xlsx');
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Tổng hợp', '1. Bữa trưa', '2. Bữa tối', '3. Bữa đêm']);
    expect(book.worksheets[0]?.getRow(4).values).toEqual([undefined, 'Bữa trưa', '11:00', '13:00', 0, 5]);
    expect(book.worksheets[1]?.lastRow?.values).toEqual([undefined, 'Cộng', undefined, undefined, 0, 5]);
  });
});
