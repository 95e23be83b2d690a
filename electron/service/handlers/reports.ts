import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import { reportIds } from '../../../shared/contracts/report.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { formOn, nextDeadline } from '../../../shared/domain/report-catalogue.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import { readTeams } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { noteExport } from '../report/report-export.ts';
import { readReportSettings, reportCatalogue, saveReportSettings } from '../report/report-forms.ts';
import { createReportThread } from '../report/report-thread.ts';

type ReportHandlers = Pick<Handlers, 'reports/list' | 'reports/save-settings' | 'reports/show' | 'reports/export' | 'reports/cancel'>;

/** The catalogue of reports, each on the screen and as a file. */
export function reportHandlers(context: ServiceContext): ReportHandlers {
  const { store, clock } = context;
  const thread = createReportThread(store.access, (progress) => {
    // Somebody who waits for a long report has not gone away.
    context.session.touch();
    context.emit('report/progress', progress);
  });
  context.onClose(() => thread.close());
  return {
    'reports/list': async () => {
      const catalogue = reportCatalogue();
      const today = workDateOf(clock.now());
      return {
        reports: reportIds.map((id) => {
          const form = formOn(catalogue, id, today);
          return { ...form, absentDays: form.rules['absentDays'] ?? null, due: nextDeadline(form, today) };
        }),
        settings: readReportSettings(store), roles: catalogue.receiverRoles, ...readTeams(store), unverifiedMark: catalogue.unverifiedMark,
      };
    },
    'reports/save-settings': async (settings) => {
      const roles = new Set(reportCatalogue().receiverRoles.map(({ role }) => role));
      if (settings.receivers.some(({ role }) => !roles.has(role))) throw new ProblemError('request-invalid', 'receivers');
      const changed = saveReportSettings(store, settings, context.requireUser().userId);
      context.nudgeSync();
      return { changed };
    },
    'reports/show': (input) => thread.show({ what: 'show', input, now: clock.now() }),
    'reports/export': async ({ ask, format, purpose }) => {
      const { userId } = context.requireUser();
      const file = await thread.file({ what: 'file', input: { ask, format }, now: clock.now() });
      // Known to the log before anybody has it.
      noteExport(store, { ask, format, purpose, file, actor: userId });
      context.nudgeSync();
      return { fileName: file.fileName, content: file.content };
    },
    'reports/cancel': async () => {
      await thread.cancel();
      return {};
    },
  };
}
