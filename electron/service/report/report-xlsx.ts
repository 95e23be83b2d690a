import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Cell, Column, Row, Worksheet } from 'exceljs';
import { isNumeric, plainText, type CellKind, type ReportCell, type ReportChart, type ReportColumn, type ReportRow } from '../../../shared/domain/report-model.ts';
import type { BuiltReport } from './report-build.ts';
import { reportCatalogue } from './report-forms.ts';

const forms: Partial<Record<CellKind, string>> = { hours: '[h]:mm', date: 'dd/mm/yyyy', percent: '0.00%', count: '#,##0' };
const minutesOfDay = 1_440;
const headFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE5E9F0' } } as const;
const groupFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F4F7' } } as const;
/** A3 as Excel counts papers; the package's list leaves it out. */
const a3 = 8;
/** So many rows at once: in between, what is written goes into the file and out of the memory. */
const rowsAtOnce = 200;

/**
 * A report as an Excel file, written row by row. No cell is or can become a formula. The charts' numbers stand on a second
 * sheet. Returns the bytes of the whole file and how many rows of people or places it has.
 */
export async function reportXlsx(report: BuiltReport): Promise<{ content: Uint8Array<ArrayBuffer>; rows: number }> {
  const { default: exceljs } = await import('exceljs');
  const { form, columns } = report;
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  const head = headLines(report);
  const headerRows = columns.some(({ band }) => band !== undefined) ? 2 : 1;
  const firstRow = head.length + headerRows + 1;
  const sheet = book.addWorksheet('Báo cáo', {
    views: [{ state: 'frozen', xSplit: frozenColumns(columns), ySplit: firstRow - 1 }],
    pageSetup: {
      orientation: form.landscape ? 'landscape' : 'portrait', paperSize: (form.paper === 'A3' ? a3 : 9) as Worksheet['pageSetup']['paperSize'], fitToPage: true, fitToWidth: 1, fitToHeight: 0,
      printTitlesRow: `${head.length + 1}:${firstRow - 1}`, margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L${form.verified ? '' : reportCatalogue().unverifiedMark}&RTrang &P/&N` },
  });
  sheet.columns = columns.map(({ kind, width }): Partial<Column> => ({
    width: width + 1.5, style: {
      ...(forms[kind] !== undefined && { numFmt: forms[kind] }),
      alignment: { vertical: 'top', wrapText: kind === 'text', horizontal: kind === 'symbol' ? 'center' : isNumeric(kind) || kind === 'date' ? 'right' : 'left' },
    },
  }));
  writeHead(sheet, head);
  writeHeader(sheet, columns, head.length, headerRows);
  let [rows, written] = [0, 0];
  for (const row of report.rows) {
    writeRow(sheet, columns, row);
    if (row.kind === 'row') rows += 1;
    written += 1;
    if (written % rowsAtOnce === 0) await setImmediate();
  }
  if (rows > 0 && written === rows) sheet.autoFilter = { from: { row: firstRow - 1, column: 1 }, to: { row: firstRow - 1 + rows, column: columns.length } };
  const { charts, notes } = report.end();
  writeFoot(sheet, notes, form.signatures);
  sheet.commit();
  writeCharts((name) => book.addWorksheet(name), charts);
  await book.commit();
  return { content: Uint8Array.from(Buffer.concat(chunks)), rows };
}

interface HeadLine { text: string; size?: number; bold?: boolean; italic?: boolean }

/** What stands above the table. */
function headLines({ form, title, subtitle, office, receivers }: BuiltReport): HeadLine[] {
  const { nation, motto, unverifiedMark } = reportCatalogue();
  return [
    ...office.map((text) => ({ text: text.toUpperCase(), bold: true })),
    ...(form.nation ? [{ text: nation, bold: true }, { text: motto, bold: true }] : []),
    { text: title, size: 14, bold: true },
    ...(form.verified ? [] : [{ text: `(${unverifiedMark})`, italic: true }]),
    ...subtitle.map((text) => ({ text })),
    ...(receivers.length === 0 ? [] : [{ text: `Kính gửi: ${receivers.join('; ')}` }]),
  ];
}

function writeHead(sheet: Worksheet, head: readonly HeadLine[]): void {
  for (const { text, size = 11, bold = false, italic = false } of head) {
    const row = sheet.addRow([plainText(text)]);
    row.font = { size, bold, italic };
    row.getCell(1).alignment = { wrapText: false, horizontal: 'left' };
    row.commit();
  }
}

function writeHeader(sheet: Worksheet, columns: readonly ReportColumn[], above: number, headerRows: number): void {
  const style = (row: Row): void => row.eachCell({ includeEmpty: true }, (cell: Cell) => {
    cell.font = { bold: true };
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.fill = headFill;
    cell.numFmt = '@';
    cell.border = { top: { style: 'thin' }, bottom: { style: 'thin' }, left: { style: 'thin' }, right: { style: 'thin' } };
  });
  const rows = headerRows === 1 ? [sheet.addRow(columns.map(({ header }) => header))]
    : [sheet.addRow(columns.map(({ header, band }) => band ?? header)), sheet.addRow(columns.map(({ header, band }) => (band === undefined ? '' : header)))];
  rows.forEach(style);
  if (headerRows === 2) {
    for (const { from, to, band } of bandsOf(columns)) {
      if (band === undefined) for (let at = from; at <= to; at += 1) sheet.mergeCells(above + 1, at + 1, above + 2, at + 1);
      else if (to > from) sheet.mergeCells(above + 1, from + 1, above + 1, to + 1);
    }
  }
  for (const row of rows) row.commit();
}

/** Runs of columns under one band; `from` and `to` count from 0, both included. */
export function bandsOf(columns: readonly ReportColumn[]): { band: string | undefined; from: number; to: number }[] {
  const runs: { band: string | undefined; from: number; to: number }[] = [];
  columns.forEach(({ band }, at) => {
    const last = runs.at(-1);
    if (last !== undefined && last.band === band) last.to = at;
    else runs.push({ band, from: at, to: at });
  });
  return runs;
}

function frozenColumns(columns: readonly ReportColumn[]): number {
  const name = columns.findIndex(({ id }) => id.startsWith('fullName'));
  return name < 0 ? 0 : name + 1;
}

function writeRow(sheet: Worksheet, columns: readonly ReportColumn[], { kind, cells }: ReportRow): void {
  const row = sheet.addRow(kind === 'group' ? [plainText(String(cells[0] ?? ''))] : cells.map((cell, at) => valueOf(columns[at]!.kind, cell)));
  if (kind !== 'row') {
    row.font = { bold: true };
    if (kind === 'group') {
      row.getCell(1).alignment = { wrapText: false, horizontal: 'left' };
      row.getCell(1).numFmt = '@';
      row.fill = groupFill;
    }
  }
  row.commit();
}

function valueOf(kind: CellKind, cell: ReportCell): string | number | Date | null {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'number') return kind === 'hours' ? cell / minutesOfDay : Number.isFinite(cell) ? cell : null;
  return kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(cell) ? new Date(`${cell}T00:00:00Z`) : plainText(cell);
}

function writeFoot(sheet: Worksheet, notes: readonly string[], signatures: readonly string[]): void {
  const line = (text: string, font: { italic?: boolean; bold?: boolean }): void => {
    const row = sheet.addRow([text === '' ? null : plainText(text)]);
    row.font = font;
    row.getCell(1).alignment = { wrapText: false, horizontal: 'left' };
    row.getCell(1).numFmt = '@';
    row.commit();
  };
  line('', {});
  for (const note of notes) line(`Ghi chú: ${note}`, { italic: true });
  line('', {});
  if (signatures.length > 0) line(signatures.join('                    '), { bold: true });
}

function writeCharts(add: (name: string) => Worksheet, charts: readonly ReportChart[]): void {
  const shown = charts.filter(({ labels }) => labels.length > 0);
  if (shown.length === 0) return;
  const sheet = add('Số liệu biểu đồ');
  sheet.columns = [{ width: 40 }, ...Array.from({ length: 8 }, () => ({ width: 16 }))];
  for (const { title, labels, series } of shown) {
    const heading = sheet.addRow([plainText(title)]);
    heading.font = { bold: true };
    heading.commit();
    const header = sheet.addRow(['', ...series.map(({ name }) => plainText(name))]);
    header.font = { bold: true };
    header.commit();
    labels.forEach((label, at) => sheet.addRow([plainText(label), ...series.map(({ values }) => values[at] ?? 0)]).commit());
    sheet.addRow([null]).commit();
  }
  sheet.commit();
}
