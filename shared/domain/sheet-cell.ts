import type { ProblemCode } from '../contracts/problems.ts';
import { localDateOf } from './card-date.ts';
import { fold, nfc } from './vietnamese.ts';

/** A cell of a sheet. Numbers and dates are told apart from text: a spreadsheet may have spoilt them. */
export interface Cell { text: string; kind: 'text' | 'number' | 'date' }

/** A row that is not taken, and why. */
export interface RowRefusal { workerId: string | null; code: ProblemCode; detail: string }

/** Why a row is not taken, in words for whoever keeps the sheet. */
export class Refusal extends Error {}
export const refuse = (detail: string): never => { throw new Refusal(detail); };

/** A header's text for comparing: case, accents and spaces do not count. */
function foldHeader(text: string): string {
  return fold(text).replace(/[:*.]+$/, '').trim();
}

/** Which column holds which field, by the folded names that each field is known by. The first fitting column counts. */
export function findColumns<F extends string>(header: readonly string[], names: Readonly<Record<F, readonly string[]>>): Partial<Record<F, number>> {
  const folded = header.map(foldHeader);
  const columns: Partial<Record<F, number>> = {};
  for (const field of Object.keys(names) as F[]) {
    const at = folded.findIndex((text) => names[field].includes(text));
    if (at >= 0) columns[field] = at;
  }
  return columns;
}

/** A cell without what cannot be seen, in NFC; a lone dash is nothing. */
export function tidyCell(cell: Cell | undefined): Cell {
  if (cell === undefined) return { text: '', kind: 'text' };
  const text = nfc(cell.text).replace(/(?![\t\n\r])[\p{Cc}\p{Cf}]/gu, '').replace(/\s+/gu, ' ').trim();
  return { text: text === '-' ? '' : text, kind: cell.kind };
}

/** Free text of at most so many letters; null where the cell is empty. Throws a `Refusal`. */
export function readText(label: string, { text }: Cell, most: number): string | null {
  if (text === '') return null;
  if (text.length > most) refuse(`${label} dài quá ${most} ký tự.`);
  // Some sheet, some day, would take it for a formula.
  if (/^[=+@-]/.test(text)) refuse(`${label} bắt đầu bằng ký tự của công thức.`);
  if (text.includes('\ufffd')) refuse(`${label} có ký tự hỏng.`);
  return text;
}

/** A code of letters and digits; null where the cell is empty. Throws a `Refusal`. */
export function readCode(label: string, cell: Cell): string | null {
  if (isScientific(cell.text)) refuse(`${label} bị Excel đổi sang dạng mũ (${cell.text}); cần định dạng cột là Văn bản.`);
  const text = readText(label, cell, 40);
  if (text !== null && !/^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u.test(text)) refuse(`${label} có ký tự không hợp lệ.`);
  return text;
}

/** A date as ISO text; null where the cell is empty. Throws a `Refusal`. */
export function readDate(label: string, { text, kind }: Cell): string | null {
  if (text === '') return null;
  if (kind === 'number') refuse(`${label} là số, không phải ngày; cần định dạng cột là Ngày.`);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [year, month, day] = iso !== null ? [iso[1], iso[2], iso[3]] : local !== null ? [local[3], local[2], local[1]] : [];
  const date = localDateOf(`${day?.padStart(2, '0')}${month?.padStart(2, '0')}${year}`);
  return date ?? refuse(`${label} không phải ngày dạng dd/mm/yyyy hoặc yyyy-mm-dd.`);
}

/** A number that a spreadsheet has turned into powers of ten. */
export function isScientific(text: string): boolean {
  // `79E10` may be a card's number; a spreadsheet writes a point or a plus.
  return /^\d+(?:[.,]\d+)?E\+?\d+$/i.test(text) && /[.,+]/.test(text);
}
