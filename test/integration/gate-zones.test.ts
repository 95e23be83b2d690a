import { describe, expect, it } from 'vitest';
import { timesheets } from '../../electron/service/time/timesheets.ts';
import { raiseLateViolations } from '../../electron/service/gate/gate-held.ts';
import { findWorkerById, listAlarms, readEvents, readKiosk, setFire, verifyChain, writeKiosk } from '../../electron/store/index.ts';
import type { Zone } from '../../shared/contracts/zone.ts';
import { adminSecret, importRows, setUpService, type TestService } from './test-service.ts';

const hall = (mode: Zone['mode']): Zone => ({ id: 'hall', name: 'Xưởng 1', mode, timeoutMinutes: 30 });

/** A gate whose lanes lead into one zone. */
async function gate(mode: Zone['mode']): Promise<TestService> {
  const service = await setUpService();
  await importRows(service, 'NV1,Nguyễn Văn An,001090000001,May 1,Công ty A,,,,,,', 'NV2,Trần Thị Bình,001190000002,May 1,Công ty A,,,,,,');
  const kiosk = readKiosk(service.context.store)!;
  writeKiosk(service.context.store, { ...kiosk, lanes: kiosk.lanes.map((lane) => ({ ...lane, zone: 'hall' })) });
  await service.ask('zones/set', { zones: [hall(mode)] });
  await service.ask('settings/set', { idleLockSeconds: 3600 });
  return service;
}
const scan = ({ ask }: TestService, lane: string, code = 'NV1') => ask('gate/scan', { code, lane, via: 'camera' });
const later = ({ clock }: TestService, minutes: number): void => clock.pass(minutes * 60_000);
const inside = async (service: TestService): Promise<number> => (await service.ask('gate/summary', {})).inside;
const eventsOf = ({ context: { store } }: TestService, type: string) => readEvents(store, { afterSeq: 0, limit: 1000 }).filter((event) => event.type === type);
const sheetOf = ({ context: { store } }: TestService) => [...timesheets(store, { from: '2026-11-22', to: '2026-11-22' })].flatMap(({ worker, lines }) => lines.map((line) => ({ workerId: worker.workerId, ...line })));

describe('zones at the gate', () => {
  it('hard: who comes in again without having gone out is refused, stays inside, and the scan is kept', async () => {
    const service = await gate('hard');
    expect(await scan(service, 'vao')).toMatchObject({ outcome: 'recorded' });
    later(service, 10);
    expect(await scan(service, 'vao')).toMatchObject({ outcome: 'passback', direction: 'in', reason: 'zone' });
    expect(await inside(service)).toBe(1);
    expect(eventsOf(service, 'gate-scan').map(({ payload }) => [payload?.outcome, payload?.zone])).toEqual([['recorded', 'hall'], ['passback', 'hall']]);
    later(service, 10);
    expect(await scan(service, 'ra')).toMatchObject({ outcome: 'recorded', direction: 'out' });
    later(service, 10);
    expect(await scan(service, 'vao')).toMatchObject({ outcome: 'recorded', direction: 'in' });
    expect(sheetOf(service)).toMatchObject([{ workerId: 'NV1', exceptions: expect.not.arrayContaining(['in-twice']) as unknown }]);
  });

  it('soft: recorded, with the violation in the event', async () => {
    const service = await gate('soft');
    await scan(service, 'vao');
    later(service, 10);
    expect(await scan(service, 'vao')).toMatchObject({ outcome: 'recorded', direction: 'in' });
    expect(eventsOf(service, 'gate-scan').map(({ payload }) => payload?.violation ?? null)).toEqual([null, 'passback']);
  });

  it('fire overrides: nobody is refused while it is on, and again afterwards', async () => {
    const service = await gate('hard');
    const { store } = service.context;
    await scan(service, 'vao');
    expect([setFire(store, true, 'gate'), setFire(store, true, 'gate')]).toEqual([true, false]);
    expect(await service.ask('zones/get', {})).toMatchObject({ fire: true });
    later(service, 10);
    expect(await scan(service, 'vao')).toMatchObject({ outcome: 'recorded' });
    setFire(store, false, 'gate');
    later(service, 10);
    expect(await scan(service, 'vao')).toMatchObject({ outcome: 'passback' });
    expect(eventsOf(service, 'fire-alarm').map(({ payload }) => payload?.on)).toEqual([true, false]);
  });

  it('are set by an administrator, with one event; the same again makes none', async () => {
    const service = await gate('hard');
    await service.ask('zones/set', { zones: [hall('hard')] });
    expect(eventsOf(service, 'zones-set')).toHaveLength(1);
    expect((await service.ask('zones/get', {})).zones).toEqual([hall('hard')]);
    expect(await service.problemOf('zones/set', { zones: [hall('hard'), hall('soft')] })).toBe('request-invalid');
    await service.ask('auth/logout', {});
    expect(await service.problemOf('zones/set', { zones: [] })).toBe('not-logged-in');
    await service.ask('auth/login', { loginName: 'an', secret: adminSecret });
  });
});

describe('a zone that goes', () => {
  it('is refused with the names of the lanes that lead into it, here and at other gates, until they do no longer', async () => {
    const service = await gate('hard');
    const { store } = service.context;
    store.db.prepare('insert into site_gate (device, name, lanes) values (?, ?, ?)').run('b'.repeat(64), 'Cổng B', JSON.stringify([{ lane: 'sau', name: 'Cửa sau', direction: 'both', input: 'any', zone: 'hall' }]));
    await expect(service.ask('zones/set', { zones: [] })).rejects.toMatchObject({ code: 'zone-in-use', detail: 'Làn 1, Vào, Ra, Cửa sau (Cổng B)' });
    expect((await service.ask('zones/get', {})).zones).toEqual([hall('hard')]);
    const { lanes } = readKiosk(store)!;
    await service.ask('lanes/set', { lanes: lanes.map((lane) => ({ ...lane, zone: undefined })) });
    await expect(service.ask('zones/set', { zones: [] })).rejects.toMatchObject({ code: 'zone-in-use', detail: 'Cửa sau (Cổng B)' });
    store.db.prepare("update site_gate set retired_at = '2026-11-01T00:00:00.000Z'").run();
    expect((await service.ask('zones/set', { zones: [] })).zones).toEqual([]);
  });
});

describe('violations that are found later', () => {
  it('raise one alarm each, however often it is asked; none where all zones are off', async () => {
    const service = await gate('off');
    const { store } = service.context;
    const worker = findWorkerById(store, 'NV1')!;
    await scan(service, 'vao');
    later(service, 30);
    const second = await scan(service, 'vao');
    const [from, to] = [Date.parse(second.at) - 86_400_000, Date.parse(second.at)];
    expect(raiseLateViolations(store, worker.workerNo, from, to)).toBe(0);
    await service.ask('zones/set', { zones: [hall('soft')] });
    expect([raiseLateViolations(store, worker.workerNo, from, to), raiseLateViolations(store, worker.workerNo, from, to)]).toEqual([1, 0]);
    expect(listAlarms(store, { settled: false, before: null, limit: 10 })).toMatchObject([{ kind: 'passback-late', workerId: 'NV1', lane: 'vao', at: second.at, detail: { zone: 'hall' } }]);
    expect(eventsOf(service, 'gate-alarm')).toHaveLength(1);
  });
});

describe('the guard\'s word on a scan that was held', () => {
  it('lets pass from the instant of the scan, once, told to the lane; said twice it counts once, said otherwise it is refused', async () => {
    const service = await gate('hard');
    await scan(service, 'vao');
    later(service, 10);
    await scan(service, 'ra', 'NV2');
    await service.ask('settings/set', { oppositeSeconds: 60 });
    service.clock.pass(30_000);
    const held = await scan(service, 'vao', 'NV2');
    expect(held).toMatchObject({ outcome: 'ask-guard', reason: 'opposite-lane' });
    expect(await inside(service)).toBe(1);
    expect((await service.ask('gate/held', {})).rows).toMatchObject([{ scanId: held.scanId, workerId: 'NV2', fullName: 'Trần Thị Bình', outcome: 'ask-guard', direction: 'in' }]);
    const { answer } = await service.ask('gate/decide', { scanId: held.scanId, pass: true, direction: 'in' });
    expect(answer).toMatchObject({ scanId: held.scanId, lane: 'vao', outcome: 'recorded', direction: 'in', reason: 'guard', workerId: 'NV2' });
    expect(await inside(service)).toBe(2);
    expect(await service.ask('gate/decide', { scanId: held.scanId, pass: true, direction: 'in' })).toEqual({ answer: null });
    expect(await service.problemOf('gate/decide', { scanId: held.scanId, pass: false, direction: 'in' })).toBe('scan-decided');
    expect(eventsOf(service, 'guard-decided')).toMatchObject([{ payload: { scanId: held.scanId, pass: true, direction: 'in', workerId: 'NV2' } }]);
    expect((await service.ask('gate/held', {})).rows).toEqual([]);
    later(service, 60);
    expect(await scan(service, 'ra', 'NV2')).toMatchObject({ outcome: 'recorded' });
    expect(sheetOf(service).find(({ workerId }) => workerId === 'NV2')).toMatchObject({ in: Date.parse(held.at), workedMinutes: 60 });
    expect(verifyChain(service.context.store).ok).toBe(true);
  });

  it('lets nobody pass where the guard says no', async () => {
    const service = await gate('hard');
    await scan(service, 'vao');
    later(service, 10);
    const { scanId } = await scan(service, 'vao');
    expect(await service.ask('gate/decide', { scanId, pass: false, direction: 'in' })).toEqual({ answer: null });
    expect((await service.ask('gate/held', {})).rows).toEqual([]);
    expect(eventsOf(service, 'guard-decided')).toMatchObject([{ payload: { pass: false, direction: null } }]);
  });

  it('is asked for no scan that was recorded, and none that never was', async () => {
    const service = await gate('off');
    const { scanId } = await scan(service, 'vao');
    expect(await service.problemOf('gate/decide', { scanId, pass: true, direction: 'in' })).toBe('scan-not-held');
    expect(await service.problemOf('gate/decide', { scanId: '01990000-0000-7000-8000-000000000000', pass: true, direction: 'in' })).toBe('scan-not-held');
    await service.ask('auth/logout', {});
    expect(await service.problemOf('gate/decide', { scanId, pass: true, direction: 'in' })).toBe('not-logged-in');
  });
});
