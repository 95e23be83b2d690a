import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import type { ServiceContext } from '../context.ts';
import { printMuster } from '../gate/muster-print.ts';
import { changed, endMuster, startMuster, tickMuster } from '../gate/muster.ts';
import { createReader } from '../reader.ts';

type MusterHandlers = Pick<Handlers, 'muster/now' | 'muster/print' | 'muster/paper' | 'muster/start' | 'muster/state' | 'muster/tick' | 'muster/end' | 'meals/count' | 'meals/export'>;

/** Who is inside, roll calls, and people at meals. */
export function musterHandlers(context: ServiceContext): MusterHandlers {
  const { store, clock, reader } = context;
  // Paper for sixty thousand takes seconds: a thread of its own, so that the counts go on.
  const paper = createReader(store.access);
  context.onClose(() => paper.close());
  return {
    'muster/now': (input) => reader.read('headCount', { ...input, now: clock.now() }),
    'muster/print': ({ musterId }) => paper.read('musterPdf', { musterId, now: clock.now() }),
    'muster/paper': async ({ musterId }) => {
      await printMuster(context, musterId);
      return {};
    },
    'muster/start': async ({ musterId, cause }) => {
      const { musterId: begun } = await startMuster(context, cause, { actor: context.requireUser().userId, musterId });
      return { musterId: begun };
    },
    'muster/state': (input) => reader.read('musterView', input),
    'muster/tick': async (input) => {
      const done = tickMuster(store, { ...input, lane: null, actor: context.requireUser().userId });
      if (done) changed(context, input.musterId);
      return { changed: done };
    },
    'muster/end': ({ musterId }) => endMuster(context, musterId, context.requireUser().userId),
    'meals/count': (input) => paper.read('mealCounts', { ...input, now: clock.now() }),
    'meals/export': (input) => paper.read('mealFile', { ...input, now: clock.now() }),
  };
}
