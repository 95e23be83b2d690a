import { z } from 'zod';
import { LocalDate, Sex } from '../../shared/contracts/identity.ts';
import { emptyDetails, WorkerDetails } from '../../shared/contracts/worker-details.ts';
import { fold, maskPersonalId } from '../../shared/domain/vietnamese.ts';
import { appendEvent } from './event.ts';
import { applyCalendar, applyProcedure } from './procedure.ts';
import type { Store } from './store.ts';

/** What the hub publishes, as it comes over the wire. */
export type HubChange =
  | { kind: 'procedure'; code: string; body: Record<string, unknown> }
  | { kind: 'worker'; workerId: string; body: Record<string, unknown> }
  | { kind: 'calendar'; year: number; body: Record<string, unknown> };

const text = z.string().max(500);
/** A worker as another gate of the site recorded him: the number only masked and under the site's key. */
const RemoteWorker = z.object({
  workerId: text.min(1), fullName: text.min(1), department: text.default(''), employer: text.default(''),
  personalHash: z.string().regex(/^[0-9a-f]{64}$/).nullable().default(null), maskedId: text.nullable().default(null),
  startDate: LocalDate.nullable().default(null), endDate: LocalDate.nullable().default(null), shiftId: text.nullable().default(null),
  cardNumber: text.nullable().default(null), pass: text.nullable().default(null), barred: z.boolean().default(false),
  language: z.enum(['vi', 'en', 'zh', 'ko', 'ja']).catch('vi'), nationality: text.nullable().default(null),
  sex: Sex.nullable().default(null), birthDate: LocalDate.nullable().default(null), device: z.string().nullish(),
  details: WorkerDetails.nullable().catch(null).default(null),
});

/**
 * Applies what was pulled and moves the cursor, in one transaction. Applying a change again changes nothing. A worker is
 * put on the roster, unless this kiosk told of him itself or a number of his is another worker's. What came in is told in
 * one event a kind, which is not sent on to other gates.
 */
export function applyHubChanges(store: Store, changes: readonly HubChange[], cursor: string): void {
  store.transaction(() => {
    const counts = { worker: { imported: 0, refused: 0 }, procedure: { imported: 0, refused: 0 }, calendar: { imported: 0, refused: 0 } };
    for (const change of changes) {
      if (change.kind === 'worker' && (change.body.device === store.device.id || tellsItself(store, change.body.device))) continue;
      counts[change.kind][apply(store, change) ? 'imported' : 'refused'] += 1;
    }
    const { worker, procedure, calendar } = counts;
    if (worker.imported + worker.refused > 0) appendEvent(store, { type: 'roster-imported', actor: 'system', payload: { source: 'hub', ...worker } });
    if (procedure.imported + procedure.refused + calendar.imported + calendar.refused > 0) {
      appendEvent(store, { type: 'procedures-updated', actor: 'system', payload: { source: 'hub', procedure, calendar } });
    }
    store.sql<[string]>('update hub_link set cursor = ?').run(cursor);
  });
}

/** A gate whose own events come here says what it says of a worker there, in an order that all gates agree on. */
function tellsItself(store: Store, device: unknown): boolean {
  return typeof device === 'string' && store.sql<[string], { found: number }>(
    'select 1 as found from site_gate join site_chain using (gate_no) where device = ? limit 1').get(device) !== undefined;
}

function apply(store: Store, change: HubChange): boolean {
  if (change.kind === 'procedure') return applyProcedure(store, change.body);
  return change.kind === 'calendar' ? applyCalendar(store, change.year, change.body) : saveRemoteWorker(store, change.body);
}

/**
 * Puts a worker on the roster as another gate tells of him; false where the body is none, or a number of his is another's.
 * `ownKey` false: his number was hashed with a key that is not the site's; what is known of it here stays.
 */
export function saveRemoteWorker(store: Store, body: Record<string, unknown>, { ownKey = true }: { ownKey?: boolean } = {}): boolean {
  const parsed = RemoteWorker.safeParse(body);
  if (!parsed.success) return false;
  const worker = parsed.data;
  if (!ownKey) {
    const known = store.sql<[string, string | null], { hash: Buffer | null }>('select personal_hash as hash from worker where worker_id = ? and masked_id is ?').get(worker.workerId, worker.maskedId);
    worker.personalHash = known?.hash?.toString('hex') ?? null;
  }
  const hash = worker.personalHash === null ? null : Buffer.from(worker.personalHash, 'hex');
  const taken = store.sql<unknown[], { found: number }>(`select 1 as found from worker where worker_id <> ?
    and (personal_hash = ? or card_number = ? or pass = ?) limit 1`).get(worker.workerId, hash, worker.cardNumber, worker.pass);
  if (taken !== undefined) return false;
  // The number itself stays where it was read: it is kept only while its hash is still the same.
  store.sql<unknown[]>(`
    insert into worker (worker_id, full_name, department, employer, personal_hash, masked_id, start_date, end_date, shift_id, card_number,
      pass, barred, language, nationality, sex, birth_date, search_text)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (worker_id) do update set full_name = excluded.full_name, department = excluded.department, employer = excluded.employer,
      personal_id = iif(personal_hash is excluded.personal_hash, personal_id, null), personal_hash = excluded.personal_hash,
      masked_id = excluded.masked_id, start_date = excluded.start_date, end_date = excluded.end_date, shift_id = excluded.shift_id,
      card_number = excluded.card_number, pass = excluded.pass, barred = excluded.barred, language = excluded.language,
      nationality = excluded.nationality, sex = excluded.sex, birth_date = excluded.birth_date, search_text = excluded.search_text`).run(
    worker.workerId, worker.fullName, worker.department, worker.employer, hash, worker.maskedId, worker.startDate, worker.endDate,
    worker.shiftId, worker.cardNumber, worker.pass, worker.barred ? 1 : 0, worker.language, worker.nationality, worker.sex, worker.birthDate,
    fold([worker.fullName, worker.workerId, worker.cardNumber ?? '', worker.department, worker.employer].join(' ')));
  if (worker.details !== null) saveRemoteDetails(store, worker.workerId, worker.details);
  return true;
}

/** Numbers come masked: one that is known here stays as long as it looks the same. */
function saveRemoteDetails(store: Store, workerId: string, told: WorkerDetails): void {
  const row = store.sql<[string], { details: string }>('select details from worker where worker_id = ?').get(workerId);
  const known = WorkerDetails.safeParse({ ...emptyDetails, ...JSON.parse(row?.details ?? '{}') as object }).data ?? emptyDetails;
  const same = (mine: string | null | undefined, masked: string | null): string | null => (
    mine !== null && mine !== undefined && maskPersonalId(mine) === masked ? mine : masked);
  const details: WorkerDetails = {
    ...told, socialInsuranceNo: same(known.socialInsuranceNo, told.socialInsuranceNo), passport: same(known.passport, told.passport),
    permit: told.permit === null ? null : { ...told.permit, number: same(known.permit?.number, told.permit.number) ?? told.permit.number },
  };
  store.sql<[string, string]>('update worker set details = ? where worker_id = ?').run(JSON.stringify(details), workerId);
}
