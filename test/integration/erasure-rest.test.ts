import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { verifyChain, type Store } from '../../electron/store/index.ts';
import { importRows, setUpService } from './test-service.ts';

/** Every row of every table, as text. */
function wholeStore({ db }: Store): string {
  const tables = db.prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").all();
  return tables.flatMap(({ name }) => db.prepare(`select * from "${name}"`).all().map((row) => `${name}: ${JSON.stringify(row)}`)).join('\n');
}

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
