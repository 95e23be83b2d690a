import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { scriptedTurnstile, type ScriptedTurnstile } from '../../electron/devices/turnstile-scripted.ts';
import { endMuster } from '../../electron/service/gate/muster.ts';
import { isFire, runningMuster, setFire } from '../../electron/store/index.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { startService } from './test-service.ts';
import { temporaryFolder } from './temporary.ts';
import { board, fire, gate, lane, passage, scan, signal, stored, told, until } from './signal-gate.ts';

describe('the fire input', () => {
  it('opens every lane of every board, begins the roll call, and closes after it', async () => {
    const service = await gate([lane({ signal: signal({ fire }) }), lane({ lane: 'ra', signal: signal({ board: board('other'), onFire: 5 }) }), lane({ lane: 'kho', signal: signal({ board: board('third'), onFire: 'nothing' }) })]);
    const [relay, other, third] = [...service.boards.values()];
    expect(isFire(service.context.store)).toBe(false);
    relay!.contact(8, false);
    await until(() => isFire(service.context.store));
    expect([relay!.held, other!.held, third!.held]).toEqual([[1, 2], [5], []]);
    expect(stored(service, 'fire-alarm')).toMatchObject([{ on: true }]);
    expect(told(service, 'gate/fire')).toEqual([{ on: true }]);
    await until(() => stored(service, 'muster-started').length === 1);
    expect(stored(service, 'gate-alarm').map((alarm) => alarm?.['kind'])).toEqual(['fire']);
    relay!.contact(8, true);
    await until(() => !isFire(service.context.store));
    expect([relay!.held, other!.held]).toEqual([[], []]);
    expect(stored(service, 'fire-alarm')).toMatchObject([{ on: true }, { on: false }]);
  });
  it('a normally open contact tells by closing', async () => {
    const service = await gate([lane({ signal: signal({ fire: { input: 7, wiring: 'normally-open' } }) })]);
    service.board.contact(7, true);
    await until(() => isFire(service.context.store));
    expect(service.board.held).toEqual([1, 2]);
  });
  it('a contact that bounces begins nothing, one that chatters ends nothing', async () => {
    const service = await gate([lane({ signal: signal({ fire }) })]);
    service.board.contact(8, false);
    service.board.contact(8, true);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(stored(service, 'fire-alarm')).toEqual([]);
    service.board.contact(8, false);
    await until(() => isFire(service.context.store));
    service.board.contact(8, true);
    service.board.contact(8, false);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(stored(service, 'fire-alarm')).toHaveLength(1);
  });
  it('a board that goes away in a fire keeps it; before one, it begins none', async () => {
    const service = await gate([lane({ signal: signal({ fire }) })]);
    service.board.unplug();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(isFire(service.context.store)).toBe(false);
    service.board.plug();
    service.board.contact(8, false);
    await until(() => isFire(service.context.store));
    service.board.unplug();
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(isFire(service.context.store)).toBe(true);
  });
  it('a board that burns ends no fire that it told of, though another one hears none', async () => {
    const service = await gate([lane({ signal: signal({ fire }) }), lane({ lane: 'ra', signal: signal({ board: board('other'), fire }) })]);
    const [relay, other] = [...service.boards.values()];
    relay!.contact(8, false);
    await until(() => isFire(service.context.store));
    relay!.unplug();
    other!.contact(1, true);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect([isFire(service.context.store), other!.held]).toEqual([true, [1, 2]]);
    relay!.contact(8, true);
    relay!.plug();
    await until(() => !isFire(service.context.store));
  });
  it('outlasts a restart: held from the start, ended by the input', async () => {
    const dir = temporaryFolder();
    const before = await gate([lane({ signal: signal({ fire }) })], { dir });
    before.board.contact(8, false);
    await until(() => isFire(before.context.store));
    await before.close();
    expect(before.board.state).toBe('off');
    const boards: ScriptedTurnstile[] = [];
    const after = startService({ dir, devices: { fireTimes: [20, 40], turnstile: () => {
      const turnstile = scriptedTurnstile();
      boards.push(turnstile);
      return turnstile;
    } } });
    await until(() => boards[0]?.held.length === 2);
    boards[0]!.contact(8, true);
    await until(() => !isFire(after.context.store));
    expect(boards[0]!.held).toEqual([]);
  });
  it('a service that ended between the fire and its roll call begins it when it starts again, once', async () => {
    const dir = temporaryFolder();
    const before = await gate([lane({ signal: signal({ fire }) })], { dir });
    setFire(before.context.store, true, 'gate');
    await before.close();
    const restart = async () => {
      const after = startService({ dir, devices: { turnstile: () => scriptedTurnstile() } });
      await until(() => stored(after, 'muster-started').length === 1);
      expect(stored(after, 'muster-started')).toMatchObject([{ cause: 'fire' }]);
      expect(stored(after, 'gate-alarm').map((alarm) => alarm?.['kind'])).toEqual(['fire']);
      return after;
    };
    const after = await restart();
    await endMuster(after.context, String(stored(after, 'muster-started')[0]?.['musterId']), 'test');
    await after.close();
    const again = await restart();
    await again.context.reader.read('summary', '2026-11-22');
    expect(runningMuster(again.context.store)).toBeNull();
  });
  it('ends a drill and freezes a list of its own: who was ticked off in the drill is looked for again', async () => {
    const service = await gate([lane({ signal: signal({ fire }) })]);
    await scan(service, '7700001');
    await service.ask('muster/start', { musterId: randomUUID(), cause: 'drill' });
    service.board.contact(8, false);
    await until(() => runningMuster(service.context.store)?.cause === 'fire');
    expect(stored(service, 'muster-started')).toMatchObject([{ cause: 'drill' }, { cause: 'fire', workers: ['NV1'] }]);
    expect(stored(service, 'muster-ended')).toHaveLength(1);
  });
  it('on a full disk lanes open all the same; event, alarm and roll call follow when there is room', async () => {
    const service = await gate([lane({ signal: signal({ fire }) })]);
    const { store } = service.context;
    const { transaction } = store;
    store.transaction = () => { throw new ProblemError('disk-full'); };
    service.board.contact(8, false);
    await until(() => service.board.held.length === 2);
    expect(isFire(store)).toBe(false);
    store.transaction = transaction;
    await until(() => runningMuster(store) !== null);
    expect([isFire(store), stored(service, 'fire-alarm').length, stored(service, 'gate-alarm').map((alarm) => alarm?.['kind'])]).toEqual([true, 1, ['fire']]);
  });
  it('ends when the last fire input is taken out of the settings', async () => {
    const service = await gate([lane({ signal: signal({ fire }) })]);
    service.board.contact(8, false);
    await until(() => isFire(service.context.store));
    await service.ask('lanes/set', { lanes: [lane()] });
    expect(isFire(service.context.store)).toBe(false);
  });
  it('nobody who goes in a fire is an alarm', async () => {
    const service = await gate([lane({ signal: signal({ passage, fire }) })]);
    setFire(service.context.store, true, 'gate');
    service.board.contact(3, true);
    expect(stored(service, 'gate-alarm').map((alarm) => alarm?.['kind'])).toEqual([]);
  });
});
