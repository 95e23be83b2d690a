import type { Handlers, Output } from '../../../shared/contracts/requests/index.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { readShifts, removeShift, setShifts } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { createReader } from '../reader.ts';
import { importShifts } from '../time/shift-import.ts';

type ShiftHandlers = Pick<Handlers, 'shifts/list' | 'shifts/save' | 'shifts/remove' | 'shifts/import'
  | 'timesheet/choices' | 'timesheet/day' | 'timesheet/month' | 'timesheet/worker' | 'timesheet/export'>;

/** A screen shows no more refused rows than these; all are counted. */
const mostRefusedShown = 1000;

/** Shifts and assignments, and the timesheets that come of them. */
export function shiftHandlers(context: ServiceContext): ShiftHandlers {
  const { store, clock } = context;
  // A month of a big gate takes seconds: a thread of its own, so that the log and the counts go on.
  const reports = createReader(store.access);
  context.onClose(() => reports.close());
  return {
    'shifts/list': () => context.reader.read('shifts', null),
    'shifts/save': async ({ shift, fresh }) => {
      const known = readShifts(store).get(shift.id);
      // Sent twice, the second one finds what the first has made.
      if (fresh && known !== undefined && JSON.stringify(known) !== JSON.stringify(shift)) throw new ProblemError('shift-taken');
      const changed = setShifts(store, [shift], context.requireUser().userId) > 0;
      context.nudgeSync();
      return { changed };
    },
    'shifts/remove': async ({ shiftId }) => {
      const removed = removeShift(store, shiftId, context.requireUser().userId);
      context.nudgeSync();
      return { removed };
    },
    'shifts/import': async ({ fileName, content, dryRun }) => {
      const refused: Output<'shifts/import'>['refused'] = [];
      const { refused: refusedTotal, columns, ...counts } = await importShifts(store, {
        fileName, content, dryRun, actor: context.requireUser().userId,
        onRefused: (row) => { if (refused.length < mostRefusedShown) refused.push(row); },
        onProgress: (done) => {
          // Somebody who waits for a long import has not gone away.
          context.session.touch();
          context.emit('roster/progress', { done, of: null });
        },
      });
      context.nudgeSync();
      return { ...counts, refused, refusedTotal, columns: columns as Record<string, string> };
    },
    'timesheet/choices': () => reports.read('timesheetChoices', null),
    'timesheet/day': (input) => reports.read('timesheetDay', { ...input, now: clock.now() }),
    'timesheet/month': (input) => reports.read('timesheetMonth', { ...input, now: clock.now() }),
    'timesheet/worker': (input) => reports.read('timesheetWorker', { ...input, now: clock.now() }),
    'timesheet/export': (input) => reports.read('timesheetFile', { ...input, now: clock.now() }),
  };
}
