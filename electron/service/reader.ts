import type { Worker } from 'node:worker_threads';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Store } from '../store/index.ts';
import { startWorker } from './worker-thread.ts';
import type { ReadInput, ReadName, ReadOutput, ReadReply } from './workers/long-read.ts';

/** Asks a thread with its own reading connection: reports and searches never hold up a scan. */
export interface Reader {
  /** Problems `store-damaged`, `disk-full`, and the named read's own. */
  read<N extends ReadName>(name: N, input: ReadInput<N>): Promise<ReadOutput<N>>;
  close(): Promise<void>;
}

/** The thread starts with the first question. Where it dies, what waits fails and the next question starts another. */
export function createReader(access: Store['access']): Reader {
  let thread: Worker | undefined;
  let lastId = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

  const start = (): Worker => {
    const started = startWorker('long-read', { workerData: access });
    const failed = (error: Error): void => {
      if (thread === started) thread = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('message', (reply: ReadReply) => {
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if (reply.ok) asked?.resolve(reply.output);
      else asked?.reject(reply.code === null ? new Error(`long read failed: ${reply.message}`) : new ProblemError(reply.code));
    });
    started.on('error', failed);
    started.on('exit', () => failed(new Error('long-read thread ended')));
    return started;
  };
  return {
    read: (name, input) => new Promise((resolve, reject) => {
      thread ??= start();
      lastId += 1;
      waiting.set(lastId, { resolve: resolve as (value: unknown) => void, reject });
      // An idle reader must not keep a process alive that has nothing else to do.
      thread.ref();
      thread.postMessage({ id: lastId, name, input });
    }),
    close: async () => {
      await thread?.terminate();
    },
  };
}
