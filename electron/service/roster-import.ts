import { randomUUID } from 'node:crypto';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { RosterField } from '../../shared/domain/roster.ts';
import { appendEvent, type Store } from '../store/index.ts';
import { readInThread } from './file-thread.ts';
import { commitRows, type RowResult } from './roster-commit.ts';
import type { RosterPart } from './roster-file.ts';

const mostBytes = 50 * 1024 * 1024;

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
  for await (const message of readInThread<RosterPart>('roster', content)) {
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
