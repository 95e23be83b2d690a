import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { modbusBoard } from '../fixtures/modbus-board.ts';
import { importRows, setUpService } from './test-service.ts';
import { board, gate, lane, passage, scan, signal, stored, told, until, type Gate } from './signal-gate.ts';

describe('a pulse', () => {
  it('follows an answer that lets somebody pass, by its direction, after its commit', async () => {
    const service = await gate([lane({ direction: 'both' })]);
    const seen: number[] = [];
    service.context.gate.onAnswered(() => seen.push(stored(service, 'gate-scan').length));
    const first = await scan(service, '7700001');
    expect(service.board.pulses).toEqual([{ output: first.direction === 'in' ? 1 : 2, ms: 500 }]);
    service.clock.pass(60_000);
    await scan(service, '7700001');
    expect(service.board.pulses.map(({ output }) => output).toSorted()).toEqual([1, 2]);
    await until(() => told(service, 'gate/opened').length === 2);
    expect(told(service, 'gate/opened')[0]).toEqual({ scanId: first.scanId, lane: 'vao', given: true, why: null });
    expect(seen).toEqual([1, 2]);
  });
  it.each([['9999999', 'unknown'], ['7700004', 'barred'], ['|||', 'unreadable']])('%s, %s: none', async (code, outcome) => {
    const service = await gate([lane()]);
    expect((await scan(service, code)).outcome).toBe(outcome);
    expect(service.board.pulses).toEqual([]);
  });
  it('a repeat opens again only where that is set', async () => {
    const service = await gate([lane(), lane({ lane: 'ra', direction: 'out', signal: signal({ board: board('other'), onRepeat: true }) })]);
    await scan(service, '7700001');
    expect((await scan(service, '7700001')).outcome).toBe('repeat');
    await scan(service, '7700002', 'ra');
    expect((await scan(service, '7700002', 'ra')).outcome).toBe('repeat');
    expect([service.boards.get('modbus relay:502 #1')!.pulses.length, service.boards.get('modbus other:502 #1')!.pulses.length]).toEqual([1, 2]);
  });
  it('an answer that is told twice opens once, one of long ago not at all', async () => {
    const service = await gate([lane()]);
    const answer = await scan(service, '7700001');
    service.context.gate.answered(answer);
    expect(service.board.pulses).toHaveLength(1);
    service.context.gate.answered({ ...answer, scanId: randomUUID(), at: '2026-11-22T00:00:00.000Z' });
    expect(service.board.pulses).toHaveLength(1);
  });
  it('the guard\'s word opens for who waits for it, not for a scan of long ago', async () => {
    const service = await gate([lane()]);
    const answer = { ...await scan(service, '7700001'), reason: 'guard' };
    const at = (secondsAgo: number) => new Date(service.clock.now() - secondsAgo * 1000).toISOString();
    service.context.gate.answered({ ...answer, scanId: randomUUID(), at: at(60) });
    expect(service.board.pulses).toHaveLength(2);
    service.context.gate.answered({ ...answer, scanId: randomUUID(), at: at(121) });
    expect(service.board.pulses).toHaveLength(2);
  });
  it('comes after a listener that throws too, and the scan is answered as it was stored', async () => {
    const service = await setUpService('gate');
    await importRows(service, 'NV1,Trần Thị Bình,001090000011,May 1,Công ty A,2026-01-01,,HC,7700001,,');
    service.context.gate.onAnswered(() => { throw new Error('broken'); });
    const heard: string[] = [];
    service.context.gate.onAnswered(({ outcome }) => heard.push(outcome));
    expect(await scan(service, '7700001')).toMatchObject({ outcome: 'recorded' });
    expect(heard).toEqual(['recorded']);
  });
  it('a lane without a turnstile, or without an output that way, opens nothing', async () => {
    const service = await gate([lane({ signal: signal({ outputs: { in: null, out: 2 } }) }), lane({ lane: 'ra', signal: undefined })]);
    await scan(service, '7700001');
    await scan(service, '7700002', 'ra');
    expect(service.board.pulses).toEqual([]);
    expect(told(service, 'gate/opened')).toEqual([]);
  });
  it('that the board did not give is told to the page and to the guard', async () => {
    const service = await gate([lane()]);
    service.board.unplug();
    const { scanId } = await scan(service, '7700001');
    await until(() => told(service, 'gate/opened').length === 1);
    expect(told(service, 'gate/opened')).toEqual([{ scanId, lane: 'vao', given: false, why: 'missing' }]);
    expect(stored(service, 'gate-alarm')).toMatchObject([{ kind: 'gate-not-opened', lane: 'vao', detail: { why: 'missing' } }]);
    expect(service.context.devices.list()).toContainEqual({ kind: 'signal', name: 'modbus relay:502 #1', state: 'missing', detail: null });
  });
});

describe('the passage contact', () => {
  const through = async (service: Gate): Promise<void> => {
    service.board.contact(3, true);
    service.board.contact(3, false);
  };
  it('whoever goes through is told with his scan', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })]);
    const { scanId } = await scan(service, '7700001');
    await through(service);
    expect(stored(service, 'passage')).toEqual([{ scanId, lane: 'vao', passed: true }]);
    expect(told(service, 'gate/passage')).toEqual([{ scanId, lane: 'vao', passed: true }]);
  });
  it('whoever does not is told after his time, once', async () => {
    const service = await gate([lane({ signal: signal({ passage, pulseMs: 100 }) })]);
    const { scanId } = await scan(service, '7700001');
    await until(() => stored(service, 'passage').length === 1);
    expect(stored(service, 'passage')).toEqual([{ scanId, lane: 'vao', passed: false }]);
  });
  it('a passage that nobody was let through for is an alarm', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })]);
    await through(service);
    expect(stored(service, 'gate-alarm')).toMatchObject([{ kind: 'forced-passage', lane: 'vao' }]);
  });
  it('a contact that chatters is one alarm, a board that is away at a shift change too', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })]);
    for (let i = 0; i < 3; i++) {
      await through(service);
      await new Promise((resolve) => setTimeout(resolve, 210));
    }
    service.board.unplug();
    await scan(service, '7700001');
    await scan(service, '7700002');
    await until(() => told(service, 'gate/opened').length === 2);
    expect(stored(service, 'gate-alarm').map((alarm) => alarm?.['kind'])).toEqual(['forced-passage', 'gate-not-opened']);
  });
  it('two readers of one turnstile share its contact', async () => {
    const service = await gate([lane({ signal: signal({ passage }) }), lane({ lane: 'ra', direction: 'out', signal: signal({ passage }) })]);
    expect(service.names).toEqual(['modbus relay:502 #1']);
    const { scanId } = await scan(service, '7700002', 'ra');
    await through(service);
    expect(stored(service, 'passage')).toEqual([{ scanId, lane: 'ra', passed: true }]);
    expect(stored(service, 'gate-alarm')).toEqual([]);
  });
  it('a contact that is closed when the board is found, or comes back, tells of nobody', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })], { before: (turnstile) => turnstile.contact(3, true) });
    service.board.unplug();
    service.board.plug();
    expect(stored(service, 'gate-alarm')).toEqual([]);
  });
  it('whoever was not let through after all is not waited for', async () => {
    const service = await gate([lane({ signal: signal({ passage, pulseMs: 100 }) })]);
    service.board.answer({ given: false, why: 'failed' });
    await scan(service, '7700001');
    await until(() => told(service, 'gate/opened').length === 1);
    await through(service);
    expect(stored(service, 'passage')).toEqual([]);
    expect(stored(service, 'gate-alarm').map((alarm) => alarm?.['kind'])).toEqual(['gate-not-opened', 'forced-passage']);
  });
});

describe('the whole way', () => {
  it('a scan opens a board on Modbus TCP; at the end of the service all is off', async () => {
    const relay = modbusBoard();
    const port = await relay.listen('tcp');
    const service = await setUpService();
    await importRows(service, 'NV1,Trần Thị Bình,001090000011,May 1,Công ty A,2026-01-01,,HC,7700001,,');
    await service.ask('lanes/set', { lanes: [lane({ signal: signal({ board: { form: 'modbus', line: { kind: 'tcp', host: '127.0.0.1', port }, unit: 1, timed: 'none' }, pulseMs: 10_000 }) })] });
    await until(() => service.context.lanes().signals.state()[0]?.state === 'ready');
    expect(relay.orders).toEqual(['coil 0 off', 'coil 1 off']);
    await scan(service, '7700001');
    await until(() => relay.on.has(0));
    await service.close();
    expect([...relay.on]).toEqual([]);
    await relay.goAway();
  });
});
