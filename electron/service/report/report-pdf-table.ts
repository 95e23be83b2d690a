import { cellText, isNumeric, type ReportCell, type ReportColumn, type ReportRow } from '../../../shared/domain/report-model.ts';
import type { FontStyle, TextPlace } from '../pdf-text.ts';
import { leading, type ReportPages } from './report-pdf-pages.ts';
import { bandsOf } from './report-xlsx.ts';

const pad = 2.2;
const [smallest, largest] = [5.5, 9];
/** A digit of this typeface, and more than most of its letters, in parts of its size. */
const letterWidth = 0.6;
const mostLines = 6;
/** How much wider than its letters a column may stand where there is room. */
const widest = 1.25;

/** The table of a printed report: as wide as its columns need, in letters as big as then fit; its heading stands on every page. */
export class ReportTable {
  readonly #pages: ReportPages;
  readonly #columns: readonly ReportColumn[];
  readonly #lefts: number[];
  readonly #widths: number[];
  readonly #size: number;

  constructor(pages: ReportPages, columns: readonly ReportColumn[]) {
    [this.#pages, this.#columns] = [pages, columns];
    const least = columns.map(({ width, header }) => Math.max(width * letterWidth, ...header.split(' ').map((word) => pages.text.width(word, 1, 'bold'))));
    const all = least.reduce((sum, width) => sum + width, 0);
    this.#size = Math.min(largest, Math.max(smallest, (pages.room - 2 * pad * columns.length) / all));
    // A table of few narrow columns is not blown up to the whole width of a page.
    const scale = Math.min((pages.room - 2 * pad * columns.length) / all, largest * widest);
    this.#widths = least.map((width) => width * scale + 2 * pad);
    const left = (pages.width - this.#widths.reduce((sum, width) => sum + width, 0)) / 2;
    this.#lefts = this.#widths.map((_, at) => left + this.#widths.slice(0, at).reduce((sum, width) => sum + width, 0));
  }

  /** Writes the heading, on this page and on each that follows until `end`. */
  begin(): void {
    this.#head();
    this.#pages.onTurn = () => this.#head();
  }

  row({ kind, cells }: ReportRow): void {
    if (kind === 'group') this.#group(String(cells[0] ?? ''));
    else this.#cells(cells, kind === 'row' ? 'regular' : 'bold');
  }

  end(): void {
    this.#pages.onTurn = null;
  }

  get #left(): number {
    return this.#lefts[0]!;
  }

  get #width(): number {
    return this.#lefts.at(-1)! + this.#widths.at(-1)! - this.#left;
  }

  #head(): void {
    const size = this.#size;
    const hasBands = this.#columns.some(({ band }) => band !== undefined);
    const lines = this.#columns.map(({ header }, at) => this.#wrap(header, this.#widths[at]! - 2 * pad, 'bold'));
    const runs = bandsOf(this.#columns).map((run) => ({ ...run, left: this.#lefts[run.from]!, width: this.#lefts[run.to]! + this.#widths[run.to]! - this.#lefts[run.from]! }));
    const bandLines = new Map(runs.filter(({ band }) => band !== undefined).map((run) => [run, this.#pages.text.wrap(run.band!, size, run.width - 2 * pad, 'bold', 4)]));
    const line = size * leading;
    const bandHeight = hasBands ? Math.max(...[...bandLines.values()].map((all) => all.length)) * line + 2 * pad : 0;
    const under = Math.max(...lines.map((all, at) => (this.#columns[at]!.band === undefined ? 0 : all.length))) * line + 2 * pad;
    const alone = Math.max(...lines.map((all, at) => (this.#columns[at]!.band === undefined ? all.length : 0))) * line + 2 * pad;
    const height = hasBands ? Math.max(bandHeight + under, alone) : alone;
    const top = this.#pages.y;
    this.#pages.shade(this.#left, top - height, this.#width, height, 0.91);
    const cell = (texts: readonly string[], left: number, width: number, from: number, tall: number): void => {
      this.#pages.box(left, from - tall, width, tall);
      const first = from - (tall - texts.length * line) / 2 - size;
      texts.forEach((text, n) => this.#pages.write(text, { x: left + width / 2, y: first - n * line, size, style: 'bold', most: width - 2, align: 'centre' }));
    };
    for (const run of runs) {
      const texts = bandLines.get(run);
      if (texts !== undefined) cell(texts, run.left, run.width, top, bandHeight);
      for (let at = run.from; at <= run.to; at += 1) {
        const above = texts === undefined ? 0 : bandHeight;
        cell(lines[at]!, this.#lefts[at]!, this.#widths[at]!, top - above, height - above);
      }
    }
    this.#pages.y = top - height;
  }

  #group(name: string): void {
    const height = this.#size * leading + 2 * pad;
    // A heading alone at the foot of a page helps nobody.
    this.#pages.need(height * 2);
    this.#pages.shade(this.#left, this.#pages.y - height, this.#width, height, 0.96);
    this.#pages.box(this.#left, this.#pages.y - height, this.#width, height);
    this.#pages.write(name, { x: this.#left + pad, y: this.#pages.y - pad - this.#size, size: this.#size, style: 'bold', most: this.#width - 2 * pad });
    this.#pages.y -= height;
  }

  #cells(cells: readonly ReportCell[], style: FontStyle): void {
    const size = this.#size;
    const texts = this.#columns.map((column, at) => this.#lines(column, cells[at] ?? null, this.#widths[at]! - 2 * pad, style));
    const height = Math.max(1, ...texts.map((all) => all.length)) * size * leading + 2 * pad;
    this.#pages.need(height);
    texts.forEach((all, at) => {
      const [left, width] = [this.#lefts[at]!, this.#widths[at]!];
      this.#pages.box(left, this.#pages.y - height, width, height);
      const place = placeOf(this.#columns[at]!, left, width);
      all.forEach((text, n) => this.#pages.write(text, { ...place, y: this.#pages.y - pad - size - n * size * leading, size, style, most: width - 2 }));
    });
    this.#pages.y -= height;
  }

  #lines({ kind }: ReportColumn, cell: ReportCell, most: number, style: FontStyle): string[] {
    const text = cellText(kind, cell);
    if (text === '') return [];
    return kind === 'text' ? this.#wrap(text, most, style) : [text];
  }

  /** Lines no wider than `most`; a word that is wider is broken rather than cut: a number must stand whole. */
  #wrap(text: string, most: number, style: FontStyle): string[] {
    const width = (part: string): number => this.#pages.text.width(part, this.#size, style);
    const words = text.split(' ').flatMap((word) => {
      if (width(word) <= most) return [word];
      const parts = [''];
      for (const letter of word) {
        if (width(parts.at(-1)! + letter) > most && parts.at(-1) !== '') parts.push('');
        parts[parts.length - 1] += letter;
      }
      return parts;
    });
    return this.#pages.text.wrap(words.join(' '), this.#size, most, style, mostLines);
  }
}

function placeOf({ kind }: ReportColumn, left: number, width: number): Pick<TextPlace, 'x' | 'align'> {
  if (kind === 'symbol' || kind === 'date' || kind === 'index') return { x: left + width / 2, align: 'centre' };
  return isNumeric(kind) ? { x: left + width - pad, align: 'right' } : { x: left + pad, align: 'left' };
}
