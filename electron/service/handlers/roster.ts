import type { Handlers, Output } from '../../../shared/contracts/requests/index.ts';
import type { ServiceContext } from '../context.ts';
import { importRoster } from '../roster-import.ts';

/** A screen shows no more refused rows than these; all are counted. */
const mostRefusedShown = 1000;

/** The roster: import with a report of each refused row, and search. */
export function rosterHandlers(context: ServiceContext): Pick<Handlers, 'roster/import' | 'roster/search'> {
  return {
    'roster/import': async ({ fileName, content, dryRun }) => {
      const refused: Output<'roster/import'>['refused'] = [];
      const done = await importRoster(context.store, {
        fileName, content, dryRun, actor: context.requireUser().userId,
        onRow: (result) => {
          if (result.state !== 'refused' || refused.length >= mostRefusedShown) return;
          const { workerId, code, detail } = result.refusal;
          refused.push({ row: result.row, workerId, code, detail });
        },
        onProgress: (rows) => {
          // Somebody who waits for a long import has not gone away.
          context.session.touch();
          context.emit('roster/progress', { done: rows, of: null });
        },
      });
      context.nudgeSync();
      const { rows, imported, unchanged, columns } = done;
      return { rows, imported, unchanged, refused, refusedTotal: done.refused, columns: columns as Record<string, string> };
    },
    'roster/search': (input) => context.reader.read('search', input),
  };
}
