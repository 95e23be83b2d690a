import { createHash } from 'node:crypto';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { guessColumns, headerSignature, isWholeMapping, mapColumns, readRosterRow, type RosterColumn, type RosterColumns } from '../../../shared/domain/roster.ts';
import { isBefore } from '../../../shared/domain/roster-change.ts';
import type { ParsedRow } from './roster-commit.ts';
import { sheetRows, type SheetRow } from '../sheet-file.ts';

const mostRows = 200_000;
const batch = 500;
/** Titles and notes stand above the header of many lists. */
const headerWithin = 20;
const longestHeader = 80;
const sampleRows = 3;

/** How a roster file is to be read. */
export interface RosterReading {
  /** Columns that a person once named, by header signature. */
  mappings: Readonly<Record<string, RosterColumns>>;
  /** Columns that a person names now; null: those of the names or of memory. */
  chosen: RosterColumns | null;
  /** Only the header with a few values, whether or not it names what is needed. */
  peek: boolean;
}

export interface RosterHeader {
  /** As a person counts rows. */
  row: number;
  headers: string[];
  /** Hex; equal for lists with the same headers. */
  signature: string;
  columns: RosterColumns;
  source: 'names' | 'remembered' | 'chosen';
  /** For a person who names columns: the first values of each. */
  samples: string[][];
}

export type RosterPart = { kind: 'columns'; header: RosterHeader } | { kind: 'rows'; rows: ParsedRow[] };

/**
 * Reads a roster file of unknown kind: first its columns, then its rows in order, refused ones with the reason.
 * The header is the first row that names code and name, or whose columns a person named before; of codes and numbers that
 * stand twice in the file the first counts, unless both are terms of one person of which one is over before the other.
 * Problems: `file-encoding`, `roster-file-type`, `file-unreadable`, `roster-columns-missing`, `file-too-large`.
 */
export async function* readRosterFile(content: Uint8Array, how: RosterReading): AsyncGenerator<RosterPart> {
  const rows = filledRows(sheetRows(content));
  const first: SheetRow[] = [];
  for await (const row of rows) {
    first.push(row);
    if (first.length === headerWithin || findHeader(row, how) !== null) break;
  }
  const header = headerOf(first, how);
  if (header === null) throw new ProblemError('roster-columns-missing');
  const rest = first.slice(first.findIndex(({ row }) => row === header.row) + 1);
  if (how.peek) {
    for await (const row of rows) {
      if (rest.length >= sampleRows) break;
      rest.push(row);
    }
    const samples = rest.slice(0, sampleRows).map(({ cells }) => header.headers.map((_, at) => (cells[at]?.text ?? '').trim().slice(0, longestHeader)));
    yield { kind: 'columns', header: { ...header, samples } };
    return;
  }
  yield { kind: 'columns', header };
  const once = seenOnce();
  let count = 0;
  let parsed: ParsedRow[] = [];
  const take = ({ row, cells }: SheetRow): void => {
    count += 1;
    if (count > mostRows) throw new ProblemError('file-too-large', `more than ${mostRows} rows`);
    parsed.push(once({ row, ...readRosterRow(cells, header.columns) }));
  };
  rest.forEach(take);
  for await (const row of rows) {
    take(row);
    if (parsed.length < batch) continue;
    yield { kind: 'rows', rows: parsed };
    parsed = [];
  }
  if (parsed.length > 0) yield { kind: 'rows', rows: parsed };
}

/** The headers as the file writes them, by field. */
export function namedColumns({ headers, columns }: RosterHeader): Partial<Record<RosterColumn, string>> {
  return Object.fromEntries(Object.entries(columns).map(([field, at]) => [field, headers[at] ?? '']));
}

/** Goes on where a reader before stopped: leaving a loop early must not close the file. */
function filledRows(rows: AsyncGenerator<SheetRow>): AsyncIterable<SheetRow> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        for (;;) {
          const next = await rows.next();
          if (next.done === true || next.value.cells.some((cell) => cell !== undefined && cell.text.trim() !== '')) return next;
        }
      },
    }),
  };
}

const namesOf = ({ cells }: SheetRow): string[] => Array.from(cells, (cell) => (cell?.text ?? '').trim().slice(0, longestHeader));

function findHeader(row: SheetRow, { mappings, chosen }: RosterReading): RosterHeader | null {
  const headers = namesOf(row);
  const signature = createHash('sha256').update(headerSignature(headers)).digest('hex');
  const remembered = Object.hasOwn(mappings, signature) ? mappings[signature] : undefined;
  const named = mapColumns(headers);
  if (remembered === undefined && named === null) return null;
  const found = { row: row.row, headers, signature, samples: [] };
  if (chosen !== null) return { ...found, columns: chosen, source: 'chosen' };
  return remembered !== undefined ? { ...found, columns: remembered, source: 'remembered' } : { ...found, columns: named!, source: 'names' };
}

function headerOf(first: readonly SheetRow[], how: RosterReading): RosterHeader | null {
  const last = first.at(-1);
  const found = last === undefined ? null : findHeader(last, how);
  if (found !== null || last === undefined || (how.chosen === null && !how.peek)) return found;
  // Nothing is named: the fullest row, the first of several, as a title has few cells and values have no more than the header.
  const filled = ({ cells }: SheetRow): number => cells.filter((cell) => cell !== undefined && cell.text.trim() !== '').length;
  const row = first.reduce((best, other) => (filled(other) > filled(best) ? other : best));
  const headers = namesOf(row);
  const signature = createHash('sha256').update(headerSignature(headers)).digest('hex');
  if (how.chosen !== null && !isWholeMapping(how.chosen)) return null;
  return { row: row.row, headers, signature, samples: [], columns: how.chosen ?? guessColumns(headers), source: how.chosen === null ? 'names' : 'chosen' };
}

interface Seen { row: number; personalId: string | null; startDate: string | null; endDate: string | null }

/** Refuses the later one of two rows with one code or one number. */
function seenOnce(): (row: ParsedRow) => ParsedRow {
  const fields = { workerId: 'mã công nhân', personalId: 'số định danh', cardNumber: 'số thẻ', pass: 'mã ra vào' } as const;
  const seen = new Map<string, Seen>();
  return (parsed) => {
    if ('refusal' in parsed) return parsed;
    const { personalId = null, startDate = null, endDate = null, workerId } = parsed.draft;
    const own: Seen = { row: parsed.row, personalId, startDate, endDate };
    const keys = (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) => {
      const value = parsed.draft[field];
      return value === undefined || value === null ? [] : [{ field, key: `${field} ${value}` }];
    });
    const twice = keys.find(({ field, key }) => {
      const other = seen.get(key);
      return other !== undefined && (field === 'workerId' || !areTerms(other, own));
    });
    if (twice !== undefined) {
      return { row: parsed.row, refusal: { workerId, code: 'roster-duplicate', detail: `Trùng ${fields[twice.field]} với dòng ${seen.get(twice.key)!.row}.` } };
    }
    for (const { key } of keys) seen.set(key, own);
    return parsed;
  };
}

/** Whether two rows are terms of one person, one over before the other begins. */
function areTerms(a: Seen, b: Seen): boolean {
  return a.personalId !== null && a.personalId === b.personalId && (isBefore(a, b) || isBefore(b, a));
}
