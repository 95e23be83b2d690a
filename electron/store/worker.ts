import { fold, maskPersonalId } from '../../shared/domain/vietnamese.ts';
import { emptyDetails, WorkerDetails } from '../../shared/contracts/worker-details.ts';
import { hasDetails } from '../../shared/domain/roster-details.ts';
import type { Worker } from '../../shared/domain/roster.ts';
import { personalHash } from './site-key.ts';
import type { Store } from './store.ts';

interface WorkerRow {
  worker_no: number; worker_id: string; full_name: string; department: string; employer: string; personal_id: string | null;
  masked_id: string | null; start_date: string | null; end_date: string | null; shift_id: string | null; card_number: string | null;
  pass: string | null; barred: number; language: Worker['language']; nationality: string | null; sex: Worker['sex']; birth_date: string | null; details: string; next_worker_no: number | null;
}

const columns = `worker_no, worker_id, full_name, department, employer, personal_id, masked_id, start_date, end_date, shift_id,
  card_number, pass, barred, language, nationality, sex, birth_date, details, next_worker_no`;

/** A worker as stored; `workerNo` is the key inside this store only. */
export interface StoredWorker extends Worker {
  workerNo: number;
  /** The number as screens may show it; it stays when the number itself was handed on or came from another gate. */
  maskedId: string | null;
  /** Where the same person works under another code since; that row has the numbers. */
  nextWorkerNo: number | null;
}

/** A worker by the factory's code, leavers too; null where there is none. */
export function findWorkerById(store: Store, workerId: string): StoredWorker | null {
  return workerOf(store.sql<[string], WorkerRow>(`select ${columns} from worker where worker_id = ?`).get(workerId));
}

/** By the key inside this store. */
export function findWorkerByNo(store: Store, workerNo: number): StoredWorker | null {
  return workerOf(store.sql<[number], WorkerRow>(`select ${columns} from worker where worker_no = ?`).get(workerNo));
}

/** By the keyed hash of the number: the number itself is never searched for. */
export function findWorkerByPersonalId(store: Store, personalId: string): StoredWorker | null {
  const hash = Buffer.from(personalHash(store, personalId), 'hex');
  return workerOf(store.sql<[Buffer], WorkerRow>(`select ${columns} from worker where personal_hash = ?`).get(hash));
}

/** By factory card, then printed pass, then the worker's own code, which many factories print as the bar code. */
export function findWorkerByCode(store: Store, code: string): StoredWorker | null {
  const by = (column: 'card_number' | 'pass'): WorkerRow | undefined => (
    store.sql<[string], WorkerRow>(`select ${columns} from worker where ${column} = ?`).get(code));
  return workerOf(by('card_number') ?? by('pass')) ?? findWorkerById(store, code);
}

/** A number of a worker's that is another's too. */
export interface WorkerConflict { field: 'personalId' | 'cardNumber' | 'pass'; workerId: string }

/** Each number of a worker's that somebody else has, of those that are no two people's. */
export function findWorkerConflicts(store: Store, draft: Worker): WorkerConflict[] {
  const owners = {
    personalId: draft.personalId === null ? null : findWorkerByPersonalId(store, draft.personalId),
    cardNumber: draft.cardNumber === null ? null : findWorkerByCode(store, draft.cardNumber),
    pass: draft.pass === null ? null : findWorkerByCode(store, draft.pass),
  };
  return (['personalId', 'cardNumber', 'pass'] as const).flatMap((field) => {
    const owner = owners[field];
    return owner === null || owner.workerId === draft.workerId ? [] : [{ field, workerId: owner.workerId }];
  });
}

/** Writes a worker, new or changed. The row keeps its key, so presence and scans stay with the person. */
export function saveWorker(store: Store, worker: Worker): void {
  const hash = worker.personalId === null ? null : Buffer.from(personalHash(store, worker.personalId), 'hex');
  store.sql<unknown[]>(`
    insert into worker (worker_id, full_name, department, employer, personal_id, personal_hash, masked_id, start_date, end_date,
      shift_id, card_number, pass, barred, language, nationality, sex, birth_date, details, search_text)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (worker_id) do update set full_name = excluded.full_name, department = excluded.department,
      employer = excluded.employer, personal_id = excluded.personal_id, personal_hash = excluded.personal_hash,
      masked_id = excluded.masked_id, start_date = excluded.start_date, end_date = excluded.end_date, shift_id = excluded.shift_id,
      card_number = excluded.card_number, pass = excluded.pass, barred = excluded.barred, language = excluded.language,
      nationality = excluded.nationality, sex = excluded.sex, birth_date = excluded.birth_date, details = excluded.details, search_text = excluded.search_text`).run(
    worker.workerId, worker.fullName, worker.department, worker.employer, worker.personalId, hash,
    worker.personalId === null ? null : maskPersonalId(worker.personalId), worker.startDate, worker.endDate, worker.shiftId,
    worker.cardNumber, worker.pass, worker.barred ? 1 : 0, worker.language, worker.nationality, worker.sex, worker.birthDate, !hasDetails(worker.details) ? '{}' : JSON.stringify(worker.details),
    searchText(worker));
}

/** What an event may tell of a worker: numbers only masked, the personal one as keyed hash too; details only where there are some. */
export function workerPayload(store: Store, worker: Worker): Record<string, unknown> {
  const { workerId, fullName, department, employer, personalId, startDate, endDate, shiftId, cardNumber, pass, barred, language, nationality, sex, birthDate, details } = worker;
  return {
    workerId, fullName, department, employer, startDate, endDate, shiftId, cardNumber, pass, barred, language, nationality, sex, birthDate,
    ...(hasDetails(details) && { details: maskedDetails(details) }),
    personalHash: personalId === null ? null : personalHash(store, personalId),
    maskedId: personalId === null ? null : maskPersonalId(personalId),
  };
}

function maskedDetails(details: WorkerDetails): WorkerDetails {
  const masked = (number: string | null): string | null => (number === null ? null : maskPersonalId(number));
  return {
    ...details, socialInsuranceNo: masked(details.socialInsuranceNo), passport: masked(details.passport),
    permit: details.permit === null ? null : { ...details.permit, number: maskPersonalId(details.permit.number) },
  };
}

/** Whether the last scan that counted let a worker in. */
export function isInside(store: Store, workerNo: number): boolean {
  return store.sql<[number], { one: number }>("select 1 as one from presence where worker_no = ? and direction = 'in'").get(workerNo) !== undefined;
}

/** How many workers the roster has, leavers too. */
export function countWorkers(store: Store): number {
  return store.sql<[], { n: number }>('select count(*) as n from worker').get()?.n ?? 0;
}

export interface WorkerLine {
  workerId: string; fullName: string; department: string; employer: string; startDate: string | null; endDate: string | null;
  maskedId: string | null; barred: boolean; inside: boolean;
}

/** Finds by name without accents, worker code, card, department or employer; the number only as a whole. */
export function searchWorkers(store: Store, query: string, limit: number): { total: number; workers: WorkerLine[] } {
  const folded = fold(query);
  if (/^\d{12}$/.test(folded)) {
    const worker = findWorkerByPersonalId(store, folded);
    if (worker !== null) return { total: 1, workers: linesOf(store, 'worker_no = ?', [worker.workerNo], 1) };
  }
  const words = folded.split(' ').filter((word) => word !== '');
  const where = words.length === 0 ? '1' : words.map(() => "search_text like ? escape '\\'").join(' and ');
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const total = store.sql<string[], { n: number }>(`select count(*) as n from worker where ${where}`).get(...patterns)?.n ?? 0;
  return { total, workers: linesOf(store, where, patterns, limit) };
}

/** Workers whose term is not over on a date, in the order of their keys, a page after a key: for walks that let others in between. */
export function activeWorkersAfter(store: Store, afterNo: number, date: string, limit: number): { workerNo: number; workerId: string; fullName: string; department: string; employer: string; startDate: string | null }[] {
  return store.sql<[number, string, number], ReturnType<typeof activeWorkersAfter>[number]>(`
    select worker_no as workerNo, worker_id as workerId, full_name as fullName, department, employer, start_date as startDate
    from worker where worker_no > ? and (end_date is null or end_date > ?) order by worker_no limit ?`).all(afterNo, date, limit);
}

/** What a timesheet needs of a worker. */
export interface SheetWorker {
  workerNo: number; workerId: string; fullName: string; department: string; employer: string;
  startDate: string | null; endDate: string | null; shiftId: string | null; barred: boolean; searchText: string;
}

/** Every worker of the roster, by employer, department and code. */
export function* eachWorker(store: Store): Generator<SheetWorker> {
  const rows = store.sql<[], Omit<SheetWorker, 'barred'> & { barred: number }>(`
    select worker_no as workerNo, worker_id as workerId, full_name as fullName, department, employer, start_date as startDate,
      end_date as endDate, shift_id as shiftId, barred, search_text as searchText
    from worker order by employer, department, worker_id`);
  for (const row of rows.iterate()) yield { ...row, barred: row.barred === 1 };
}

/** Departments and employers of the roster, each once, in order. */
export function readTeams(store: Store): { departments: string[]; employers: string[] } {
  const each = (column: 'department' | 'employer'): string[] => store.sql<[], { text: string }>(
    `select distinct ${column} as text from worker where ${column} <> '' order by ${column}`).all().map(({ text }) => text);
  return { departments: each('department'), employers: each('employer') };
}

function linesOf(store: Store, where: string, params: (string | number)[], limit: number): WorkerLine[] {
  const rows = store.sql<(string | number)[], WorkerRow & { inside: number }>(`
    select ${columns}, exists (select 1 from presence p where p.worker_no = worker.worker_no and p.direction = 'in') as inside
    from worker where ${where} order by worker_id limit ?`).all(...params, limit);
  return rows.map((row) => ({
    workerId: row.worker_id, fullName: row.full_name, department: row.department, employer: row.employer, startDate: row.start_date,
    endDate: row.end_date, maskedId: row.masked_id, barred: row.barred === 1, inside: row.inside === 1,
  }));
}

function searchText(worker: Worker): string {
  return fold([worker.fullName, worker.workerId, worker.cardNumber ?? '', worker.department, worker.employer].join(' '));
}

function workerOf(row: WorkerRow | undefined): StoredWorker | null {
  if (row === undefined) return null;
  return {
    workerNo: row.worker_no, maskedId: row.masked_id, nextWorkerNo: row.next_worker_no, workerId: row.worker_id, fullName: row.full_name, department: row.department, employer: row.employer,
    personalId: row.personal_id, startDate: row.start_date, endDate: row.end_date, shiftId: row.shift_id, cardNumber: row.card_number,
    pass: row.pass, barred: row.barred === 1, language: row.language, nationality: row.nationality, sex: row.sex, birthDate: row.birth_date,
    details: detailsOf(row.details),
  };
}

/** A worker's details from their column; nearly all have none. */
export function detailsOf(text: string): WorkerDetails {
  return text === '{}' ? emptyDetails : WorkerDetails.parse(JSON.parse(text));
}
