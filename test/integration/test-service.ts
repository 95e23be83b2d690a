import { onTestFinished } from 'vitest';
import { pino, type Logger } from 'pino';
import { scriptedHidBus } from '../../electron/devices/hid-bus-scripted.ts';
import { ScriptedReaders } from '../../electron/devices/pcsc-scripted.ts';
import { scriptedScanner } from '../../electron/devices/serial-scanner-scripted.ts';
import { createContext, type ServiceContext } from '../../electron/service/context.ts';
import { createDispatch } from '../../electron/service/dispatch.ts';
import { startGateDevices, type GateDeviceOptions } from '../../electron/service/gate/gate-devices.ts';
import { authHandlers } from '../../electron/service/handlers/auth.ts';
import { correctionHandlers } from '../../electron/service/handlers/corrections.ts';
import { gateHandlers } from '../../electron/service/handlers/gate.ts';
import { laneHandlers } from '../../electron/service/handlers/lanes.ts';
import { guardHandlers } from '../../electron/service/handlers/guard.ts';
import { musterHandlers } from '../../electron/service/handlers/muster.ts';
import { peopleHandlers } from '../../electron/service/handlers/people.ts';
import { labourHandlers } from '../../electron/service/handlers/labour.ts';
import { readerHandlers } from '../../electron/service/handlers/reader.ts';
import { reportHandlers } from '../../electron/service/handlers/reports.ts';
import { rosterHandlers } from '../../electron/service/handlers/roster.ts';
import { systemHandlers } from '../../electron/service/handlers/system.ts';
import { shiftHandlers } from '../../electron/service/handlers/shifts.ts';
import { trustHandlers } from '../../electron/service/handlers/trust.ts';
import { zoneHandlers } from '../../electron/service/handlers/zones.ts';
import { authorise } from '../../electron/service/session.ts';
import { requests, type EventData, type EventName, type Input, type Output, type RequestName } from '../../shared/contracts/requests/index.ts';
import type { Problem } from '../../shared/contracts/problems.ts';
import { scriptedClock, temporaryFolder, type ScriptedClock } from './temporary.ts';

export interface TestService {
  context: ServiceContext;
  clock: ScriptedClock;
  readers: ScriptedReaders;
  scanner: ReturnType<typeof scriptedScanner>;
  hid: ReturnType<typeof scriptedHidBus>;
  /** Asks through the dispatcher, as a page does: parse, admit, handle, check the answer. Throws the problem. */
  ask<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** The code of the problem, `none` when it was answered. */
  problemOf(name: string, input: unknown): Promise<string>;
  told: { name: string; data: unknown }[];
  close(): Promise<void>;
}

/** The service with a real store and scripted clock, readers and scanner, as far as gate, people and rights go. */
export function startService({ dir = temporaryFolder(), at = '2026-11-22T00:58:00Z', clock = scriptedClock(at), log = pino({ level: 'silent' }), devices = {} }: { dir?: string; at?: string; clock?: ScriptedClock; log?: Logger; devices?: GateDeviceOptions } = {}): TestService {
  const told: TestService['told'] = [];
  const readers = new ScriptedReaders();
  const scanner = scriptedScanner();
  const hid = scriptedHidBus();
  const bugs: unknown[] = [];
  const context = createContext({
    dataDir: dir, key: null, keySource: 'key-file', appVersion: '0.1.0', log,
    emit: <N extends EventName>(name: N, data: EventData<N>) => void told.push({ name, data }),
  }, { clock, cards: readers });
  startGateDevices(context, { scanner: () => scanner, hid, ...devices });
  const handlers = { ...systemHandlers(context), ...authHandlers(context), ...gateHandlers(context), ...laneHandlers(context), ...guardHandlers(context), ...musterHandlers(context), ...rosterHandlers(context), ...peopleHandlers(context), ...trustHandlers(context), ...readerHandlers(context), ...reportHandlers(context), ...shiftHandlers(context), ...labourHandlers(context), ...correctionHandlers(context), ...zoneHandlers(context) };
  const dispatch = createDispatch({
    requests, log: context.log, strictOutputs: true, onBug: () => void bugs.push('bug'),
    service: { handlers, admit: (name) => authorise(context, name as RequestName), close: () => context.close() },
  });
  let closed = false;
  const close = async (): Promise<void> => {
    if (!closed) await context.close();
    closed = true;
  };
  onTestFinished(close);
  let id = 0;
  const send = async (name: string, input: unknown): Promise<unknown> => {
    const reply = await dispatch({ kind: 'request', id: id += 1, name, input });
    if (reply === undefined) throw new Error(`${name} ended the service`);
    if (!reply.ok) throw Object.assign(new Error(reply.problem.code), reply.problem);
    return reply.output;
  };
  return {
    context, clock, readers, scanner, hid, told, close,
    ask: (name, input) => send(name, input) as Promise<never>,
    problemOf: (name, input) => send(name, input).then(() => 'none', (error: Problem | Error) => ('code' in error ? error.code : Promise.reject(error))),
  };
}

export const adminSecret = '246810';

/** A kiosk that is set up, its administrator logged in. */
export async function setUpService(mode: 'gate' | 'counter' = 'gate', options: Parameters<typeof startService>[0] & { demo?: boolean } = {}): Promise<TestService> {
  const service = startService(options);
  await service.ask('setup/complete', {
    mode, unit: { code: 'KCN-01', name: 'Khu công nghiệp mẫu' }, hub: null, demo: options.demo ?? false,
    lanes: [
      { lane: '1', name: 'Làn 1', direction: 'both', input: 'any' }, { lane: 'vao', name: 'Vào', direction: 'in', input: 'serial:/dev/ttyV0' },
      { lane: 'ra', name: 'Ra', direction: 'out', input: 'camera' },
    ],
    admin: { loginName: 'an', displayName: 'Nguyễn Văn An', secret: adminSecret },
  });
  return service;
}

/** Imports rows of a roster, given as CSV lines after the header of the contract. */
export async function importRows({ ask }: TestService, ...lines: string[]): Promise<Output<'roster/import'>> {
  const csv = ['workerId,fullName,personalId,department,employer,startDate,endDate,shiftId,cardNumber,pass,barred', ...lines].join('\n');
  return ask('roster/import', { fileName: 'r.csv', content: new TextEncoder().encode(csv), dryRun: false });
}
