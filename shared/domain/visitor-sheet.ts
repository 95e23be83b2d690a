import type { VisitorForm } from '../contracts/visitor.ts';
import { findColumns, isScientific, readCode, readDate, readText, Refusal, refuse, tidyCell, type Cell, type RowRefusal } from './sheet-cell.ts';
import { startOfDay } from './shift.ts';
import { fold, properName } from './vietnamese.ts';
import { addDays } from './work-date.ts';

/** Columns of a list of contractors or visitors. */
export type VisitorColumn = 'fullName' | 'company' | 'personalId' | 'purpose' | 'hostWorkerId' | 'hostName' | 'vehicle' | 'tools' | 'escort' | 'validFrom' | 'validTo';

const headers: Readonly<Record<VisitorColumn, readonly string[]>> = {
  fullName: ['fullname', 'full name', 'ho va ten', 'ho ten', 'ten khach', 'name'],
  company: ['company', 'cong ty', 'don vi', 'nha thau', 'doanh nghiep', 'co quan'],
  personalId: ['personalid', 'personal id', 'so cccd', 'cccd', 'so dinh danh', 'so can cuoc', 'so cccd/can cuoc'],
  purpose: ['purpose', 'muc dich', 'noi dung', 'cong viec', 'viec'],
  hostWorkerId: ['host id', 'hostworkerid', 'ma nguoi tiep', 'ma so nguoi tiep', 'ma nguoi phu trach'],
  hostName: ['host', 'hostname', 'nguoi tiep', 'nguoi phu trach', 'gap ai', 'nguoi gap'],
  vehicle: ['vehicle', 'bien so', 'bien so xe', 'xe', 'phuong tien'],
  tools: ['tools', 'cong cu', 'dung cu', 'thiet bi mang theo', 'mang theo'],
  escort: ['escort', 'di cung', 'can nguoi di cung', 'phai co nguoi di cung'],
  validFrom: ['from', 'valid from', 'validfrom', 'tu ngay', 'tu', 'hieu luc tu', 'ngay bat dau'],
  validTo: ['to', 'valid to', 'validto', 'den ngay', 'den', 'hieu luc den', 'ngay ket thuc'],
};

/** Which column holds what; null where one of name, company and the two ends of the validity has none. */
export function mapVisitorColumns(header: readonly string[]): Partial<Record<VisitorColumn, number>> | null {
  const columns = findColumns(header, headers);
  const needed = ['fullName', 'company', 'validFrom', 'validTo'] as const;
  return needed.every((field) => columns[field] !== undefined) ? columns : null;
}

export type VisitorRow = { visitor: Omit<VisitorForm, 'kind'>; personalId: string | null } | { refusal: RowRefusal };

/**
 * Reads a row of the list. A date alone is the whole day: from its midnight, or to its last minute; `23/11/2026 07:30` is that
 * moment in Vietnam. What a spreadsheet has spoilt is refused with the reason, never guessed.
 */
export function readVisitorRow(cells: readonly (Cell | undefined)[], columns: Partial<Record<VisitorColumn, number>>): VisitorRow {
  const cell = (field: VisitorColumn): Cell => (columns[field] === undefined ? { text: '', kind: 'text' } : tidyCell(cells[columns[field]]));
  try {
    const fullName = readText('Họ và tên', cell('fullName'), 100) ?? refuse('Thiếu họ và tên.');
    if (!/^\p{L}[\p{L}\p{M} '’.-]+$/u.test(fullName)) refuse('Họ và tên có ký tự không hợp lệ.');
    const validFrom = readMoment('Từ ngày', cell('validFrom'), false) ?? refuse('Thiếu từ ngày.');
    const validTo = readMoment('Đến ngày', cell('validTo'), true) ?? refuse('Thiếu đến ngày.');
    if (validTo <= validFrom) refuse('Đến ngày sớm hơn từ ngày.');
    if (validTo - validFrom > 366 * 86_400_000) refuse('Thời hạn dài quá một năm.');
    return {
      personalId: readNumber(cell('personalId')),
      visitor: {
        fullName: properName(fullName), company: readText('Công ty', cell('company'), 120) ?? refuse('Thiếu công ty.'), purpose: readText('Mục đích', cell('purpose'), 200),
        hostWorkerId: readCode('Mã người tiếp', cell('hostWorkerId')), hostName: readText('Người tiếp', cell('hostName'), 100), vehicle: readText('Biển số xe', cell('vehicle'), 100),
        tools: readText('Công cụ', cell('tools'), 200), escort: readYes(cell('escort')), validFrom: new Date(validFrom).toISOString(), validTo: new Date(validTo).toISOString(),
      },
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: { workerId: null, code: 'roster-row-invalid', detail: error.message } };
  }
}

function readNumber(cell: Cell): string | null {
  if (isScientific(cell.text)) refuse('Số định danh bị Excel đổi sang dạng mũ; cần định dạng cột là Văn bản.');
  const digits = cell.text.replace(/[\s.]/g, '');
  if (digits === '') return null;
  // A spreadsheet takes the zeros at the beginning away, and they are lost.
  if (cell.kind === 'number' && digits.length < 12) refuse('Số định danh mất số 0 ở đầu; cần định dạng cột là Văn bản.');
  return /^\d{12}$/.test(digits) ? digits : refuse('Số định danh không đủ 12 chữ số.');
}

function readYes({ text }: Cell): boolean {
  const answer = fold(text);
  if (['', 'khong', 'k', '0', 'no', 'n', 'false'].includes(answer)) return false;
  return ['co', 'c', 'x', '1', 'yes', 'y', 'true'].includes(answer) || refuse('Cột đi cùng chỉ nhận Có hoặc Không.');
}

function readMoment(label: string, cell: Cell, end: boolean): number | null {
  const timed = /^(.+?)[ T,]+(\d{1,2})[:hg](\d{2})(?::\d{2})?$/.exec(cell.text);
  const date = readDate(label, timed === null ? cell : { text: timed[1]!.trim(), kind: 'text' });
  if (date === null) return null;
  if (timed === null) return startOfDay(end ? addDays(date, 1) : date) - (end ? 60_000 : 0);
  const [hour, minute] = [Number(timed[2]), Number(timed[3])];
  if (hour > 23 || minute > 59) refuse(`${label} có giờ không đúng.`);
  return startOfDay(date) + (hour * 60 + minute) * 60_000;
}
