import { isProblemCode, ProblemError } from '../../../shared/contracts/problems.ts';
import type { TrustList } from '../../../shared/contracts/trust.ts';
import { todayInVietnam } from '../../../shared/domain/local-day.ts';
import type { TrustFile } from '../../card/pki/trust-file.ts';
import { trustAnchors, type Store } from '../../store/index.ts';
import { startWorker } from '../worker-thread.ts';
import type { TrustFileMessage, TrustFileWork } from '../workers/trust-file.ts';

/** Largest file that is opened, in bytes: the largest master list that was seen has 0.9 MB, the whole ICAO PKD some ten. */
export const mostTrustFileBytes = 16 * 1024 * 1024;
/** The largest list takes seconds; a file made to cost more is given up. */
const silentMs = 90_000;

/**
 * Opens a file that somebody wants to trust, in a thread of its own: the signatures of a master list take seconds, and
 * no scan may wait for them. Problems: `trust-file-too-large`, `trust-file-invalid`.
 */
export async function readTrustFile(store: Store, content: Uint8Array): Promise<Omit<TrustFile, 'list'> & { list: TrustList | null }> {
  if (content.byteLength > mostTrustFileBytes) throw new ProblemError('trust-file-too-large');
  // A true copy: `slice` of a Buffer would share the memory that is given away here.
  const copy = new Uint8Array(content);
  const work: TrustFileWork = { content: copy, known: trustAnchors(store), today: todayInVietnam(store.clock.now()) };
  const thread = startWorker('trust-file', { workerData: work, transferList: [copy.buffer], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  let limit: NodeJS.Timeout | undefined;
  try {
    const message = await new Promise<TrustFileMessage>((resolve, reject) => {
      limit = setTimeout(() => reject(new ProblemError('trust-file-invalid', 'time')), silentMs);
      thread.on('message', resolve);
      thread.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ProblemError('trust-file-invalid', 'memory') : error));
      thread.on('exit', () => reject(new Error('trust-file thread ended')));
    });
    if (message.kind === 'file') return { ...message.file, list: message.file.list && { ...message.file.list, known: message.isListKnown } };
    throw isProblemCode(message.code) ? new ProblemError(message.code, message.detail) : new Error(message.code);
  } finally {
    clearTimeout(limit);
    await thread.terminate();
  }
}
