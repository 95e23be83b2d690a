import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { TrustAnchors } from '../../card/pki/anchors.ts';
import { checkMasterList } from '../../card/pki/master-list.ts';
import { parseTrustFile, type TrustFile } from '../../card/pki/trust-file.ts';

/** What this thread is given: a file, and what is trusted already. `today` is an ISO date. */
export interface TrustFileWork { content: Uint8Array; known: TrustAnchors; today: string }
/** What it tells, once. */
export type TrustFileMessage = { kind: 'file'; file: TrustFile; isListKnown: boolean } | { kind: 'problem'; code: string; detail?: string };

if (parentPort !== null) {
  const { content, known, today } = workerData as TrustFileWork;
  let message: TrustFileMessage;
  try {
    const file = parseTrustFile(content, { known, today });
    // Without the list's own certificates: only what was trusted before can speak for its signer.
    const isListKnown = file.kind === 'master-list' && checkMasterList(content, [], { known, today }).verdict.ok === true;
    message = { kind: 'file', file, isListKnown };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    message = { kind: 'problem', code: error.code, detail: error.detail };
  }
  parentPort.postMessage(message);
}
