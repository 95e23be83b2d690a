import type { DossierStatus } from '../contracts/dossier.ts';

/** What may follow each status of a dossier. Typed over every status: a gap does not compile. */
export const nextStatuses = {
  'received': ['in-progress', 'supplement-requested', 'resolved', 'stopped', 'withdrawn'],
  'in-progress': ['supplement-requested', 'resolved', 'stopped', 'withdrawn'],
  'supplement-requested': ['in-progress', 'stopped', 'withdrawn'],
  'resolved': ['handed-over'],
  'handed-over': [],
  'stopped': [],
  'withdrawn': [],
} as const satisfies Record<DossierStatus, readonly DossierStatus[]>;

/** The statuses in official words. */
export const statusTexts = {
  'received': 'Đã tiếp nhận',
  'in-progress': 'Đang giải quyết',
  'supplement-requested': 'Yêu cầu bổ sung',
  'resolved': 'Đã có kết quả',
  'handed-over': 'Đã trả kết quả',
  'stopped': 'Dừng giải quyết',
  'withdrawn': 'Đã rút hồ sơ',
} as const satisfies Record<DossierStatus, string>;

/** Reached only by an act of its own: digitising the result, handing it over. */
const byOwnAct: readonly DossierStatus[] = ['resolved', 'handed-over'];
/** Steps that the citizen must be told the reason of: forms 02 and 05 of Thông tư 03/2025/TT-VPCP, and a withdrawal. */
const needReason: readonly DossierStatus[] = ['supplement-requested', 'stopped', 'withdrawn'];

/** True where a dossier may go from one status to the other. */
export function canFollow(from: DossierStatus, to: DossierStatus): boolean {
  return (nextStatuses[from] as readonly DossierStatus[]).includes(to);
}

/** The steps an officer may choose by a button from a status. */
export function advanceTargets(from: DossierStatus): DossierStatus[] {
  return nextStatuses[from].filter((to) => !byOwnAct.includes(to));
}

/** True where a step to this status must say why. */
export function needsReason(to: DossierStatus): boolean {
  return needReason.includes(to);
}

/** Statuses in which work is still to be done or a result still to be fetched. */
export function isOpen(status: DossierStatus): boolean {
  return nextStatuses[status].length > 0;
}

/** Statuses in which the clock of the term runs. */
export function clockRuns(status: DossierStatus): boolean {
  return status === 'received' || status === 'in-progress';
}
