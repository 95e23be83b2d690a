import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import exceljs, { type Worksheet } from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportFile } from '../../electron/service/report/report-file.ts';
import { reportCatalogue, saveReportSettings } from '../../electron/service/report/report-forms.ts';
import { recordWorker } from '../../electron/service/people/roster-commit.ts';
import { findWorkerById, type Store } from '../../electron/store/index.ts';
import { reportIds, type ReportAsk, type ReportId } from '../../shared/contracts/report.ts';
import { formOn } from '../../shared/domain/report-catalogue.ts';
import { startOfDay } from '../../shared/domain/shift.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { openReportStore, reportWorker } from './report-store.ts';

const month = '2026-10';
const workers = 1_000;
const now = startOfDay('2026-11-05');
let dir: string;
let store: Store;

const ask = (id: ReportId, change: Partial<ReportAsk> = {}): ReportAsk => ({ id, from: `${month}-01`, to: `${month}-31`, employer: null, department: null, breakdown: null, absentDays: null, ...change });

interface Page { text: string; width: number; height: number; right: number }

/** The printed pages as pdf.js sees them: text in NFC, size of the page, and how far to the right anything stands. */
async function printed(pdf: Uint8Array): Promise<Page[]> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const standardFontDataUrl = path.join(path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts/');
  const document = await getDocument({ data: new Uint8Array(pdf), standardFontDataUrl, verbosity: 0 }).promise;
  const pages: Page[] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const page = await document.getPage(n);
    const { width, height } = page.getViewport({ scale: 1 });
    const items = (await page.getTextContent()).items.filter((item) => 'str' in item);
    pages.push({
      width: Math.round(width), height: Math.round(height), text: items.map(({ str }) => str).join(' ').normalize('NFC').replace(/\s+/g, ' '),
      right: Math.max(...items.map((item) => (item.transform[4] as number) + item.width)),
    });
  }
  await document.cleanup();
  return pages;
}

interface Sheet { sheet: Worksheet; header: number; rows: unknown[][] }

/** The sheet as a spreadsheet reads it: the row of headings, and the rows that begin with a number. */
async function read(content: Uint8Array): Promise<Sheet> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(content) as unknown as ArrayBuffer);
  const sheet = book.worksheets[0]!;
  const rows: unknown[][] = [];
  sheet.eachRow((row) => { const values = (row.values as unknown[]).slice(1); if (typeof values[0] === 'number') rows.push(Array.from(values, (value) => value ?? null)); });
  return { sheet, header: Number(sheet.views[0]?.state === 'frozen' ? sheet.views[0].ySplit : 0), rows };
}

/** A time of hours, which a spreadsheet holds as a part of a day and its reader gives as a date. */
const minutes = (value: unknown): number => Math.round(value instanceof Date ? (value.getTime() - Date.UTC(1899, 11, 30)) / 60_000 : Number(value) * 1_440);
const make = (id: ReportId, format: 'xlsx' | 'pdf', change: Partial<ReportAsk> = {}) => reportFile(store, { ask: ask(id, change), format, now });

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'motcua-reports-'));
  store = openReportStore(dir, { workers, month });
  saveReportSettings(store, {
    receivers: [{ role: 'zone-board', name: 'Ban quản lý khu công nghiệp Mẫu', address: 'Số 1 phố Mẫu' }, { role: 'labour-department', name: 'Cơ quan lao động tỉnh Mẫu', address: '' }],
    zones: [{ employer: 'Công ty TNHH Gỗ Mẫu Trường Sơn', zone: 'Khu công nghiệp Mẫu Hai' }],
  }, 'test');
});
afterAll(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('every report of 1,000 workers', () => {
  it.each(reportIds)('%s as a spreadsheet has Vietnamese headings, its rows, and no formula', async (id) => {
    const { content, rows: told, fileName } = await make(id, 'xlsx');
    const { sheet, header } = await read(content);
    expect(fileName).toMatch(/^[a-z-]+-2026-10-(?:01-2026-10-)?31\.xlsx$/);
    expect(told).toBeGreaterThan(0);
    const form = formOn(reportCatalogue(), id, `${month}-31`);
    const head = Array.from({ length: header }, (_, n) => String(sheet.getRow(n + 1).getCell(1).value ?? ''));
    expect(head.some((line) => line.startsWith(form.title))).toBe(true);
    expect(head.includes('(Mẫu, chưa đối chiếu)')).toBe(!form.verified);
    const headings = (sheet.getRow(header).values as unknown[]).slice(1).map(String);
    expect(headings.length).toBeGreaterThan(3);
    expect(headings.join(' ').normalize('NFC')).toBe(headings.join(' '));
    const bad: string[] = [];
    sheet.eachRow((row) => row.eachCell((cell) => { if (cell.formula !== undefined || (typeof cell.value === 'string' && /^[=+@]/.test(cell.value))) bad.push(cell.address); }));
    expect(bad).toEqual([]);
  });

  it.each(reportIds)('%s as a PDF has its title, its headings and its number on every page, nothing cut and nothing outside', async (id) => {
    const { content } = await make(id, 'pdf', { employer: id === 'labour-change' || id === 'mobility' || id === 'tet-return' || id === 'lane-flow' ? null : 'Công ty TNHH Gỗ Mẫu Trường Sơn' });
    const form = formOn(reportCatalogue(), id, `${month}-31`);
    const pages = await printed(content);
    expect(pages[0]!.text).toContain(form.title);
    expect(pages[0]!.text.includes('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')).toBe(form.nation);
    expect(pages.at(-1)!.text).toContain('(Ký, ghi rõ họ tên)');
    pages.forEach((page, n) => {
      expect(page.text).toContain(`Trang ${n + 1}/${pages.length}`);
      expect(page.text.includes('mẫu, chưa đối chiếu')).toBe(!form.verified);
      expect(page.right).toBeLessThan(page.width - 20);
      expect(page.width > page.height).toBe(form.landscape);
    });
    expect(pages.map(({ text }) => text).join(' ')).not.toMatch(/\?[^ ]|[^.…]…(?!…)/u);
  });
});

describe('what the rows say', () => {
  it('the month: who is not seen any more, who forgot the way out, who began in the middle, nights and Sundays', async () => {
    const { rows, header, sheet } = await read((await make('timesheet-month', 'xlsx')).content);
    expect(rows).toHaveLength(workers);
    expect((sheet.getRow(header).values as unknown[]).slice(4, 7)).toEqual(['01', '02', '03']);
    const of = (n: number) => rows.find((row) => row[1] === reportWorker(n, month).workerId)!;
    // The 4th is a Sunday; not seen from the 18th on.
    expect(of(30).slice(3, 7)).toEqual(['X', 'X', 'X', '–']);
    expect(of(30).slice(3 + 17, 3 + 20)).toEqual(['–', 'V', 'V']);
    expect(of(28).slice(3)[14]).toBe('?');
    expect(of(3).slice(3, 3 + 12).map((sign) => sign ?? '')).toEqual([...Array.from({ length: 11 }, () => ''), 'X']);
    expect(of(8).slice(3)[0]).toBe('Đ');
    // 27 work days of eight hours, as parts of a day of 24.
    const [days, worked] = of(1).slice(3 + 31);
    expect([days, minutes(worked)]).toEqual([27, 27 * 480 + 27]);
  });

  it('01/PLI: numbers stand whole in the file, with their leading zeros', async () => {
    const { rows } = await read((await make('labour-use', 'xlsx')).content);
    const worker = reportWorker(10, month);
    const row = rows.find((each) => each[1] === worker.fullName && each[5] === worker.personalId)!;
    expect([row[2], row[5]]).toEqual([worker.details.socialInsuranceNo, worker.personalId]);
    expect(row[3]).toEqual(new Date(`${worker.birthDate}T00:00:00Z`));
  });

  it('leased labour and foreigners are only those, with the days on which a gate saw them', async () => {
    const leased = await read((await make('leased-labour', 'xlsx')).content);
    expect(leased.rows).toHaveLength(Array.from({ length: workers }, (_, n) => n).filter((n) => n % 20 === 7).length);
    const foreign = await read((await make('foreign-workers', 'xlsx')).content);
    expect(foreign.rows).toHaveLength(Array.from({ length: workers }, (_, n) => n).filter((n) => n % 97 === 5).length);
    expect(foreign.rows.every((row) => row[6] !== null && Number(row[15]) > 0)).toBe(true);
    expect(new Set(foreign.rows.map((row) => row[16] ?? ''))).toEqual(new Set(['Giấy phép đã hết hạn', '']));
  });

  it('the mobility picture balances and follows a move told later, by zone of the settings', async () => {
    const [from, to] = ['Công ty TNHH Gỗ Mẫu Trường Sơn', 'Công ty CP Điện tử Mẫu Bình Minh'];
    const n = Array.from({ length: workers }, (_, each) => each).find((each) => reportWorker(each, month).employer === from && reportWorker(each, month).endDate === null)!;
    const mover = findWorkerById(store, reportWorker(n, month).workerId)!;
    // Told today: October's picture still has him where he was.
    store.transaction(() => recordWorker(store, { ...mover, employer: to }, 'test'));
    const today = workDateOf(Date.now());
    const moved = (await read((await make('mobility', 'xlsx', { from: today, to: today })).content)).rows;
    expect(moved.map((row) => [row[1], row[5], row[6]])).toEqual([[to, 1, 0], [from, 0, 1], ['Công ty TNHH May Mẫu Sông Hồng', 0, 0]]);
    const { rows } = await read((await make('mobility', 'xlsx', { breakdown: 'zone' })).content);
    expect(rows.map((row) => row[1])).toEqual(['Khu công nghiệp Mẫu Hai', 'Khu công nghiệp Mẫu Hòa Bình']);
    for (const [, , opening, joined, left, movedIn, movedOut, closing] of rows as [number, string, ...number[]][]) expect(opening! + joined! + movedIn! - left! - movedOut!).toBe(closing);
    const sum = (at: number): number => rows.reduce((n, row) => n + Number(row[at]), 0);
    const joined = Array.from({ length: workers }, (_, n) => reportWorker(n, month)).filter(({ startDate }) => startDate === `${month}-12`).length;
    const left = Array.from({ length: workers }, (_, n) => reportWorker(n, month)).filter(({ endDate }) => endDate === `${month}-21`).length;
    expect([sum(2) + sum(3), sum(3), sum(4)]).toEqual([workers, joined, left]);
    const absent = Array.from({ length: workers }, (_, n) => n).filter((n) => n % 31 === 30 && reportWorker(n, month).endDate === null).length;
    expect(sum(9)).toBe(absent);
  });

  it('late by 25 minutes on Tuesdays, and nobody else is late', async () => {
    const { rows } = await read((await make('late-early', 'xlsx')).content);
    expect(new Set(rows.map((row) => minutes(row[7])))).toEqual(new Set([25]));
    expect(rows.every((row) => (row[3] as Date).getUTCDay() === 2)).toBe(true);
  });

  it('a text that would be a formula stays a text in every file', async () => {
    const worker = findWorkerById(store, reportWorker(1, month).workerId)!;
    store.transaction(() => recordWorker(store, { ...worker, department: '=HYPERLINK("http://mau","x")', fullName: '+84 Mẫu' }, 'test'));
    const { rows, sheet } = await read((await make('labour-book', 'xlsx', { department: '=HYPERLINK("http://mau","x")' })).content);
    expect(rows.map((row) => row[2])).toEqual(["'+84 Mẫu"]);
    const texts: unknown[] = [];
    sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.value)));
    expect(texts.filter((text) => typeof text === 'string' && text.includes('HYPERLINK')).every((text) => /^'=|^Bộ phận: |– =/.test(String(text)))).toBe(true);
    store.transaction(() => recordWorker(store, worker, 'test'));
  });

  it('a report without rows says so on paper', async () => {
    const [page] = await printed((await make('late-early', 'pdf', { employer: 'Không có công ty này' })).content);
    expect(page!.text).toContain('Không có dòng nào trong kỳ này.');
  });
});
