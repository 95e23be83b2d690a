import { demoWorker, demoWorkerCount } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import type { ServiceContext } from './context.ts';
import { commitRows } from './roster-commit.ts';

/** Fills the store with invented people to try the kiosk out with; done twice it is done once. */
export async function fillDemo(context: ServiceContext, actor: string): Promise<void> {
  const today = workDateOf(context.clock.now());
  const rows = Array.from({ length: demoWorkerCount }, (_, n) => ({ row: n + 1, draft: demoWorker(n, today) }));
  let done = 0;
  await commitRows(context.store, rows, {
    actor, dryRun: false,
    onRow: () => {
      done += 1;
      if (done % 500 === 0) context.emit('roster/progress', { done, of: demoWorkerCount });
    },
  });
}
