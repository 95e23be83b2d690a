import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { ServiceContext } from '../context.ts';
import { eraseDueWorkers } from './worker-erasure.ts';
import { eraseOverduePhotos } from './worker-photos.ts';

const everyMs = 6 * 3_600_000;
/** The start and its checks are over by then. */
const firstAfterMs = 60_000;

/** Erases, some times a day, what of workers may no longer be kept. */
export function startPeopleUpkeep(context: ServiceContext): void {
  const { store, reader, log } = context;
  const run = (): void => {
    eraseOverduePhotos(store).then(() => eraseDueWorkers(store, reader, 'system')).then((done) => { if (done !== null) context.nudgeSync(); })
      // The next run tries again; what failed is told without whom it was about.
      .catch((error: unknown) => log.error({ problem: error instanceof ProblemError ? error.code : 'unknown' }, 'erasure failed'));
  };
  const timers = [setTimeout(run, firstAfterMs), setInterval(run, everyMs)];
  for (const timer of timers) timer.unref();
  context.onClose(() => timers.forEach(clearTimeout));
}
