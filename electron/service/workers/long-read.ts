import { parentPort, workerData } from 'node:worker_threads';
import {
  checkpoint, erasableEvents, erasureTargets, listErasures, readExpiries, gateLog, gateSummary, listAudit, openStore, quickCheck, readShiftUse, searchWorkers, storeProblem, verifyChain,
  listAlarms, listBarred, listVisitors, type Store,
} from '../../store/index.ts';
import { ProblemError, type ProblemCode } from '../../../shared/contracts/problems.ts';
import { freezeMuster, headCount, musterResult, musterView } from '../gate/muster-list.ts';
import { musterPdf } from '../gate/muster-pdf.ts';
import { mealCounts, mealFile } from '../gate/meal-count.ts';
import { inboxDay, inboxPlan, inboxPreview } from '../time/correction-day.ts';
import { batchList, differenceList, waitingList } from '../time/correction-list.ts';
import { differenceFile } from '../time/correction-file.ts';
import { inboxList } from '../time/exception-list.ts';
import { outageList } from '../time/outage-list.ts';
import { erasureCertificate, expiriesFile, ownDataFile, rosterReportFile } from '../people/people-files.ts';
import { siteFile } from '../site/site-file.ts';
import { timesheetFile } from '../time/timesheet-file.ts';
import { dayReport, monthReport, timesheetChoices, workerReport } from '../time/timesheet-report.ts';
import { labourFile } from '../time/labour-file.ts';
import { labourList, labourWorker } from '../time/labour-report.ts';
import { workOut, workRules } from '../time/work-days.ts';

/** What the reading thread can be asked. Each is one call of a store function on a connection that cannot write. */
const reads = {
  search: (store: Store, { query, limit }: { query: string; limit: number }) => searchWorkers(store, query, limit),
  log: gateLog,
  summary: (store: Store, date: string) => gateSummary(store, date),
  shifts: (store: Store) => readShiftUse(store),
  timesheetChoices: (store: Store) => timesheetChoices(store),
  timesheetDay: dayReport,
  timesheetMonth: monthReport,
  timesheetWorker: workerReport,
  timesheetFile,
  inboxList,
  inboxDay,
  inboxPreview,
  inboxPlan,
  outageList,
  waitingList,
  batchList,
  differenceList,
  differenceFile,
  workRules: (store: Store) => workRules(store),
  workOut,
  labourList,
  labourWorker,
  labourFile,
  headCount,
  musterFreeze: (store: Store, now: number) => freezeMuster(store, now),
  musterView,
  musterResult: (store: Store, musterId: string) => musterResult(store, musterId),
  musterPdf,
  mealCounts,
  mealFile,
  visitors: listVisitors,
  alarms: listAlarms,
  barred: (store: Store) => listBarred(store, 1000),
  expiries: readExpiries,
  expiriesFile,
  ownDataFile,
  rosterReportFile,
  erasureTargets: (store: Store, before: string) => erasureTargets(store, before),
  erasableEvents,
  erasures: (store: Store) => listErasures(store),
  erasureCertificate,
  audit: listAudit,
  chain: (store: Store) => verifyChain(store),
  siteFile,
  quickCheck: (store: Store) => quickCheck(store),
  checkpoint: (store: Store) => checkpoint(store),
};
export type ReadName = keyof typeof reads;
export type ReadInput<N extends ReadName> = Parameters<(typeof reads)[N]> extends [Store, infer I] ? I : null;
export type ReadOutput<N extends ReadName> = Awaited<ReturnType<(typeof reads)[N]>>;
export type ReadReply = { id: number; ok: true; output: unknown } | { id: number; ok: false; code: ProblemCode | null; message: string };

if (parentPort !== null) {
  const port = parentPort;
  const { dir, key, appVersion } = workerData as Store['access'];
  const store = openStore(dir, { key, appVersion, readOnly: true });
  port.on('message', async ({ id, name, input }: { id: number; name: ReadName; input: never }) => {
    let reply: ReadReply;
    try {
      reply = { id, ok: true, output: await reads[name](store, input) };
    } catch (thrown) {
      const error = storeProblem(thrown);
      // The message of an SQLite error names tables and codes, never values.
      reply = { id, ok: false, code: error instanceof ProblemError ? error.code : null, message: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(reply);
  });
}
