import type { PDFPage } from '@cantoo/pdf-lib';
import { countText, type ReportChart } from '../../../shared/domain/report-model.ts';
import { mm } from '../pdf-sheet.ts';
import { point, type PdfText } from '../pdf-text.ts';

interface Box { x: number; y: number; width: number; height: number }

/** Told apart in print without colour too: from dark to light. */
const inks = ['0.11 0.35 0.59', '0.86 0.53 0.05', '0.45 0.62 0.55', '0.55 0.4 0.6', '0.6 0.6 0.6', '0.75 0.3 0.3'];
const inkOf = (at: number): string => inks[at % inks.length]!;
const black = '0 g\n';

function bar(at: number, { x, y, width, height }: Box): string {
  return `${inkOf(at)} rg ${[x, y, width, height].map(point).join(' ')} re f\n`;
}

/** The part of a page's content that draws a chart in a box, whose lower left corner is (x, y): title, legend, bars lying down or lines over time. */
export function drawChart(chart: ReportChart, text: PdfText, page: PDFPage, box: Box): string[] {
  const size = 8;
  const top = box.y + box.height;
  const content = [black, text.draw(page, chart.title, { x: box.x, y: top - 10, size: 9.5, style: 'bold' })];
  let left = box.x;
  chart.series.forEach(({ name }, at) => {
    const y = top - 23;
    content.push(bar(at, { x: left, y, width: 8, height: 6 }), black, text.draw(page, name, { x: left + 11, y, size }));
    left += 11 + text.width(name, size) + 16;
  });
  const inner = { x: box.x, y: box.y, width: box.width, height: box.height - mm(10) };
  return [...content, ...(chart.kind === 'bars' ? bars(chart, text, page, inner) : lines(chart, text, page, inner))];
}

function bars({ labels, series }: ReportChart, text: PdfText, page: PDFPage, box: Box): string[] {
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const names = mm(70);
  const slot = box.height / labels.length;
  const tall = Math.min(8, (slot - 3) / series.length);
  return labels.flatMap((label, n) => {
    const top = box.y + box.height - n * slot;
    const middle = top - (tall * series.length) / 2 - 3;
    return [
      black, text.draw(page, label, { x: box.x + names - 5, y: middle, size: 7.5, most: names - 8, align: 'right' }),
      ...series.flatMap(({ values }, at) => {
        const [value, y] = [values[n] ?? 0, top - (at + 1) * tall];
        const width = ((box.width - names - mm(18)) * value) / most;
        return [
          bar(at, { x: box.x + names, y: y + 0.4, width, height: tall - 0.8 }),
          black, text.draw(page, countText(value), { x: box.x + names + width + 3, y: y + tall / 2 - 2, size: Math.min(6.5, tall) }),
        ];
      }),
    ];
  });
}

function lines({ labels, series }: ReportChart, text: PdfText, page: PDFPage, box: Box): string[] {
  const most = roundUp(Math.max(1, ...series.flatMap(({ values }) => values)));
  const [left, bottom] = [box.x + mm(16), box.y + mm(6)];
  const [width, height] = [box.width - mm(20), box.height - mm(8)];
  const xOf = (n: number): number => left + (labels.length === 1 ? width / 2 : (n * width) / (labels.length - 1));
  const yOf = (value: number): number => bottom + (value * height) / most;
  const content: string[] = [];
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const y = yOf(most * part);
    content.push(`0.3 w 0.75 G ${point(left)} ${point(y)} m ${point(left + width)} ${point(y)} l S\n`);
    content.push(black, text.draw(page, countText(most * part), { x: left - 4, y: y - 2.5, size: 7, align: 'right' }));
  }
  const step = Math.ceil(labels.length / 16);
  labels.forEach((label, n) => { if (n % step === 0) content.push(text.draw(page, label, { x: xOf(n), y: bottom - 10, size: 7, align: 'centre' })); });
  series.forEach(({ values }, at) => {
    const path = values.map((value, n) => `${point(xOf(n))} ${point(yOf(value))} ${n === 0 ? 'm' : 'l'}`).join(' ');
    content.push(`1.6 w ${inkOf(at)} RG ${path} S\n`);
    // A line of one date alone would not be seen.
    if (values.length === 1) content.push(bar(at, { x: xOf(0) - 2, y: yOf(values[0]!) - 2, width: 4, height: 4 }));
  });
  return content;
}

/** The next number of the kind 1, 2, 4, 6, 8 × a power of ten, which quarters well. */
function roundUp(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((n) => n * power).find((n) => n >= value)!;
}
