import { demoWorker, demoWorkerCount } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import type { ServiceContext } from './context.ts';
import type { Officer } from './counter/dossier-intake.ts';
import { commitRows } from './people/roster-commit.ts';

/**
 * Fills the store with invented people to try the kiosk out with: workers, and citizens with papers and dossiers.
 * Done twice it is done once. The unit must be set.
 */
export async function fillDemo(context: ServiceContext, officer: Officer): Promise<void> {
  const today = workDateOf(context.clock.now());
  const rows = Array.from({ length: demoWorkerCount }, (_, n) => ({ row: n + 1, draft: demoWorker(n, today) }));
  let done = 0;
  await commitRows(context.store, rows, {
    actor: officer.userId, dryRun: false,
    onRow: () => {
      done += 1;
      if (done % 500 === 0) context.emit('roster/progress', { done, of: demoWorkerCount });
    },
  });
  // Brings a PDF writer and a font along, which no other start needs.
  const { seedCounterDemo } = await import('./demo-counter.ts');
  await seedCounterDemo(context, officer);
}
