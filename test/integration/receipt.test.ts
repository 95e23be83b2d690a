import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { decodeImageFile, loadQrReader } from '../../electron/devices/qr-node.ts';
import { readEvents } from '../../electron/store/index.ts';
import { receive, startCounter } from './counter-service.ts';
import { temporaryFolder } from './temporary.ts';

const group = 'Liên thông: đăng ký khai sinh – đăng ký thường trú – cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi';

/** The printed pages as poppler sees them: text in reading order, and where each word stands. */
function printed(pdf: Uint8Array): { text: string[]; file: string; words: { page: number; text: string; x0: number; y0: number; x1: number; y1: number }[] } {
  const file = join(temporaryFolder(), 'receipt.pdf');
  writeFileSync(file, pdf);
  const run = (...args: string[]): string => execFileSync('pdftotext', [...args, file, '-'], { encoding: 'utf8' });
  const words = run('-bbox').split('<page ').slice(1).flatMap((part, at) => [
    ...part.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g),
  ].map(([, x0, y0, x1, y1, text]) => ({ page: at + 1, text: text!, x0: Number(x0), y0: Number(y0), x1: Number(x1), y1: Number(y1) })));
  return { text: run('-layout').split('\f').slice(0, -1).map((page) => page.normalize('NFC').replace(/\s+/g, ' ')), file, words };
}

describe('receipt, form 01', () => {
  it('two copies of A5 with what the form asks for, as text that can be copied', async () => {
    const counter = await startCounter({ at: '2026-11-19T08:20:00Z' });
    const { dossierId, dossierCode } = await receive(counter, group, { note: 'Trả kết quả qua bưu chính' });
    const { pdf, fileName } = await counter.ask('dossier/receipt', { dossierId });
    expect(fileName).toBe(`giay-tiep-nhan-${dossierCode}.pdf`);
    const pages = (await PDFDocument.load(pdf)).getPages();
    expect(pages.map((page) => [Math.round(page.getWidth()), Math.round(page.getHeight())])).toEqual([[420, 595], [420, 595]]);
    const { text } = printed(pdf);
    expect(text[0]).toContain('Liên 1');
    expect(text[1]).toContain('Liên 2');
    for (const page of text) {
      for (const part of [
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ', `Mã hồ sơ: ${dossierCode}`,
        'Mẫu, chưa đối chiếu', 'Tiếp nhận hồ sơ của: Nguyễn Văn An', 'Thôn 1, An Bình, Gia Bình, Bắc Ninh', 'Giấy tờ tùy thân của người yêu cầu (thẻ căn cước)',
        'Thời gian nhận hồ sơ: 15 giờ 20 phút, ngày 19 tháng 11 năm 2026', 'Thời gian trả kết quả: 17 giờ 00 phút, ngày 25 tháng 11 năm 2026',
        'nhận sau 15 giờ, tính từ 20/11/2026', 'NGƯỜI NỘP HỒ SƠ', 'NGƯỜI TIẾP NHẬN HỒ SƠ', 'Ghi chú: Trả kết quả qua bưu chính',
      ]) expect(page).toContain(part);
    }
    expect(readEvents(counter.service.context.store, { afterSeq: 0, limit: 100 }).at(-1)).toMatchObject({ type: 'receipt-printed', payload: { dossierCode, copies: 2 } });
  });

  it('the QR top left holds the code and a check, nothing about the person', async () => {
    const counter = await startCounter();
    const { dossierId, dossierCode } = await receive(counter, group);
    const { file } = printed((await counter.ask('dossier/receipt', { dossierId })).pdf);
    // The page's upper left part alone: the code must be there and nowhere else.
    execFileSync('pdftoppm', ['-r', '150', '-png', '-f', '1', '-l', '1', '-x', '0', '-y', '0', '-W', '290', '-H', '250', file, file]);
    const code = await decodeImageFile(`${file}-1.png`, await loadQrReader());
    expect(code?.text).toMatch(new RegExp(`^MCK1\\|${dossierCode}\\|[0-9a-f]{10}$`));
    expect((await counter.ask('citizen/search', { query: code!.text!, purpose: 'status-question' })).dossiers).toMatchObject([{ dossierCode }]);
  });

  it('the longest names, addresses and lists wrap and go on; no word leaves the page or lies over another', async () => {
    const counter = await startCounter();
    const field = (value: string) => ({ value, source: 'typed' as const, trust: 'typed' as const, edited: false });
    const long = 'Công Tằng Tôn Nữ Nguyễn Hoàng Phương Trâm Anh Thị Ngọc Bích Khuê Các '.repeat(3).trim();
    const code = (await counter.ask('procedure/list', { query: group })).procedures[0]!.code;
    const { components } = (await counter.ask('procedure/list', { query: code })).procedures[0]!;
    const { dossierId } = await counter.ask('dossier/receive', {
      dossierId: crypto.randomUUID(), procedureCode: code, copies: 20, note: 'Người nộp đề nghị trả qua bưu chính. '.repeat(27).trim(),
      citizen: { personalId: field('001090012345'), fullName: field(long), residence: field(`${'Số 142/8B Đường Nguyễn Thị Thập, '.repeat(10)}${'X'.repeat(150)}`), phone: field('0900000001'), email: field(`${'a'.repeat(60)}@vi.example`) },
      components: components.map(({ componentId }) => ({ componentId, origin: 'paper-certified-copy', copies: 50, paperId: null, askAgainReason: null, scans: [] })),
    });
    const { words, text } = printed((await counter.ask('dossier/receipt', { dossierId })).pdf);
    expect(text.length).toBeGreaterThan(2);
    for (const { x0, x1, y0, y1 } of words) expect([x0 >= 28, x1 <= 420, y0 >= 20, y1 <= 590]).toEqual([true, true, true, true]);
    const overlaps = words.flatMap((a, at) => words.slice(at + 1).filter((b) => a.page === b.page
      // Line boxes of a typeface reach a little into one another; letters do not.
      && Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) > 0.5 && Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) > 0.45 * Math.min(a.y1 - a.y0, b.y1 - b.y0))
      .map((b) => [a.text, b.text]));
    expect(overlaps).toEqual([]);
  });

  it('signs that the typeface lacks stop no printing', async () => {
    const counter = await startCounter();
    const { dossierId } = await receive(counter, group, { note: 'Ghi chú 漢字 \u{1f600} xong' });
    expect(printed((await counter.ask('dossier/receipt', { dossierId })).pdf).text[0]).toContain('Ghi chú ?? ? xong');
  });

  it('no dossier, no receipt', async () => {
    const counter = await startCounter();
    expect(await counter.problemOf('dossier/receipt', { dossierId: crypto.randomUUID() })).toBe('not-found');
  });
});
