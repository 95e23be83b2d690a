import { PassThrough } from 'node:stream';
import type { Cell, Column, Worksheet } from 'exceljs';

/** A column of a sheet: `form` is a number format of spreadsheets, `width` in letters. */
export interface Field<R> { header: string; width: number; form?: string; value: (row: R, index: number) => string | number | Date | null }

/** Number formats: a part of a day as hours, the clock with its date, a date. */
export const forms = { hours: '[h]:mm', clock: 'hh:mm dd/mm', date: 'dd/mm/yyyy' } as const;
export const minutesOfDay = 1_440;
const offsetMs = 7 * 3_600_000;

/** A book that is written row by row. `head`: lines above each table, the first one its title. */
export interface SheetBook {
  /** `fixed`: so many columns stay in sight. */
  sheet<R>(name: string, fixed: number, fields: readonly Field<R>[]): { add(row: R): void; end(): void };
  content(): Promise<Uint8Array>;
}

export async function sheetBook(head: readonly string[]): Promise<SheetBook> {
  const { default: exceljs } = await import('exceljs');
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  return {
    sheet: (name, fixed, fields) => writer(book.addWorksheet(name, {
      views: [{ state: 'frozen', xSplit: fixed, ySplit: head.length + 1 }], pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    }), head, fields),
    content: async () => {
      await book.commit();
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}

function writer<R>(sheet: Worksheet, head: readonly string[], fields: readonly Field<R>[]): { add(row: R): void; end(): void } {
  sheet.columns = fields.map(({ width, form }): Partial<Column> => ({ width, ...(form !== undefined && { style: { numFmt: form } }) }));
  head.forEach((text, i) => {
    const row = sheet.addRow([text]);
    row.font = { bold: i === 0, size: i === 0 ? 14 : 11 };
    row.commit();
  });
  const header = sheet.addRow(fields.map((field) => field.header));
  header.eachCell((cell: Cell) => {
    cell.font = { bold: true };
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE5E9F0' } };
    cell.border = { bottom: { style: 'thin' } };
  });
  header.commit();
  let count = 0;
  return {
    add: (row) => {
      sheet.addRow(fields.map((field) => field.value(row, count))).commit();
      count += 1;
    },
    end: () => {
      if (count > 0) sheet.autoFilter = { from: { row: head.length + 1, column: 1 }, to: { row: head.length + 1 + count, column: fields.length } };
      sheet.commit();
    },
  };
}

/** A spreadsheet knows no zones: an instant stands in it as the clock in Vietnam showed it. */
export function local(at: number | null): Date | null {
  return at === null ? null : new Date(at + offsetMs);
}
