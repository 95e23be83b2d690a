import type { Handlers, RequestName } from '../../../shared/contracts/requests/index.ts';
import { storeProblem } from '../../store/index.ts';
import { createContext, type ContextOptions } from '../context.ts';
import { startGateDevices, type GateDeviceOptions } from '../gate/gate-devices.ts';
import type { RunningService, ServiceContext as Outside } from '../service-context.ts';
import { authorise } from '../session.ts';
import { authHandlers } from './auth.ts';
import { correctionHandlers } from './corrections.ts';
import { counterHandlers } from './counter.ts';
import { gateHandlers } from './gate.ts';
import { guardHandlers } from './guard.ts';
import { laneHandlers } from './lanes.ts';
import { musterHandlers } from './muster.ts';
import { peopleHandlers } from './people.ts';
import { labourHandlers } from './labour.ts';
import { readerHandlers } from './reader.ts';
import { reportHandlers } from './reports.ts';
import { rosterHandlers } from './roster.ts';
import { shiftHandlers } from './shifts.ts';
import { siteHandlers } from './site.ts';
import { syncHandlers } from './sync.ts';
import { systemHandlers } from './system.ts';
import { trustHandlers } from './trust.ts';
import { zoneHandlers } from './zones.ts';

/** Opens the store and makes the one handler a request. Problems: as `openStore`. */
export async function createHandlers(outside: Outside, options: ContextOptions & GateDeviceOptions = {}): Promise<RunningService> {
  const context = createContext(outside, options);
  const handlers: Handlers = {
    ...systemHandlers(context), ...authHandlers(context), ...gateHandlers(context), ...laneHandlers(context), ...guardHandlers(context), ...musterHandlers(context), ...rosterHandlers(context), ...peopleHandlers(context),
    ...counterHandlers(context), ...readerHandlers(context), ...syncHandlers(context), ...siteHandlers(context), ...trustHandlers(context), ...reportHandlers(context), ...shiftHandlers(context), ...labourHandlers(context), ...correctionHandlers(context),
    ...zoneHandlers(context),
  };
  startGateDevices(context, options);
  return { handlers: tellDamage(handlers), admit: (name: RequestName) => authorise(context, name), close: () => context.close() };
}

/** A damaged page met in a read is told like any problem: a restart would meet it again, and again. */
export function tellDamage(handlers: Handlers): Handlers {
  const told = Object.entries(handlers).map(([name, handle]) => [name, (input: never) => (handle as (input: never) => Promise<unknown>)(input)
    .catch((error: unknown) => { throw storeProblem(error); })]);
  return Object.fromEntries(told) as Handlers;
}
