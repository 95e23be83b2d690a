import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import type { laneRequests } from '../../../shared/contracts/requests/lanes.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { laneClash } from '../../../shared/domain/lane-lines.ts';
import { appendEvent, saveLanes } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';

type LaneHandlers = Pick<Handlers, keyof typeof laneRequests>;

const remembered = 100;

/** The lanes of this gate: what is set, what is plugged in, and trying both out. */
export function laneHandlers(context: ServiceContext): LaneHandlers {
  const { store } = context;
  const opened = new Set<string>();
  return {
    'lanes/get': async () => ({ lanes: context.kiosk().lanes, signals: context.lanes().signals.state(), plugged: await context.lanes().plugged() }),
    'lanes/set': async ({ lanes }) => {
      const clash = laneClash(lanes);
      if (clash !== null) throw new ProblemError('lanes-clash', clash.join(', '));
      const changed = saveLanes(store, lanes, context.requireUser().userId);
      if (changed) {
        context.nudgeSync();
        await context.lanes().rewire();
      }
      return { lanes: context.kiosk().lanes, changed };
    },
    'lanes/test': async ({ on }) => {
      context.lanes().test(on);
      return {};
    },
    'lanes/open': async ({ lane, direction, openId }) => {
      const actor = context.requireUser().userId;
      if (opened.has(openId)) return { given: true, why: null };
      opened.add(openId);
      if (opened.size > remembered) opened.delete(opened.values().next().value!);
      // Who opens a gate by hand stands for it, whether it then opens or not.
      store.transaction(() => appendEvent(store, { type: 'lane-opened', actor, payload: { openId, lane, direction } }));
      context.nudgeSync();
      const result = await context.lanes().signals.open(lane, direction, openId);
      return { given: result.given, why: result.given ? null : result.why };
    },
  };
}
