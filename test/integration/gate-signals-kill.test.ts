import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { modbusBoard } from '../fixtures/modbus-board.ts';
import { startProcess } from './kill-rounds.ts';
import { temporaryFolder } from './temporary.ts';
import { importRows, setUpService } from './test-service.ts';

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 15_000, interval: 10 });

it('a service that is killed in the middle of a pulse leaves the turnstile open until it is started again; then it is shut, and nobody is let through twice', async () => {
  const dir = temporaryFolder();
  const board = modbusBoard();
  const port = await board.listen('tcp');
  const service = await setUpService('gate', { dir });
  await importRows(service, 'NV1,Trần Thị Bình,001090000011,May 1,Công ty A,2026-01-01,,HC,7700001,,');
  await service.ask('lanes/set', { lanes: [{
    lane: 'vao', name: 'Vào', direction: 'in', input: 'any',
    signal: {
      board: { form: 'modbus', line: { kind: 'tcp', host: '127.0.0.1', port }, unit: 1, timed: 'none' }, outputs: { in: 1, out: null },
      pulseMs: 10_000, onRepeat: false, passage: null, fire: null, onFire: 'hold',
    },
  }] });
  await service.close();
  board.orders.length = 0;

  const first = await startProcess(dir);
  await until(() => board.orders.length === 1);
  first.send({ kind: 'relay', connection: 1, message: { kind: 'request', id: 1, name: 'gate/scan', input: { code: '7700001', lane: 'vao', via: 'camera' } } });
  await until(() => board.on.has(0));
  const killed = once(first, 'exit');
  first.kill('SIGKILL');
  await killed;
  expect([...board.on]).toEqual([0]);

  const second = await startProcess(dir);
  await until(() => board.on.size === 0);
  expect(board.orders).toEqual(['coil 0 off', 'coil 0 on', 'coil 0 off']);
  const ended = once(second, 'exit');
  second.send({ kind: 'stop' });
  await ended;
  await board.goAway();
});
