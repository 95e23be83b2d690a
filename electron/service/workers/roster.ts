import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { RosterField } from '../../../shared/domain/roster.ts';
import type { ParsedRow } from '../roster-commit.ts';
import { readRosterFile } from '../roster-file.ts';

/** What this thread tells. After `columns` and each `rows` it waits until it is told `next`. */
export type RosterMessage =
  | { kind: 'columns'; columns: Partial<Record<RosterField, string>> }
  | { kind: 'rows'; rows: ParsedRow[] }
  | { kind: 'problem'; code: string; detail?: string }
  | { kind: 'end' };

if (parentPort !== null) {
  const port = parentPort;
  const say = (message: RosterMessage): void => port.postMessage(message);
  const next = (): Promise<void> => new Promise((resolve) => port.once('message', () => resolve()));
  try {
    for await (const part of readRosterFile(workerData as Uint8Array)) {
      say(part);
      await next();
    }
    say({ kind: 'end' });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    say({ kind: 'problem', code: error.code, detail: error.detail });
  }
  port.close();
}
