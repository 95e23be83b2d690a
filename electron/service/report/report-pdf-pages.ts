import { PageSizes, type PDFDocument, type PDFPage } from '@cantoo/pdf-lib';
import { mm } from '../pdf-sheet.ts';
import { addContent, frame, point, type FontStyle, type PdfText, type TextPlace } from '../pdf-text.ts';

export const margin = { x: mm(10), top: mm(11), bottom: mm(14) };
/** From line to line, in parts of the letters' size. */
export const leading = 1.24;

/**
 * The pages of a printed report and how far they are written. Lengths in points, from the lower left corner. A page that
 * is full is packed at once, so that hundreds of them stay small in memory.
 */
export class ReportPages {
  readonly text: PdfText;
  readonly width: number;
  readonly height: number;
  /** What comes first on each further page; null: nothing. */
  onTurn: (() => void) | null = null;
  /** Below this nothing is written yet. */
  y: number;
  readonly #pdf: PDFDocument;
  readonly #all: PDFPage[] = [];
  #current: PDFPage;
  #content: string[] = [];

  constructor(pdf: PDFDocument, text: PdfText, { paper, landscape }: { paper: keyof typeof PageSizes; landscape: boolean }) {
    const [short, long] = PageSizes[paper];
    [this.#pdf, this.text] = [pdf, text];
    [this.width, this.height] = landscape ? [long, short] : [short, long];
    this.#current = this.#newPage();
    this.y = this.height - margin.top;
  }

  get count(): number {
    return this.#all.length;
  }

  /** The width between the margins. */
  get room(): number {
    return this.width - 2 * margin.x;
  }

  /** Goes on to another page where less than this height is left. */
  need(height: number): void {
    if (this.y - height >= margin.bottom) return;
    this.#pack();
    this.#current = this.#newPage();
    this.y = this.height - margin.top;
    this.onTurn?.();
  }

  write(text: string, at: TextPlace): void {
    this.#content.push('0 g\n', this.text.draw(this.#current, text, at));
  }

  /** Lines around `x`, each below the one before. */
  centre(text: string, { x, size, style, most }: { x: number; size: number; style: FontStyle; most: number }): void {
    for (const line of this.text.wrap(text, size, most, style)) {
      this.y -= size * leading;
      this.write(line, { x, y: this.y, size, style, most, align: 'centre' });
    }
  }

  box(x: number, y: number, width: number, height: number): void {
    this.#content.push('0.45 G ', frame(x, y, width, height, 0.4));
  }

  /** @param grey from 0 (black) to 1 (white) */
  shade(x: number, y: number, width: number, height: number, grey: number): void {
    this.#content.push(`${grey} g ${[x, y, width, height].map(point).join(' ')} re f\n`);
  }

  rule(from: number, to: number, y: number): void {
    this.#content.push(`0 G 0.6 w ${point(from)} ${point(y)} m ${point(to)} ${point(y)} l S\n`);
  }

  /** Adds what `draw` makes of the present page. */
  draw(draw: (page: PDFPage) => readonly string[]): void {
    this.#content.push(...draw(this.#current));
  }

  /** Packs the last page; then each may get its foot, when only now their count is known. */
  close(): readonly PDFPage[] {
    this.#pack();
    return this.#all;
  }

  #newPage(): PDFPage {
    const page = this.#pdf.addPage([this.width, this.height]);
    this.#all.push(page);
    return page;
  }

  #pack(): void {
    addContent(this.#current, this.#content);
    this.#content = [];
  }
}
