import type { GateNotice } from '../../../shared/contracts/requests/gate.ts';
import type { Store, StoredWorker } from '../../store/index.ts';
import type { Decision } from './gate-attendance.ts';
import { labourNotices } from '../time/labour-notices.ts';
import { permitNotices } from '../people/permit-notices.ts';

/** What a worker should know at the gate besides the answer, the most pressing first. */
export type NoticeRule = (store: Store, worker: StoredWorker, decision: Decision, at: number) => readonly GateNotice[];

/** Each reads few rows by key and writes nothing: it runs inside the scan. */
const rules: readonly NoticeRule[] = [labourNotices, permitNotices];
const mostNotices = 5;

/** Notices of one scan. `at` in milliseconds since 1970. */
export function noticesFor(store: Store, worker: StoredWorker, decision: Decision, at: number): GateNotice[] {
  return rules.flatMap((rule) => rule(store, worker, decision, at)).slice(0, mostNotices);
}
