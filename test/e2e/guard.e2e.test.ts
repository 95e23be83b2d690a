import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { gate } from '../../renderer/texts/gate.ts';
import { guard } from '../../renderer/texts/guard.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, typeAsScanner, wordFaults } from './screen-checks.ts';

const today = workDateOf(Date.now());
const all = Array.from({ length: 400 }, (_, n) => demoWorker(n, today));
const workers = all.filter((w) => w.startDate! <= today && w.endDate === null && !w.barred);
const barred = all.find((w) => w.barred && w.startDate! <= today && w.endDate === null);
const [first, second, third] = workers;
if (!first || !second || !third || !barred) throw new Error('the invented workers lack three who may pass and one who is barred');

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rows = () => page.locator('.drawer .table-row');
const dialog = () => page.getByRole('dialog');
const view = (name: string) => page.locator('.guard-view').filter({ hasText: name }).click();

/** What axe finds, targets too small for a finger, texts that do not fit, and what is wider than its room. */
async function faults(): Promise<string[]> {
  const wide = await page.locator('.guard, .dialog').evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth + 2).map((box) => `wide ${box.className}`));
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...wide, ...await wordFaults(page)];
}

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `${name}.png`) });
}

/** Where the next file that the page makes is saved. */
async function saveNext(name: string): Promise<string> {
  const file = path.join(folder, name);
  await kiosk.app.evaluate(({ session }, savePath) => { session.defaultSession.once('will-download', (_event, item) => item.setSavePath(savePath)); }, file);
  return file;
}

async function scan(code: string): Promise<void> {
  await typeAsScanner(page, code);
  await page.locator('.answer').first().waitFor();
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-guard-'));
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(10_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'both', input: 'any', zone: 'Xưởng 1' }],
    admin: testAdmin, hub: null, demo: true,
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await button(/^Giám sát/).click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, admin.tabs.inside);
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('who is inside', () => {
  it('says so while nobody is', async () => {
    expect(await seen(page.getByText(guard.inside.empty, { exact: true }))).toBe(true);
    await picture('inside-empty');
    expect(await faults()).toEqual([]);
  });
  it('counts people, teams and meals', async () => {
    for (const { workerId } of [first, second, third]) await scan(workerId);
    expect(await seen(page.getByText(guard.inside.total('3')))).toBe(true);
    expect(await seen(rows().filter({ hasText: first.fullName }))).toBe(true);
    await picture('inside');
    expect(await faults()).toEqual([]);
    await view(guard.inside.views.groups);
    expect(await seen(page.locator('.group').filter({ hasText: 'Xưởng 1' }))).toBe(true);
    await picture('inside-groups');
    expect(await faults()).toEqual([]);
    await view(guard.inside.views.meals);
    expect(await seen(page.locator('.guard-view').filter({ hasText: 'Bữa trưa' }))).toBe(true);
    await picture('meals');
    expect(await faults()).toEqual([]);
    await button(guard.meals.edit).click();
    expect(await seen(dialog().getByLabel(guard.meals.name).first())).toBe(true);
    await picture('meals-edit');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    await view(guard.inside.views.people);
  });
  it('is saved as a list to print', async () => {
    const file = await saveNext('ds.pdf');
    await button(guard.inside.save).click();
    await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => PDFDocument.load(readFileSync(file)).then((pdf) => pdf.getPageCount(), () => 0)).toBeGreaterThan(1);
  });
});

describe('a roll call', () => {
  it('is begun with a reason and shows who is missing', async () => {
    await button(guard.inside.start).click();
    expect(await dialog().getByRole('button', { name: guard.muster.go, exact: true }).isDisabled()).toBe(true);
    await dialog().getByText(guard.muster.causes.drill, { exact: true }).click();
    await picture('muster-start');
    expect(await faults()).toEqual([]);
    await dialog().getByRole('button', { name: guard.muster.go, exact: true }).click();
    expect(await seen(page.getByText(guard.muster.title(guard.muster.causes.drill)))).toBe(true);
    await expect.poll(() => page.locator('.rollcall-count strong').allTextContents(), { timeout: 15_000 }).toEqual(['3', '0', '0']);
    await picture('muster');
    expect(await faults()).toEqual([]);
  });
  it('a press ticks off, and takes the tick back', async () => {
    await rows().filter({ hasText: first.fullName }).getByRole('button').click();
    await expect.poll(() => page.locator('.rollcall-count strong').allTextContents(), { timeout: 15_000 }).toEqual(['2', '1', '0']);
    await page.locator('.rollcall-count').filter({ hasText: guard.muster.ticked }).click();
    await rows().filter({ hasText: first.fullName }).getByRole('button').click();
    await expect.poll(() => page.locator('.rollcall-count strong').allTextContents(), { timeout: 15_000 }).toEqual(['3', '0', '0']);
    await page.locator('.rollcall-count').filter({ hasText: guard.muster.missing }).click();
  });
  it('a scan at the assembly point ticks off and moves nobody', async () => {
    await button(guard.muster.assembly).click();
    await dialog().getByText('Làn 1', { exact: true }).click();
    expect(await seen(dialog().getByText(guard.muster.assemblyOn))).toBe(true);
    await picture('assembly');
    expect(await faults()).toEqual([]);
    await dialog().getByRole('button', { name: common.close, exact: true }).click();
    await typeAsScanner(page, second.workerId);
    await expect.poll(() => page.locator('.rollcall-count strong').allTextContents(), { timeout: 15_000 }).toEqual(['2', '1', '0']);
    await picture('muster-ticked');
    expect(await seen(page.locator('.last-answer').first().getByText(gate.answer.muster.word, { exact: true }))).toBe(true);
    expect(await faults()).toEqual([]);
  });
  it('ends after a question, and its result stays', async () => {
    await button(guard.muster.end).click();
    expect(await seen(dialog().getByText(guard.muster.endHint('2')))).toBe(true);
    await dialog().getByRole('button', { name: guard.muster.end, exact: true }).click();
    expect(await seen(page.getByText(/Lần điểm danh gần nhất: Diễn tập, .*thiếu 2 người/))).toBe(true);
    await picture('muster-ended');
    expect(await faults()).toEqual([]);
  });
});

describe('visitors', () => {
  it('says so while there is none', async () => {
    await openSection(page, guard.tabs.visitors);
    expect(await seen(page.getByText(guard.visitors.empty.inside, { exact: true }))).toBe(true);
    await picture('visitors-empty');
    expect(await faults()).toEqual([]);
  });
  it('one is registered by his card, gets a pass and comes in by it', async () => {
    await button(guard.visitors.add).click();
    await button(guard.visitors.form.save).click();
    expect(await seen(dialog().getByText(guard.visitors.form.errors.name))).toBe(true);
    await button(guard.visitors.form.scanCard).click();
    await typeAsScanner(page, '001090000123');
    expect(await seen(dialog().getByText(guard.visitors.form.identityDone('001*****0123')))).toBe(true);
    await dialog().getByLabel(guard.visitors.form.name, { exact: true }).fill('Trần Thị Khách');
    await dialog().getByLabel(guard.visitors.form.company, { exact: true }).fill('Công ty Khách');
    await dialog().getByLabel(guard.visitors.form.host, { exact: true }).fill(first.workerId);
    await dialog().getByRole('button', { name: `${first.fullName} · ${first.workerId}` }).click();
    await dialog().getByLabel(guard.visitors.form.toTime, { exact: true }).last().fill('23:59');
    await picture('visitor-form');
    expect(await faults()).toEqual([]);
    await button(guard.visitors.form.save).click();
    expect(await seen(dialog().getByText(/MCK1-V-/))).toBe(true);
    await picture('visitor-card');
    expect(await faults()).toEqual([]);
    const file = await saveNext('the.pdf');
    await button(guard.visitors.card.print).click();
    await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
    const pass = (await dialog().getByText(/MCK1-V-/).textContent())!;
    await page.keyboard.press('Escape');
    expect(await gone(dialog())).toBe(true);
    await scan(pass);
    expect(await seen(rows().filter({ hasText: 'Trần Thị Khách' }).getByText(guard.visitors.inside))).toBe(true);
    await picture('visitors');
    expect(await faults()).toEqual([]);
  });
  it('a list of contractors is tried first, then registered', async () => {
    const [year, month, day] = today.split('-');
    const csv = `Họ và tên,Công ty,Từ ngày,Đến ngày\nLê Văn Thầu,Xây lắp Mẫu,${day}/${month}/${year},${day}/${month}/${year}\nKhông Ngày,Xây lắp Mẫu,,\n`;
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(guard.visitors.import).click()]);
    await chooser.setFiles({ name: 'thau.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    expect(await seen(page.getByText('Thiếu từ ngày.'))).toBe(true);
    await picture('visitor-import');
    await button(guard.visitors.file.confirm('1')).click();
    expect(await seen(page.getByText(admin.import.done))).toBe(true);
    await page.locator('.drawer').getByRole('button', { name: common.close, exact: true }).click();
    expect(await seen(rows().filter({ hasText: 'Lê Văn Thầu' }))).toBe(true);
  });
});

describe('alarms', () => {
  it('somebody barred looks to bystanders like anybody who must see the guard, and waits for the guard here', async () => {
    await openSection(page, guard.tabs.alarms);
    expect(await seen(page.getByText(guard.alarms.empty, { exact: true }))).toBe(true);
    await picture('alarms-empty');
    expect(await faults()).toEqual([]);
    await typeAsScanner(page, barred.workerId);
    const answer = page.locator('.answer[data-outcome=barred]');
    await answer.waitFor();
    expect(await answer.textContent()).not.toContain('CẤM');
    expect(await seen(rows().filter({ hasText: barred.fullName }))).toBe(true);
    await gone(answer);
    await picture('alarms');
    expect(await faults()).toEqual([]);
  });
  it('is settled with what was done', async () => {
    await rows().filter({ hasText: barred.fullName }).getByRole('button').click();
    await button(guard.alarms.quick[1]).click();
    await picture('alarm-settle');
    expect(await faults()).toEqual([]);
    await dialog().getByRole('button', { name: guard.alarms.save, exact: true }).click();
    expect(await seen(page.getByText(guard.alarms.empty, { exact: true }))).toBe(true);
    await view(guard.alarms.views.settled);
    expect(await seen(rows().filter({ hasText: guard.alarms.quick[1] }))).toBe(true);
    await picture('alarms-settled');
    expect(await faults()).toEqual([]);
  });
  it('a number is barred, and the bar lifted, each with a reason', async () => {
    await view(guard.alarms.views.barred);
    await button(guard.barred.add).click();
    await dialog().getByText(guard.barred.byNumber, { exact: true }).click();
    await dialog().getByLabel(guard.barred.number, { exact: true }).fill('001090000777');
    await dialog().getByLabel(guard.barred.name, { exact: true }).fill('Người Lạ Mặt');
    await dialog().getByLabel(guard.barred.reason, { exact: true }).fill('Gây rối');
    await picture('bar');
    expect(await faults()).toEqual([]);
    await dialog().getByRole('button', { name: guard.barred.save, exact: true }).click();
    expect(await seen(rows().filter({ hasText: 'Người Lạ Mặt' }).getByText('001*****0777'))).toBe(true);
    await picture('barred');
    expect(await faults()).toEqual([]);
    await rows().filter({ hasText: 'Người Lạ Mặt' }).getByRole('button').click();
    await dialog().getByLabel(guard.barred.reason, { exact: true }).fill('Đã giải quyết');
    await dialog().getByRole('button', { name: guard.barred.lift, exact: true }).click();
    expect(await gone(rows().filter({ hasText: 'Người Lạ Mặt' }))).toBe(true);
  });
  it('all of it is readable in the dark too, and at 1366 pixels', async () => {
    await page.setViewportSize({ width: 1366, height: 768 });
    await openSection(page, admin.tabs.settings);
    await page.getByText(admin.settings.themes.dark, { exact: true }).click();
    await page.locator('html[data-theme=dark]').waitFor();
    for (const [name, label] of [['inside', admin.tabs.inside], ['visitors', guard.tabs.visitors], ['alarms', guard.tabs.alarms]] as const) {
      await openSection(page, label);
      await page.locator('.guard').waitFor();
      await picture(`${name}-dark`);
      expect(await faults()).toEqual([]);
    }
  });
  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
