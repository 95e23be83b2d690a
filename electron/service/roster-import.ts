import { randomUUID } from 'node:crypto';
import { ProblemError, isProblemCode } from '../../shared/contracts/problems.ts';
import type { RosterField } from '../../shared/domain/roster.ts';
import { appendEvent, type Store } from '../store/index.ts';
import { commitRows, type ParsedRow, type RowResult } from './roster-commit.ts';
import { startWorker } from './worker-thread.ts';
import type { RosterMessage } from './workers/roster.ts';

const mostBytes = 50 * 1024 * 1024;
/** A roster of 200,000 rows gives its first ones sooner; a file made to unpack without end gives none. */
const silentMs = 9_000;

export interface RosterImport {
  rows: number;
  imported: number;
  unchanged: number;
  refused: number;
  /** Field → header as the file writes it. */
  columns: Partial<Record<RosterField, string>>;
}

export interface RosterOptions {
  fileName: string;
  content: Uint8Array;
  dryRun: boolean;
  actor: string;
  /** Called for each row after its commit. */
  onRow?(result: RowResult): void;
  onProgress?(done: number): void;
}

/**
 * Imports a roster, CSV or XLSX. A thread of its own parses and asks for the next rows only when the last are stored,
 * so neither a big file nor a slow disk fills the memory. Problems: `file-too-large`, `file-unreadable`,
 * `file-encoding`, `roster-file-type`, `roster-columns-missing`.
 */
export async function importRoster(store: Store, options: RosterOptions): Promise<RosterImport> {
  const { fileName, content, dryRun, actor } = options;
  if (content.byteLength > mostBytes) throw new ProblemError('file-too-large');
  const total: RosterImport = { rows: 0, imported: 0, unchanged: 0, refused: 0, columns: {} };
  const importId = randomUUID();
  for await (const message of parseRoster(content)) {
    if (message.kind === 'columns') {
      total.columns = message.columns;
      continue;
    }
    await commitRows(store, message.rows, {
      actor, dryRun,
      onRow: (result) => {
        total.rows += 1;
        total[result.state] += 1;
        options.onRow?.(result);
      },
    });
    options.onProgress?.(total.rows);
  }
  const { rows, imported, unchanged, refused } = total;
  if (!dryRun) {
    store.transaction(() => appendEvent(store, {
      type: 'roster-imported', actor, payload: { importId, fileName: fileName.normalize('NFC').slice(0, 255), rows, imported, unchanged, refused },
    }));
  }
  return total;
}

type Parsed = { kind: 'columns'; columns: RosterImport['columns'] } | { kind: 'rows'; rows: ParsedRow[] };

/** The rows of a file as a thread reads them, some hundred at a time. */
async function* parseRoster(content: Uint8Array): AsyncGenerator<Parsed> {
  // A true copy: `slice` of a Buffer would share the memory that is given away here.
  const copy = new Uint8Array(content);
  // A small file can unpack to anything: the thread's memory has a bound of its own.
  const thread = startWorker('roster', { workerData: copy, transferList: [copy.buffer], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  const messages: RosterMessage[] = [];
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  thread.on('message', (message: RosterMessage) => {
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
      } else if (message.kind === 'problem') {
        throw isProblemCode(message.code) ? new ProblemError(message.code, message.detail) : new Error(message.code);
      } else if (message.kind === 'end') {
        return;
      } else {
        yield message;
        thread.postMessage('next');
      }
    }
  } finally {
    await thread.terminate();
  }
}
