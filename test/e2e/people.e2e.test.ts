import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, workDateOf } from '../../shared/domain/work-date.ts';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { people } from '../../renderer/texts/people.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

const today = workDateOf(Date.now());
const employer = 'Công ty Mẫu Kim';
const local = (date: string): string => date.split('-').toReversed().join('/');
const header = 'Mã riêng;Tên gọi;Đội;Công ty;Số CCCD;Số hộ chiếu;Số GPLĐ;Ngày hết hạn GPLĐ;Quốc tịch';
const rows = {
  an: `K1;Kim An;Hàn 1;${employer};;M1234567;GP1;${local(addDays(today, 5))};Hàn Quốc`,
  binh: `K2;Trần Bình;Hàn 1;${employer};001090000777;;;;Việt Nam`,
  chi: `K3;Lê Chi;Hàn 2;${employer};;;;;Việt Nam`,
};

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const lines = () => page.locator('.drawer .table-row');
const dialog = () => page.getByRole('dialog');

async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...await wordFaults(page)];
}

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `people-${name}.png`) });
}

async function chooseList(label: string, ...list: string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(label).click()]);
  await chooser.setFiles({ name: 'danh-sach.csv', mimeType: 'text/csv', buffer: Buffer.from(['DANH SÁCH CÔNG NHÂN', header, ...list].join('\n')) });
}

async function chooseColumn(name: string, field: string): Promise<void> {
  const box = dialog().getByRole('combobox', { name: people.columns.content(name) });
  await box.fill(field);
  await page.getByRole('option', { name: field, exact: true }).click();
}

async function saved(file: string, press: () => Promise<void>): Promise<exceljs.Workbook> {
  await kiosk.app.evaluate(({ session }, savePath) => { session.defaultSession.once('will-download', (_event, item) => item.setSavePath(savePath)); }, file);
  await press();
  await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
  const book = new exceljs.Workbook();
  await expect.poll(() => book.xlsx.readFile(file).then(() => book.worksheets.length, () => 0), { timeout: 10_000 }).toBeGreaterThan(0);
  return book;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-people-'));
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(15_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'both', input: 'any' }],
    admin: testAdmin, hub: null, demo: true,
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await button('Giám sát').click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, admin.tabs.roster);
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a list with headers that nothing names', () => {
  it('asks which column is what, with its values, and tells what is missing', async () => {
    await chooseList(admin.roster.import, rows.an, rows.binh, rows.chi);
    expect(await seen(dialog().getByText(people.columns.title))).toBe(true);
    expect(await seen(dialog().getByText(people.columns.missing))).toBe(true);
    expect(await seen(dialog().getByText(/Ví dụ: K1/))).toBe(true);
    await picture('mapping');
    expect(await faults()).toEqual([]);
  });

  it('is tried with the columns that were named, then stored', async () => {
    await chooseColumn('Mã riêng', people.fields.workerId);
    await chooseColumn('Tên gọi', people.fields.fullName);
    await chooseColumn('Đội', people.fields.department);
    await button(people.columns.use).click();
    expect(await seen(page.getByText(admin.import.checked))).toBe(true);
    await picture('report');
    expect(await faults()).toEqual([]);
    await button(admin.import.confirm('3')).click();
    expect(await seen(page.getByText(admin.import.done))).toBe(true);
    await page.locator('.drawer').getByRole('button', { name: common.close, exact: true }).click();
  });

  it('is known again, and who is missing leaves only when somebody says that it is whole', async () => {
    await chooseList(admin.roster.import, rows.an, rows.binh.replace('Hàn 1', 'Hàn 9'), 'K9;=1+1;x;y;;;;;');
    expect(await seen(page.getByText(people.list.remembered))).toBe(true);
    await picture('known');
    await page.getByRole('tab', { name: /Chuyển bộ phận/ }).click();
    expect(await seen(lines().filter({ hasText: 'Hàn 9' }))).toBe(true);
    await page.getByText(people.list.whole('1')).click();
    await picture('leavers');
    expect(await faults()).toEqual([]);
    const book = await saved(path.join(folder, 'bao-cao.xlsx'), () => button(people.list.report).click());
    expect(book.getWorksheet('Không còn trong danh sách')?.getCell('A5').value).toBe('K3');
    await button(people.list.importAndLeave('1', '1')).click();
    expect(await seen(page.getByText(admin.import.done))).toBe(true);
    await page.locator('.drawer').getByRole('button', { name: common.close, exact: true }).click();
  });
});

describe('a worker\'s page', () => {
  it('shows what is known, masked, with what ends soon', async () => {
    await page.getByPlaceholder(admin.roster.search).fill('kim an');
    await button('Kim An K1').click();
    expect(await seen(page.getByText(/Giấy phép lao động đến/))).toBe(true);
    expect(await page.locator('.worker-page').innerText()).not.toContain('M1234567');
    await picture('worker');
    expect(await faults()).toEqual([]);
  });

  it('shows the numbers for a reason only, and notes who looked', async () => {
    await button(people.page.reveal).click();
    expect(await button(people.page.revealGo).isDisabled()).toBe(true);
    await dialog().getByLabel(people.page.revealReason).fill('Đối chiếu giấy phép');
    await button(people.page.revealGo).click();
    expect(await seen(dialog().getByText('M1234567'))).toBe(true);
    await picture('reveal');
    expect(await faults()).toEqual([]);
    await button(common.close).last().click();
    expect(await gone(dialog())).toBe(true);
  });

  it('is changed in a form that knows dates as people type them', async () => {
    await button(people.page.edit).click();
    await dialog().getByLabel(people.fields.department, { exact: true }).fill('Hàn 7');
    const from = dialog().getByLabel(`${people.page.protections.pregnant} ${people.form.from}`);
    await from.fill('31/02/2026');
    await from.blur();
    expect(await seen(dialog().getByText(people.form.dateWrong))).toBe(true);
    await from.fill('1/11/2026');
    await from.blur();
    await picture('edit');
    expect(await faults()).toEqual([]);
    await button(people.form.save).click();
    expect(await gone(dialog())).toBe(true);
    expect(await seen(page.locator('.worker-card').getByText('Hàn 7'))).toBe(true);
    expect(await seen(page.locator('.worker-card').getByText(/Mang thai 01\/11\/2026/))).toBe(true);
  });

  it('gives a card, a pass and a PIN, and refuses a number that is drawn anew at each tap', async () => {
    await button(people.card.give).click();
    await dialog().getByLabel(people.card.number).fill('08A1B2C3');
    await button(people.card.go).click();
    expect(await seen(dialog().getByText(/đổi số mỗi lần chạm/))).toBe(true);
    await picture('card');
    expect(await faults()).toEqual([]);
    await dialog().getByLabel(people.card.number).fill('7799001');
    await button(people.card.go).click();
    expect(await gone(dialog())).toBe(true);
    expect(await seen(page.locator('.credential').getByText('•••001'))).toBe(true);
    await button(people.pass.give).click();
    expect(await seen(button(people.pass.withdraw))).toBe(true);
    await button(people.pin.give).click();
    await dialog().getByLabel(people.pin.first, { exact: true }).fill('1234');
    await dialog().getByLabel(people.pin.second).fill('4321');
    await button(people.pin.go).click();
    expect(await seen(dialog().getByText(people.pin.weak))).toBe(true);
    expect(await seen(dialog().getByText(people.pin.differs))).toBe(true);
    await picture('pin');
    expect(await faults()).toEqual([]);
    await dialog().getByLabel(people.pin.first, { exact: true }).fill('482915');
    await dialog().getByLabel(people.pin.second).fill('482915');
    await button(people.pin.go).click();
    expect(await gone(dialog())).toBe(true);
    expect(await seen(button(people.pin.remove))).toBe(true);
  });

  it('takes a photo only with the consent read and ticked', async () => {
    await button(people.photo.take).click();
    expect(await seen(dialog().getByText(/Tôi đồng ý/))).toBe(true);
    expect(await button(people.photo.choose).isDisabled()).toBe(true);
    await picture('consent');
    expect(await faults()).toEqual([]);
    await dialog().getByText(people.photo.agree).click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(people.photo.choose).click()]);
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 80 } });
    await chooser.setFiles({ name: 'anh.png', mimeType: 'image/png', buffer: png });
    expect(await gone(dialog())).toBe(true);
    await button(people.photo.show).click();
    expect(await seen(page.getByAltText(people.photo.alt('Kim An')))).toBe(true);
    await button(people.photo.remove).click();
    expect(await seen(button(people.photo.take))).toBe(true);
  });

  it('hands over everything that is kept of the worker as a file', async () => {
    const book = await saved(path.join(folder, 'cua-toi.xlsx'), () => button(people.page.ownData).click());
    expect(JSON.stringify(book.worksheets[0]?.getSheetValues())).toContain('M1234567');
    await button(people.page.back).click();
  });
});

describe('what ends soon', () => {
  it('is counted, filtered and opens the worker', async () => {
    await openSection(page, people.expiry.tab);
    expect(await seen(lines().filter({ hasText: 'Kim An' }))).toBe(true);
    await picture('expiry');
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: new RegExp(people.expiry.bands.over) }).click();
    expect(await seen(page.getByText(people.expiry.emptyFilter))).toBe(true);
    await page.getByRole('button', { name: new RegExp(people.expiry.bands.over) }).click();
    await lines().filter({ hasText: 'Kim An' }).getByRole('button').click();
    expect(await seen(button(people.page.edit))).toBe(true);
    await button(people.page.back).click();
  });

  it('is saved as an Excel file', async () => {
    const book = await saved(path.join(folder, 'het-han.xlsx'), () => button(people.expiry.export).click());
    expect(book.worksheets[0]?.getCell('A1').value).toBe('GIẤY TỜ SẮP HẾT HẠN');
  });
});

describe('personal data of those who left', () => {
  it('is erased after a term that somebody sets, with a certificate', async () => {
    await openSection(page, people.privacy.tab);
    expect(await seen(page.getByText(people.privacy.off))).toBe(true);
    await page.getByText(people.privacy.erasureOn).click();
    expect(await seen(page.getByText(people.privacy.dueNone))).toBe(true);
    await page.getByLabel(people.privacy.erasureDays).fill('0');
    await page.keyboard.press('Enter');
    expect(await seen(button(people.privacy.run))).toBe(true);
    await picture('privacy');
    expect(await faults()).toEqual([]);
    await button(people.privacy.run).click();
    await picture('erase');
    expect(await faults()).toEqual([]);
    await button(people.privacy.runGo).click();
    expect(await seen(page.getByText(people.privacy.dueNone))).toBe(true);
    await picture('erased');
    const book = await saved(path.join(folder, 'bien-ban.xlsx'), () => button(people.privacy.certificate).click());
    expect(book.worksheets[0]?.getCell('A1').value).toBe('BIÊN BẢN XÓA DỮ LIỆU CÁ NHÂN');
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
