import { connect, type Socket } from 'node:net';
import type modbus from 'modbus-serial';
import type { SerialPort } from 'serialport';
import type { ModbusLine } from '../../shared/contracts/signal.ts';
import { RtuPort } from './rtu-port.ts';
import { openSerialLine } from './serial-line.ts';
import { RelayRefusal } from './turnstile.ts';

export type ModbusClient = InstanceType<typeof modbus.default>;

export interface ModbusTimes {
  /** Milliseconds until a line must stand, and until a board must have answered. */
  connect: number;
  answer: number;
}
const usualTimes: ModbusTimes = { connect: 2000, answer: 500 };

/** One line to one or several boards: questions go out one after the other. */
export interface OpenModbusLine {
  /** Asks a unit. Rejects with RelayRefusal where it answers with an exception, with another Error where it does not answer. */
  ask<T>(unit: number, question: (client: ModbusClient) => Promise<T>): Promise<T>;
  onLost(listener: () => void): void;
  /** The line is closed when the last who opened it has released it. */
  release(): Promise<void>;
}

interface Shared {
  users: number;
  opened: Promise<Omit<OpenModbusLine, 'release'> & { close(): Promise<void> } | null>;
}
const lines = new Map<string, Shared>();

/** Opens a line, or joins those who have it open already: a serial line has one owner. Null where nobody is there. */
export async function openModbusLine(line: ModbusLine, times: ModbusTimes = usualTimes): Promise<OpenModbusLine | null> {
  const key = JSON.stringify(line);
  const shared = lines.get(key) ?? { users: 0, opened: connectLine(line, times) };
  lines.set(key, shared);
  shared.users += 1;
  const leave = async (): Promise<void> => {
    shared.users -= 1;
    if (shared.users > 0) return;
    if (lines.get(key) === shared) lines.delete(key);
    await (await shared.opened)?.close();
  };
  try {
    const open = await shared.opened;
    if (open === null) {
      await leave();
      return null;
    }
    // Whoever comes after the loss opens anew.
    open.onLost(() => { if (lines.get(key) === shared) lines.delete(key); });
    return { ask: open.ask, onLost: open.onLost, release: leave };
  } catch (error) {
    shared.users -= 1;
    if (lines.get(key) === shared) lines.delete(key);
    throw error;
  }
}

async function connectLine(line: ModbusLine, times: ModbusTimes): Promise<Awaited<Shared['opened']>> {
  const stream = line.kind === 'rtu'
    ? await openSerialLine({ path: line.path, baudRate: line.baudRate, parity: line.parity })
    : await connectSocket(line.host, line.port, times.connect);
  if (stream === null) return null;
  let isLost = false;
  const listeners: (() => void)[] = [];
  const lost = new Promise<never>((_, reject) => {
    stream.once('close', () => {
      isLost = true;
      reject(new Error('the line was closed'));
      for (const listener of listeners) listener();
    });
  });
  lost.catch(() => undefined);
  const { default: { default: Client } } = await import('modbus-serial');
  const client = line.kind === 'tcp' ? new Client() : new Client(new RtuPort(stream));
  client.on('error', () => undefined);
  if (line.kind === 'tcp') await client.linkTCP(stream as Socket, {} as Parameters<ModbusClient['linkTCP']>[1]);
  else await new Promise<void>((resolve) => client.open(() => resolve()));
  client.setTimeout(times.answer);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: (unit, question) => {
      const answer = last.then(async () => {
        if (isLost) throw new Error('the line was closed');
        client.setID(unit);
        return Promise.race([question(client), lost]);
      }).catch((error: unknown) => {
        throw typeof error === 'object' && error !== null && 'modbusCode' in error ? new RelayRefusal(`exception ${String(error.modbusCode)}`) : error;
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    onLost: (listener) => {
      if (isLost) listener();
      else listeners.push(listener);
    },
    close: () => closeStream(stream),
  };
}

function connectSocket(host: string, port: number, patience: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 5000 });
    const timer = setTimeout(() => socket.destroy(), patience);
    // An error of a line is followed by its close, which is what is heard.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(null);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

function closeStream(stream: Socket | SerialPort): Promise<void> {
  if (stream.destroyed || ('isOpen' in stream && !stream.isOpen)) return Promise.resolve();
  return new Promise((resolve) => {
    if ('isOpen' in stream) stream.close(() => resolve());
    else stream.once('close', () => resolve()).destroy();
  });
}
