import type { Cell } from 'exceljs';
import { dateText } from '../../shared/domain/work-date.ts';

export type TableValue = string | number | null;
export interface TableSheet {
  name: string;
  /** Lines above the table; the first is the title. */
  head: readonly string[];
  columns: readonly { header: string; width: number }[];
  rows: Iterable<readonly TableValue[]>;
}

/** Plain tables as an Excel file, a sheet each. Text stays text, whatever it begins with. */
export async function tableFile(sheets: readonly TableSheet[]): Promise<Uint8Array> {
  const { default: exceljs } = await import('exceljs');
  const book = new exceljs.Workbook();
  for (const { name, head, columns, rows } of sheets) {
    const sheet = book.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: head.length + 1 }], pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    });
    sheet.columns = columns.map(({ width }) => ({ width }));
    head.forEach((text, at) => { sheet.addRow([text]).font = { bold: at === 0, size: at === 0 ? 14 : 11 }; });
    sheet.addRow(columns.map(({ header }) => header)).eachCell((cell: Cell) => {
      cell.font = { bold: true };
      cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE5E9F0' } };
    });
    for (const row of rows) sheet.addRow([...row]);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** `22/11/2026` of an ISO date; null stays null. */
export function localDay(date: string | null): string | null {
  return date === null ? null : dateText(date);
}

/** `07:05:09 22/11/2026` in Vietnam, of an instant. */
export function localInstant(at: string): string {
  const local = new Date(Date.parse(at) + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 19)} ${localDay(local.slice(0, 10))}`;
}
