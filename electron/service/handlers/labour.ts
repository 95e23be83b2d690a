import { setTimeout as wait } from 'node:timers/promises';
import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import type { LabourLaw } from '../../../shared/contracts/labour.ts';
import { appendEvent, readTeams, sha256 } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { labourLaw, readLabourSettings, saveLabourSettings } from '../time/labour-law.ts';
import { createReader } from '../reader.ts';
import { startWorkDays } from '../time/work-day-upkeep.ts';

type LabourHandlers = Pick<Handlers, 'labour/list' | 'labour/worker' | 'labour/export' | 'labour/settings' | 'labour/save-settings'>;

/** So long a fresh list waits for the latest scans to be worked out. */
const settleMs = 3_000;

/** Overtime against the caps of the law, and the keeping of work days that it is read from. */
export function labourHandlers(context: ServiceContext): LabourHandlers {
  const { store, clock } = context;
  const reports = createReader(store.access);
  const workDays = startWorkDays(store, () => clock.now(), context.log);
  context.onClose(() => reports.close());
  context.onClose(() => workDays.close());
  return {
    'labour/list': async (input) => {
      // After a change of rules everybody is worked out anew, which nobody waits for: the list tells how many are missing.
      if (input.fresh) await Promise.race([workDays.settle(), wait(settleMs, undefined, { ref: false })]);
      return reports.read('labourList', { ...input, now: clock.now() });
    },
    'labour/worker': (input) => reports.read('labourWorker', { ...input, now: clock.now() }),
    'labour/export': async (input) => {
      const { userId } = context.requireUser();
      const file = await reports.read('labourFile', { ...input, now: clock.now() });
      const { month, filter: { department, employer, shiftId, show } } = input;
      store.transaction(() => appendEvent(store, {
        type: 'data-exported', actor: userId, purpose: 'overtime',
        payload: { what: 'overtime', month, department, employer, shiftId, show, bytes: file.content.byteLength, sha256: sha256(file.content) },
      }));
      context.nudgeSync();
      return file;
    },
    'labour/settings': async () => {
      const law = labourLaw();
      return {
        settings: readLabourSettings(store), departments: readTeams(store).departments, version: law.version,
        grounds: law.grounds.map(({ id, name, basis }) => ({ id, name, basis })),
        unverified: unverifiedOf(law, workDateOf(clock.now())),
      };
    },
    'labour/save-settings': async ({ settings }) => {
      const user = context.requireUser();
      if (settings.ground !== null && !labourLaw().grounds.some(({ id }) => id === settings.ground)) throw new ProblemError('request-invalid', 'ground');
      const changed = saveLabourSettings(store, settings, user.userId);
      context.nudgeSync();
      return { changed };
    },
  };
}

/** What of the rule file nobody has compared with the text: articles, and holidays still to come, a line a name. */
function unverifiedOf(law: LabourLaw, today: string): string[] {
  const articles = law.periods.flatMap(({ values, groups }) => [...Object.values(values), ...Object.values(groups)]).filter(({ verified }) => !verified).map(({ basis }) => basis);
  const days = law.holidays.filter(({ verified, date }) => !verified && date >= today);
  const names = Map.groupBy(days, ({ name, date }) => `${name} ${date.slice(0, 4)}`);
  return [...new Set(articles), ...[...names].map(([name, own]) => `${name}: ${own.map(({ date }) => `${date.slice(8)}/${date.slice(5, 7)}`).join(', ')}`)];
}
