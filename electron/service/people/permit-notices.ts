import type { GateNotice } from '../../../shared/contracts/requests/gate.ts';
import { expiriesOf, isPermitFor } from '../../../shared/domain/worker-expiry.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import type { NoticeRule } from '../gate/gate-notices.ts';
import { readPeopleSettings } from './people-settings.ts';

/** Told at the gate from so many days before. */
const toldDays = 30;

/**
 * What of a worker ends within 30 days or is over, the nearest only, and a permit that does not name this province
 * (Nghị định 219/2025/NĐ-CP: work in several provinces has duties of its own).
 */
export const permitNotices: NoticeRule = (store, { details }, _decision, at) => {
  const today = workDateOf(at);
  const notices: GateNotice[] = [];
  if (details.permit !== null) {
    const { province } = readPeopleSettings(store);
    if (province !== null && !isPermitFor(details.permit.provinces, province)) notices.push({ kind: 'permit-elsewhere', provinces: details.permit.provinces });
  }
  const [nearest] = expiriesOf(details);
  if (nearest !== undefined && nearest.date <= addDays(today, toldDays)) notices.push({ kind: 'permit-expires', ...nearest });
  return notices;
};
