import type { MessagePort } from 'node:worker_threads';
import { ProblemError, isProblemCode } from '../../shared/contracts/problems.ts';
import { startWorker } from './worker-thread.ts';

/** A sheet of 200,000 rows gives its first ones sooner; a file made to unpack without end gives none. */
const silentMs = 9_000;

/** What a thread tells that reads a file part by part. After each part it waits until it is told `next`. */
type FileMessage<P> = P | { kind: 'problem'; code: string; detail?: string } | { kind: 'end' };

/**
 * The parts of a file as the thread `electron/service/workers/<name>.ts` reads them. It reads on only when the last part
 * is done with, so neither a big file nor a slow disk fills the memory. Problems: `file-too-large` (memory, time), and
 * those of the thread's own reading. `how`: told to the thread beside the bytes, which it then gets as `{ content, how }`.
 */
export async function* readInThread<P extends { kind: string }>(name: string, content: Uint8Array, how?: unknown): AsyncGenerator<P> {
  // A true copy: `slice` of a Buffer would share the memory that is given away here.
  const copy = new Uint8Array(content);
  // A small file can unpack to anything: the thread's memory has a bound of its own.
  const thread = startWorker(name, { workerData: how === undefined ? copy : { content: copy, how }, transferList: [copy.buffer], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  const messages: FileMessage<P>[] = [];
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  thread.on('message', (message: FileMessage<P>) => {
    messages.push(message);
    wake();
  });
  thread.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ProblemError('file-too-large') : error;
    wake();
  });
  try {
    for (;;) {
      const message = messages.shift();
      if (message === undefined) {
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => {
          const limit = setTimeout(() => {
            failure = new ProblemError('file-too-large', 'time');
            resolve();
          }, silentMs);
          wake = () => {
            clearTimeout(limit);
            resolve();
          };
          if (messages.length > 0 || failure !== undefined) wake();
        });
      } else if (isProblem(message)) {
        throw isProblemCode(message.code) ? new ProblemError(message.code, message.detail) : new Error(message.code);
      } else if (message.kind === 'end') {
        return;
      } else {
        yield message as P;
        thread.postMessage('next');
      }
    }
  } finally {
    await thread.terminate();
  }
}

function isProblem(message: { kind: string }): message is { kind: 'problem'; code: string; detail?: string } {
  return message.kind === 'problem';
}

/** The thread's side: tells each part and waits for `next`. */
export async function tellParts(port: MessagePort, parts: AsyncIterable<{ kind: string }>): Promise<void> {
  const next = (): Promise<void> => new Promise((resolve) => port.once('message', () => resolve()));
  try {
    for await (const part of parts) {
      port.postMessage(part);
      await next();
    }
    port.postMessage({ kind: 'end' });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    port.postMessage({ kind: 'problem', code: error.code, detail: error.detail });
  }
  port.close();
}
