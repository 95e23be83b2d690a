import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { beginEpoch, findWorkerById, markClock, measureClock, readEvents, verifyChain, type Store } from '../../electron/store/index.ts';
import { emptiedBy, emptiedOf } from '../../shared/contracts/erasure.ts';
import { bookOf, eventsOf, png, scan } from './people-parts.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

/** Every row of every table, as text. */
function wholeStore({ db }: Store): string {
  const tables = db.prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").all();
  return tables.flatMap(({ name }) => db.prepare(`select * from "${name}"`).all().map((row) => `${name}: ${JSON.stringify(row)}`)).join('\n');
}

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
    const [named, proof, ...more] = eventsOf(service, 'worker-erased');
    expect(proof).toMatchObject({ payload: { workers: 1, photos: 1, days: 30, keptTimesheet: true } });
    // The hub and other gates are told which, by numbers alone.
    const empty = readEvents(service.context.store, { afterSeq: 0, limit: 10_000 }).filter(({ payload }) => payload === null).map(({ epoch, seq }) => ({ epoch, seq }));
    expect([named!.payload, more]).toEqual([{ emptied: emptiedOf(empty), basis: 'Luật 91/2025/QH15' }, []]);
    expect((await service.ask('erasure/due', {})).runs).toMatchObject([{ position, workers: 1 }]);
    const book = await bookOf((await service.ask('erasure/certificate', { position: position! })).content);
    const text = JSON.stringify(book.worksheets[0]?.getSheetValues());
    expect(text).toContain('BIÊN BẢN XÓA');
    expect(text).not.toMatch(/Bí Mật|7700001/);
  });
});

it.each([true, false])('ofWhoeverIsErased_noTableKeepsNameNumberOrWhatWasWrittenOfHim_hoursKept_%s', async (keepTimesheet) => {
  const service = await setUpService();
  await importRows(service, 'NVK-004411,Trần Thị Bí Mật,001190000001,May 1,A,2024-01-01,,,7700001,,', 'NV2,Lê Còn,001090000002,May 1,A,2024-01-01,,,,,');
  await service.ask('gate/scan', { code: '7700001', lane: '1', via: 'camera' });
  await service.ask('worker/change', { workerId: 'NVK-004411', changes: { details: { passport: 'B1234567', socialInsuranceNo: '0123456789' } } });
  await service.ask('corrections/propose', {
    batchId: randomUUID(), reason: 'forgot-scan', note: 'con ốm nằm viện', proposals: [{
      id: randomUUID(), workerId: 'NVK-004411', workDate: '2026-11-20', changes: { kind: 'keep', add: [], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false },
    }],
  });
  await service.ask('worker/change', { workerId: 'NVK-004411', changes: { endDate: '2026-11-22' } });
  await service.ask('people/settings-set', { erasureDays: 30, keepTimesheet });
  service.clock.pass(32 * 86_400_000);
  await service.ask('auth/login', { loginName: 'an', secret: '246810' });
  expect(await service.ask('erasure/run', {})).toMatchObject({ workers: 1 });
  // A scan that is kept keeps the number of the card, which is nobody's now.
  const scan = /\\"outcome\\":/;
  const left = wholeStore(service.context.store).split('\n').filter((row) => !keepTimesheet || !scan.test(row)).filter((row) => /Bí Mật|bi mat|001190000001|001\*+0001|7700001|B1234567|0123456789|nằm viện/.test(row) || (!keepTimesheet && row.includes('NVK-004411')));
  expect(left).toEqual([]);
  expect(verifyChain(service.context.store)).toMatchObject({ ok: true });
});

it('aClockThatJumpedAheadOrOfWhichNothingIsKnown_erasesNobody', async () => {
  const service = await setUpService();
  const { store } = service.context;
  await importRows(service, 'NV1,Trần Thị Bình,001190000001,May 1,A,2024-01-01,,,7700001,,');
  await service.ask('worker/change', { workerId: 'NV1', changes: { endDate: '2026-11-22' } });
  await service.ask('people/settings-set', { erasureDays: 30, keepTimesheet: true });
  service.clock.set('2027-05-22T00:00:00Z');
  markClock(store, { kind: 'jump', jumpMs: 181 * 86_400_000 });
  await service.ask('auth/login', { loginName: 'an', secret: '246810' });
  expect((await service.ask('erasure/due', {})).total).toBe(0);
  markClock(store, { kind: 'boot', doubt: 'year', jumpMs: 0 });
  expect((await service.ask('erasure/due', {})).total).toBe(0);
  measureClock(store, 'hub', 0);
  expect((await service.ask('erasure/due', {})).total).toBe(1);
});

it.each([true, false])('ofWhomTheStoreToldAgainInANewEpoch_bothTimesAreErased_andNamedEachUnderItsOwn_hoursKept_%s', async (keepTimesheet) => {
  const service = await setUpService();
  const { store } = service.context;
  await importRows(service, 'NVK-004411,Trần Thị Bí Mật,001190000001,May 1,A,2024-01-01,,,7700001,,');
  await scan(service, '7700001');
  const former = store.epoch.epoch;
  beginEpoch(store, 'restored');
  await service.ask('worker/change', { workerId: 'NVK-004411', changes: { endDate: '2026-11-22' } });
  await service.ask('people/settings-set', { erasureDays: 30, keepTimesheet });
  service.clock.pass(32 * 86_400_000);
  await service.ask('auth/login', { loginName: 'an', secret: '246810' });
  expect(await service.ask('erasure/run', {})).toMatchObject({ workers: 1 });
  const told = eventsOf(service, 'worker-erased').flatMap((event) => emptiedBy(event)!);
  const emptied = store.db.prepare('select epoch, seq from event join epoch using (epoch_no) where payload is null order by position').all() as { epoch: string; seq: number }[];
  const byEpoch = (of: typeof told): unknown => Object.fromEntries(of.map(({ epoch, runs }) => [epoch, runs]));
  expect(byEpoch(told)).toEqual(byEpoch(emptiedOf(emptied)));
  expect(told.map(({ epoch }) => epoch).toSorted()).toEqual([former, store.epoch.epoch].toSorted());
  expect(wholeStore(store)).not.toContain('Bí Mật');
  expect(wholeStore(store).includes('NVK-004411')).toBe(keepTimesheet);
});
