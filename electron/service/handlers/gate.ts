import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import { isFire } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';

type GateHandlers = Pick<Handlers, 'gate/scan' | 'gate/summary' | 'gate/log' | 'gate/speed'>;

/** The gate: one scan decided and stored, and what the screen shows of the day. Reading runs beside the writer. */
export function gateHandlers(context: ServiceContext): GateHandlers {
  const { clock, reader } = context;
  return {
    'gate/scan': async ({ code, lane, via, unreadable, scanId }) => {
      if (!unreadable) context.identitySeen.note(code);
      return context.gate.scan({ code, lane, via, unreadable, scanId });
    },
    'gate/summary': async () => {
      const date = workDateOf(clock.now());
      return { date, ...await reader.read('summary', date), fire: isFire(context.store) };
    },
    'gate/speed': async () => ({ speed: context.gate.speed() }),
    'gate/log': async (input) => ({ rows: await reader.read('log', input) }),
  };
}
