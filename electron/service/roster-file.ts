import { ProblemError } from '../../shared/contracts/problems.ts';
import { mapColumns, readRosterRow, type RosterField } from '../../shared/domain/roster.ts';
import type { ParsedRow } from './roster-commit.ts';
import { sheetRows } from './sheet-file.ts';

const mostRows = 200_000;
const batch = 500;

export type RosterPart = { kind: 'columns'; columns: Partial<Record<RosterField, string>> } | { kind: 'rows'; rows: ParsedRow[] };

/**
 * Reads a roster file of unknown kind: first its columns, then its rows in order, refused ones with the reason.
 * The header is the first row that is not empty; of codes and numbers that stand twice in the file the first counts.
 * Problems: `file-encoding`, `roster-file-type`, `file-unreadable`, `roster-columns-missing`, `file-too-large`.
 */
export async function* readRosterFile(content: Uint8Array): AsyncGenerator<RosterPart> {
  let columns: Partial<Record<RosterField, number>> | null = null;
  let rows: ParsedRow[] = [];
  let count = 0;
  const once = seenOnce();
  for await (const { row, cells } of sheetRows(content)) {
    if (cells.every((cell) => cell === undefined || cell.text.trim() === '')) continue;
    if (columns === null) {
      columns = mapColumns(cells.map((cell) => cell?.text ?? ''));
      if (columns === null) throw new ProblemError('roster-columns-missing');
      const named = Object.entries(columns).map(([field, at]) => [field, (cells[at]?.text ?? '').trim().slice(0, 80)]);
      yield { kind: 'columns', columns: Object.fromEntries(named) as Partial<Record<RosterField, string>> };
      continue;
    }
    count += 1;
    if (count > mostRows) throw new ProblemError('file-too-large', `more than ${mostRows} rows`);
    rows.push(once({ row, ...readRosterRow(cells, columns) }));
    if (rows.length === batch) {
      yield { kind: 'rows', rows };
      rows = [];
    }
  }
  if (columns === null) throw new ProblemError('roster-columns-missing');
  if (rows.length > 0) yield { kind: 'rows', rows };
}

/** Refuses the later one of two rows with one code or one number. */
function seenOnce(): (row: ParsedRow) => ParsedRow {
  const fields = { workerId: 'mã công nhân', personalId: 'số định danh', cardNumber: 'số thẻ', pass: 'mã ra vào' } as const;
  const seen = new Map<string, number>();
  return (parsed) => {
    if ('refusal' in parsed) return parsed;
    const keys = (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) => {
      const value = parsed.draft[field];
      return value === undefined || value === null ? [] : [{ field, key: `${field} ${value}` }];
    });
    const twice = keys.find(({ key }) => seen.has(key));
    if (twice !== undefined) {
      const { workerId } = parsed.draft;
      return { row: parsed.row, refusal: { workerId, code: 'roster-duplicate', detail: `Trùng ${fields[twice.field]} với dòng ${seen.get(twice.key)}.` } };
    }
    for (const { key } of keys) seen.set(key, parsed.row);
    return parsed;
  };
}
