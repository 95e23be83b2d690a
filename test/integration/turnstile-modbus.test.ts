import { ServerTCP } from 'modbus-serial';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { relayAnswers } from '../../electron/devices/relay-board.ts';
import { openModbusRelay } from '../../electron/devices/relay-modbus.ts';
import { turnstileBoard, type BoardTimes } from '../../electron/devices/turnstile-board.ts';
import type { Turnstile, TurnstileState } from '../../electron/devices/turnstile.ts';
import type { RelayBoard } from '../../shared/contracts/signal.ts';
import { modbusBoard, type BoardMood, type ModbusBoard } from '../fixtures/modbus-board.ts';

type Modbus = Extract<RelayBoard, { form: 'modbus' }>;
const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 10_000, interval: 5 });
const tcp = (port: number, part: Partial<Modbus> = {}): Modbus => ({ form: 'modbus', line: { kind: 'tcp', host: '127.0.0.1', port }, unit: 1, timed: 'none', ...part });
const quick = { retry: [20, 80], probe: 40, poll: 10, gap: 20 } as const;
const patience = { connect: 1000, answer: 150 };

interface Used { turnstile: Turnstile; states: TurnstileState[]; contacts: ReadonlyMap<number, boolean>[] }

function use(board: Modbus, outputs = [1, 2], inputs: number[] = [], times: Partial<BoardTimes> = {}): Used {
  const turnstile = turnstileBoard({ open: () => openModbusRelay(board, patience), outputs, inputs, times: { ...quick, ...times } });
  const [states, contacts]: [TurnstileState[], ReadonlyMap<number, boolean>[]] = [[], []];
  turnstile.start({ onState: (state) => states.push(state), onInputs: (all) => contacts.push(all) });
  onTestFinished(() => turnstile.close());
  return { turnstile, states, contacts };
}

const boards: ModbusBoard[] = [];
function board(options?: Parameters<typeof modbusBoard>[0]): ModbusBoard {
  const one = modbusBoard(options);
  boards.push(one);
  return one;
}
afterEach(async () => {
  for (const one of boards.splice(0)) await one.goAway();
});

describe('a board on Modbus TCP', () => {
  it('is switched off before it is ready, by the outputs of its lanes alone', async () => {
    const relay = board();
    [0, 1, 5].forEach((coil) => relay.on.add(coil));
    const { turnstile } = use(tcp(await relay.listen('tcp')));
    await until(() => turnstile.state === 'ready');
    expect(relay.orders).toEqual(['coil 0 off', 'coil 1 off']);
    expect([...relay.on]).toEqual([5]);
  });
  it('a pulse without a timer on the board is on, and off after its time', async () => {
    const relay = board();
    const { turnstile } = use(tcp(await relay.listen('tcp')));
    await until(() => turnstile.state === 'ready');
    relay.orders.length = 0;
    expect(await turnstile.pulse(2, 100)).toEqual({ given: true });
    expect([...relay.on]).toEqual([1]);
    await until(() => relay.on.size === 0);
    expect(relay.orders).toEqual(['coil 1 on', 'coil 1 off']);
  });
  it('a pulse timed by the board is one order, in units of 100 ms', async () => {
    const relay = board();
    const { turnstile } = use(tcp(await relay.listen('tcp'), { timed: 'waveshare' }));
    await until(() => turnstile.state === 'ready');
    relay.orders.length = 0;
    await turnstile.pulse(2, 700);
    expect(relay.orders).toEqual(['flash 1 7']);
  });
  it('pulses of one output follow each other, those of another do not wait', async () => {
    const relay = board();
    const { turnstile } = use(tcp(await relay.listen('tcp')));
    await until(() => turnstile.state === 'ready');
    relay.orders.length = 0;
    const given = await Promise.all([turnstile.pulse(1, 100), turnstile.pulse(1, 100), turnstile.pulse(2, 100)]);
    await until(() => relay.on.size === 0);
    expect(given).toEqual([{ given: true }, { given: true }, { given: true }]);
    expect(relay.orders.slice(0, 2)).toEqual(['coil 0 on', 'coil 1 on']);
    expect(relay.orders.filter((order) => order.startsWith('coil 0'))).toEqual(['coil 0 on', 'coil 0 off', 'coil 0 on', 'coil 0 off']);
  });
  it('more orders than may wait are refused, one that waited too long is not given any more', async () => {
    const relay = board();
    const { turnstile } = use(tcp(await relay.listen('tcp')), [1], [], { fresh: 150 });
    await until(() => turnstile.state === 'ready');
    relay.orders.length = 0;
    const results = await Promise.all(Array.from({ length: 10 }, () => turnstile.pulse(1, 100)));
    const why = results.map((result) => (result.given ? 'given' : result.why));
    expect(why.slice(8)).toEqual(['busy', 'busy']);
    expect(why[0]).toBe('given');
    expect(why[7]).toBe('late');
    expect(relay.orders.filter((order) => order.endsWith('on'))).toHaveLength(why.filter((one) => one === 'given').length);
  });
  it('contacts are told at the first reading and at each change', async () => {
    const relay = board();
    relay.closed.add(2);
    const { contacts } = use(tcp(await relay.listen('tcp')), [1], [3]);
    await until(() => contacts.length === 1);
    relay.closed.add(0);
    await until(() => contacts.length === 2);
    expect([contacts[0]!.get(3), contacts[0]!.get(1), contacts[1]!.get(1)]).toEqual([true, false, true]);
  });
  it('of a board with fewer contacts than eight only those that are needed are asked', async () => {
    const relay = board({ inputs: 2 });
    const { contacts, states } = use(tcp(await relay.listen('tcp')), [1], [2]);
    relay.closed.add(1);
    await until(() => contacts.at(-1)?.get(2) === true);
    expect(contacts.at(-1)!.size).toBe(2);
    expect(states).toEqual(['ready']);
  });
  it('a board without the contact that is needed is told as failed, and its outputs work', async () => {
    const relay = board({ inputs: 0 });
    const { turnstile } = use(tcp(await relay.listen('tcp')), [1], [1]);
    await until(() => turnstile.state === 'failed');
    expect(await turnstile.pulse(1, 100)).toEqual({ given: true });
    expect(relay.orders.at(-1)).toBe('coil 0 on');
    await until(() => relay.orders.at(-1) === 'coil 0 off');
    expect(turnstile.state).toBe('failed');
  });
  it('a board that is not told of its coils is ready all the same', async () => {
    const relay = board({ inputs: 0 });
    relay.moodFor = 1;
    relay.mood = 'exception';
    const { turnstile } = use(tcp(await relay.listen('tcp')));
    await until(() => turnstile.state === 'ready');
    expect(await turnstile.pulse(1, 100)).toEqual({ given: true });
  });
  it('a board that refuses an output of a lane is told as failed', async () => {
    const relay = board({ outputs: 4 });
    const { turnstile } = use(tcp(await relay.listen('tcp')), [6]);
    await until(() => turnstile.state === 'failed');
    expect(relay.orders).toEqual([]);
  });
  it('what is held is on, pulses are not needed then, and at its end all is off', async () => {
    const relay = board();
    const { turnstile } = use(tcp(await relay.listen('tcp')));
    await until(() => turnstile.state === 'ready');
    turnstile.hold([1, 2]);
    await until(() => relay.on.size === 2);
    expect(await turnstile.pulse(1, 100)).toEqual({ given: true });
    turnstile.hold([]);
    await until(() => relay.on.size === 0);
    expect(relay.orders.filter((order) => order === 'coil 0 off').length).toBeGreaterThan(0);
  });
  it('what is held is held again by a board that comes back', async () => {
    const relay = board();
    const port = await relay.listen('tcp');
    const { turnstile, states } = use(tcp(port));
    await until(() => turnstile.state === 'ready');
    turnstile.hold([2]);
    await until(() => relay.on.has(1));
    await relay.goAway();
    await until(() => turnstile.state === 'missing');
    relay.on.clear();
    await relay.listen('tcp', port);
    await until(() => relay.on.has(1));
    await until(() => turnstile.state === 'ready');
    expect(states).toEqual(['ready', 'missing', 'ready']);
  });
  it('closing switches all off, also in the middle of a pulse', async () => {
    const relay = board();
    const { turnstile } = use(tcp(await relay.listen('tcp')));
    await until(() => turnstile.state === 'ready');
    await turnstile.pulse(1, 10_000);
    expect(relay.on.has(0)).toBe(true);
    await turnstile.close();
    expect([...relay.on]).toEqual([]);
    expect(await turnstile.pulse(1, 100)).toEqual({ given: false, why: 'missing' });
  });
});

describe('a board that misbehaves', () => {
  it.each<[BoardMood, string]>([['silent', 'failed'], ['half', 'failed'], ['garbage', 'failed'], ['other', 'failed'], ['exception', 'failed'], ['hang-up', 'failed']])(
    '%s: the pulse is told as %s, given at most once, and never again', async (mood, why) => {
      const relay = board();
      const { turnstile } = use(tcp(await relay.listen('tcp'), { timed: 'waveshare' }));
      await until(() => turnstile.state === 'ready');
      relay.moodFor = 5;
      relay.mood = mood;
      relay.orders.length = 0;
      expect(await turnstile.pulse(1, 100)).toEqual({ given: false, why });
      relay.mood = 'well';
      await until(() => turnstile.state === 'ready');
      expect(await turnstile.pulse(2, 100)).toEqual({ given: true });
      expect(relay.orders.filter((order) => order.startsWith('flash 0')).length).toBe(mood === 'half' ? 1 : 0);
      expect(relay.orders.filter((order) => order.startsWith('flash 1'))).toEqual(['flash 1 1']);
    });
  it('that goes away in the middle of a pulse is switched off as soon as it is back', async () => {
    const relay = board();
    const port = await relay.listen('tcp');
    const { turnstile } = use(tcp(port));
    await until(() => turnstile.state === 'ready');
    await turnstile.pulse(1, 200);
    await relay.goAway();
    await until(() => turnstile.state === 'missing');
    expect(relay.on.has(0)).toBe(true);
    relay.orders.length = 0;
    await relay.listen('tcp', port);
    await until(() => turnstile.state === 'ready');
    expect(relay.on.size).toBe(0);
    expect(relay.orders.filter((order) => order.endsWith('on'))).toEqual([]);
  });
  it('that is away: the order fails after a short wait, and is not given when it comes back', async () => {
    const relay = board();
    const port = await relay.listen('tcp');
    await relay.goAway();
    const { turnstile } = use(tcp(port), [1], [], { absent: 60 });
    await until(() => turnstile.state === 'missing');
    expect(await turnstile.pulse(1, 100)).toEqual({ given: false, why: 'missing' });
    await relay.listen('tcp', port);
    await until(() => turnstile.state === 'ready');
    expect(relay.orders.filter((order) => order.endsWith('on'))).toEqual([]);
  });
  it('that comes back while an order waits gives it once', async () => {
    const relay = board();
    const port = await relay.listen('tcp');
    await relay.goAway();
    const { turnstile } = use(tcp(port), [1], [], { absent: 8000, fresh: 9000 });
    await until(() => turnstile.state === 'missing');
    const order = turnstile.pulse(1, 100);
    await relay.listen('tcp', port);
    expect(await order).toEqual({ given: true });
    await until(() => relay.on.size === 0);
    expect(relay.orders.filter((one) => one.endsWith('on'))).toEqual(['coil 0 on']);
  });
  it('that falls silent while nobody passes is told', async () => {
    const relay = board();
    const { turnstile } = use(tcp(await relay.listen('tcp')), [1], [1]);
    await until(() => turnstile.state === 'ready');
    relay.mood = 'silent';
    await until(() => turnstile.state === 'missing');
    expect(turnstile.inputs).toBeNull();
    relay.mood = 'well';
    await until(() => turnstile.state === 'ready');
    expect(turnstile.state).toBe('ready');
  });
});

describe('RTU frames over TCP', () => {
  const over = (port: number, unit = 1): Modbus => tcp(port, { line: { kind: 'rtu-over-tcp', host: '127.0.0.1', port }, unit, timed: 'waveshare' });
  it('a pulse and contacts', async () => {
    const relay = board();
    const { turnstile, contacts } = use(over(await relay.listen('rtu-over-tcp')), [1], [1]);
    await until(() => turnstile.state === 'ready');
    relay.closed.add(0);
    await until(() => contacts.at(-1)?.get(1) === true);
    expect(await turnstile.pulse(1, 500)).toEqual({ given: true });
    expect(relay.orders.at(-1)).toBe('flash 0 5');
  });
  it('half an answer does not spoil the next one', async () => {
    const relay = board();
    const { turnstile } = use(over(await relay.listen('rtu-over-tcp')), [1]);
    await until(() => turnstile.state === 'ready');
    relay.moodFor = 5;
    relay.mood = 'half';
    expect(await turnstile.pulse(1, 100)).toEqual({ given: false, why: 'failed' });
    relay.mood = 'well';
    await until(() => turnstile.state === 'ready');
    expect(await turnstile.pulse(1, 100)).toEqual({ given: true });
    expect(relay.orders.filter((order) => order.startsWith('flash'))).toEqual(['flash 0 1', 'flash 0 1']);
  });
  it('of two boards on one line, the one that is missing does not stop the other', async () => {
    const relay = board();
    const port = await relay.listen('rtu-over-tcp');
    const there = use(over(port), [1]);
    const absent = use(over(port, 2), [1], [], { absent: 50 });
    await until(() => there.turnstile.state === 'ready' && absent.turnstile.state === 'missing');
    expect(await there.turnstile.pulse(1, 100)).toEqual({ given: true });
    expect(await absent.turnstile.pulse(1, 100)).toEqual({ given: false, why: 'missing' });
    expect(there.states).toEqual(['ready']);
  });
});

describe('the Modbus TCP server of a kept library', () => {
  it('lanes of one board are pulsed, its contact is heard, and it is found again after it ended', async () => {
    const on = new Set<number>();
    const closed = new Set<number>();
    const start = (port: number) => new Promise<{ server: ServerTCP; port: number }>((resolve) => {
      const server = new ServerTCP({
        getCoil: (address: number) => on.has(address),
        getDiscreteInput: (address: number) => closed.has(address),
        setCoil: (address: number, value: boolean) => void (value ? on.add(address) : on.delete(address)),
      }, { host: '127.0.0.1', port, unitID: 1 });
      server.on('initialized', () => {
        const address: unknown = Reflect.get(server, '_server');
        resolve({ server, port: (address as { address(): { port: number } }).address().port });
      });
    });
    const stop = async (server: ServerTCP): Promise<void> => {
      for (const socket of server.socks.keys()) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    };
    const first = await start(0);
    const { turnstile, contacts } = use(tcp(first.port), [1, 2], [1]);
    await until(() => turnstile.state === 'ready');
    expect(await turnstile.pulse(1, 100)).toEqual({ given: true });
    await until(() => on.size === 0);
    closed.add(0);
    await until(() => contacts.at(-1)?.get(1) === true);
    expect(await turnstile.pulse(2, 1000)).toEqual({ given: true });
    expect([...on]).toEqual([1]);
    await stop(first.server);
    await until(() => turnstile.state === 'missing');
    const again = await start(first.port);
    await until(() => turnstile.state === 'ready');
    expect([...on]).toEqual([]);
    await turnstile.close();
    await stop(again.server);
  });
});

describe('whether a board answers', () => {
  it('one that is there, one that is not, one that is silent: nothing is switched', async () => {
    const relay = board();
    relay.on.add(3);
    const port = await relay.listen('tcp');
    expect(await relayAnswers(tcp(port))).toBe('yes');
    relay.mood = 'silent';
    expect(await relayAnswers(tcp(port))).toBe('missing');
    await relay.goAway();
    expect(await relayAnswers(tcp(port))).toBe('missing');
    expect([relay.orders, [...relay.on]]).toEqual([[], [3]]);
  });
});
