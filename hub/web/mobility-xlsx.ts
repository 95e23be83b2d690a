import type { Row, Worksheet } from 'exceljs';
import { isNumeric, plainText } from '../../shared/domain/report-model.ts';
import type { Picture } from '../store/mobility-picture.ts';
import { subtitleOf } from './mobility-ask.ts';

const headFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE5E9F0' } } as const;
const thin = { top: { style: 'thin' }, bottom: { style: 'thin' }, left: { style: 'thin' }, right: { style: 'thin' } } as const;

/** The picture as an Excel file: the table with its head, notes and signatures, and on a second sheet each day. No cell can become a formula. */
export async function mobilityXlsx(picture: Picture, madeAt: Date): Promise<Buffer> {
  const { default: exceljs } = await import('exceljs');
  const { form, catalogue, columns, rows, notes } = picture;
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Biến động lao động', {
    pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: `&L${form.verified ? '' : catalogue.unverifiedMark}&RTrang &P/&N` },
  });
  sheet.columns = columns.map(({ width, kind }) => ({ width: width + 2, style: kind === 'count' ? { numFmt: '#,##0' } : {} }));
  line(sheet, catalogue.nation, { bold: true });
  line(sheet, catalogue.motto, { bold: true });
  line(sheet, form.title, { bold: true, size: 14 });
  if (!form.verified) line(sheet, `(${catalogue.unverifiedMark})`, { italic: true });
  for (const text of subtitleOf(picture, madeAt)) line(sheet, text, {});
  head(sheet.addRow(columns.map(({ header }) => header)));
  sheet.views = [{ state: 'frozen', ySplit: sheet.rowCount }];
  sheet.pageSetup.printTitlesRow = `${sheet.rowCount}:${sheet.rowCount}`;
  for (const { kind, cells } of rows) {
    const row = sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? plainText(cell) : cell)));
    if (kind !== 'row') row.font = { bold: true };
    row.eachCell({ includeEmpty: kind !== 'group' }, (cell) => { cell.border = thin; });
    columns.forEach((column, at) => { if (isNumeric(column.kind) && kind !== 'group') row.getCell(at + 1).alignment = { horizontal: 'right' }; });
  }
  line(sheet, '', {});
  for (const note of notes) line(sheet, `Ghi chú: ${note}`, { italic: true });
  line(sheet, '', {});
  line(sheet, form.signatures.join('                    '), { bold: true });
  writeDays(book.addWorksheet('Theo ngày'), picture);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function writeDays(sheet: Worksheet, { days }: Picture): void {
  sheet.columns = [{ width: 14, style: { numFmt: 'dd/mm/yyyy' } }, { width: 12 }, { width: 12 }, { width: 12 }, { width: 30 }];
  head(sheet.addRow(['Ngày', 'Có mặt', 'Vào làm', 'Nghỉ việc', 'Ghi chú']));
  for (const { date, present, joined, left, isWhole } of days) sheet.addRow([new Date(`${date}T00:00:00Z`), present, joined, left, isWhole ? null : 'Chưa đủ số liệu của mọi cổng']);
}

function line(sheet: Worksheet, text: string, font: { bold?: boolean; italic?: boolean; size?: number }): void {
  const row = sheet.addRow([text === '' ? null : plainText(text)]);
  row.font = font;
  row.getCell(1).alignment = { wrapText: false, horizontal: 'left' };
}

function head(row: Row): void {
  row.eachCell((cell) => {
    cell.font = { bold: true };
    cell.fill = headFill;
    cell.border = thin;
    cell.numFmt = '@';
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  });
}
