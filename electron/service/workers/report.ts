import { parentPort, workerData } from 'node:worker_threads';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { ProblemError, type ProblemCode } from '../../../shared/contracts/problems.ts';
import { openStore, storeProblem, type Store } from '../../store/index.ts';
import { reportFile, type ReportFile } from '../report/report-file.ts';
import { reportPage } from '../report/report-screen.ts';

/** What the report thread is asked for. `now` in milliseconds since 1970: a thread has no clock of its own. */
export type ReportWork = { now: number } & (
  { what: 'show'; input: Input<'reports/show'> } | { what: 'file'; input: Pick<Input<'reports/export'>, 'ask' | 'format'> });
export type ReportMade = Output<'reports/show'> | ReportFile;
export type ReportReply =
  { id: number; progress: { done: number; of: number } } | { id: number; ok: true; made: ReportMade } | { id: number; ok: false; code: ProblemCode | null; message: string };

if (parentPort !== null) {
  const port = parentPort;
  const { dir, key, appVersion } = workerData as Store['access'];
  const store = openStore(dir, { key, appVersion, readOnly: true });
  port.on('message', async ({ id, work }: { id: number; work: ReportWork }) => {
    const tell = (done: number, of: number): void => port.postMessage({ id, progress: { done, of } } satisfies ReportReply);
    let reply: ReportReply;
    try {
      const { now } = work;
      const made = work.what === 'show' ? reportPage(store, { ...work.input, now }, tell) : await reportFile(store, { ...work.input, now }, tell);
      reply = { id, ok: true, made };
    } catch (thrown) {
      const error = storeProblem(thrown);
      // The message of an SQLite error names tables and codes, never values.
      reply = { id, ok: false, code: error instanceof ProblemError ? error.code : null, message: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(reply);
  });
}
