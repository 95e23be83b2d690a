import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { eachWorker, openStore, readShifts, setShifts } from '../../electron/store/index.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { faultWords } from '../../shared/domain/labour-words.ts';
import { addDays, workDateOf } from '../../shared/domain/work-date.ts';
import { overtime } from '../../renderer/texts/overtime.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;
/** The month before this one: whole, whatever day these tests run on. */
const today = workDateOf(Date.now());
const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
const people: { workerId: string; fullName: string }[] = [];

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rows = () => page.locator('.drawer .table-row');

async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...await wordFaults(page)];
}

async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `${name}.png`) });
}

/** Somebody's working days of the month, as many as are asked for, each until a time. */
function work(dataDir: string, given: readonly { days: number; out: string }[]): void {
  const store = openStore(dataDir, { appVersion: 'test' });
  try {
    if (!readShifts(store).has('HC')) setShifts(store, [Shift.parse({ id: 'HC', name: 'Hành chính', start: '08:00', end: '17:00', breakMinutes: 60, lateOutMinutes: 360, days: [1, 2, 3, 4, 5, 6, 7] })], 'test');
    const chosen = [...eachWorker(store)].filter(({ shiftId, barred, startDate, endDate }) => shiftId === 'HC' && !barred && endDate === null && startDate !== null && startDate < `${month}-01`).slice(0, given.length);
    given.forEach(({ days, out }, n) => {
      const { workerId, fullName } = chosen[n]!;
      people.push({ workerId, fullName });
      for (let i = 0; i < days; i += 1) {
        for (const time of ['07:55', out]) recordScan(store, { code: workerId, lane: 'L1', via: 'cli', actor: 'test', at: Date.parse(`${addDays(`${month}-01`, i)}T${time}:00+07:00`) });
      }
    });
  } finally {
    store.close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-overtime-'));
  const dataDir = folder;
  kiosk = await launchKiosk({ dataDir });
  await setUpKiosk(kiosk.page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'both', input: 'any' }],
    admin: testAdmin, hub: null, demo: true,
  });
  await kiosk.page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await kiosk.close();
  // 16 days of 2 hours are 32 of 40; 20 are 40; 24 days of 3 hours are 72.
  work(path.join(dataDir, 'kiosk'), [{ days: 16, out: '19:00' }, { days: 20, out: '19:00' }, { days: 24, out: '20:00' }, { days: 10, out: '19:00' }]);
  kiosk = await launchKiosk({ dataDir });
  page = kiosk.page;
  page.setDefaultTimeout(15_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await button('Giám sát').click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, overtime.tab);
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the section of overtime', () => {
  it('this month has nobody yet, and says who would stand here', async () => {
    expect(await seen(page.getByText(overtime.empty))).toBe(true);
    await picture('overtime-empty');
    expect(await faults()).toEqual([]);
  });

  it('lists who is near a cap or over it, the highest first, with what the excess may cost', async () => {
    await button(overtime.earlier).click();
    await button(overtime.reload).click();
    const [near, full, over, few] = people as [typeof people[0], typeof people[0], typeof people[0], typeof people[0]];
    expect(await seen(rows().filter({ hasText: over.workerId }).getByText(overtime.over))).toBe(true);
    expect(await seen(rows().filter({ hasText: full.workerId }).getByText(overtime.reached))).toBe(true);
    expect(await seen(rows().filter({ hasText: near.workerId }).getByText(overtime.near(80)))).toBe(true);
    expect(await rows().filter({ hasText: few.workerId }).count()).toBe(0);
    expect(await rows().first().textContent()).toContain(over.workerId);
    expect(await seen(page.getByText(/tổ chức có thể bị phạt/))).toBe(true);
    await picture('overtime-list');
    expect(await faults()).toEqual([]);
    await page.setViewportSize({ width: 1366, height: 768 });
    await picture('overtime-list-1366');
    expect(await faults()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('of a worker shows each finding with its article, and hours by pay class', async () => {
    await rows().filter({ hasText: people[2]!.workerId }).getByRole('button').click();
    await page.getByRole('dialog').getByText(overtime.worker.hours, { exact: true }).waitFor();
    await picture('overtime-worker');
    expect(await seen(page.getByRole('dialog').getByText(faultWords['overtime-month']))).toBe(true);
    expect(await seen(page.getByRole('dialog').getByText(/Điều 107 khoản 2 điểm b/).first())).toBe(true);
    await picture('overtime-worker');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await gone(page.getByRole('dialog'))).toBe(true);
  });

  it('is saved as an Excel file', async () => {
    const file = path.join(folder, 'lam-them.xlsx');
    await kiosk.app.evaluate(({ session }, savePath) => { session.defaultSession.on('will-download', (_event, item) => item.setSavePath(savePath)); }, file);
    await button(overtime.export).click();
    await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
  });

  it('the form says what is missing, and a new basis moves the list', async () => {
    await button(overtime.settings).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(overtime.form.basis.extended, { exact: true }).click();
    await dialog.getByLabel(/Liệt kê từ phần trăm/).fill('100');
    await button(overtime.form.save).click();
    expect(await seen(dialog.getByText(overtime.form.groundError))).toBe(true);
    await picture('overtime-form');
    expect(await faults()).toEqual([]);
    await dialog.getByRole('button', { name: new RegExp(overtime.form.ground) }).click();
    await page.getByRole('option').nth(1).click();
    await button(overtime.form.save).click();
    expect(await gone(page.getByRole('dialog'))).toBe(true);
    expect(await gone(rows().filter({ hasText: people[0]!.workerId }))).toBe(true);
    expect(await seen(rows().filter({ hasText: people[1]!.workerId }).getByText(/ \/ 300:00/))).toBe(true);
    await picture('overtime-extended');
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
