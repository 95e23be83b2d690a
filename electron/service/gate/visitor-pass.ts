import type { PDFPage } from '@cantoo/pdf-lib';
import QRCode from 'qrcode';
import { passText } from '../../../shared/domain/pass-code.ts';
import type { StoredVisitor } from '../../store/index.ts';
import { mm } from '../pdf-sheet.ts';
import { addContent, frame, newPdf, paperMoment, PdfText, point } from '../pdf-text.ts';

/** Sizes of a pass: A6 upright, or a strip of 72 mm printable width for a thermal printer of 80 mm; `lines` of a field at most. */
const forms = {
  a6: { width: mm(105), height: mm(148), edge: mm(7), qr: mm(42), big: 17, text: 10.5, head: 12, lines: 1 },
  thermal: { width: mm(80), height: mm(170), edge: mm(4), qr: mm(44), big: 15, text: 10, head: 11, lines: 2 },
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
  const content: string[] = [];
  const middle = size.width / 2;
  const most = size.width - 2 * size.edge;
  let y = size.height - size.edge;
  const centred = (words: string, points: number, style: 'regular' | 'bold', lines = 2): void => {
    for (const line of write.wrap(words, points, most, style, lines)) {
      y -= points * 1.3;
      content.push(write.draw(page, line, { x: middle, y, size: points, style, align: 'centre', most }));
    }
  };
  const field = (label: string, value: string | null): void => {
    if (value === null || value === '') return;
    const lines = write.wrap(`${label}: ${value}`, size.text, most, 'regular', size.lines);
    for (const line of lines) {
      y -= size.text * 1.35;
      content.push(write.draw(page, line, { x: size.edge, y, size: size.text, most }));
    }
  };
  centred(unitName, size.text, 'regular');
  centred(kinds[visitor.kind], size.head + 4, 'bold', 1);
  y -= mm(1);
  drawQr(content, text, { x: middle - size.qr / 2, y: y - size.qr, side: size.qr });
  y -= size.qr;
  centred(text, size.text, 'bold', 1);
  y -= mm(1);
  centred(visitor.fullName ?? '', size.big, 'bold');
  centred(visitor.company, size.text + 1, 'regular');
  y -= mm(1.5);
  const [from, to] = [paperMoment(visitor.validFrom), paperMoment(visitor.validTo)];
  field('Có giá trị', from.date === to.date ? `${from.time} – ${to.time} ngày ${to.date}` : `${from.time} ${from.day} – ${to.time} ${to.date}`);
  field('Gặp', visitor.hostName);
  field('Việc', visitor.purpose);
  field('Xe', visitor.vehicle);
  field('Mang theo', visitor.tools);
  if (visitor.escort) {
    y -= size.text * 2.2;
    framed(content, page, write, { text: 'PHẢI CÓ NGƯỜI ĐI CÙNG', x: size.edge, y, width: most, points: size.text });
  }
  const last = 'Quét thẻ khi vào và khi ra. Trả lại thẻ cho bảo vệ khi về.';
  write.wrap(last, 8.5, most, 'italic').forEach((line, i, all) => {
    content.push(write.draw(page, line, { x: middle, y: size.edge + (all.length - 1 - i) * 11, size: 8.5, style: 'italic', align: 'centre', most }));
  });
  addContent(page, content);
  return { fileName: `the-khach-${visitor.passCode.toLowerCase()}.pdf`, content: Uint8Array.from(await pdf.save()) };
}

function framed(content: string[], page: PDFPage, write: PdfText, { text, x, y, width, points }: { text: string; x: number; y: number; width: number; points: number }): void {
  content.push(
    frame(x, y - points * 0.55, width, points * 1.9, 1.2),
    write.draw(page, text, { x: x + width / 2, y, size: points, style: 'bold', align: 'centre', most: width }));
}

function drawQr(content: string[], text: string, { x, y, side }: { x: number; y: number; side: number }): void {
  const { size: modules, data } = QRCode.create(text, { errorCorrectionLevel: 'Q' }).modules;
  const quiet = 3;
  const module = side / (modules + 2 * quiet);
  for (let row = 0; row < modules; row += 1) {
    for (let column = 0; column < modules; column += 1) {
      if (data[row * modules + column] !== 1) continue;
      // A hair more than the module: printers leave white seams between exact neighbours.
      content.push(`${point(x + (column + quiet) * module)} ${point(y + side - (row + quiet + 1) * module)} ${point(module * 1.02)} ${point(module * 1.02)} re\n`);
    }
  }
  content.push('f\n');
}
