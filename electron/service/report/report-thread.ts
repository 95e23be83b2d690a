import type { Worker } from 'node:worker_threads';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import type { Store } from '../../store/index.ts';
import type { ReportFile } from './report-file.ts';
import { startWorker } from '../worker-thread.ts';
import type { ReportMade, ReportReply, ReportWork } from '../workers/report.ts';

/** Reports are worked out in a thread of their own, one after another, so that neither a scan nor another list waits. */
export interface ReportThread {
  show(work: Extract<ReportWork, { what: 'show' }>): Promise<Output<'reports/show'>>;
  file(work: Extract<ReportWork, { what: 'file' }>): Promise<ReportFile>;
  /** Ends what runs and what waits with the problem `report-cancelled`. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** A report of the biggest gate stays far below; what is bigger is a mistake and must not take the machine with it. */
const mostMegabytes = 3_072;

export function createReportThread(access: Store['access'], onProgress: (progress: { done: number; of: number }) => void): ReportThread {
  let thread: Worker | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve(made: ReportMade): void; reject(error: Error): void }>();
  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = startWorker('report', { workerData: access, resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
    const failed = (error: Error): void => {
      // One that was ended on purpose has nothing to do with what runs now.
      if (thread !== started) return;
      thread = undefined;
      failAll(error);
    };
    started.on('message', (reply: ReportReply) => {
      if ('progress' in reply) return onProgress(reply.progress);
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if (reply.ok) asked?.resolve(reply.made);
      else asked?.reject(reply.code === null ? new Error(`report failed: ${reply.message}`) : new ProblemError(reply.code));
    });
    started.on('error', (error: NodeJS.ErrnoException) => failed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ProblemError('report-too-long') : error));
    started.on('exit', () => failed(new Error('report thread ended')));
    return started;
  };
  const ask = (work: ReportWork): Promise<ReportMade> => new Promise((resolve, reject) => {
    thread ??= start();
    lastId += 1;
    waiting.set(lastId, { resolve, reject });
    // An idle thread must not keep a process alive that has nothing else to do.
    thread.ref();
    thread.postMessage({ id: lastId, work });
  });
  const end = async (): Promise<void> => {
    const ended = thread;
    thread = undefined;
    failAll(new ProblemError('report-cancelled'));
    await ended?.terminate();
  };
  return { show: (work) => ask(work) as Promise<Output<'reports/show'>>, file: (work) => ask(work) as Promise<ReportFile>, cancel: end, close: end };
}
