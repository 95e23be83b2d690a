import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { scriptedTurnstile, type ScriptedTurnstile } from '../../electron/devices/turnstile-scripted.ts';
import { endMuster } from '../../electron/service/gate/muster.ts';
import { isFire, readEvents, runningMuster, setFire } from '../../electron/store/index.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Lane } from '../../shared/contracts/requests/system.ts';
import type { LaneSignal } from '../../shared/contracts/signal.ts';
import { modbusBoard } from '../fixtures/modbus-board.ts';
import { importRows, setUpService, startService, type TestService } from './test-service.ts';
import { temporaryFolder } from './temporary.ts';

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 10_000, interval: 5 });
const board = (host: string): LaneSignal['board'] => ({ form: 'modbus', line: { kind: 'tcp', host, port: 502 }, unit: 1, timed: 'waveshare' });
const signal = (part: Partial<LaneSignal> = {}): LaneSignal => ({
  board: board('relay'), outputs: { in: 1, out: 2 }, pulseMs: 500, onRepeat: false, passage: null, fire: null, onFire: 'hold', ...part,
});
const passage = { input: 3, wiring: 'normally-open', withinSeconds: 1 } as const;
const fire = { input: 8, wiring: 'normally-closed' } as const;
const lane = (part: Partial<Lane> = {}): Lane => ({ lane: 'vao', name: 'Vào', direction: 'in', input: 'any', signal: signal(), ...part });

interface Gate extends TestService { boards: Map<string, ScriptedTurnstile>; board: ScriptedTurnstile; names: string[] }

async function gate(lanes: Lane[], options: { dir?: string; before?: (turnstile: ScriptedTurnstile) => void } = {}): Promise<Gate> {
  const boards = new Map<string, ScriptedTurnstile>();
  const names: string[] = [];
  const service = await setUpService('gate', {
    ...(options.dir !== undefined && { dir: options.dir }),
    devices: {
      fireTimes: [20, 40],
      turnstile: ({ name }) => {
        const turnstile = scriptedTurnstile();
        // A loop that is whole: no fire.
        turnstile.contact(8, true);
        options.before?.(turnstile);
        boards.set(name, turnstile);
        names.push(name);
        return turnstile;
      },
    },
  });
  await service.ask('lanes/set', { lanes });
  await importRows(service, 'NV1,Trần Thị Bình,001090000011,May 1,Công ty A,2026-01-01,,HC,7700001,,', 'NV2,Lê Văn Cường,001090000022,May 1,Công ty A,2026-01-01,,HC,7700002,,', 'NV4,Phạm Dũng,001090000044,May 1,Công ty A,2026-01-01,,HC,7700004,,true');
  return { ...service, boards, names, get board() { return [...boards.values()].at(-1)!; } };
}
const scan = (service: TestService, code: string, on = 'vao') => service.ask('gate/scan', { code, lane: on, via: 'camera' });
const stored = (service: TestService, type: string) => readEvents(service.context.store, { afterSeq: 0, limit: 1000 }).filter((event) => event.type === type).map(({ payload }) => payload);
const told = (service: TestService, name: string) => service.told.filter((one) => one.name === name).map(({ data }) => data);

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

describe('lanes/set', () => {
  it('the same again changes nothing and touches no board', async () => {
    const service = await gate([lane()]);
    const pulses = service.board;
    expect(await service.ask('lanes/set', { lanes: [lane()] })).toMatchObject({ changed: false });
    expect(stored(service, 'lanes-set')).toHaveLength(1);
    expect([service.names.length, pulses.state]).toEqual([1, 'ready']);
  });
  it('a board that stays goes on, one that goes is closed, a new one is opened, without a restart', async () => {
    const service = await gate([lane(), lane({ lane: 'ra', signal: signal({ board: board('other') }) })]);
    const [stays, goes] = [...service.boards.values()];
    await service.ask('lanes/set', { lanes: [lane({ name: 'Cổng chính' }), lane({ lane: 'ra', signal: signal({ board: board('third') }) })] });
    expect([stays!.state, goes!.state, service.names]).toEqual(['ready', 'off', ['modbus relay:502 #1', 'modbus other:502 #1', 'modbus third:502 #1']]);
    await scan(service, '7700001', 'ra');
    expect(service.board.pulses).toHaveLength(1);
  });
  it('another output of a lane opens its board anew with it', async () => {
    const service = await gate([lane()]);
    await service.ask('lanes/set', { lanes: [lane({ signal: signal({ outputs: { in: 4, out: null } }) })] });
    await scan(service, '7700001');
    expect(service.board.pulses).toEqual([{ output: 4, ms: 500 }]);
    expect(service.names).toHaveLength(2);
  });
  it('readers follow at once: a serial line that is named, its settings, and one that is not named any more', async () => {
    const opened: string[] = [];
    const service = await setUpService('gate', { devices: { scanner: (path, settings) => {
      opened.push(`${path} ${settings.baudRate} ${settings.end}`);
      return { state: 'ready', start: () => undefined, stop: async () => void opened.push(`${path} stopped`) };
    } } });
    const reader = (path: string, baudRate: 9600 | 115_200): Lane => lane({ signal: undefined, input: `serial:${path}`, serial: { baudRate, parity: 'none', end: 'cr', wiegand: null } });
    await service.ask('lanes/set', { lanes: [reader('/dev/ttyUSB0', 9600)] });
    await service.ask('lanes/set', { lanes: [reader('/dev/ttyUSB0', 115_200)] });
    await service.ask('lanes/set', { lanes: [lane({ signal: undefined })] });
    expect(opened.filter((one) => one.includes('USB0'))).toEqual(['/dev/ttyUSB0 9600 cr', '/dev/ttyUSB0 stopped', '/dev/ttyUSB0 115200 cr', '/dev/ttyUSB0 stopped']);
  });
  it('two lanes of one name, none, and turnstiles that make no sense are refused', async () => {
    const service = await gate([lane()]);
    for (const lanes of [[lane(), lane()], [], [lane({ signal: { ...signal(), pulseMs: 50 } })], [lane({ signal: { ...signal(), outputs: { in: 0, out: null } } })]]) {
      expect(await service.problemOf('lanes/set', { lanes })).toBe('request-invalid');
    }
    expect(stored(service, 'lanes-set')).toHaveLength(1);
  });
  it('two lanes that use one line with different settings are refused with their names', async () => {
    const service = await gate([lane()]);
    const rtu = (unit: number, baudRate: 9600 | 19_200): LaneSignal['board'] => ({ form: 'modbus', line: { kind: 'rtu', path: '/dev/ttyR0', baudRate, parity: 'none' }, unit, timed: 'none' });
    const both = (first: Partial<Lane>, second: Partial<Lane>): Lane[] => [lane(first), lane({ lane: 'ra', ...second })];
    const reader = (end: 'cr' | 'any'): Partial<Lane> => ({ signal: undefined, input: 'serial:/dev/ttyR0', serial: { baudRate: 9600, parity: 'none', end, wiegand: null } });
    const refused = [
      both({ signal: signal({ board: rtu(1, 9600) }) }, { signal: signal({ board: rtu(2, 19_200) }) }),
      both({}, { signal: signal({ board: { form: 'modbus', line: { kind: 'tcp', host: 'relay', port: 502 }, unit: 1, timed: 'none' } }) }),
      both({}, { signal: signal({ board: { form: 'modbus', line: { kind: 'rtu-over-tcp', host: 'relay', port: 502 }, unit: 2, timed: 'none' } }) }),
      both(reader('cr'), reader('any')), both(reader('cr'), { signal: signal({ board: { form: 'lcus', path: '/dev/ttyR0' } }) }),
    ];
    for (const lanes of refused) await expect(service.ask('lanes/set', { lanes })).rejects.toMatchObject({ code: 'lanes-clash', detail: 'vao, ra' });
    expect(await service.ask('lanes/set', { lanes: both({ signal: signal({ board: rtu(1, 9600) }) }, { signal: signal({ board: rtu(2, 9600) }) }) })).toMatchObject({ changed: true });
  });
  it('a lane that goes is no assembly point any more', async () => {
    const service = await gate([lane(), lane({ lane: 'tt', signal: undefined })]);
    await service.ask('muster/assembly', { lanes: ['vao', 'tt'] });
    await service.ask('lanes/set', { lanes: [lane()] });
    expect((await service.ask('guard/settings', {})).assemblyLanes).toEqual(['vao']);
    expect(stored(service, 'settings-changed').at(-1)).toMatchObject({ changes: { guard: { assemblyLanes: ['vao'] } } });
  });
  it('only an administrator sets them', async () => {
    const service = await gate([lane()]);
    await service.ask('auth/logout', {});
    expect([await service.problemOf('lanes/set', { lanes: [lane()] }), await service.problemOf('lanes/get', {}), await service.problemOf('lanes/open', { lane: 'vao', direction: 'in', openId: randomUUID() })])
      .toEqual(['not-logged-in', 'not-logged-in', 'not-logged-in']);
  });
});

describe('trying lanes out', () => {
  it('lanes/get tells boards, contacts and what is plugged in', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })]);
    service.hid.plug({ path: '/dev/hidraw0', id: 'S1', name: 'Maker Scanner' });
    service.board.contact(3, true);
    const { signals, plugged } = await service.ask('lanes/get', {});
    expect(signals).toEqual([{ lane: 'vao', board: 'modbus relay:502 #1', state: 'ready', detail: null, inputs: 8, closed: [3, 8] }]);
    expect(plugged.hid).toEqual([{ id: 'S1', label: 'Maker Scanner' }]);
    expect(told(service, 'lanes/signals').at(-1)).toEqual({ signals });
  });
  it('opening by hand is one act, with its event and who did it; whoever goes then is no alarm', async () => {
    const service = await gate([lane({ signal: signal({ passage }) })]);
    const openId = randomUUID();
    expect(await service.ask('lanes/open', { lane: 'vao', direction: 'out', openId })).toEqual({ given: true, why: null });
    await service.ask('lanes/open', { lane: 'vao', direction: 'out', openId });
    expect(service.board.pulses).toEqual([{ output: 2, ms: 500 }]);
    expect(stored(service, 'lane-opened')).toEqual([{ openId, lane: 'vao', direction: 'out' }]);
    service.board.contact(3, true);
    expect([stored(service, 'gate-alarm'), stored(service, 'passage')]).toEqual([[], []]);
  });
  it('scans are told with their reader while a test is on, and count as always', async () => {
    const service = await gate([lane({ input: 'hid:S1', signal: undefined }), lane({ lane: 'ra', direction: 'out', input: 'wedge', signal: undefined })]);
    service.hid.plug({ path: '/dev/hidraw0', id: 'S1', name: 'Maker Scanner' });
    await until(() => service.context.devices.list().some(({ kind, state }) => kind === 'hid' && state === 'ready'));
    const report = (text: string): Uint8Array => Uint8Array.from([2, text.length, 0x5d, 0x51, 0x31, ...Buffer.from(text.padEnd(56, '\0')), 0, 0, 0]);
    service.hid.send('/dev/hidraw0', report('7700001'));
    expect(told(service, 'lanes/scan')).toEqual([]);
    await service.ask('lanes/test', { on: true });
    service.hid.send('/dev/hidraw0', report('7700002'));
    await scan(service, '9999999', 'ra');
    expect(told(service, 'lanes/scan')).toMatchObject([
      { lane: 'vao', input: 'hid:S1', via: 'hid', outcome: 'recorded' }, { lane: 'ra', input: null, via: null, outcome: 'unknown' }]);
    expect(stored(service, 'gate-scan')).toHaveLength(3);
    service.clock.pass(121_000);
    service.hid.send('/dev/hidraw0', report('7700001'));
    expect(told(service, 'lanes/scan')).toHaveLength(2);
  });
  it('a card of a Wiegand converter is its code, one with wrong bits a problem', async () => {
    const service = await gate([lane({ input: 'serial:/dev/ttyV0', signal: undefined, serial: { baudRate: 9600, parity: 'none', end: 'any', wiegand: { line: '{f},{n}', bits: 24, write: 'decimal' } } })]);
    await importRows(service, 'NV5,Hoàng Em,001090000055,May 1,Công ty A,2026-01-01,,HC,0008106606,,');
    service.scanner.scan('123,45678');
    service.scanner.scan('300,1');
    expect(told(service, 'gate/answer')).toMatchObject([{ outcome: 'recorded', workerId: 'NV5' }, { outcome: 'unreadable', problem: { code: 'card-number-wrong' } }]);
  });
});

describe('two codes in one scan', () => {
  it.each([['77000017700002', 'two cards'], ['77000017700001', 'one card twice'], ['001090000011001090000022', 'two numbers'], ['7700001001090000022', 'a card and a number'], ['0010900000117700002', 'a number and a card']])('%s, %s: told as merged, nobody passes', async (code) => {
    const service = await gate([lane()]);
    expect(await scan(service, code)).toMatchObject({ outcome: 'unreadable', workerId: null, problem: { code: 'scan-merged' } });
    expect(service.board.pulses).toEqual([]);
  });
  it('two cards of six digits look like a personal number: told as merged, unless it is somebody\'s or barred, or a whole QR says it', async () => {
    const service = await gate([lane()]);
    await importRows(service, 'NV5,Hoàng Em,001090000055,May 1,Công ty A,2026-01-01,,HC,001090,,', 'NV6,Đinh Phú,001090000066,May 1,Công ty A,2026-01-01,,HC,012345,,');
    expect(await scan(service, '001090012345')).toMatchObject({ outcome: 'unreadable', maskedCode: '', problem: { code: 'scan-merged' } });
    expect((await scan(service, '001090000099')).outcome).toBe('unknown');
    expect((await scan(service, '001090012345|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021')).outcome).toBe('unknown');
    await service.ask('barred/add', { barredId: randomUUID(), who: { by: 'number', identity: '001090012345', fullName: null }, reason: 'trộm' });
    expect((await scan(service, '001090012345')).outcome).toBe('barred');
    await importRows(service, 'NV8,Mai Hoa,012345001090,May 1,Công ty A,2026-01-01,,HC,,,');
    expect(await scan(service, '012345001090')).toMatchObject({ outcome: 'recorded', workerId: 'NV8' });
  });
  it('a code of which only one half is known is unknown; one that somebody has is his', async () => {
    const service = await gate([lane()]);
    expect((await scan(service, '77000019999999')).outcome).toBe('unknown');
    await importRows(service, 'NV7,Đỗ Giang,001090000077,May 1,Công ty A,2026-01-01,,HC,77000017700001,,');
    expect(await scan(service, '77000017700001')).toMatchObject({ outcome: 'recorded', workerId: 'NV7' });
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
