import { PDFDocument, rgb, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';

export interface Fonts { regular: PDFFont; bold: PDFFont; italic: PDFFont }
type Style = keyof Fonts;

/** Millimetres as points. */
export function mm(length: number): number {
  return (length * 72) / 25.4;
}

const [width, height] = [mm(148), mm(210)];
const margin = { left: mm(15), right: mm(10), top: mm(9), bottom: mm(13) };
const textWidth = width - margin.left - margin.right;
const black = rgb(0, 0, 0);
const grey = rgb(0.35, 0.35, 0.35);
const size = 9.5;
const headSize = 7.2;
const leading = 1.32;
/** Signs that the typeface lacks, as something it has. */
const standIns: Readonly<Record<string, string>> = { '→': '–', '\u2011': '-' };

/**
 * One copy of a form on A5, written from the top downwards. Everything wraps and goes on to a new page where a page is
 * full, so nothing can lie over anything else. Sizes in points.
 */
export class Sheet {
  readonly #pdf: PDFDocument;
  readonly #fonts: Fonts;
  readonly #footer: (page: number) => string;
  #page: PDFPage;
  #pages = 1;
  #y = height - margin.top;

  constructor(pdf: PDFDocument, fonts: Fonts, footer: (page: number) => string) {
    this.#pdf = pdf;
    this.#fonts = fonts;
    this.#footer = footer;
    this.#page = pdf.addPage([width, height]);
  }

  /** A QR in the top left corner, `side` wide with its quiet zone; takes no room by itself (see `head`). */
  qr({ size: modules, data }: { size: number; data: Uint8Array }, side: number): void {
    const quiet = 2;
    const module = side / (modules + 2 * quiet);
    for (let row = 0; row < modules; row++) {
      for (let column = 0; column < modules; column++) {
        if (data[row * modules + column] !== 1) continue;
        this.#page.drawRectangle({
          x: margin.left - mm(3) + (column + quiet) * module, y: height - margin.top - (row + quiet + 1) * module,
          // A hair more than the module: printers leave white seams between exact neighbours.
          width: module * 1.02, height: module * 1.02, color: black,
        });
      }
    }
  }

  /** Two columns right of the QR: the office, the nation. Leaves at least the QR's height. */
  head(office: [string, string], nation: [string, string], qrSide: number): void {
    const left = margin.left - mm(3) + qrSide + mm(2);
    const whole = width - margin.right - left;
    const [officeWidth, nationWidth] = [whole * 0.36, whole * 0.63];
    const top = this.#y - mm(1);
    const lines = (texts: [string, string], from: number, column: number, first: Style): number => {
      let y = top;
      texts.forEach((text, at) => {
        const style = at === 0 ? first : 'bold';
        for (const line of this.#wrap(text, style, headSize, column)) {
          y -= headSize * leading;
          this.#draw(line, from + (column - this.#fonts[style].widthOfTextAtSize(line, headSize)) / 2, y, headSize, style);
        }
      });
      return y;
    };
    const bottom = Math.min(
      lines(office, left, officeWidth, 'regular'), lines(nation, left + whole - nationWidth, nationWidth, 'bold'), this.#y - qrSide);
    this.#y = bottom - mm(2);
  }

  centred(text: string, points: number, style: Style): void {
    for (const line of this.#wrap(text, style, points, textWidth)) {
      this.#room(points);
      this.#draw(line, margin.left + (textWidth - this.#fonts[style].widthOfTextAtSize(line, points)) / 2, this.#y, points, style);
    }
  }

  gap(points: number): void {
    this.#y -= points;
  }

  /** `label: value`, the value wrapping under the label's beginning. */
  field(label: string, value: string, style: Style = 'regular'): void {
    const head = `${label}: `;
    const indent = this.#fonts.regular.widthOfTextAtSize(head, size);
    const lines = this.#wrap(value, style, size, textWidth, indent);
    this.#room(size);
    this.#draw(head.trimEnd(), margin.left, this.#y, size, 'regular');
    lines.forEach((line, at) => {
      if (at > 0) this.#room(size);
      this.#draw(line, margin.left + (at === 0 ? indent : 0), this.#y, size, style);
    });
  }

  /** A numbered line, indented. */
  item(mark: string, text: string): void {
    const [markAt, textAt] = [margin.left + mm(4), margin.left + mm(10)];
    this.#wrap(text, 'regular', size, textWidth - mm(10)).forEach((line, at) => {
      this.#room(size);
      if (at === 0) this.#draw(mark, markAt, this.#y, size, 'regular');
      this.#draw(line, textAt, this.#y, size, 'regular');
    });
  }

  small(text: string): void {
    for (const line of this.#wrap(text, 'italic', 7.5, textWidth)) {
      this.#room(7.5);
      this.#draw(line, margin.left, this.#y, 7.5, 'italic');
    }
  }

  /** Two signatures side by side, kept on one page: heading, hint, room to sign, name. */
  signatures(left: [string, string, string], right: [string, string, string]): void {
    const column = textWidth / 2 - mm(2);
    const names = [left, right].map(([, , name]) => this.#wrap(name, 'bold', size, column));
    const needed = mm(6) + mm(16) + Math.max(...names.map((lines) => lines.length)) * size * leading + 2 * size * leading;
    if (this.#y - needed < margin.bottom) this.#newPage();
    const top = this.#y - mm(4);
    [left, right].forEach(([heading, hint], side) => {
      const from = margin.left + side * (column + mm(4));
      const centre = (text: string, y: number, points: number, style: Style): void => (
        this.#draw(text, from + (column - this.#fonts[style].widthOfTextAtSize(text, points)) / 2, y, points, style));
      centre(heading, top - size * leading, size, 'bold');
      centre(hint, top - 2 * size * leading, 8, 'italic');
      names[side]!.forEach((line, at) => centre(line, top - 2 * size * leading - mm(16) - at * size * leading, size, 'bold'));
    });
    this.#y -= needed;
  }

  /** Ends the copy: the last footer. */
  end(): void {
    this.#drawFooter();
  }

  #room(points: number): void {
    if (this.#y - points * leading < margin.bottom) this.#newPage();
    this.#y -= points * leading;
  }

  #newPage(): void {
    this.#drawFooter();
    this.#page = this.#pdf.addPage([width, height]);
    this.#pages += 1;
    this.#y = height - margin.top;
  }

  #drawFooter(): void {
    const lines = this.#wrap(this.#footer(this.#pages), 'italic', 7, textWidth);
    lines.forEach((line, at) => this.#page.drawText(line, { x: margin.left, y: mm(7) - at * 8, size: 7, font: this.#fonts.italic, color: grey }));
  }

  #draw(text: string, x: number, y: number, points: number, style: Style): void {
    if (text !== '') this.#page.drawText(text, { x, y, size: points, font: this.#fonts[style], color: black });
  }

  /** Lines no wider than `most`; the first has `indent` less. A word that is wider than a line is cut. */
  #wrap(text: string, style: Style, points: number, most: number, indent = 0): string[] {
    const font = this.#fonts[style];
    const lines: string[] = [];
    let line = '';
    const limit = (): number => most - (lines.length === 0 ? indent : 0);
    const fits = (candidate: string): boolean => font.widthOfTextAtSize(candidate, points) <= limit();
    for (const word of this.#printable(text, font).split(' ')) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (fits(joined)) {
        line = joined;
        continue;
      }
      if (line !== '' || lines.length === 0 && indent > 0) lines.push(line);
      line = '';
      for (const letter of word) {
        if (line !== '' && !fits(line + letter)) {
          lines.push(line);
          line = '';
        }
        line += letter;
      }
    }
    return [...lines, line];
  }

  /** Without line breaks and with `?` for every sign that the typeface lacks, so that a rare one stops no printing. */
  #printable(text: string, font: PDFFont): string {
    const known = this.#known(font);
    return [...text.normalize('NFC').replace(/\s+/gu, ' ').trim()].map((sign) => (known.has(sign.codePointAt(0)!) ? sign : standIns[sign] ?? '?')).join('');
  }

  readonly #sets = new Map<PDFFont, Set<number>>();
  #known(font: PDFFont): Set<number> {
    let set = this.#sets.get(font);
    if (set === undefined) this.#sets.set(font, set = new Set(font.getCharacterSet()));
    return set;
  }
}
