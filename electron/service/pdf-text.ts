import { readFile } from 'node:fs/promises';
import fontkit from '@cantoo/fontkit';
import {
  beginText, endText, PDFDocument, PDFHexString, setFontAndSize, setTextMatrix, showText, type PDFFont, type PDFName, type PDFOperator, type PDFPage,
} from '@cantoo/pdf-lib';
import { localMoment } from '../../shared/domain/working-calendar.ts';
import { resourceFile } from './resource-file.ts';

export type FontStyle = 'regular' | 'bold' | 'italic';

/** An empty document with our typeface. @param at milliseconds since 1970, written as its date */
export async function newPdf(title: string, at: number): Promise<{ pdf: PDFDocument; fonts: Record<FontStyle, PDFFont> }> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const embed = async (name: string): Promise<PDFFont> => pdf.embedFont(await readFile(resourceFile('fonts', `NotoSerif-${name}.ttf`)), { subset: true });
  const fonts = { regular: await embed('Regular'), bold: await embed('Bold'), italic: await embed('Italic') };
  pdf.setTitle(title);
  pdf.setLanguage('vi-VN');
  pdf.setCreationDate(new Date(at));
  pdf.setModificationDate(new Date(at));
  return { pdf, fonts };
}

/** Where a text stands: its baseline, left, middle or right end at `x`. */
export interface TextPlace { x: number; y: number; size: number; style?: FontStyle; most?: number; align?: 'left' | 'right' | 'centre' }

interface Word { hex: string; width: number }

/**
 * Writes many short texts fast: each word is laid out once however often it stands in the document. Sixty thousand people
 * have a few thousand words between them. Sizes in points.
 */
export class PdfText {
  readonly #fonts: Record<FontStyle, PDFFont>;
  readonly #words = new Map<string, Word>();
  readonly #known = new Map<PDFFont, Set<number>>();
  readonly #keys = new WeakMap<PDFPage, Record<FontStyle, PDFName>>();

  constructor(fonts: Record<FontStyle, PDFFont>) {
    this.#fonts = fonts;
  }

  /** The operators that write a text with its baseline at a place; cut with `…` where it is wider than `most`. */
  write(page: PDFPage, text: string, at: TextPlace): PDFOperator[] {
    const { hex, x } = this.#placed(text, at);
    if (hex === '') return [];
    return [beginText(), setFontAndSize(this.#key(page, at.style ?? 'regular'), at.size), setTextMatrix(1, 0, 0, 1, x, at.y), showText(PDFHexString.of(hex)), endText()];
  }

  /** The same as a part of `addContent`: a thick list takes half the time. */
  draw(page: PDFPage, text: string, at: TextPlace): string {
    const { hex, x } = this.#placed(text, at);
    return hex === '' ? '' : `BT ${this.#key(page, at.style ?? 'regular').asString()} ${at.size} Tf ${point(x)} ${point(at.y)} Td <${hex}> Tj ET\n`;
  }

  #placed(text: string, { x, size, style = 'regular', most = Infinity, align = 'left' }: TextPlace): { hex: string; x: number } {
    const { hex, width } = this.#line(text, style, most / size);
    return { hex, x: align === 'left' ? x : align === 'right' ? x - width * size : x - (width * size) / 2 };
  }

  /** Lines no wider than `most` points, at most `lines`; the last one is cut where more would follow. */
  wrap(text: string, size: number, most: number, style: FontStyle = 'regular', lines = Infinity): string[] {
    const all: string[] = [];
    let line = '';
    for (const word of clean(text).split(' ')) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (line === '' || this.width(joined, size, style) <= most) line = joined;
      else {
        all.push(line);
        line = word;
      }
    }
    all.push(line);
    return all.length <= lines ? all : [...all.slice(0, lines - 1), all.slice(lines - 1).join(' ')];
  }

  width(text: string, size: number, style: FontStyle = 'regular'): number {
    return clean(text).split(' ').reduce((sum, word, i) => sum + this.#word(word, style).width + (i === 0 ? 0 : this.#word(' ', style).width), 0) * size;
  }

  #line(text: string, style: FontStyle, most: number): Word {
    const space = this.#word(' ', style);
    let line: Word = { hex: '', width: 0 };
    for (const word of clean(text).split(' ')) {
      const { hex, width } = this.#word(word, style);
      const gap = line.hex === '' ? { hex: '', width: 0 } : space;
      if (line.width + gap.width + width > most) return this.#cut(line, gap, word, style, most);
      line = { hex: line.hex + gap.hex + hex, width: line.width + gap.width + width };
    }
    return line;
  }

  #cut(line: Word, gap: Word, word: string, style: FontStyle, most: number): Word {
    const dots = this.#word('…', style);
    let cut = { hex: line.hex + gap.hex, width: line.width + gap.width };
    for (const letter of word) {
      const sign = this.#word(letter, style);
      if (cut.width + sign.width + dots.width > most) break;
      cut = { hex: cut.hex + sign.hex, width: cut.width + sign.width };
    }
    return { hex: cut.hex + dots.hex, width: cut.width + dots.width };
  }

  #word(word: string, style: FontStyle): Word {
    const name = `${style} ${word}`;
    let found = this.#words.get(name);
    if (found === undefined) {
      const font = this.#fonts[style];
      const text = this.#printable(word, font);
      this.#words.set(name, found = { hex: font.encodeText(text).asString(), width: font.widthOfTextAtSize(text, 1) });
    }
    return found;
  }

  /** With `?` for every sign that the typeface lacks, so that a rare one stops no printing. */
  #printable(word: string, font: PDFFont): string {
    let known = this.#known.get(font);
    if (known === undefined) this.#known.set(font, known = new Set(font.getCharacterSet()));
    return [...word].map((sign) => (known.has(sign.codePointAt(0)!) ? sign : '?')).join('');
  }

  #key(page: PDFPage, style: FontStyle): PDFName {
    const keys = this.#keys.get(page) ?? {} as Record<FontStyle, PDFName>;
    this.#keys.set(page, keys);
    return keys[style] ??= page.node.newFontDictionary(this.#fonts[style].name, this.#fonts[style].ref);
  }
}

/** Adds what was drawn to a page, packed: without an object for each operator. */
export function addContent(page: PDFPage, parts: readonly string[]): void {
  const { context } = page.doc;
  page.node.addContentStream(context.register(context.flateStream(parts.join(''))));
}

/** The part of a page's content that draws a frame, line width in points. */
export function frame(x: number, y: number, width: number, height: number, line: number): string {
  return `${line} w ${point(x)} ${point(y)} ${point(width)} ${point(height)} re S\n`;
}

/** A length as PDF writes it: never with an exponent. */
export function point(length: number): string {
  return length.toFixed(2);
}

function clean(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** An instant as Vietnam's clocks and calendars show it: `07:05`, `22/11`, `22/11/2026`. */
export function paperMoment(instant: string | number): { time: string; day: string; date: string } {
  const { date, minute } = localMoment(instant);
  const day = `${date.slice(8)}/${date.slice(5, 7)}`;
  return { time: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`, day, date: `${day}/${date.slice(0, 4)}` };
}
