import { Readable } from 'node:stream';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Cell } from '../../shared/domain/sheet-cell.ts';

const mostColumns = 200;

// Office files that are zips too, but no .xlsx; the names of a zip's entries stand in it as they are.
const otherZips = ['word/document.xml', 'ppt/presentation.xml', 'xl/workbook.bin', 'application/vnd.oasis.opendocument'];

/** A row of a sheet; `row` as a person counts it. */
export type SheetRow = { row: number; cells: (Cell | undefined)[] };

/**
 * The rows of the first sheet of a file of unknown kind, CSV or XLSX, empty ones too.
 * Problems: `file-encoding`, `roster-file-type`, `file-unreadable`.
 */
export function sheetRows(content: Uint8Array): AsyncGenerator<SheetRow> {
  const [a, b, c, d] = content;
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) {
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    if (otherZips.some((name) => bytes.includes(name))) throw new ProblemError('roster-file-type');
    return xlsxRows(content);
  }
  // The old .xls and every other Office file of that age, and PDF.
  if ((a === 0xd0 && b === 0xcf) || (a === 0x25 && b === 0x50)) throw new ProblemError('roster-file-type');
  return csvRows(decode(content));
}

function decode(content: Uint8Array): string {
  const [a, b] = content;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content);
    if (text.includes('\0')) throw new ProblemError('roster-file-type');
    return text;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // Guessing between Windows-1258, TCVN3 and VNI would turn names into others.
    throw new ProblemError('file-encoding');
  }
}

async function* csvRows(text: string): AsyncGenerator<SheetRow> {
  const { parse } = await import('csv-parse');
  const parser = Readable.from(pieces(text)).pipe(parse({
    bom: true, delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false,
    max_record_size: 65_536, info: true, record_delimiter: ['\r\n', '\n', '\r'],
  }));
  try {
    let row = 0;
    for await (const { record } of parser as AsyncIterable<{ record: string[] }>) {
      row += 1;
      yield { row, cells: record.slice(0, mostColumns).map((value) => ({ text: value, kind: 'text' })) };
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) throw new ProblemError('file-unreadable', String(error.code));
    throw error;
  }
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536);
}

function delimiterOf(text: string): string {
  // A title above the header has none of the signs.
  const header = text.slice(0, 10_000).split(/[\r\n]+/).find((line) => /[,;\t|]/.test(line)) ?? '';
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: header.split(sign).length }));
  return counts.reduce((best, other) => (other.count > best.count ? other : best)).sign;
}

async function* xlsxRows(content: Uint8Array): AsyncGenerator<SheetRow> {
  const { default: exceljs } = await import('exceljs');
  const reader = new exceljs.stream.xlsx.WorkbookReader(Readable.from([Buffer.from(content)]), {
    entries: 'ignore', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'cache', worksheets: 'emit',
  });
  try {
    for await (const sheet of reader) {
      for await (const row of sheet) {
        const values = Array.isArray(row.values) ? row.values.slice(1, mostColumns + 1) : [];
        yield { row: row.number, cells: Array.from(values, cellOf) };
      }
      // The first sheet is the roster; others are notes.
      return;
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('file-unreadable', 'xlsx');
  }
}

/** What stands in a spreadsheet's cell: of a formula its last result, of rich text its letters. */
function cellOf(value: unknown): Cell | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return { text: String(value), kind: 'number' };
  if (typeof value === 'string' || typeof value === 'boolean') return { text: String(value), kind: 'text' };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : { text: value.toISOString().slice(0, 10), kind: 'date' };
  if (typeof value !== 'object') return undefined;
  if ('result' in value) return cellOf(value.result);
  if ('richText' in value && Array.isArray(value.richText)) {
    return { text: value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join(''), kind: 'text' };
  }
  if ('text' in value) return cellOf(value.text);
  return 'error' in value ? { text: '\ufffd', kind: 'text' } : undefined;
}
