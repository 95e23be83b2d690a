import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { ReportChart } from '../../../shared/domain/report-model.ts';
import { mm } from '../pdf-sheet.ts';
import { addContent, newPdf, paperMoment, PdfText, type FontStyle } from '../pdf-text.ts';
import type { BuiltReport } from './report-build.ts';
import { reportCatalogue } from './report-forms.ts';
import { drawChart } from './report-pdf-chart.ts';
import { leading, margin, ReportPages } from './report-pdf-pages.ts';
import { ReportTable } from './report-pdf-table.ts';

/** What nobody prints: a bigger list is for a spreadsheet. */
const mostRows = 60_000;
const pagesAtOnce = 5;

/**
 * A report as a PDF: head, table with its heading on every page, notes, charts, signatures, page numbers.
 * @param now milliseconds since 1970. Problem: `report-too-long`.
 */
export async function reportPdf(report: BuiltReport, now: number): Promise<{ content: Uint8Array<ArrayBuffer>; rows: number }> {
  const { pdf, fonts } = await newPdf(report.title, now);
  const pages = new ReportPages(pdf, new PdfText(fonts), report.form);
  const table = new ReportTable(pages, report.columns);
  writeHead(pages, report);
  table.begin();
  let [rows, written] = [0, 0];
  for (const row of report.rows) {
    table.row(row);
    if (row.kind === 'row') rows += 1;
    if (rows > mostRows) throw new ProblemError('report-too-long');
    if (pages.count >= written + pagesAtOnce) {
      written = pages.count;
      await setImmediate();
    }
  }
  table.end();
  if (rows === 0) writeLine(pages, 'Không có dòng nào trong kỳ này.');
  const { charts, notes } = report.end();
  pages.y -= mm(2);
  for (const note of notes) writeLine(pages, note);
  for (const chart of charts) writeChart(pages, chart);
  writeSignatures(pages, report.form.signatures, now);
  writeFeet(pages, report);
  return { content: Uint8Array.from(await pdf.save()), rows };
}

function writeHead(pages: ReportPages, { form, title, subtitle, office, receivers }: BuiltReport): void {
  const { nation, motto, unverifiedMark } = reportCatalogue();
  const top = pages.y;
  if (form.nation) {
    const most = pages.room / 2 - mm(4);
    const heading = (text: string, x: number): void => pages.centre(text, { x, size: 9.5, style: 'bold', most });
    for (const text of office) heading(text.toUpperCase(), margin.x + most / 2);
    const left = pages.y;
    pages.y = top;
    const right = pages.width - margin.x - most / 2;
    heading(nation, right);
    heading(motto, right);
    const under = pages.text.width(motto, 9.5, 'bold');
    pages.rule(right - under / 2, right + under / 2, pages.y - 3);
    pages.y = Math.min(left, pages.y) - mm(4);
  } else {
    for (const text of office) {
      pages.y -= 9.5 * leading;
      pages.write(text, { x: margin.x, y: pages.y, size: 9.5, style: 'bold', most: pages.room });
    }
    pages.y -= mm(1);
  }
  const middle = (text: string, size: number, style: FontStyle): void => pages.centre(text, { x: pages.width / 2, size, style, most: pages.room });
  middle(title, 14, 'bold');
  if (!form.verified) middle(`(${unverifiedMark})`, 9, 'italic');
  for (const text of subtitle) middle(text, 9, 'regular');
  if (receivers.length > 0) middle(`Kính gửi: ${receivers.join('; ')}`, 10, 'bold');
  pages.y -= mm(3);
}

function writeLine(pages: ReportPages, text: string): void {
  const size = 9;
  for (const line of pages.text.wrap(text, size, pages.room, 'italic')) {
    pages.need(size * leading);
    pages.y -= size * leading;
    pages.write(line, { x: margin.x, y: pages.y, size, style: 'italic', most: pages.room });
  }
}

function writeChart(pages: ReportPages, chart: ReportChart): void {
  if (chart.labels.length === 0) return;
  const height = mm(chart.kind === 'bars' ? Math.min(110, 16 + chart.labels.length * (4 + chart.series.length * 2.6)) : 62);
  pages.need(height + mm(6));
  pages.y -= mm(6);
  pages.draw((page) => drawChart(chart, pages.text, page, { x: margin.x, y: pages.y - height, width: Math.min(pages.room, mm(260)), height }));
  pages.y -= height;
}

function writeSignatures(pages: ReportPages, names: readonly string[], now: number): void {
  if (names.length === 0) return;
  const { signHint, placeAndDate } = reportCatalogue();
  const [day = '', month = '', year = ''] = paperMoment(now).date.split('/');
  pages.need(mm(38));
  pages.y -= mm(5);
  const column = pages.room / names.length;
  const centreOf = (at: number): number => margin.x + column * (at + 0.5);
  const said = placeAndDate.replace('{day}', day).replace('{month}', month).replace('{year}', year);
  pages.y -= 9.5 * leading;
  pages.write(said, { x: centreOf(names.length - 1), y: pages.y, size: 9.5, style: 'italic', most: column, align: 'centre' });
  names.forEach((name, at) => {
    pages.write(name.toUpperCase(), { x: centreOf(at), y: pages.y - 9.5 * leading, size: 9.5, style: 'bold', most: column, align: 'centre' });
    pages.write(signHint, { x: centreOf(at), y: pages.y - 2 * 9.5 * leading, size: 8.5, style: 'italic', most: column, align: 'centre' });
  });
  pages.y -= mm(32);
}

/** The foot of each page: title, period, page of how many. */
function writeFeet(pages: ReportPages, { form, title, subtitle }: BuiltReport): void {
  const { unverifiedMark } = reportCatalogue();
  const left = [title, ...(form.verified ? [] : [unverifiedMark.toLowerCase()]), subtitle.at(-1) ?? ''].join(' – ');
  const all = pages.close();
  const place = { y: mm(7), size: 7.5, style: 'italic' } as const;
  all.forEach((page, at) => {
    addContent(page, [
      '0 g\n', pages.text.draw(page, left, { ...place, x: margin.x, most: pages.room - mm(30) }),
      pages.text.draw(page, `Trang ${at + 1}/${all.length}`, { ...place, x: pages.width - margin.x, align: 'right' }),
    ]);
  });
}
