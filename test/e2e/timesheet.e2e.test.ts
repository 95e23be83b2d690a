import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { shifts } from '../../renderer/texts/shifts.ts';
import { timesheet } from '../../renderer/texts/timesheet.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, typeAsScanner, wordFaults } from './screen-checks.ts';

const today = workDateOf(Date.now());
const workers = Array.from({ length: 100 }, (_, n) => demoWorker(n, today)).filter((w) => w.startDate! <= today && w.endDate === null && !w.barred);
const [first, second] = workers;
if (!first || !second) throw new Error('the invented workers lack two who may pass');

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rows = () => page.locator('.drawer .table-row');

/** What axe finds, targets too small for a finger, texts that do not fit. */
async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...await wordFaults(page)];
}

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `${name}.png`) });
}

async function enterShift(id: string, start: string, end: string): Promise<void> {
  const field = (label: string) => page.getByRole('dialog').getByLabel(label, { exact: true });
  if (id !== '') await field(shifts.form.id).fill(id);
  await field(shifts.form.start).fill(start);
  await field(shifts.form.end).fill(end);
  await field(shifts.form.name).focus();
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-timesheet-'));
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(10_000);
  await page.setViewportSize({ width: 1366, height: 768 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'in', input: 'any' }],
    admin: testAdmin, hub: null, demo: true,
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await button('Giám sát').click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, shifts.tab);
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the tab of shifts', () => {
  it('says, while there is none, what that means, and which codes the roster names', async () => {
    expect(await seen(page.getByText(shifts.empty))).toBe(true);
    expect(await seen(page.getByText(/HC \([\d.]+ người\)/))).toBe(true);
    await picture('shifts-empty');
    expect(await faults()).toEqual([]);
  });

  it('tells what is wrong with an entry before anything is stored', async () => {
    await button(shifts.add).click();
    await button(shifts.form.save).click();
    expect(await seen(page.getByText(shifts.form.error.id))).toBe(true);
    await enterShift('HC', '8h', '25:00');
    expect(await seen(page.getByText(shifts.form.error.clock).first())).toBe(true);
    expect(await page.getByLabel(shifts.form.start, { exact: true }).inputValue()).toBe('08:00');
    await picture('shift-form');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await gone(page.getByRole('dialog'))).toBe(true);
  });

  it('a shift is added with a few presses and stands in the list', async () => {
    await button(shifts.addOne('HC')).click();
    await enterShift('', '0:00', '2359');
    // Whatever day these tests run on.
    await page.getByRole('dialog').getByRole('button', { name: shifts.dayName[7]! }).click();
    await button(shifts.form.save).click();
    expect(await gone(page.getByRole('dialog'))).toBe(true);
    await button(shifts.addOne('CA3')).click();
    await enterShift('', '22:00', '6:00');
    await page.getByRole('dialog').getByRole('button', { name: shifts.dayName[7]! }).click();
    expect(await seen(page.getByText(shifts.form.summaryNight))).toBe(true);
    await button(shifts.form.save).click();
    expect(await seen(rows().filter({ hasText: 'CA3' }).getByText(shifts.overnight))).toBe(true);
    await picture('shifts');
    expect(await faults()).toEqual([]);
  });

  it('one in use cannot be taken out, and says why', async () => {
    await rows().filter({ hasText: 'CA3' }).getByRole('button').click();
    expect(await seen(page.getByText(/Chưa xóa được/))).toBe(true);
    expect(await button(shifts.form.remove).isDisabled()).toBe(true);
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await gone(page.getByRole('dialog'))).toBe(true);
  });

  it('an assignment file is tried first, refused rows are told, then it is stored', async () => {
    const [year, month, day] = today.split('-');
    const csv = `Mã công nhân,Ca,Từ ngày,Đến ngày\n${first.workerId},HC,${day}/${month}/${year},${day}/${month}/${year}\nXX1,HC,${day}/${month}/${year},${day}/${month}/${year}\n`;
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(shifts.import).click()]);
    await chooser.setFiles({ name: 'phan-ca.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    expect(await seen(page.getByText(admin.import.checked))).toBe(true);
    expect(await seen(page.getByText('Không có mã này trong danh sách công nhân.'))).toBe(true);
    await picture('shift-import');
    expect(await faults()).toEqual([]);
    await button(shifts.file.confirm('1')).click();
    expect(await seen(page.getByText(admin.import.done))).toBe(true);
    await page.locator('.drawer').getByRole('button', { name: common.close, exact: true }).click();
    expect(await seen(rows().filter({ hasText: 'HC' }).getByText(shifts.assignments('1')))).toBe(true);
  });
});

describe('the tab of timesheets', () => {
  it('says so while nobody has come', async () => {
    await openSection(page, timesheet.tab);
    expect(await seen(page.getByText(timesheet.empty.day))).toBe(true);
    await picture('timesheet-empty');
    expect(await faults()).toEqual([]);
  });

  it('shows who came, with what somebody must look at in words', async () => {
    await typeAsScanner(page, first.workerId);
    await page.locator('.answer[data-outcome=recorded]').waitFor();
    await typeAsScanner(page, second.workerId);
    await button(timesheet.reload).click();
    expect(await seen(rows().filter({ hasText: first.fullName }))).toBe(true);
    expect(await seen(rows().filter({ hasText: second.fullName }))).toBe(true);
    expect(await seen(rows().filter({ hasText: first.fullName }).getByText(timesheet.open))).toBe(true);
    await picture('timesheet-day');
    expect(await faults()).toEqual([]);
    await page.getByPlaceholder(timesheet.search).fill(first.workerId);
    expect(await gone(rows().filter({ hasText: second.fullName }))).toBe(true);
    await page.getByPlaceholder(timesheet.search).fill('');
  });

  it('of a month sums each worker and opens his dates', async () => {
    await page.getByRole('button', { name: new RegExp(timesheet.kinds.day) }).click();
    await page.getByRole('option', { name: timesheet.kinds.month }).click();
    expect(await seen(page.getByText(timesheet.monthName(today.slice(0, 7))))).toBe(true);
    expect(await seen(rows().filter({ hasText: first.fullName }))).toBe(true);
    await picture('timesheet-month');
    expect(await faults()).toEqual([]);
    await rows().filter({ hasText: first.fullName }).getByRole('button').click();
    expect(await seen(page.getByRole('dialog').locator('.table-row'))).toBe(true);
    await picture('timesheet-worker');
    await page.keyboard.press('Escape');
    expect(await gone(page.getByRole('dialog'))).toBe(true);
  });

  it('is saved as an Excel file where a person says', async () => {
    const file = path.join(folder, 'cong.xlsx');
    await kiosk.app.evaluate(({ session }, savePath) => { session.defaultSession.on('will-download', (_event, item) => item.setSavePath(savePath)); }, file);
    await button(timesheet.export).click();
    await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
    const book = new exceljs.Workbook();
    await expect.poll(() => book.xlsx.readFile(file).then(() => book.worksheets[0]?.getCell('A1').value, () => null), { timeout: 10_000 }).toContain('BẢNG CHẤM CÔNG THÁNG');
  });

  it('no other file leaves the page', async () => {
    const other = path.join(folder, 'other.txt');
    const state = await kiosk.app.evaluate(({ session, BrowserWindow }, savePath) => new Promise<boolean>((resolve) => {
      session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented));
      void BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(`(() => { const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x'])); a.download = ${JSON.stringify(savePath.split('/').at(-1))}; a.click(); })()`);
    }), other);
    expect(state).toBe(true);
  });

  it('the log tells shift and reason in words', async () => {
    await openSection(page, admin.tabs.log);
    expect(await seen(rows().filter({ hasText: first.fullName }).getByText(admin.log.shift('HC')))).toBe(true);
    await picture('log');
    expect(await faults()).toEqual([]);
  });

  it('is readable in the dark too', async () => {
    await openSection(page, admin.tabs.settings);
    await page.getByText(admin.settings.themes.dark, { exact: true }).click();
    await page.locator('html[data-theme=dark]').waitFor();
    for (const [name, label] of [['shifts', shifts.tab], ['timesheet', timesheet.tab]] as const) {
      await openSection(page, label);
      await rows().first().waitFor();
      await picture(`${name}-dark`);
      expect(await faults()).toEqual([]);
    }
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
