import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { eachWorker, openStore, setShifts } from '../../electron/store/index.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { addDays, workDateOf } from '../../shared/domain/work-date.ts';
import { common } from '../../renderer/texts/common.ts';
import { correction } from '../../renderer/texts/correction.ts';
import { timesheet } from '../../renderer/texts/timesheet.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

const yesterday = addDays(workDateOf(Date.now()), -1);
const second = { loginName: 'binh.tv', displayName: 'Trần Văn Bình', secret: '135790' };
const people: { workerId: string; fullName: string }[] = [];

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const inDialog = (name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name, exact: true });
const tab = (name: string | RegExp) => page.getByRole('tab', { name }).click();
const rows = () => page.locator('.drawer .table-row');

async function faults(): Promise<string[]> {
  const wide = await page.locator('.section-panel').evaluateAll((panels) => panels.filter((panel) => panel.scrollWidth > panel.clientWidth + 1).map((panel) => `${panel.scrollWidth} in ${panel.clientWidth}`));
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...wide, ...await wordFaults(page)];
}

async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out === undefined) return;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: path.join(out, `${name}.png`) });
}

async function enter({ displayName, secret }: { displayName: string; secret: string }): Promise<void> {
  await button('Giám sát').click();
  const person = page.getByRole('button', { name: new RegExp(displayName) });
  const pin = page.getByLabel('Mã PIN hoặc mật khẩu');
  await person.or(pin).first().waitFor();
  if (await person.isVisible()) await person.click();
  await pin.fill(secret);
  await page.keyboard.press('Enter');
  await openSection(page, correction.tab);
}

async function leave(): Promise<void> {
  await page.locator('.drawer-head').getByRole('button', { name: common.lock, exact: true }).click();
  await page.locator('.drawer').waitFor({ state: 'detached' });
}

/** Yesterday: two who forgot to scan out, one who forgot to scan in, and one whose day is whole. */
function work(dataDir: string): void {
  const store = openStore(dataDir, { appVersion: 'test' });
  try {
    setShifts(store, [Shift.parse({ id: 'HC', name: 'Hành chính', start: '08:00', end: '17:00', breakMinutes: 60, lateOutMinutes: 240, days: [1, 2, 3, 4, 5, 6, 7] })], 'test');
    const chosen = [...eachWorker(store)].filter(({ shiftId, barred, startDate, endDate }) => shiftId === 'HC' && !barred && endDate === null && startDate !== null && startDate < yesterday).slice(0, 4);
    const scans = [['07:52'], ['07:55'], ['17:04'], ['07:58', '17:02']];
    chosen.forEach(({ workerId, fullName }, n) => {
      people.push({ workerId, fullName });
      for (const time of scans[n]!) recordScan(store, { code: workerId, lane: 'L1', via: 'cli', actor: 'test', at: Date.parse(`${yesterday}T${time}:00+07:00`) });
    });
    recordScan(store, { code: 'KHONGAI999', lane: 'L1', via: 'cli', actor: 'test', at: Date.parse(`${yesterday}T08:00:00+07:00`) });
  } finally {
    store.close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-corrections-'));
  kiosk = await launchKiosk({ dataDir: folder });
  await setUpKiosk(kiosk.page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'both', input: 'any' }], admin: testAdmin, hub: null, demo: true,
  });
  await kiosk.page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await kiosk.close();
  work(path.join(folder, 'kiosk'));
  kiosk = await launchKiosk({ dataDir: folder });
  page = kiosk.page;
  page.setDefaultTimeout(10_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await page.evaluate(async ({ admin, other }) => {
    await window.kiosk.request('auth/login', { loginName: admin.loginName, secret: admin.secret });
    await window.kiosk.request('users/create', { ...other, role: 'gate-supervisor' });
    await window.kiosk.request('auth/logout', {});
  }, { admin: testAdmin, other: second });
  await enter(testAdmin);
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the inbox of exceptions', () => {
  it('lists every date that somebody must look at, with how many there are of each kind', async () => {
    const [first, , third, whole] = people as [typeof people[0], typeof people[0], typeof people[0], typeof people[0]];
    expect(await seen(rows().filter({ hasText: first.workerId }).getByText(correction.kinds['no-out']))).toBe(true);
    expect(await seen(rows().filter({ hasText: third.workerId }).getByText(correction.kinds['missing-in']))).toBe(true);
    expect(await seen(rows().filter({ hasText: correction.kinds.unknown }))).toBe(true);
    expect(await gone(rows().filter({ hasText: whole.workerId }))).toBe(true);
    expect(await seen(page.getByRole('button', { name: `${correction.kinds['no-out']} 2` }))).toBe(true);
    await picture('inbox');
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: `${correction.kinds['missing-in']} 1` }).click();
    expect(await gone(rows().filter({ hasText: first.workerId }))).toBe(true);
    await page.locator('.chip').first().click();
  });

  it('opens a date with its scans and answers, and shows the line as it would be beside the one that is', async () => {
    const [first] = people as [typeof people[0]];
    await rows().filter({ hasText: first.workerId }).getByRole('button').click();
    expect(await seen(page.locator('.day-punches').getByText('Làn 1: vào', { exact: true }))).toBe(true);
    await inDialog(correction.send).click();
    expect(await seen(page.getByText(correction.day.error.nothing))).toBe(true);
    await picture('inbox-day-empty');
    await inDialog(correction.day.useSuggestion).click();
    expect(await page.getByLabel(correction.day.addOut).inputValue()).toBe('17:00');
    await page.getByLabel(correction.day.addOut).fill('18:30');
    expect(await seen(page.locator('[data-after]').getByText('07:52 – 18:30'))).toBe(true);
    await picture('inbox-day');
    expect(await faults()).toEqual([]);
  });

  it('a proposal with a reason is sent and waits; the date stands in the list as waiting', async () => {
    await page.getByRole('dialog').getByRole('button', { name: new RegExp(correction.reason) }).click();
    await page.getByRole('option', { name: 'Quên quẹt thẻ' }).click();
    await inDialog(correction.send).click();
    expect(await gone(page.getByRole('dialog'))).toBe(true);
    expect(await seen(rows().filter({ hasText: people[0]!.workerId }).getByText(correction.waiting))).toBe(true);
    expect(await seen(page.getByRole('tab', { name: correction.parts.waiting('1') }))).toBe(true);
  });

  it('after an outage who lacks a punch is found and proposed in one act', async () => {
    await button(correction.outage).click();
    const [year, month, day] = yesterday.split('-');
    await page.getByRole('textbox', { name: correction.outages.date, exact: true }).fill(`${day}/${month}/${year}`);
    await page.getByRole('textbox', { name: correction.outages.from, exact: true }).fill('16:30');
    await page.getByRole('textbox', { name: correction.outages.to, exact: true }).fill('18:00');
    await inDialog(correction.outages.find).click();
    const found = page.getByRole('dialog').locator('.table-row');
    expect(await seen(found.filter({ hasText: people[1]!.workerId }))).toBe(true);
    expect(await found.count()).toBe(1);
    expect(await seen(page.getByText(correction.outages.scans('2')))).toBe(true);
    await page.getByRole('dialog').getByRole('button', { name: new RegExp(`${correction.reason}$`) }).click();
    await page.getByRole('option', { name: 'Mất điện' }).click();
    await picture('inbox-outage');
    expect(await page.locator('.dialog-box').evaluate((e) => e.scrollHeight - e.clientHeight)).toBe(0);
    expect(await faults()).toEqual([]);
    await inDialog(correction.sendMany('1')).click();
    expect(await gone(page.getByRole('dialog'))).toBe(true);
  });

  it('many dates are settled at once: those with a suggestion, with one reason', async () => {
    await page.getByRole('checkbox', { name: new RegExp(people[2]!.fullName) }).click();
    await button(correction.suggest).click();
    expect(await seen(page.getByRole('dialog').getByText('thêm vào 08:00'))).toBe(true);
    await picture('inbox-bulk');
    expect(await faults()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: new RegExp(`${correction.reason}$`) }).click();
    await page.getByRole('option', { name: 'Quên quẹt thẻ' }).click();
    await inDialog(correction.sendMany('1')).click();
    expect(await seen(page.getByRole('tab', { name: correction.parts.waiting('3') }))).toBe(true);
  });
});

describe('the second person', () => {
  it('nobody decides what is his own: it is said, and only taking back is offered', async () => {
    await tab(correction.parts.waiting('3'));
    expect(await page.getByText(correction.approval.own).count()).toBe(3);
    await picture('approval-own');
    expect(await faults()).toEqual([]);
    await button(correction.approval.open).first().click();
    expect(await seen(inDialog(correction.approval.withdraw))).toBe(true);
    expect(await gone(inDialog(correction.approval.approve))).toBe(true);
    await page.keyboard.press('Escape');
    expect(await gone(page.getByRole('dialog'))).toBe(true);
  });

  it('another one sees the line before and after, approves one act and refuses another with a reason', async () => {
    await leave();
    await enter(second);
    await tab(correction.parts.waiting('3'));
    await picture('approval');
    await button(correction.approval.open).first().click();
    expect(await seen(page.getByRole('dialog').getByText('07:52 – 18:30'))).toBe(true);
    await picture('approval-batch');
    expect(await faults()).toEqual([]);
    await inDialog(correction.approval.approve).click();
    expect(await gone(page.getByRole('dialog'))).toBe(true);
    await button(correction.approval.open).last().click();
    await inDialog(correction.approval.refuse).click();
    expect(await seen(page.getByText(correction.approval.refuseNote))).toBe(true);
    await page.getByLabel(correction.approval.note).fill('Không đi làm ngày này');
    await inDialog(correction.approval.refuse).click();
    expect(await seen(page.getByRole('tab', { name: correction.parts.waiting('1') }))).toBe(true);
  });

  it('the timesheet marks the corrected date and opens it', async () => {
    await openSection(page, timesheet.tab);
    await button(timesheet.earlier.day).click();
    const row = rows().filter({ hasText: people[0]!.workerId });
    expect(await seen(row.getByText(timesheet.corrected))).toBe(true);
    await picture('timesheet-corrected');
    expect(await faults()).toEqual([]);
    await row.getByRole('button').click();
    expect(await seen(page.getByRole('dialog').getByText(correction.day.history))).toBe(true);
    await picture('inbox-day-corrected');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

describe('the difference report', () => {
  it('sets the original beside the corrected line and is saved as a spreadsheet and a paper', async () => {
    await openSection(page, correction.tab);
    await tab(correction.parts.differences);
    await page.getByRole('button', { name: new RegExp(correction.period) }).click();
    await page.getByRole('option', { name: correction.periods.week }).click();
    expect(await seen(rows().filter({ hasText: people[0]!.workerId }).getByText(`${testAdmin.displayName} → ${second.displayName}`))).toBe(true);
    await picture('differences');
    expect(await faults()).toEqual([]);
    const files = { xlsx: path.join(folder, 'khac.xlsx'), pdf: path.join(folder, 'khac.pdf') };
    for (const [format, label] of [['xlsx', correction.differences.xlsx], ['pdf', correction.differences.pdf]] as const) {
      await kiosk.app.evaluate(({ session }, savePath) => { session.defaultSession.once('will-download', (_event, item) => item.setSavePath(savePath)); }, files[format]);
      await button(label).click();
      await expect.poll(() => existsSync(files[format]), { timeout: 20_000 }).toBe(true);
    }
    const book = new exceljs.Workbook();
    await expect.poll(() => book.xlsx.readFile(files.xlsx).then(() => book.worksheets[0]?.getCell('A1').value, () => null), { timeout: 10_000 }).toBe('BÁO CÁO ĐIỀU CHỈNH CÔNG');
    await expect.poll(() => readFileSync(files.pdf).subarray(0, 5).toString(), { timeout: 10_000 }).toBe('%PDF-');
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
