import { emptyDetails, type WorkerDetails } from '../contracts/worker-details.ts';
import type { Sex } from '../contracts/identity.ts';
import type { GateAnswer } from '../contracts/requests/gate.ts';
import type { z } from 'zod';
import { isRandomUid, randomUidReason } from './factory-card.ts';
import { ageOn, applyDetails, detailFields, detailHeaders, detailLabels, readDetail, type DetailDraft, type DetailField } from './roster-details.ts';
import { findColumns, isScientific, readCode, readDate, readText, Refusal, refuse, tidyCell, type Cell, type RowRefusal } from './sheet-cell.ts';
import { fold, properName } from './vietnamese.ts';

/** The language in which the gate greets. */
export type GreetingLanguage = z.infer<typeof GateAnswer>['language'];

/** Người lao động, as a roster tells of him. Dates `YYYY-MM-DD`; the end date is the last work date. */
export interface Worker {
  workerId: string;
  fullName: string;
  department: string;
  employer: string;
  personalId: string | null;
  startDate: string | null;
  endDate: string | null;
  shiftId: string | null;
  cardNumber: string | null;
  pass: string | null;
  barred: boolean;
  language: GreetingLanguage;
  nationality: string | null;
  sex: Sex | null;
  birthDate: string | null;
  details: WorkerDetails;
}
export type RosterField = Exclude<keyof Worker, 'details'>;
/** A row: only what the file has a column for, so that a short file does not wipe out what is known. */
export type RosterDraft = Pick<Worker, 'workerId' | 'fullName'> & Partial<Omit<Worker, 'details'>> & { details?: DetailDraft };
/** What a column of a roster may hold. */
export type RosterColumn = RosterField | DetailField;
/** Which column, counted from 0, holds what. */
export type RosterColumns = Partial<Record<RosterColumn, number>>;

/** The names by which each column is known, folded: case, accents and spaces do not count. */
export const rosterHeaders: Readonly<Record<RosterField, readonly string[]>> = {
  workerId: ['workerid', 'worker id', 'ma cong nhan', 'ma nv', 'ma nhan vien', 'ma so', 'ma so nhan vien', 'ma nld', 'ma nguoi lao dong', 'msnv', 'employee id', 'ma so cong nhan', 'ma nhan su', 'so hieu nhan vien'],
  fullName: ['fullname', 'full name', 'ho va ten', 'ho ten', 'ten nhan vien', 'ten cong nhan', 'name', 'ho ten nhan vien', 'ho ten cong nhan', 'ho va ten nhan vien', 'ho va ten cong nhan', 'ten nguoi lao dong', 'ho ten nguoi lao dong'],
  personalId: ['personalid', 'personal id', 'so cccd', 'cccd', 'so dinh danh', 'so dinh danh ca nhan', 'so can cuoc', 'can cuoc cong dan', 'so cccd/can cuoc', 'can cuoc', 'so can cuoc cong dan', 'cccd/cmnd', 'so cccd/cmnd', 'cmnd/cccd', 'so cmnd/cccd', 'so cccd/so dinh danh'],
  department: ['department', 'bo phan', 'phong ban', 'to', 'chuyen', 'xuong', 'phong', 'to/chuyen', 'bo phan/to', 'to san xuat', 'phan xuong', 'chuyen may'],
  employer: ['employer', 'cong ty', 'don vi', 'doanh nghiep', 'nha thau', 'don vi quan ly', 'ten cong ty', 'nguoi su dung lao dong', 'chu su dung lao dong'],
  startDate: ['startdate', 'start date', 'ngay vao', 'ngay vao lam', 'ngay bat dau', 'tu ngay', 'ngay vao lam viec', 'ngay bat dau lam viec', 'ngay lam viec dau tien'],
  endDate: ['enddate', 'end date', 'ngay nghi', 'ngay nghi viec', 'ngay ket thuc', 'ngay het han', 'den ngay', 'ngay lam viec cuoi', 'ngay lam viec cuoi cung', 'ngay thoi viec', 'ngay ket thuc lam viec', 'ngay nghi lam'],
  shiftId: ['shiftid', 'shift id', 'shift', 'ca', 'ca lam viec', 'ma ca', 'ca lam', 'ma ca lam viec'],
  cardNumber: ['cardnumber', 'card number', 'card', 'so the', 'ma the', 'so the tu', 'the tu', 'ma the tu', 'so the nhan vien', 'the nhan vien', 'the cong nhan', 'so the ra vao', 'ma the ra vao'],
  pass: ['pass', 'ma ra vao', 'the tam', 'giay ra vao', 'ma qr', 'the ra vao', 'ma giay ra vao', 'giay ra vao cong'],
  barred: ['barred', 'cam vao', 'cam', 'bi cam', 'cam vao cong', 'cam ra vao', 'danh sach cam', 'bi cam vao'],
  language: ['language', 'ngon ngu'],
  nationality: ['nationality', 'quoc tich'],
  sex: ['sex', 'gender', 'gioi tinh'],
  birthDate: ['birthdate', 'birth date', 'ngay sinh'],
};
const rosterFields = Object.keys(rosterHeaders) as RosterField[];
export const rosterColumns: readonly RosterColumn[] = [...rosterFields, ...detailFields];

/** Which column holds which field; null where code or name has none. The first fitting column counts. */
export function mapColumns(header: readonly string[]): RosterColumns | null {
  const columns = guessColumns(header);
  return isWholeMapping(columns) ? columns : null;
}

/** Which column holds which field, as far as the names tell. */
export function guessColumns(header: readonly string[]): RosterColumns {
  return findColumns<RosterColumn>(header, { ...rosterHeaders, ...detailHeaders });
}

/** Whether columns name what no roster can do without. */
export function isWholeMapping(columns: RosterColumns): boolean {
  return columns.workerId !== undefined && columns.fullName !== undefined;
}

/** Equal for headers with the same columns in the same order, whatever their case, accents and spaces. */
export function headerSignature(header: readonly string[]): string {
  const names = header.map((text) => fold(text));
  return JSON.stringify(names.slice(0, names.findLastIndex((name) => name !== '') + 1));
}

/** Reads one row. What a spreadsheet has spoilt is refused with the reason, never guessed. Text comes out in NFC. */
export function readRosterRow(
  cells: readonly (Cell | undefined)[], columns: RosterColumns,
): { draft: RosterDraft } | { refusal: RowRefusal } {
  const cell = (field: RosterColumn): Cell => tidyCell(cells[columns[field] ?? -1]);
  let workerId: string | null = null;
  try {
    workerId = readCode('Mã công nhân', cell('workerId')) ?? refuse('Thiếu mã công nhân.');
    const draft: RosterDraft = { workerId, fullName: readName(cell('fullName')) };
    const set = <F extends RosterField>(field: F, read: (cell: Cell) => Worker[F]): void => {
      if (columns[field] !== undefined) draft[field] = read(cell(field)) as RosterDraft[F];
    };
    set('department', (c) => readText('Bộ phận', c, 120) ?? '');
    set('employer', (c) => readText('Công ty', c, 160) ?? '');
    set('personalId', readPersonalNumber);
    set('startDate', (c) => readDate('Ngày vào', c));
    set('endDate', (c) => readDate('Ngày nghỉ', c));
    set('shiftId', (c) => readCode('Ca', c));
    set('cardNumber', readCardNumber);
    set('pass', (c) => readCode('Mã ra vào', c));
    set('barred', readBarred);
    set('language', readLanguage);
    set('nationality', (c) => readText('Quốc tịch', c, 60));
    set('sex', readSex);
    set('birthDate', (c) => readDate('Ngày sinh', c));
    if (draft.startDate && draft.endDate && draft.endDate < draft.startDate) refuse('Ngày nghỉ sớm hơn ngày vào.');
    if (draft.birthDate && draft.startDate && ageOn(draft.birthDate, draft.startDate) < youngest) refuse(`Ngày sinh hoặc ngày vào chưa đúng: vào làm khi chưa đủ ${youngest} tuổi.`);
    const details = readDetails(cell, columns);
    return { draft: details === null ? draft : { ...draft, details } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: { workerId, code: 'roster-row-invalid', detail: error.message } };
  }
}

/** Bộ luật Lao động 2019 art. 145: nobody under 13 works in an enterprise; a younger one is a date that was mistyped. */
const youngest = 13;

/** A worker from a row and what was known before; what neither tells has a plain default. Throws a `Refusal` where details contradict. */
export function mergeWorker(known: Worker | null, { details, ...draft }: RosterDraft): Worker {
  return {
    department: '', employer: '', personalId: null, startDate: null, endDate: null, shiftId: null, cardNumber: null, pass: null,
    barred: false, language: 'vi', nationality: null, sex: null, birthDate: null, ...pickWorker(known), ...draft,
    details: applyDetails(known?.details ?? emptyDetails, details ?? {}),
  };
}

/** True where nothing of a worker would change. */
export function sameWorker(a: Worker, b: Worker): boolean {
  return rosterFields.every((field) => a[field] === b[field]) && (a.details === b.details || JSON.stringify(a.details) === JSON.stringify(b.details));
}

function pickWorker(known: Worker | null): Partial<Worker> {
  return known === null ? {} : Object.fromEntries(rosterFields.map((field) => [field, known[field]]));
}

/** The details that the file has columns for; null where it has none. */
function readDetails(cell: (field: RosterColumn) => Cell, columns: RosterColumns): DetailDraft | null {
  const told = detailFields.filter((field) => columns[field] !== undefined);
  if (told.length === 0) return null;
  return Object.fromEntries(told.map((field) => [field, readDetail(field, detailLabels[field], cell(field))]));
}

function readCardNumber(cell: Cell): string | null {
  const number = readCode('Số thẻ', cell);
  return number !== null && isRandomUid(number) ? refuse(randomUidReason) : number;
}

function readName(cell: Cell): string {
  const text = readText('Họ và tên', cell, 120) ?? refuse('Thiếu họ và tên.');
  // Lists tell namesakes apart by a number: "Nguyễn Văn An 2". Refused, the second would stand before a closed gate.
  if (!/^[\p{L}\p{M}][\p{L}\p{M}\p{Nd} .,'’‘ʼ`´()\-‐‑]*$/u.test(text)) refuse('Họ và tên có ký tự không hợp lệ.');
  return properName(text);
}

function readPersonalNumber({ text, kind }: Cell): string | null {
  if (text === '') return null;
  if (isScientific(text)) refuse('Số định danh bị Excel đổi sang dạng mũ; cần định dạng cột là Văn bản và nhập lại.');
  const digits = text.replace(/[ .]/g, '');
  if (!/^\d+$/.test(digits)) refuse('Số định danh có ký tự không phải chữ số.');
  if (digits.length === 9) refuse('Số định danh có 9 chữ số: đây là số CMND cũ.');
  // Nearly a third of the provinces have a leading zero, which a spreadsheet drops.
  if (digits.length < 12) refuse(`Số định danh có ${digits.length} chữ số, phải đủ 12${digits.length >= 9 || kind === 'number' ? '; có thể Excel đã bỏ số 0 ở đầu' : ''}.`);
  if (digits.length > 12) refuse(`Số định danh có ${digits.length} chữ số, chỉ được 12.`);
  return digits;
}

function readBarred({ text }: Cell): boolean {
  const folded = fold(text);
  if (['', '0', 'false', 'no', 'khong', 'n'].includes(folded)) return false;
  if (['1', 'true', 'yes', 'co', 'x', 'y', 'cam'].includes(folded)) return true;
  return refuse('Cột cấm vào chỉ nhận 0 hoặc 1.');
}

function readLanguage({ text }: Cell): GreetingLanguage {
  const known: Readonly<Record<string, GreetingLanguage>> = {
    '': 'vi', vi: 'vi', en: 'en', zh: 'zh', ko: 'ko', ja: 'ja', 'tieng viet': 'vi', 'tieng anh': 'en', 'tieng trung': 'zh', 'tieng han': 'ko', 'tieng nhat': 'ja',
  };
  const folded = fold(text);
  return (Object.hasOwn(known, folded) ? known[folded] : undefined) ?? refuse('Ngôn ngữ phải là vi, en, zh, ko hoặc ja.');
}

function readSex({ text }: Cell): Sex | null {
  const folded = fold(text);
  if (folded === '') return null;
  if (['nam', 'male', 'm'].includes(folded)) return 'Nam';
  return ['nu', 'female', 'f'].includes(folded) ? 'Nữ' : refuse('Giới tính phải là Nam hoặc Nữ.');
}
