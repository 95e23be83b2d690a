import { rectangle, fill, setFillingGrayscaleColor, setLineWidth, stroke, type PDFOperator, type PDFPage } from '@cantoo/pdf-lib';
import QRCode from 'qrcode';
import { passText } from '../../shared/domain/pass-code.ts';
import type { StoredVisitor } from '../store/index.ts';
import { mm } from './pdf-sheet.ts';
import { newPdf, paperMoment, PdfText } from './pdf-text.ts';

/** Sizes of a pass: A6 upright, or a strip of 72 mm printable width for a thermal printer of 80 mm. */
const forms = {
  a6: { width: mm(105), height: mm(148), edge: mm(7), qr: mm(46), big: 17, text: 10.5, head: 12 },
  thermal: { width: mm(80), height: mm(140), edge: mm(4), qr: mm(44), big: 15, text: 10, head: 11 },
} as const;
export type PassForm = keyof typeof forms;

const kinds = { visitor: 'THẺ KHÁCH', contractor: 'THẺ NHÀ THẦU' } as const;

/**
 * A visitor's pass as a PDF of one page: who, to whom, until when, and the QR of our own form. The number is not on it.
 * @param at milliseconds since 1970, when it is printed
 */
export async function visitorPassPdf(visitor: StoredVisitor, { unitName, form, at }: { unitName: string; form: PassForm; at: number }): Promise<{ fileName: string; content: Uint8Array }> {
  const size = forms[form];
  const text = passText(visitor.passCode);
  if (text === null) throw new Error('a pass code has other signs than a pass can carry');
  const { pdf, fonts } = await newPdf(`${kinds[visitor.kind]} ${visitor.passCode}`, at);
  const page = pdf.addPage([size.width, size.height]);
  const write = new PdfText(fonts);
  const operators: PDFOperator[] = [];
  const middle = size.width / 2;
  const most = size.width - 2 * size.edge;
  let y = size.height - size.edge;
  const centred = (words: string, points: number, style: 'regular' | 'bold', lines = 2): void => {
    for (const line of write.wrap(words, points, most, style, lines)) {
      y -= points * 1.3;
      operators.push(...write.write(page, line, { x: middle, y, size: points, style, align: 'centre', most }));
    }
  };
  const field = (label: string, value: string | null): void => {
    if (value === null || value === '') return;
    const lines = write.wrap(`${label}: ${value}`, size.text, most, 'regular', 2);
    for (const line of lines) {
      y -= size.text * 1.35;
      operators.push(...write.write(page, line, { x: size.edge, y, size: size.text, most }));
    }
  };
  centred(unitName, size.text, 'regular');
  centred(kinds[visitor.kind], size.head + 4, 'bold', 1);
  y -= mm(1);
  drawQr(operators, text, { x: middle - size.qr / 2, y: y - size.qr, side: size.qr });
  y -= size.qr;
  centred(text, size.text, 'bold', 1);
  y -= mm(1);
  centred(visitor.fullName ?? '', size.big, 'bold');
  centred(visitor.company, size.text + 1, 'regular');
  y -= mm(1.5);
  const [from, to] = [paperMoment(visitor.validFrom), paperMoment(visitor.validTo)];
  field('Có giá trị', from.date === to.date ? `${from.time} – ${to.time} ngày ${to.date}` : `${from.time} ${from.date} – ${to.time} ${to.date}`);
  field('Gặp', visitor.hostName);
  field('Việc', visitor.purpose);
  field('Xe', visitor.vehicle);
  field('Mang theo', visitor.tools);
  if (visitor.escort) {
    y -= size.text * 1.6;
    framed(operators, page, write, { text: 'PHẢI CÓ NGƯỜI ĐI CÙNG', x: size.edge, y, width: most, points: size.text });
  }
  const last = 'Quét thẻ khi vào và khi ra. Trả lại thẻ cho bảo vệ khi về.';
  write.wrap(last, 8.5, most, 'italic').forEach((line, i, all) => {
    operators.push(...write.write(page, line, { x: middle, y: size.edge + (all.length - 1 - i) * 11, size: 8.5, style: 'italic', align: 'centre', most }));
  });
  page.pushOperators(...operators);
  return { fileName: `the-khach-${visitor.passCode}.pdf`, content: Uint8Array.from(await pdf.save()) };
}

function framed(operators: PDFOperator[], page: PDFPage, write: PdfText, { text, x, y, width, points }: { text: string; x: number; y: number; width: number; points: number }): void {
  operators.push(
    setLineWidth(1.2), rectangle(x, y - points * 0.55, width, points * 1.9), stroke(),
    ...write.write(page, text, { x: x + width / 2, y, size: points, style: 'bold', align: 'centre', most: width }));
}

function drawQr(operators: PDFOperator[], text: string, { x, y, side }: { x: number; y: number; side: number }): void {
  const { size: modules, data } = QRCode.create(text, { errorCorrectionLevel: 'Q' }).modules;
  const quiet = 3;
  const module = side / (modules + 2 * quiet);
  operators.push(setFillingGrayscaleColor(0));
  for (let row = 0; row < modules; row += 1) {
    for (let column = 0; column < modules; column += 1) {
      if (data[row * modules + column] !== 1) continue;
      // A hair more than the module: printers leave white seams between exact neighbours.
      operators.push(rectangle(x + (column + quiet) * module, y + side - (row + quiet + 1) * module, module * 1.02, module * 1.02));
    }
  }
  operators.push(fill());
}
