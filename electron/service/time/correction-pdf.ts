import { moveTo, lineTo, PageSizes, setLineWidth, stroke, type PDFDocument, type PDFOperator, type PDFPage } from '@cantoo/pdf-lib';
import type { DifferenceWords } from './correction-file.ts';
import { mm } from '../pdf-sheet.ts';
import { newPdf, PdfText, type FontStyle } from '../pdf-text.ts';

type Row = DifferenceWords & { worker: string; team: string };

const [pageHeight, pageWidth] = PageSizes.A4;
const margin = mm(10);
const [size, proofSize, leading] = [8, 5.6, 10];
const [headSize, titleSize] = [8.5, 14];
const bottom = mm(12);

/** Columns with their width; together the page without its margins. */
const columns: readonly { header: string; width: number; cells: (row: Row, index: number) => readonly [string, FontStyle][] }[] = [
  { header: 'STT', width: mm(9), cells: (_, index) => [[String(index + 1), 'regular']] },
  { header: 'Ngày công', width: mm(19), cells: ({ date }) => [[date, 'regular']] },
  { header: 'Người lao động', width: mm(40), cells: ({ worker, team }) => [[worker, 'bold'], [team, 'regular']] },
  { header: 'Theo lượt quét gốc', width: mm(48), cells: ({ before }) => [[before, 'regular']] },
  { header: 'Sau điều chỉnh', width: mm(48), cells: ({ after }) => [[after, 'bold']] },
  { header: 'Lý do, ghi chú', width: mm(43), cells: ({ reason }) => [[reason, 'regular']] },
  { header: 'Người đề nghị', width: mm(35), cells: ({ proposed }) => [[proposed, 'regular']] },
  { header: 'Người duyệt', width: mm(35), cells: ({ decided }) => [[decided, 'regular']] },
];

/** The difference report on A4 across: a row a corrected date, its events in the chain below it. `now` in milliseconds since 1970. */
export async function differencePdf(head: readonly string[], rows: Iterable<Row>, now: number): Promise<Uint8Array> {
  const { pdf, fonts } = await newPdf(head[0] ?? '', now);
  const paper = new Paper(pdf, new PdfText(fonts), head);
  let index = 0;
  for (const row of rows) {
    paper.row(row, index);
    index += 1;
    // A long list takes seconds: whatever else the thread is asked for comes in between.
    if (index % 100 === 0) await new Promise((resolve) => { setImmediate(resolve); });
  }
  paper.end(index);
  return Uint8Array.from(await pdf.save());
}

class Paper {
  readonly #pdf: PDFDocument;
  readonly #text: PdfText;
  readonly #head: readonly string[];
  #page: PDFPage;
  #operators: PDFOperator[] = [];
  #pages = 0;
  #y = 0;

  constructor(pdf: PDFDocument, text: PdfText, head: readonly string[]) {
    this.#pdf = pdf;
    this.#text = text;
    this.#head = head;
    this.#page = this.#newPage();
  }

  row(row: Row, index: number): void {
    const cells = columns.map(({ width, cells: of }) => of(row, index).flatMap(([text, style]) => (
      this.#text.wrap(text, size, width - mm(2), style, 6).map((line) => ({ line, style })))));
    const height = Math.max(...cells.map((lines) => lines.length)) * leading + leading + 3;
    if (this.#y - height < bottom) this.#next();
    let x = margin;
    columns.forEach(({ width }, at) => {
      cells[at]!.forEach(({ line, style }, i) => this.#write(line, x, this.#y - (i + 1) * leading, size, style, width - mm(2)));
      x += width;
    });
    this.#write(row.proof, margin + columns[0]!.width, this.#y - height + 2.5, proofSize, 'italic', pageWidth - 2 * margin - columns[0]!.width);
    this.#y -= height + 2;
    this.#rule();
  }

  end(count: number): void {
    if (this.#y - leading * 9 < bottom) this.#next();
    this.#y -= leading * 1.5;
    this.#write(count === 0 ? 'Không có điều chỉnh nào trong kỳ.' : `Tổng số: ${count} ngày công được điều chỉnh.`, margin, this.#y, 9.5, 'bold');
    this.#y -= leading * 2;
    for (const [x, words] of [[margin + mm(20), 'Người lập báo cáo'], [pageWidth - margin - mm(80), 'Đại diện đơn vị']] as const) {
      this.#write(words, x, this.#y, 9.5, 'bold');
      this.#write('(ký, ghi rõ họ tên)', x, this.#y - leading, 8, 'italic');
    }
    this.#page.pushOperators(...this.#operators);
  }

  #next(): void {
    this.#page.pushOperators(...this.#operators);
    this.#page = this.#newPage();
  }

  #newPage(): PDFPage {
    const page = this.#pdf.addPage([pageWidth, pageHeight]);
    this.#page = page;
    this.#operators = [setLineWidth(0.4)];
    this.#pages += 1;
    this.#y = pageHeight - mm(12);
    const whole = pageWidth - 2 * margin;
    this.#operators.push(...this.#text.write(page, `Trang ${this.#pages}`, { x: pageWidth - margin, y: mm(6), size: 8, align: 'right' }));
    if (this.#pages === 1) {
      this.#head.forEach((words, i) => {
        for (const line of this.#text.wrap(words, i === 0 ? titleSize : 9.5, whole, i === 0 ? 'bold' : 'regular')) {
          this.#write(line, margin, this.#y, i === 0 ? titleSize : 9.5, i === 0 ? 'bold' : 'regular');
          this.#y -= i === 0 ? 18 : 13;
        }
      });
      this.#y -= 4;
    }
    let x = margin;
    for (const { header, width } of columns) {
      this.#write(header, x, this.#y - headSize, headSize, 'bold', width - mm(1));
      x += width;
    }
    this.#y -= headSize + 5;
    this.#rule();
    return page;
  }

  #rule(): void {
    this.#operators.push(moveTo(margin, this.#y), lineTo(pageWidth - margin, this.#y), stroke());
  }

  #write(text: string, x: number, y: number, points: number, style: FontStyle, most = Infinity): void {
    this.#operators.push(...this.#text.write(this.#page, text, { x, y, size: points, style, most }));
  }
}
