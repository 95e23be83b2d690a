import type { Worker } from './roster.ts';
import type { FormColumn, ReportForm } from './report-catalogue.ts';
import { decidedNote, isEmployed, teamOf, type Told } from './report-attendance.ts';
import { grouped, type GroupedRow, type Report, type ReportCell, type ReportColumn } from './report-model.ts';
import { fold } from './vietnamese.ts';
import { addDays, dateText } from './work-date.ts';

/** What the gate has counted of a worker in the period. */
export interface WorkerFacts { daysPresent: number; absentDays: number; overtimeMinutes: number }
export interface PeopleEntry { worker: Worker; facts: WorkerFacts }

interface Period { from: string; to: string; warnDays: number }
type FieldOf = (entry: PeopleEntry, period: Period) => ReportCell;

const contractWords = { indefinite: 'Không xác định thời hạn', definite: 'Xác định thời hạn', other: 'Khác' } as const;
const tick = (wanted: boolean): ReportCell => (wanted ? 'x' : null);
const inPeriod = (date: string | null, { from, to }: Period): boolean => date !== null && from <= date && date <= to;

/** What can fill a column of a form, by the name that the catalogue uses. */
export const workerFields: Readonly<Record<string, FieldOf>> = {
  index: () => null,
  workerId: ({ worker }) => worker.workerId,
  fullName: ({ worker }) => worker.fullName,
  sex: ({ worker }) => worker.sex,
  birthDate: ({ worker }) => worker.birthDate,
  nationality: ({ worker }) => worker.nationality ?? 'Việt Nam',
  residence: ({ worker: { details } }) => [details.commune, details.province].filter((each) => each !== null).join(', '),
  personalNumber: ({ worker }) => worker.personalId ?? worker.details.passport,
  position: ({ worker }) => worker.details.position,
  positionAndPlace: ({ worker }) => [worker.details.position, worker.department].filter((each) => each !== null && each !== '').join(', '),
  skill: ({ worker }) => worker.details.skill,
  socialInsuranceNo: ({ worker }) => worker.details.socialInsuranceNo,
  contractKind: ({ worker: { details } }) => (details.contractKind === null ? null : contractWords[details.contractKind]),
  startDate: ({ worker }) => worker.startDate,
  endDate: ({ worker }) => worker.endDate,
  employer: ({ worker }) => worker.employer,
  employerOfRecord: ({ worker }) => worker.details.employerOfRecord,
  isManager: ({ worker }) => tick(worker.details.jobGroup === 'manager'),
  isHigh: ({ worker }) => tick(worker.details.jobGroup === 'high'),
  isMiddle: ({ worker }) => tick(worker.details.jobGroup === 'middle'),
  isOther: ({ worker }) => tick(worker.details.jobGroup === 'other'),
  heavyWorkFrom: ({ worker }) => worker.details.heavyWorkFrom,
  heavyWorkTo: ({ worker }) => worker.details.heavyWorkTo,
  indefiniteFrom: ({ worker: { details } }) => (details.contractKind === 'indefinite' ? details.contractFrom : null),
  definiteFrom: ({ worker: { details } }) => (details.contractKind === 'definite' ? details.contractFrom : null),
  definiteTo: ({ worker: { details } }) => (details.contractKind === 'definite' ? details.contractTo : null),
  otherFrom: ({ worker: { details } }) => (details.contractKind === 'other' ? details.contractFrom : null),
  otherTo: ({ worker: { details } }) => (details.contractKind === 'other' ? details.contractTo : null),
  movementNote: ({ worker }, period) => [
    inPeriod(worker.startDate, period) && `Vào ${dateText(worker.startDate!)}`, inPeriod(worker.endDate, period) && `Nghỉ sau ${dateText(worker.endDate!)}`,
  ].filter((each) => each !== false).join('; '),
  passport: ({ worker }) => worker.details.passport,
  passportExpiresOn: ({ worker }) => worker.details.passportExpiresOn,
  permitKind: ({ worker: { details: { permit } } }) => (permit === null ? null : permit.kind === 'permit' ? 'Giấy phép' : 'Miễn'),
  permitNumber: ({ worker }) => worker.details.permit?.number ?? null,
  permitIssuedOn: ({ worker }) => worker.details.permit?.issuedOn ?? null,
  permitExpiresOn: ({ worker }) => worker.details.permit?.expiresOn ?? null,
  permitPosition: ({ worker }) => worker.details.permit?.position ?? null,
  permitForm: ({ worker }) => worker.details.permit?.form ?? null,
  permitProvinces: ({ worker }) => worker.details.permit?.provinces.join(', ') ?? null,
  permitWarning: ({ worker: { details } }, { to, warnDays }) => [
    details.permit === null ? 'Chưa có giấy phép' : expiry('Giấy phép', details.permit.expiresOn, to, warnDays), expiry('Hộ chiếu', details.passportExpiresOn, to, warnDays),
  ].filter((each) => each !== null).join('; '),
  daysPresent: ({ facts }) => facts.daysPresent,
  absentDays: ({ facts }) => facts.absentDays,
  overtimeMinutes: ({ facts }) => facts.overtimeMinutes,
};

/** Fields that only the gate's own scans can fill. */
export const factFields: readonly string[] = ['daysPresent', 'absentDays', 'overtimeMinutes'];

function expiry(what: string, date: string | null, to: string, warnDays: number): string | null {
  if (date === null) return null;
  if (date < to) return `${what} đã hết hạn`;
  return date <= addDays(to, warnDays) ? `${what} sắp hết hạn` : null;
}

const home = new Set(['', 'viet nam', 'vietnam', 'vn', 'vnm']);

/** Whether somebody is a foreigner, by the roster's nationality or a passport with a permit. */
export function isForeign({ nationality, details }: Pick<Worker, 'nationality' | 'details'>): boolean {
  return !home.has(fold(nationality ?? '')) || (nationality === null && details.permit !== null);
}

/** Whether somebody belongs into a list of people: on the roster on one of the period's dates, and of the report's kind. */
export function belongs({ id }: Pick<ReportForm, 'id'>, worker: Worker, { from, to }: { from: string; to: string }): boolean {
  const employed = (worker.startDate === null || worker.startDate <= to) && (worker.endDate === null || worker.endDate >= from);
  if (!employed) return false;
  if (id === 'foreign-workers') return isForeign(worker);
  return id === 'leased-labour' ? worker.details.employerOfRecord !== null : true;
}

/**
 * A list of people in the columns of a form. Columns without a field stay blank, and the notes say which; where absences are
 * counted, also until when (`told`).
 */
export function peopleList(form: ReportForm, { from, to, entries, told }: { from: string; to: string; entries: Iterable<PeopleEntry>; told?: Told }): Omit<Report, 'title' | 'subtitle'> {
  const columns = form.columns.map((column, at): ReportColumn => ({
    id: `${column.field ?? 'blank'}-${at}`, header: column.header, kind: column.kind, width: column.width,
    ...(column.band !== undefined && { band: column.band }), ...(column.personal === true && { personal: true }),
  }));
  const period = { from, to, warnDays: form.rules['warnDays'] ?? 0 };
  const fields = form.columns.map(fieldOf);
  const isKnown = form.columns.map(() => false);
  const rows = function* (): Generator<GroupedRow> {
    for (const entry of entries) {
      const cells = fields.map((field) => field(entry, period));
      cells.forEach((cell, at) => { if (cell !== null && cell !== '') isKnown[at] = true; });
      yield { group: teamOf(entry.worker), cells };
    }
  };
  return {
    columns, rows: grouped(columns, rows()),
    end: () => {
      const blank = form.columns.filter(({ field }) => field === null).map(columnName);
      const empty = form.columns.filter(({ field }, at) => field !== null && field !== 'index' && !isKnown[at]).map(columnName);
      return {
        charts: [],
        notes: [
          ...(told !== undefined && form.columns.some(({ field }) => field === 'absentDays') ? decidedNote(told, to) : []),
          ...(blank.length === 0 ? [] : [`Cổng không lưu, để trống cho doanh nghiệp điền: ${blank.join('; ')}.`]),
          ...(empty.length === 0 || empty.length === form.columns.length ? [] : [`Danh sách công nhân chưa có dữ liệu: ${empty.join('; ')}.`]),
        ],
      };
    },
  };
}

function columnName({ band, header }: FormColumn): string {
  return band === undefined ? header : `${band}: ${header}`;
}

function fieldOf({ field, header }: FormColumn): FieldOf {
  if (field === null) return () => null;
  const found = workerFields[field];
  if (found === undefined) throw new Error(`column ${header} names no field: ${field}`);
  return found;
}

const women = 'Nữ';

/** 02/PLI: how many work for each enterprise on the last date of the period, by sex, age, position and contract. */
export function labourSummary({ rules }: Pick<ReportForm, 'rules'>, { to, workers }: { to: string; workers: Iterable<Worker> }): Omit<Report, 'title' | 'subtitle'> {
  const age = rules['olderThan'] ?? 35;
  const bornBefore = `${Number(to.slice(0, 4)) - age}${to.slice(4)}`;
  const count = (id: string, header: string, band?: string): ReportColumn => ({ id, header, ...(band !== undefined && { band }), kind: 'count', width: 8, sum: true });
  const columns: ReportColumn[] = [
    { id: 'index', header: 'STT', kind: 'index', width: 5 }, { id: 'employer', header: 'Doanh nghiệp', kind: 'text', width: 30 },
    count('all', 'Tổng số'), count('women', 'Lao động nữ', 'Trong đó'), count('older', `Trên ${age} tuổi`, 'Trong đó'), count('insured', 'Tham gia BHXH', 'Trong đó'),
    count('manager', 'Nhà quản lý', 'Vị trí việc làm'), count('high', 'CMKT bậc cao', 'Vị trí việc làm'), count('middle', 'CMKT bậc trung', 'Vị trí việc làm'), count('other', 'Khác', 'Vị trí việc làm'),
    count('indefinite', 'Không xác định thời hạn', 'Loại hợp đồng lao động'), count('definite', 'Xác định thời hạn', 'Loại hợp đồng lao động'), count('otherContract', 'Khác', 'Loại hợp đồng lao động'),
  ];
  const byEmployer = new Map<string, number[]>();
  let [noJob, noContract, noBirth] = [0, 0, 0];
  for (const worker of workers) {
    if (!isEmployed(worker, to)) continue;
    const { details, birthDate } = worker;
    const marks = [
      true, worker.sex === women, birthDate !== null && birthDate < bornBefore, details.socialInsuranceNo !== null,
      details.jobGroup === 'manager', details.jobGroup === 'high', details.jobGroup === 'middle', details.jobGroup === 'other',
      details.contractKind === 'indefinite', details.contractKind === 'definite', details.contractKind === 'other',
    ];
    noJob += details.jobGroup === null ? 1 : 0;
    noContract += details.contractKind === null ? 1 : 0;
    noBirth += birthDate === null ? 1 : 0;
    const sums = byEmployer.get(worker.employer) ?? marks.map(() => 0);
    byEmployer.set(worker.employer, sums.map((sum, at) => sum + (marks[at] ? 1 : 0)));
  }
  const rows = [...byEmployer].map(([employer, sums]): GroupedRow => ({ group: null, cells: [null, employer === '' ? 'Chưa ghi doanh nghiệp' : employer, ...sums] }));
  const missing = [[noJob, 'vị trí việc làm'], [noContract, 'loại hợp đồng'], [noBirth, 'ngày sinh']] as const;
  return {
    columns, rows: grouped(columns, rows),
    end: () => ({
      charts: [{
        id: 'by-employer', kind: 'bars', title: 'Lao động theo doanh nghiệp', labels: [...byEmployer.keys()],
        series: [{ name: 'Tổng số', values: [...byEmployer.values()].map(([all]) => all ?? 0) }, { name: 'Nữ', values: [...byEmployer.values()].map(([, female]) => female ?? 0) }],
      }],
      notes: missing.filter(([n]) => n > 0).map(([n, what]) => `${n} người chưa có ${what} trong danh sách công nhân nên chưa được đếm ở cột tương ứng.`),
    }),
  };
}

