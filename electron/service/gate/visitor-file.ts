import { ProblemError } from '../../../shared/contracts/problems.ts';
import { mapVisitorColumns, readVisitorRow, type VisitorColumn, type VisitorRow } from '../../../shared/domain/visitor-sheet.ts';
import { sheetRows } from '../sheet-file.ts';

const mostRows = 20_000;
const batch = 500;

export type VisitorPart =
  | { kind: 'columns'; columns: Partial<Record<VisitorColumn, string>> }
  | { kind: 'rows'; rows: ({ row: number } & VisitorRow)[] };

/**
 * Reads a list of contractors or visitors, CSV or XLSX: its columns, then its rows in order, refused ones with the reason.
 * Problems: `visitor-columns-missing`, `file-too-large`, and those of `sheetRows`.
 */
export async function* readVisitorFile(content: Uint8Array): AsyncGenerator<VisitorPart> {
  let columns: Partial<Record<VisitorColumn, number>> | null = null;
  let rows: ({ row: number } & VisitorRow)[] = [];
  let count = 0;
  for await (const { row, cells } of sheetRows(content)) {
    if (cells.every((cell) => cell === undefined || cell.text.trim() === '')) continue;
    if (columns === null) {
      columns = mapVisitorColumns(cells.map((cell) => cell?.text ?? ''));
      if (columns === null) throw new ProblemError('visitor-columns-missing');
      const named = Object.entries(columns).map(([field, at]) => [field, (cells[at]?.text ?? '').trim().slice(0, 80)]);
      yield { kind: 'columns', columns: Object.fromEntries(named) as Partial<Record<VisitorColumn, string>> };
      continue;
    }
    count += 1;
    if (count > mostRows) throw new ProblemError('file-too-large', `more than ${mostRows} rows`);
    rows.push({ row, ...readVisitorRow(cells, columns) });
    if (rows.length === batch) {
      yield { kind: 'rows', rows };
      rows = [];
    }
  }
  if (columns === null) throw new ProblemError('visitor-columns-missing');
  if (rows.length > 0) yield { kind: 'rows', rows };
}
