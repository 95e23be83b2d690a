import { describe, expect, it } from 'vitest';
import { raiseAlarm } from '../../electron/service/gate/alarms.ts';
import { findWorkerById, readEvents } from '../../electron/store/index.ts';
import type { Input } from '../../shared/contracts/requests/index.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

const an = '001090000001';
const stranger = '001090000777';
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

async function gate(): Promise<TestService> {
  const service = await setUpService();
  await importRows(service, `NV1,Nguyễn Văn An,${an},May 1,Công ty A,,,,7700001,,`, 'NV4,Phạm Thị Dung,,May 2,Công ty B,,,,7700004,,1');
  return service;
}
const scan = ({ ask }: TestService, code: string, lane = '1') => ask('gate/scan', { code, lane, via: 'camera' });
const alarms = async ({ ask }: TestService, settled = false) => (await ask('alarms/list', { settled, before: null, limit: 50 })).alarms;
const types = ({ context: { store } }: TestService) => readEvents(store, { afterSeq: 0, limit: 1000 }).map(({ type }) => type);
const bar = ({ ask }: TestService, who: Input<'barred/add'>['who'], n = 1) => ask('barred/add', { barredId: id(n), who, reason: 'Gây rối ngày 20/11' });

describe('somebody who is barred', () => {
  it('raises an alarm in the scan\'s own transaction, and tells only a count to the public page', async () => {
    const service = await gate();
    await scan(service, 'NV4');
    expect(types(service).slice(-2)).toEqual(['gate-scan', 'gate-alarm']);
    expect(await alarms(service)).toMatchObject([{ kind: 'barred', workerId: 'NV4', fullName: 'Phạm Thị Dung', group: 'May 2', lane: '1', settledAt: null }]);
    await expect.poll(() => service.told).toContainEqual({ name: 'gate/alarms', data: { waiting: 1 } });
    await service.ask('auth/logout', {});
    expect(await service.ask('alarms/count', {})).toEqual({ waiting: 1 });
    expect(await service.problemOf('alarms/list', { settled: false, before: null, limit: 1 })).toBe('not-logged-in');
  });
  it('tries in a row are one alarm, later ones another', async () => {
    const service = await gate();
    await scan(service, 'NV4');
    await scan(service, '7700004');
    expect(await alarms(service)).toHaveLength(1);
    service.clock.set('2026-11-22T01:04:00Z');
    await scan(service, 'NV4');
    expect(await alarms(service)).toHaveLength(2);
  });
  it('by number is stopped though nobody knows him, and no number is kept', async () => {
    const service = await gate();
    expect(await bar(service, { by: 'number', identity: stranger, fullName: 'Người Lạ' })).toEqual({ added: true });
    expect(await bar(service, { by: 'number', identity: stranger, fullName: 'Người Lạ' })).toEqual({ added: false });
    expect(await scan(service, stranger)).toMatchObject({ outcome: 'barred', direction: null, workerId: null, shortName: null });
    expect(await alarms(service)).toMatchObject([{ kind: 'barred', workerId: null, detail: { code: '001*****0777' } }]);
    expect(JSON.stringify([readEvents(service.context.store, { afterSeq: 0, limit: 1000 }), service.context.store.db.prepare('select * from barred_person').all(), await service.ask('barred/list', {})])).not.toMatch(stranger);
  });
  it('by number before he was put on the roster is stopped with his factory card too', async () => {
    const service = await gate();
    await bar(service, { by: 'number', identity: stranger, fullName: null });
    await importRows(service, `NV9,Người Mới,${stranger},May 1,Công ty A,,,,7700009,,`);
    expect(await scan(service, '7700009')).toMatchObject({ outcome: 'barred', direction: null });
    expect(await alarms(service)).toMatchObject([{ kind: 'barred', workerId: 'NV9' }]);
  });
  it('a worker carries the mark in the roster, and loses it when it is lifted', async () => {
    const service = await gate();
    await bar(service, { by: 'worker', workerId: 'NV1' });
    expect(findWorkerById(service.context.store, 'NV1')?.barred).toBe(true);
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'barred' });
    const { people } = await service.ask('barred/list', {});
    expect(people.map(({ workerId, reason }) => [workerId, reason])).toEqual([['NV1', 'Gây rối ngày 20/11'], ['NV4', null]]);
    expect(await service.ask('barred/lift', { barredId: id(1), workerId: null, reason: 'Hết hạn' })).toEqual({ lifted: true });
    expect(await service.ask('barred/lift', { barredId: id(1), workerId: null, reason: 'Hết hạn' })).toEqual({ lifted: false });
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'recorded' });
    expect(await service.ask('barred/lift', { barredId: null, workerId: 'NV4', reason: 'Nhầm người' })).toEqual({ lifted: true });
    expect(await scan(service, 'NV4')).toMatchObject({ outcome: 'recorded' });
    expect((await service.ask('barred/list', {})).people).toEqual([]);
  });
  it('whoever of the roster has a barred number is barred by its card', async () => {
    const service = await gate();
    await bar(service, { by: 'number', identity: an, fullName: null });
    expect(await scan(service, an)).toMatchObject({ outcome: 'barred' });
  });
  it('a visitor is barred with every pass of his', async () => {
    const service = await gate();
    const visitor = {
      kind: 'visitor' as const, fullName: 'Trần Thị Khách', company: 'Khách', purpose: null, hostWorkerId: null, hostName: 'An', vehicle: null, tools: null, escort: false,
      validFrom: '2026-11-22T00:00:00Z', validTo: '2026-11-22T10:00:00Z',
    };
    const [one, two] = [await service.ask('visitors/register', { visitorId: id(10), visitor, identity: stranger }), await service.ask('visitors/register', { visitorId: id(11), visitor: { ...visitor, validTo: '2026-11-23T10:00:00Z' }, identity: stranger })];
    await bar(service, { by: 'visitor', visitorId: one.visitorId });
    for (const { passCode } of [one, two]) expect(await scan(service, passCode)).toMatchObject({ outcome: 'barred', direction: null });
    expect(await service.ask('visitors/identify', { text: stranger })).toMatchObject({ barred: true });
    expect((await alarms(service)).map(({ visitorId }) => visitorId)).toEqual([two.visitorId, one.visitorId]);
  });
  it('nobody unknown can be put on the list', async () => {
    const service = await gate();
    await expect(bar(service, { by: 'worker', workerId: 'XX' })).rejects.toThrow('not-found');
    await expect(bar(service, { by: 'visitor', visitorId: 'XX' })).rejects.toThrow('not-found');
    await expect(bar(service, { by: 'number', identity: 'abc', fullName: null })).rejects.toThrow('qr-not-identity');
  });
});

describe('an alarm', () => {
  it('of one cause is one, and is settled once with what the guard did', async () => {
    const service = await gate();
    expect([raiseAlarm(service.context, { kind: 'forced-passage', cause: 'passage 7', lane: '1' }), raiseAlarm(service.context, { kind: 'forced-passage', cause: 'passage 7', lane: '1' })]).toEqual([true, false]);
    const [alarm] = await alarms(service);
    expect(await service.ask('alarms/settle', { alarmId: alarm!.alarmId, note: 'Đã kiểm tra, cửa kẹt.' })).toEqual({ waiting: 0 });
    expect(await service.ask('alarms/settle', { alarmId: alarm!.alarmId, note: 'Lần nữa' })).toEqual({ waiting: 0 });
    expect(await alarms(service)).toEqual([]);
    expect(await alarms(service, true)).toMatchObject([{ note: 'Đã kiểm tra, cửa kẹt.', settledBy: 'Nguyễn Văn An' }]);
    expect(types(service).filter((type) => type === 'alarm-settled')).toHaveLength(1);
    expect(await service.problemOf('alarms/settle', { alarmId: id(9), note: 'xx' })).toBe('not-found');
    expect(await service.problemOf('alarms/settle', { alarmId: id(9), note: ' ' })).toBe('request-invalid');
  });
});

describe('a foreign worker whose permit is over', () => {
  const permit = (service: TestService, expiresOn: string) => service.context.store.db.prepare("update worker set details = ? where worker_id = 'NV1'")
    .run(JSON.stringify({ permit: { kind: 'permit', number: 'GP-1', issuedOn: null, expiresOn, position: null, form: null, provinces: [] } }));
  it('passes, and is one alarm a day', async () => {
    const service = await gate();
    permit(service, '2026-11-21');
    for (let i = 0; i < 3; i++) {
      expect(await scan(service, '7700001')).toMatchObject({ outcome: 'recorded' });
      service.clock.pass(60_000);
    }
    expect(await alarms(service)).toMatchObject([{ kind: 'permit', workerId: 'NV1', lane: '1', detail: { expiresOn: '2026-11-21' } }]);
    await expect.poll(() => service.told).toContainEqual({ name: 'gate/alarms', data: { waiting: 1 } });
    service.clock.pass(24 * 3_600_000);
    await scan(service, '7700001');
    expect(types(service).filter((type) => type === 'gate-alarm')).toHaveLength(2);
  });
  it('on its last day it is none', async () => {
    const service = await gate();
    permit(service, '2026-11-22');
    await scan(service, '7700001');
    expect(await alarms(service)).toEqual([]);
  });
});
