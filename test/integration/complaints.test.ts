import { expect, it } from 'vitest';
import { timesheets } from '../../electron/service/time/timesheets.ts';
import { findWorkerById, readEvents, readWorkerScans } from '../../electron/store/index.ts';
import { requests } from '../../shared/contracts/requests/index.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

async function gate(): Promise<TestService> {
  const service = await setUpService();
  await importRows(service, 'NV1,Nguyễn Văn An,001090000001,May 1,Công ty A,,,,7700001,,', 'NV2,Trần Thị Bình,001190000002,May 1,Công ty A,,,,7700002,,');
  return service;
}
const scan = ({ ask }: TestService, code: string, lane = '1') => ask('gate/scan', { code, lane, via: 'camera' });

it('complaint 3 (odoo/odoo PR #28150, #27101): the next person is taken while the last greeting is still shown, each once', async () => {
  const service = await gate();
  const answers = await Promise.all(['7700001', '7700002', '7700001'].map((code) => scan(service, code)));
  expect(answers.map(({ workerId, outcome }) => `${workerId} ${outcome}`)).toEqual(['NV1 recorded', 'NV2 recorded', 'NV1 repeat']);
});

it('complaint 4 (odoo/odoo PR #28354): after a code that nobody has, or that cannot be read, the next one is taken', async () => {
  const service = await gate();
  const outcomes = [];
  for (const code of ['0000000', '', '001090012345|x|', '7700001']) outcomes.push((await scan(service, code)).outcome);
  expect(outcomes).toEqual(['unknown', 'unreadable', 'unreadable', 'recorded']);
});

it('complaint 16 (frappe/hrms #3540): a scan is decided from that worker\'s scans alone, and marks his dates alone', async () => {
  const service = await gate();
  const { store } = service.context;
  await scan(service, '7700001');
  store.sql('delete from work_dirty').run();
  service.clock.pass(60_000);
  await scan(service, '7700002');
  expect(store.sql<[], { id: string }>('select worker_id as id from work_dirty join worker using (worker_no)').all()).toEqual([{ id: 'NV2' }]);
  const plan = store.db.prepare<[], { detail: string }>("explain query plan select at from gate_scan where worker_no = 1 and at between '2026' and '2027'").get();
  expect(plan?.detail).toContain('gate_scan_by_worker');
});

it('complaint 17 (frappe/hrms #2897): what was answered is in the log and among those inside at once', async () => {
  const service = await gate();
  const { seq } = await scan(service, '7700001');
  expect((await service.ask('gate/log', { date: '2026-11-22', beforeSeq: null, limit: 1, outcome: null })).rows).toMatchObject([{ seq, workerId: 'NV1', outcome: 'recorded' }]);
  expect(await service.ask('gate/summary', {})).toMatchObject({ in: 1, inside: 1 });
});

it('complaint 23 (frappe/biometric-attendance-sync-tool #80): a clock set back makes no second visit of a double tap, and no later day is turned', async () => {
  const service = await gate();
  await scan(service, '7700001');
  service.clock.set('2000-01-01T00:00:00Z');
  service.clock.pass(3_000);
  expect(await scan(service, '7700001')).toMatchObject({ outcome: 'repeat', direction: 'in' });
  service.clock.set('2026-11-23T00:58:00Z');
  service.clock.pass(60_000);
  expect(await scan(service, '7700001')).toMatchObject({ outcome: 'recorded', direction: 'in', workDate: '2026-11-23' });
});

it('complaint 24 (frappe/biometric-attendance-sync-tool #64, adms-server-ZKTeco #14, php_zklib #16): a scan keeps its time, its offset, the other clock and its source', async () => {
  const service = await gate();
  const answer = await scan(service, '7700001', 'vao');
  const event = readEvents(service.context.store, { afterSeq: answer.seq - 1, limit: 1 })[0]!;
  expect(event).toMatchObject({ at: '2026-11-22T00:58:00.000Z', tz: 420, bootId: expect.any(String) as unknown, monoMs: expect.any(Number) as unknown, payload: { lane: 'vao', via: 'camera' } });
});

it('complaint 26 (vodvud/php_zklib #28): 3,000 scans of one worker are read and worked out, by their period', async () => {
  const service = await gate();
  const { store } = service.context;
  const worker = findWorkerById(store, 'NV1')!;
  const from = Date.parse('2026-10-01T00:00:00Z');
  store.transaction(() => {
    const event = store.sql<unknown[]>(`insert into event (position, epoch_no, seq, id, type, schema_v, at, tz, mono_ms, boot_id, actor, unit, payload_hash, prev_hash, hash)
      values (?, 1, ?, x'00', 'gate-scan', 1, ?, 420, 0, 'b', 'gate', '', x'00', x'00', x'01')`);
    const row = store.sql<unknown[]>("insert into gate_scan (position, work_date, at, lane, outcome, worker_no, lane_direction) values (?, ?, ?, '1', 'recorded', ?, 'both')");
    for (let i = 0; i < 3_000; i += 1) {
      const at = new Date(from + i * 15 * 60_000).toISOString();
      event.run(100_000 + i, 100_000 + i, at);
      row.run(100_000 + i, at.slice(0, 10), at, worker.workerNo);
    }
  });
  expect(readWorkerScans(store, worker.workerNo, from, from + 40 * 86_400_000)).toHaveLength(3_000);
  const lines = [...timesheets(store, { from: '2026-10-05', to: '2026-10-05' })].flatMap((one) => one.lines);
  expect(lines).toMatchObject([{ workDate: '2026-10-05', workedMinutes: 48 * 15 }]);
});

it('complaint 31 (gamonoid/icehrm #259, #260): nothing that a page can ask changes or removes a scan, and the store itself refuses', async () => {
  const service = await gate();
  const { seq } = await scan(service, '7700001');
  const { db } = service.context.store;
  expect(() => db.prepare('update event set at = ? where seq = ?').run('2026-11-22T00:00:00.000Z', seq)).toThrow('append-only');
  expect(() => db.prepare('delete from event where seq = ?').run(seq)).toThrow('append-only');
  expect(Object.keys(requests).filter((name) => name.startsWith('gate/')).filter((name) => /change|edit|remove|delete|update/.test(name))).toEqual([]);
});
