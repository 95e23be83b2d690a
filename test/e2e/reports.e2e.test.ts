import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { common } from '../../renderer/texts/common.ts';
import { reports } from '../../renderer/texts/reports.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { openReportStore, reportWorker } from '../integration/report-store.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;
/** The month before this one: whole, whatever day these tests run on. */
const today = workDateOf(Date.now());
const month = workDateOf(Date.parse(`${today.slice(0, 7)}-01T12:00:00Z`) - 2 * 86_400_000).slice(0, 7);

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rows = () => page.locator('.drawer .table-row');
const card = (name: string) => page.locator('.report-card').filter({ has: page.getByText(name, { exact: true }) });
const open = (name: string) => card(name).click();
const back = () => button(reports.back).click();

/** What axe finds, targets too small for a finger, texts that do not fit, and a section wider than its place. */
async function faults(): Promise<string[]> {
  await page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity));
  const wide = await page.locator('.section-panel').evaluateAll((panels) => panels.filter((panel) => panel.scrollWidth > panel.clientWidth + 1).map(() => 'wide'));
  // The strip below has its own tests, at sizes of its own.
  const strip = new Set(await page.locator('.strip-state').allTextContents());
  return [...await axeProblems(page), ...await smallTargets(page), ...(await cutTexts(page)).filter((text) => !strip.has(text)), ...wide];
}

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out === undefined) return;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: path.join(out, `${name}.png`) });
}

async function choose(label: string, option: string): Promise<void> {
  await page.locator('.field').filter({ has: page.getByText(label, { exact: true }) }).getByRole('button').click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-reports-'));
  kiosk = await launchKiosk({ dataDir: folder });
  await setUpKiosk(kiosk.page, {
    mode: 'gate', unit: { code: 'KCN-MAU', name: 'Khu công nghiệp Mẫu' }, lanes: [{ lane: '1', name: 'Làn 1', direction: 'both', input: 'any' }], admin: testAdmin, hub: null, demo: false,
  });
  await kiosk.page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await kiosk.close();
  openReportStore(path.join(folder, 'kiosk'), { workers: 300, month }).close();
  kiosk = await launchKiosk({ dataDir: folder });
  page = kiosk.page;
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await button('Giám sát').click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, reports.tab);
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Each test begins at the list, however the one before ended. */
beforeEach(async () => {
  if (await page.getByRole('dialog').count() > 0) await page.keyboard.press('Escape');
  if (await button(reports.back).count() > 0) await back();
  await page.locator('.report-card').first().waitFor();
});

describe('the section of reports', () => {
  it('lists every report with its deadline, and says which layouts nobody has checked', async () => {
    expect(await seen(card('Mẫu 01/PLI: tình hình sử dụng lao động'))).toBe(true);
    expect(await page.locator('.report-card').count()).toBe(14);
    expect(await page.locator('.report-card').filter({ hasText: '01/PLI' }).getByText(reports.unverified).count()).toBe(1);
    await picture('reports-list');
    expect(await faults()).toEqual([]);
    await page.setViewportSize({ width: 1366, height: 768 });
    await picture('reports-list-1366');
    expect(await faults()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('receivers are entered by name and kept', async () => {
    await button(reports.settings.button).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(reports.settings.name('Ban quản lý khu công nghiệp')).fill('Ban quản lý các khu công nghiệp tỉnh Mẫu');
    await picture('reports-settings');
    expect(await faults()).toEqual([]);
    await button(reports.settings.save).click();
    expect(await gone(dialog)).toBe(true);
    await button(reports.settings.button).click();
    expect(await page.getByRole('dialog').getByLabel(reports.settings.name('Ban quản lý khu công nghiệp')).inputValue()).toBe('Ban quản lý các khu công nghiệp tỉnh Mẫu');
    await button(reports.settings.cancel).click();
  });

  it('the month is a grid of signs that is reached by scrolling sideways, and a curve', async () => {
    await open('Bảng chấm công tháng');
    await button(reports.period.earlier.month).click();
    expect(await seen(page.getByText(reports.period.monthName(month)))).toBe(true);
    expect(await seen(rows().filter({ hasText: /X|Đ/ }).filter({ hasText: /NV\d{5}/ }).first())).toBe(true);
    await picture('reports-month');
    expect(await faults()).toEqual([]);
    await page.getByRole('tab', { name: reports.views.charts }).click();
    expect(await seen(page.locator('.chart svg[role=img]'))).toBe(true);
    await picture('reports-month-chart');
    expect(await faults()).toEqual([]);
    await back();
  });

  it('the mobility picture has its rows by enterprise and by day, and its charts', async () => {
    await open('Bức tranh biến động lao động');
    await choose(reports.period.label, reports.period.lastMonth);
    expect(await seen(rows().filter({ hasText: 'Công ty TNHH Gỗ Mẫu Trường Sơn' }))).toBe(true);
    await picture('reports-mobility');
    expect(await faults()).toEqual([]);
    await page.getByRole('tab', { name: reports.views.charts }).click();
    await page.locator('.chart').nth(2).waitFor();
    await picture('reports-mobility-charts');
    expect(await faults()).toEqual([]);
    await page.getByRole('tab', { name: reports.views.table }).click();
    await choose(reports.breakdown, reports.breakdowns.day);
    expect(await seen(rows().filter({ hasText: `${month.slice(5)}/${month.slice(0, 4)}` }).first())).toBe(true);
    await page.getByLabel(reports.absentDays).fill('0');
    expect(await seen(page.getByText(reports.absentDaysError))).toBe(true);
    await picture('reports-mobility-day');
    expect(await faults()).toEqual([]);
    await back();
  });

  it('dates of one’s own choice are typed, the wrong way round they are told', async () => {
    await open('Lao động nước ngoài');
    await choose(reports.period.label, reports.period.custom);
    await page.getByLabel(reports.period.from, { exact: true }).fill(`01/${month.slice(5)}/${month.slice(0, 4)}`);
    await page.getByLabel(reports.period.to, { exact: true }).fill('01/01/2020');
    expect(await seen(page.getByText(reports.period.orderError))).toBe(true);
    await page.getByLabel(reports.period.to, { exact: true }).fill(`28/${month.slice(5)}/${month.slice(0, 4)}`);
    const foreigner = reportWorker(5, month);
    expect(await seen(rows().filter({ hasText: foreigner.fullName }))).toBe(true);
    expect(await page.locator('.drawer').getByText(foreigner.details.passport!).count()).toBe(0);
    await picture('reports-foreign');
    expect(await faults()).toEqual([]);
    await back();
  });

  it('a file is saved with why it was taken, numbers whole, whatever the screen masks', async () => {
    await open('Lao động nước ngoài');
    await choose(reports.period.label, reports.period.lastMonth);
    await rows().filter({ hasText: reportWorker(5, month).fullName }).waitFor();
    const file = path.join(folder, 'nuoc-ngoai.xlsx');
    const pdf = path.join(folder, 'nuoc-ngoai.pdf');
    await kiosk.app.evaluate(({ session }, paths) => {
      session.defaultSession.on('will-download', (_event, item) => item.setSavePath(item.getFilename().endsWith('.pdf') ? paths.pdf : paths.file));
    }, { file, pdf });
    await button(reports.export.button).click();
    await picture('reports-export');
    expect(await faults()).toEqual([]);
    expect(await seen(page.getByText(/Ban quản lý các khu công nghiệp tỉnh Mẫu/))).toBe(true);
    await button(reports.export.xlsx).click();
    await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
    const book = new exceljs.Workbook();
    const texts = async (): Promise<string> => book.xlsx.readFile(file).then(() => JSON.stringify(book.worksheets[0]?.getSheetValues()), () => '');
    await expect.poll(texts, { timeout: 10_000 }).toContain(reportWorker(5, month).details.passport);
    expect(await gone(page.getByRole('dialog'))).toBe(true);
    await button(reports.export.button).click();
    await button(reports.export.pdf).click();
    await expect.poll(() => (existsSync(pdf) ? readFileSync(pdf).subarray(0, 5).toString() : ''), { timeout: 20_000 }).toBe('%PDF-');
    expect(await gone(page.getByRole('dialog'))).toBe(true);
    await back();
  });

  it('a period without anybody says what to do', async () => {
    await open('Đi muộn, về sớm');
    await choose(reports.period.label, reports.period.today);
    expect(await seen(page.getByText(reports.empty))).toBe(true);
    expect(await button(reports.export.button).isDisabled()).toBe(true);
    await picture('reports-empty');
    expect(await faults()).toEqual([]);
    await back();
  });

  it('each other report opens and is whole', async () => {
    const names = await page.locator('.report-card strong').allTextContents();
    for (const name of names) {
      await open(name);
      await page.locator('.drawer .table').waitFor();
      await picture(`reports-each-${names.indexOf(name)}`);
      expect([name, await faults()]).toEqual([name, []]);
      await back();
    }
  });

  it('is readable in the dark and in the sun too', async () => {
    for (const theme of ['dark', 'sun'] as const) {
      await page.evaluate((to) => { document.documentElement.dataset['theme'] = to; }, theme);
      await open('Bức tranh biến động lao động');
      await choose(reports.period.label, reports.period.lastMonth);
      await page.getByRole('tab', { name: reports.views.charts }).click();
      await page.locator('.chart').first().waitFor();
      await picture(`reports-charts-${theme}`);
      expect(await faults()).toEqual([]);
      await back();
      await picture(`reports-list-${theme}`);
      expect(await faults()).toEqual([]);
    }
  });

  it('leaves no error in the console, and nothing after the lock', async () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
    await button(common.lock).click();
    expect(await gone(page.locator('.report-card').first())).toBe(true);
  });
});
