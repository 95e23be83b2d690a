import { describe, expect, it } from 'vitest';
import { appendEvent, findWorkerById, findWorkerByPersonalId, readHead, saveWorker, workerPayload } from '../../electron/store/index.ts';
import { localPost } from '../fixtures/hub-server.ts';
import { syncLine, syncWorker } from './sync-line.ts';

const line = syncLine();

describe('pull', () => {
  it('aWorkerRecordedAtOneGate_passesAtAnotherOfTheUnit_andNotElsewhere', async () => {
    const [second, elsewhere] = [await line.enrolled(), await line.enrolled('KCN-02')];
    line.store.transaction(() => {
      saveWorker(line.store, syncWorker('NV-7', '079203001234'));
      appendEvent(line.store, { type: 'worker-recorded', actor: 'x', payload: workerPayload(line.store, syncWorker('NV-7', '079203001234')) });
    });
    await line.send();
    await line.send(second);
    await line.send(elsewhere);
    expect(findWorkerByPersonalId(second, '079203001234')).toMatchObject({ workerId: 'NV-7', fullName: 'Lê Văn Chi', personalId: null });
    expect(findWorkerById(elsewhere, 'NV-7')).toBeNull();
    await line.send();
    expect(findWorkerById(line.store, 'NV-7')?.personalId).toBe('079203001234');
    const seq = readHead(second).seq;
    for (let i = 0; i < 3; i += 1) await line.send(second);
    expect(readHead(second).seq).toBe(seq);
  });

  it('moreChangesThanOnePage_allArrive_andTheCursorStandsBesideThem', async () => {
    for (let i = 0; i < 450; i += 1) await line.hub.sql`insert into change (unit, kind, key, body) values (null, 'worker', ${`NV-${i}`}, ${line.hub.sql.json({ workerId: `NV-${i}`, fullName: `Người số ${i}` })})`;
    expect((await line.send()).changes).toBe(450);
    expect(findWorkerById(line.store, 'NV-449')?.fullName).toBe('Người số 449');
    expect((await line.send()).changes).toBe(0);
  });

  it('transactionsWhoseNumberGetsAnotherDigit_areToldInTheirOrder_eachOnce', async () => {
    await line.hub.sql`insert into change (xid, unit, kind, key, body)
      select x::text::xid8, null, 'worker', 'X-' || x || '-' || n, jsonb_build_object('workerId', 'X-' || x || '-' || n, 'fullName', 'Người mới')
      from unnest(array[99, 100]) x, generate_series(1, 150) n`;
    expect((await line.send()).changes).toBe(300);
    expect((await line.send()).changes).toBe(0);
  });

  it('aChangeCommittedLate_isNotSkipped', async () => {
    let release = (): void => undefined;
    const late = line.hub.sql.begin(async (tx) => {
      await tx`insert into change (unit, kind, key, body) values (null, 'worker', 'LATE', '{"workerId":"LATE","fullName":"Muộn"}')`;
      await new Promise<void>((resolve) => { release = resolve; });
    });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect((await localPost(line.hub, '/local/changes', { unit: null, change: { kind: 'worker', workerId: 'EARLY', body: { workerId: 'EARLY', fullName: 'Sớm' } } })).status).toBe(200);
    await line.send();
    expect(findWorkerById(line.store, 'EARLY')).toBeNull();
    release();
    await late;
    await line.send();
    expect([findWorkerById(line.store, 'LATE')?.fullName, findWorkerById(line.store, 'EARLY')?.fullName]).toEqual(['Muộn', 'Sớm']);
  });
});
