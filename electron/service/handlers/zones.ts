import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { isFire, lanesLeftBy, readZones, saveZones } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { decideHeld, heldScans } from '../gate/gate-held.ts';

type ZoneHandlers = Pick<Handlers, 'gate/decide' | 'gate/held' | 'zones/get' | 'zones/set'>;

/** Zones of the gate, and the guard's word on scans that they held. */
export function zoneHandlers(context: ServiceContext): ZoneHandlers {
  const { store } = context;
  return {
    'gate/decide': async (input) => {
      const answer = decideHeld(store, input, context.actor());
      if (answer !== null) context.gate.answered(answer);
      return { answer };
    },
    'gate/held': async () => ({ rows: heldScans(store) }),
    'zones/get': async () => ({ zones: readZones(store), fire: isFire(store) }),
    'zones/set': async ({ zones }) => {
      const lanes = lanesLeftBy(store, zones);
      if (lanes.length > 0) throw new ProblemError('zone-in-use', lanes.join(', '));
      if (saveZones(store, zones, context.actor())) context.nudgeSync();
      return { zones: readZones(store) };
    },
  };
}
