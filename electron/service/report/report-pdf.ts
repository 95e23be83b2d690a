import { setImmediate } from 'node:timers/promises';
import { PageSizes, type PDFDocument, type PDFPage } from '@cantoo/pdf-lib';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { cellText, isNumeric, type ReportCell, type ReportColumn, type ReportRow } from '../../../shared/domain/report-model.ts';
import { mm } from '../pdf-sheet.ts';
import { addContent, frame, newPdf, PdfText, point, type FontStyle } from '../pdf-text.ts';
import type { BuiltReport } from './report-build.ts';
import { drawChart } from './report-pdf-chart.ts';
import { reportCatalogue } from './report-forms.ts';
import { bandsOf } from './report-xlsx.ts';

const margin = { x: mm(10), top: mm(11), bottom: mm(14) };
const leading = 1.24;
const pad = 2.2;
const [smallest, largest] = [5.5, 9];
/** A digit of this typeface, and more than most of its letters, in parts of its size. */
const letterWidth = 0.6;
const mostLines = 6;
/** How much wider than its letters a column may stand where there is room. */
const widest = 1.25;
/** What nobody prints: a bigger list is for a spreadsheet. */
const mostRows = 60_000;
const pagesAtOnce = 5;

/**
 * A report as a PDF: head, table with its heading on every page, notes, charts, signatures, page numbers. Finished pages are
 * packed at once, so that a list of hundreds of pages stays small in memory. Problem: `report-too-long`.
 */
export async function reportPdf(report: BuiltReport, now: number): Promise<{ content: Uint8Array<ArrayBuffer>; rows: number }> {
  const { pdf, fonts } = await newPdf(report.title, now);
  const writer = new Writer(pdf, new PdfText(fonts), report);
  writer.head(report);
  writer.tableHead();
  let [rows, pages] = [0, 0];
  for (const row of report.rows) {
    writer.row(row);
    if (row.kind === 'row') rows += 1;
    if (rows > mostRows) throw new ProblemError('report-too-long');
    if (writer.pages >= pages + pagesAtOnce) {
      pages = writer.pages;
      await setImmediate();
    }
  }
  if (rows === 0) writer.line('Không có dòng nào trong kỳ này.', 'italic');
  const { charts, notes } = report.end();
  writer.notes(notes);
  for (const chart of charts) writer.chart(chart);
  writer.signatures(report.form.signatures, now);
  writer.end(report);
  return { content: Uint8Array.from(await pdf.save()), rows };
}

class Writer {
  readonly #pdf: PDFDocument;
  readonly #text: PdfText;
  readonly #columns: readonly ReportColumn[];
  readonly #lefts: number[];
  readonly #widths: number[];
  readonly #size: number;
  readonly #page: { width: number; height: number };
  #current: PDFPage;
  #content: string[] = [];
  #y: number;
  #inTable = false;
  readonly #all: PDFPage[] = [];

  constructor(pdf: PDFDocument, text: PdfText, { form: { paper, landscape }, columns }: BuiltReport) {
    const [short, long] = PageSizes[paper];
    [this.#pdf, this.#text, this.#columns] = [pdf, text, columns];
    this.#page = landscape ? { width: long, height: short } : { width: short, height: long };
    const least = columns.map(({ width, header }) => Math.max(width * letterWidth, ...header.split(' ').map((word) => text.width(word, 1, 'bold'))));
    const all = least.reduce((sum, width) => sum + width, 0);
    this.#size = Math.min(largest, Math.max(smallest, (this.#room - 2 * pad * columns.length) / all));
    // A table of few narrow columns is not blown up to the whole width of a page.
    const scale = Math.min((this.#room - 2 * pad * columns.length) / all, largest * widest);
    this.#widths = least.map((width) => width * scale + 2 * pad);
    const left = (this.#page.width - this.#widths.reduce((sum, width) => sum + width, 0)) / 2;
    this.#lefts = this.#widths.map((_, at) => left + this.#widths.slice(0, at).reduce((sum, width) => sum + width, 0));
    this.#current = this.#newPage();
    this.#y = this.#page.height - margin.top;
  }

  get pages(): number {
    return this.#all.length;
  }

  get #room(): number {
    return this.#page.width - 2 * margin.x;
  }

  get #right(): number {
    return this.#lefts.at(-1)! + this.#widths.at(-1)!;
  }

  head({ form, title, subtitle, office, receivers }: BuiltReport): void {
    const { nation, motto, unverifiedMark } = reportCatalogue();
    const top = this.#y;
    const centre = (text: string, x: number, size: number, style: FontStyle, most: number): void => {
      for (const line of this.#text.wrap(text, size, most, style)) {
        this.#y -= size * leading;
        this.#write(line, { x, y: this.#y, size, style, most, align: 'centre' });
      }
    };
    const half = this.#room / 2 - mm(4);
    if (form.nation) {
      for (const text of office) centre(text.toUpperCase(), margin.x + half / 2, 9.5, 'bold', half);
      const left = this.#y;
      this.#y = top;
      const right = this.#page.width - margin.x - half / 2;
      centre(nation, right, 9.5, 'bold', half);
      centre(motto, right, 9.5, 'bold', half);
      const under = this.#text.width(motto, 9.5, 'bold');
      this.#rule(right - under / 2, right + under / 2, this.#y - 3);
      this.#y = Math.min(left, this.#y) - mm(4);
    } else {
      for (const text of office) {
        this.#y -= 9.5 * leading;
        this.#write(text, { x: margin.x, y: this.#y, size: 9.5, style: 'bold', most: this.#room });
      }
      this.#y -= mm(1);
    }
    const middle = this.#page.width / 2;
    centre(title, middle, 14, 'bold', this.#room);
    if (!form.verified) centre(`(${unverifiedMark})`, middle, 9, 'italic', this.#room);
    for (const text of subtitle) centre(text, middle, 9, 'regular', this.#room);
    if (receivers.length > 0) centre(`Kính gửi: ${receivers.join('; ')}`, middle, 10, 'bold', this.#room);
    this.#y -= mm(3);
  }

  /** The heading of the table; on every further page it comes first. */
  tableHead(): void {
    const size = this.#size;
    const hasBands = this.#columns.some(({ band }) => band !== undefined);
    const lines = this.#columns.map(({ header }, at) => this.#wrap(header, size, this.#widths[at]! - 2 * pad, 'bold', 6));
    const runs = bandsOf(this.#columns).map((run) => ({ ...run, left: this.#lefts[run.from]!, width: this.#lefts[run.to]! + this.#widths[run.to]! - this.#lefts[run.from]! }));
    const bandLines = new Map(runs.filter(({ band }) => band !== undefined).map((run) => [run, this.#text.wrap(run.band!, size, run.width - 2 * pad, 'bold', 4)]));
    const line = size * leading;
    const bandHeight = hasBands ? Math.max(...[...bandLines.values()].map((all) => all.length)) * line + 2 * pad : 0;
    const under = Math.max(...lines.map((all, at) => (this.#columns[at]!.band === undefined ? 0 : all.length))) * line + 2 * pad;
    const alone = Math.max(...lines.map((all, at) => (this.#columns[at]!.band === undefined ? all.length : 0))) * line + 2 * pad;
    const height = hasBands ? Math.max(bandHeight + under, alone) : alone;
    const top = this.#y;
    this.#shade(this.#lefts[0]!, top - height, this.#right - this.#lefts[0]!, height, 0.91);
    const cell = (texts: readonly string[], left: number, width: number, from: number, tall: number): void => {
      this.#box(left, from - tall, width, tall);
      const first = from - (tall - texts.length * line) / 2 - size;
      texts.forEach((text, n) => this.#write(text, { x: left + width / 2, y: first - n * line, size, style: 'bold', most: width - 2, align: 'centre' }));
    };
    for (const run of runs) {
      const texts = bandLines.get(run);
      if (texts !== undefined) cell(texts, run.left, run.width, top, bandHeight);
      for (let at = run.from; at <= run.to; at += 1) {
        const above = texts === undefined ? 0 : bandHeight;
        cell(lines[at]!, this.#lefts[at]!, this.#widths[at]!, top - above, height - above);
      }
    }
    this.#y = top - height;
    this.#inTable = true;
  }

  row({ kind, cells }: ReportRow): void {
    const size = this.#size;
    const style: FontStyle = kind === 'row' ? 'regular' : 'bold';
    if (kind === 'group') {
      const height = size * leading + 2 * pad;
      // A heading alone at the foot of a page helps nobody.
      this.#need(height * 2);
      this.#shade(this.#lefts[0]!, this.#y - height, this.#right - this.#lefts[0]!, height, 0.96);
      this.#box(this.#lefts[0]!, this.#y - height, this.#right - this.#lefts[0]!, height);
      this.#write(String(cells[0] ?? ''), { x: this.#lefts[0]! + pad, y: this.#y - pad - size, size, style, most: this.#right - this.#lefts[0]! - 2 * pad });
      this.#y -= height;
      return;
    }
    const texts = this.#columns.map((column, at) => this.#lines(column, cells[at] ?? null, this.#widths[at]! - 2 * pad, style));
    const height = Math.max(1, ...texts.map((all) => all.length)) * size * leading + 2 * pad;
    this.#need(height);
    texts.forEach((all, at) => {
      const { kind: is } = this.#columns[at]!;
      const [left, width] = [this.#lefts[at]!, this.#widths[at]!];
      this.#box(left, this.#y - height, width, height);
      const place = is === 'symbol' || is === 'date' || is === 'index' ? { x: left + width / 2, align: 'centre' as const } : isNumeric(is) ? { x: left + width - pad, align: 'right' as const } : { x: left + pad, align: 'left' as const };
      all.forEach((text, n) => this.#write(text, { ...place, y: this.#y - pad - size - n * size * leading, size, style, most: width - 2 }));
    });
    this.#y -= height;
  }

  line(text: string, style: FontStyle): void {
    const size = 9;
    this.#inTable = false;
    for (const each of this.#text.wrap(text, size, this.#room, style)) {
      this.#need(size * leading);
      this.#y -= size * leading;
      this.#write(each, { x: margin.x, y: this.#y, size, style, most: this.#room });
    }
  }

  notes(notes: readonly string[]): void {
    this.#inTable = false;
    this.#y -= mm(2);
    for (const note of notes) this.line(note, 'italic');
  }

  chart(chart: Parameters<typeof drawChart>[0]): void {
    if (chart.labels.length === 0) return;
    const height = mm(chart.kind === 'bars' ? Math.min(110, 16 + chart.labels.length * (4 + chart.series.length * 2.6)) : 62);
    this.#need(height + mm(6));
    this.#y -= mm(6);
    this.#content.push(...drawChart(chart, this.#text, this.#current, { x: margin.x, y: this.#y - height, width: Math.min(this.#room, mm(260)), height }));
    this.#y -= height;
  }

  signatures(names: readonly string[], now: number): void {
    if (names.length === 0) return;
    const { signHint, placeAndDate } = reportCatalogue();
    const date = new Date(now + 7 * 3_600_000).toISOString();
    this.#need(mm(38));
    this.#y -= mm(5);
    const column = this.#room / names.length;
    const centreOf = (at: number): number => margin.x + column * (at + 0.5);
    const said = placeAndDate.replace('{day}', date.slice(8, 10)).replace('{month}', date.slice(5, 7)).replace('{year}', date.slice(0, 4));
    this.#y -= 9.5 * leading;
    this.#write(said, { x: centreOf(names.length - 1), y: this.#y, size: 9.5, style: 'italic', most: column, align: 'centre' });
    names.forEach((name, at) => {
      this.#write(name.toUpperCase(), { x: centreOf(at), y: this.#y - 9.5 * leading, size: 9.5, style: 'bold', most: column, align: 'centre' });
      this.#write(signHint, { x: centreOf(at), y: this.#y - 2 * 9.5 * leading, size: 8.5, style: 'italic', most: column, align: 'centre' });
    });
    this.#y -= mm(32);
  }

  /** Packs the last page, then writes the foot of each: only now the count of pages is known. */
  end({ form, title, subtitle }: BuiltReport): void {
    this.#pack();
    const { unverifiedMark } = reportCatalogue();
    const left = [title, ...(form.verified ? [] : [unverifiedMark.toLowerCase()]), subtitle.at(-1) ?? ''].join(' – ');
    this.#all.forEach((page, at) => {
      const place = { y: mm(7), size: 7.5, style: 'italic' as const };
      addContent(page, [
        '0 g\n', this.#text.draw(page, left, { ...place, x: margin.x, most: this.#room - mm(30) }),
        this.#text.draw(page, `Trang ${at + 1}/${this.#all.length}`, { ...place, x: this.#page.width - margin.x, align: 'right' }),
      ]);
    });
  }

  #lines({ kind }: ReportColumn, cell: ReportCell, most: number, style: FontStyle): string[] {
    const text = cellText(kind, cell);
    if (text === '') return [];
    return kind === 'text' ? this.#wrap(text, this.#size, most, style, mostLines) : [text];
  }

  /** Lines no wider than `most`; a word that is wider is broken rather than cut: a number must stand whole. */
  #wrap(text: string, size: number, most: number, style: FontStyle, lines: number): string[] {
    const words = text.split(' ').flatMap((word) => {
      if (this.#text.width(word, size, style) <= most) return [word];
      const parts = [''];
      for (const letter of word) {
        if (this.#text.width(parts.at(-1)! + letter, size, style) > most && parts.at(-1) !== '') parts.push('');
        parts[parts.length - 1] += letter;
      }
      return parts;
    });
    return this.#text.wrap(words.join(' '), size, most, style, lines);
  }

  #need(height: number): void {
    if (this.#y - height >= margin.bottom) return;
    this.#pack();
    this.#current = this.#newPage();
    this.#y = this.#page.height - margin.top;
    if (this.#inTable) this.tableHead();
  }

  #newPage(): PDFPage {
    const page = this.#pdf.addPage([this.#page.width, this.#page.height]);
    this.#all.push(page);
    return page;
  }

  #pack(): void {
    addContent(this.#current, this.#content);
    this.#content = [];
  }

  #write(text: string, at: Parameters<PdfText['draw']>[2]): void {
    this.#content.push('0 g\n', this.#text.draw(this.#current, text, at));
  }

  #box(x: number, y: number, width: number, height: number): void {
    this.#content.push('0.45 G ', frame(x, y, width, height, 0.4));
  }

  #shade(x: number, y: number, width: number, height: number, grey: number): void {
    this.#content.push(`${grey} g ${[x, y, width, height].map(point).join(' ')} re f\n`);
  }

  #rule(from: number, to: number, y: number): void {
    this.#content.push(`0 G 0.6 w ${point(from)} ${point(y)} m ${point(to)} ${point(y)} l S\n`);
  }
}
