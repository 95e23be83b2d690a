/**
 * A report as data: what a screen, a spreadsheet and a sheet of paper all show. Pure; rows may be read once only, one after
 * another, so that a month of a big gate never stands in memory as a whole.
 */
import { dateText } from './work-date.ts';

/**
 * What a column holds. Cells are texts; whole numbers for `count`, whole minutes for `hours`, ISO dates for `date`, parts of
 * one for `percent`. `index` is numbered by `grouped`, `symbol` is a sign of a few letters in the middle of its cell.
 */
export type CellKind = 'index' | 'text' | 'symbol' | 'count' | 'hours' | 'date' | 'percent';
export type ReportCell = string | number | null;

export interface ReportColumn {
  id: string;
  header: string;
  /** A heading over several columns that stand side by side. */
  band?: string;
  kind: CellKind;
  /** In letters. */
  width: number;
  /** Its numbers are added up by group and at the end. */
  sum?: boolean;
  /** Numbers that name a person: whole in a file, masked on a screen. */
  personal?: boolean;
}

export interface ReportRow { kind: 'row' | 'group' | 'sum'; cells: readonly ReportCell[] }

export interface ReportChart {
  id: string;
  kind: 'bars' | 'line';
  title: string;
  labels: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
}

/** What is known only when all rows were read. */
export interface ReportEnd { charts: readonly ReportChart[]; notes: readonly string[] }

export interface Report {
  title: string;
  subtitle: readonly string[];
  columns: readonly ReportColumn[];
  rows: Iterable<ReportRow>;
  end(): ReportEnd;
}

/** A row before it has a number and stands in a group; the group's name is shown above its first row. */
export interface GroupedRow { group: string | null; cells: readonly ReportCell[] }

const totalText = 'Tổng cộng';
const groupSumText = 'Cộng';

/**
 * Rows with a heading above each group, its sums below it, and the sums of all at the end. Rows of one group must follow
 * each other. Sums stand only in columns that ask for them; without such a column there are none.
 */
export function* grouped(columns: readonly ReportColumn[], rows: Iterable<GroupedRow>): Generator<ReportRow> {
  const hasSums = columns.some(({ sum }) => sum === true);
  const label = Math.max(0, columns.findIndex(({ kind }) => kind === 'text'));
  let all = noSums(columns);
  let own = noSums(columns);
  let group: string | null = null;
  let [index, groups, inGroup] = [0, 0, 0];
  const sumRow = (text: string, sums: readonly number[]): ReportRow => (
    { kind: 'sum', cells: columns.map(({ sum }, at) => (at === label ? text : sum === true ? sums[at]! : null)) });
  for (const row of rows) {
    if (row.group !== group) {
      if (hasSums && inGroup > 1 && group !== null) yield sumRow(groupSumText, own);
      [group, own, inGroup] = [row.group, noSums(columns), 0];
      groups += 1;
      if (group !== null) yield { kind: 'group', cells: [group] };
    }
    index += 1;
    inGroup += 1;
    own = added(columns, own, row.cells);
    all = added(columns, all, row.cells);
    yield { kind: 'row', cells: columns.map(({ kind }, at) => (kind === 'index' ? index : row.cells[at] ?? null)) };
  }
  if (hasSums && groups > 1 && inGroup > 1 && group !== null) yield sumRow(groupSumText, own);
  if (hasSums && index > 0) yield sumRow(totalText, all);
}

function noSums(columns: readonly ReportColumn[]): number[] {
  return columns.map(() => 0);
}

function added(columns: readonly ReportColumn[], sums: readonly number[], cells: readonly ReportCell[]): number[] {
  return columns.map(({ sum }, at) => { const cell = cells[at]; return sum === true && typeof cell === 'number' ? sums[at]! + cell : sums[at]!; });
}

/** A whole number with thousands as in Vietnam: `12.345`. */
export function countText(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '.');
}

/** Whole minutes as hours and minutes: `8:30`. */
export function minutesText(minutes: number): string {
  return `${countText(Math.floor(minutes / 60))}:${String(Math.round(minutes) % 60).padStart(2, '0')}`;
}

/** A part of one: `79,06 %`. */
export function percentText(part: number): string {
  return `${(part * 100).toFixed(2).replace('.', ',')} %`;
}

/** What stands on paper and on a screen for a cell; nothing for nothing. */
export function cellText(kind: CellKind, cell: ReportCell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string') return kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(cell) ? dateText(cell) : cell;
  if (kind === 'hours') return minutesText(cell);
  return kind === 'percent' ? percentText(cell) : countText(cell);
}

/** Whether a column's cells stand at the right end. */
export function isNumeric(kind: CellKind): boolean {
  return kind === 'count' || kind === 'hours' || kind === 'percent' || kind === 'index';
}

/**
 * A text that no spreadsheet takes for a formula, not even after somebody has opened the cell or saved the sheet as CSV:
 * what would begin one gets an apostrophe before it.
 */
export function plainText(text: string): string {
  return /^[\s]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
}
