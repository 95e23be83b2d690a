import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SerialPort } from 'serialport';
import { lcusFrame, openLcusRelay } from '../../electron/devices/relay-lcus.ts';
import { openModbusRelay } from '../../electron/devices/relay-modbus.ts';
import { crc16 } from '../../electron/devices/rtu-port.ts';
import { turnstileBoard } from '../../electron/devices/turnstile-board.ts';
import type { RelayLink, Turnstile } from '../../electron/devices/turnstile.ts';
import { modbusBoard } from '../fixtures/modbus-board.ts';
import { temporaryFolder } from './temporary.ts';

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 10_000, interval: 5 });
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('frames', () => {
  it('LCUS: start sign, output, order, sum', () => {
    expect([hex(lcusFrame(1, true)), hex(lcusFrame(1, false)), hex(lcusFrame(2, true)), hex(lcusFrame(8, false))]).toEqual(['a00101a2', 'a00100a1', 'a00201a3', 'a00800a8']);
  });
  it('RTU: the sum of the frame that the specification shows', () => {
    // Modbus over serial line 1.02, appendix B: 02 07 gives 41 12.
    expect(crc16(Uint8Array.of(0x02, 0x07))).toBe(0x1241);
  });
});

describe('a board on a real pty', () => {
  let folder: string;
  let cable: ChildProcess;
  let far: SerialPort;
  let turnstile: Turnstile | undefined;
  const kiosk = () => path.join(folder, 'kiosk');
  const plug = async (): Promise<void> => {
    const device = path.join(folder, 'device');
    cable = spawn('socat', [`pty,raw,echo=0,link=${kiosk()}`, `pty,raw,echo=0,link=${device}`], { stdio: 'ignore' });
    await until(() => existsSync(kiosk()) && existsSync(device));
    far = new SerialPort({ path: device, baudRate: 9600, autoOpen: false });
    await new Promise<void>((resolve, reject) => far.open((error) => (error ? reject(error) : resolve())));
  };
  const unplug = async (): Promise<void> => {
    if (far.isOpen) await new Promise<void>((resolve) => far.close(() => resolve()));
    if (cable.exitCode !== null || cable.signalCode !== null) return;
    cable.kill();
    await once(cable, 'exit');
  };
  const use = (open: () => Promise<RelayLink | null>, inputs: number[] = []): Turnstile => {
    turnstile = turnstileBoard({ open, outputs: [1, 2], inputs, times: { retry: [20, 80], probe: 40, poll: 10, gap: 20, absent: 60 } });
    turnstile.start({ onState: () => undefined, onInputs: () => undefined });
    return turnstile;
  };
  beforeEach(async () => {
    folder = temporaryFolder();
    await plug();
  });
  afterEach(async () => {
    await turnstile?.close();
    turnstile = undefined;
    await unplug();
  });

  it('LCUS: off at the start, a pulse is on and off, off at the end', async () => {
    let got = '';
    far.on('data', (bytes: Buffer) => { got += hex(bytes); });
    const relay = use(() => openLcusRelay(kiosk()));
    await until(() => relay.state === 'ready');
    await until(() => got === 'a00100a1a00200a2');
    expect(await relay.pulse(1, 100)).toEqual({ given: true });
    await until(() => got === 'a00100a1a00200a2a00101a2a00100a1');
    await relay.close();
    await until(() => got.length === 48);
    expect(got.slice(32)).toBe('a00100a1a00200a2');
  });
  it('LCUS: unplugged it is missing, plugged in again all is off and it works', async () => {
    const relay = use(() => openLcusRelay(kiosk()));
    await until(() => relay.state === 'ready');
    await unplug();
    await until(() => relay.state === 'missing');
    expect(await relay.pulse(1, 100)).toEqual({ given: false, why: 'missing' });
    await plug();
    let got = '';
    far.on('data', (bytes: Buffer) => { got += hex(bytes); });
    await until(() => relay.state === 'ready');
    // A line that comes back may be opened more than once until it holds: each time all is switched off, and nothing else.
    await until(() => got.endsWith('a00100a1a00200a2'));
    expect(got.replaceAll('a00100a1a00200a2', '')).toBe('');
    got = '';
    expect(await relay.pulse(2, 100)).toEqual({ given: true });
    await until(() => got.endsWith('a00200a2'));
    expect(got).toBe('a00201a3a00200a2');
  });
  it('Modbus RTU: a pulse timed by the board, a contact, silence, half an answer', async () => {
    const board = modbusBoard();
    board.serve(far);
    const relay = use(() => openModbusRelay(
      { form: 'modbus', line: { kind: 'rtu', path: kiosk(), baudRate: 9600, parity: 'none' }, unit: 1, timed: 'waveshare' }, { connect: 500, answer: 200 }), [1]);
    await until(() => relay.state === 'ready');
    expect(board.orders).toEqual(['coil 0 off', 'coil 1 off']);
    expect(await relay.pulse(1, 300)).toEqual({ given: true });
    board.closed.add(0);
    await until(() => relay.inputs?.get(1) === true);
    board.moodFor = 5;
    for (const mood of ['silent', 'half'] as const) {
      board.mood = mood;
      expect(await relay.pulse(2, 100)).toEqual({ given: false, why: 'failed' });
      board.mood = 'well';
      await until(() => relay.state === 'ready');
    }
    expect(board.orders.filter((order) => order.startsWith('flash'))).toEqual(['flash 0 3', 'flash 1 1']);
  });
});
