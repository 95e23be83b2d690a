import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, zones } from '../../renderer/texts/zones.ts';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin, typeAsScanner, wordFaults } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
const today = workDateOf(Date.now());
const [first, second] = Array.from({ length: 40 }, (_, n) => demoWorker(n, today))
  .filter((worker) => worker.startDate! <= today && worker.endDate === null && !worker.barred) as [ReturnType<typeof demoWorker>, ReturnType<typeof demoWorker>];

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...await wordFaults(page)];
}
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `${name}.png`) });
}
async function openDrawer(tab: string): Promise<void> {
  await button('Giám sát').click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, tab);
}

beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  // Every way in leads into a zone that is made below.
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, admin: testAdmin, hub: null, demo: true,
    lanes: [{ lane: 'vao', name: 'Làn vào', direction: 'in', input: 'any', zone: 'khu-1' }],
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
});
afterAll(() => kiosk?.close());

describe('zones and who waits for the guard', () => {
  it('a zone is added, named and made to hold who comes in twice; each change is stored at once', async () => {
    await openDrawer(zones.tab);
    expect(await seen(page.getByText(zones.empty))).toBe(true);
    await picture('zones-empty');
    expect(await faults()).toEqual([]);
    await button(zones.add).click();
    await page.getByLabel(zones.name).fill('Xưởng may 1');
    await page.getByLabel(zones.name).blur();
    await page.getByRole('button', { name: new RegExp(zones.mode) }).click();
    await page.getByRole('option', { name: zones.modes.timed.label }).click();
    expect(await seen(page.getByLabel(zones.minutes))).toBe(true);
    await picture('zones-timed');
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: new RegExp(zones.mode) }).click();
    await page.getByRole('option', { name: zones.modes.hard.label }).click();
    await page.getByText(zones.oppositeTick).click();
    expect(await seen(page.getByLabel(zones.oppositeSeconds))).toBe(true);
    await page.setViewportSize({ width: 1366, height: 768 });
    await picture('zones-1366');
    expect(await faults()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    const stored = await page.evaluate(() => (window as unknown as { kiosk: { request(name: string, input: object): Promise<unknown> } }).kiosk.request('zones/get', {}));
    expect(stored).toMatchObject({ zones: [{ id: 'khu-1', name: 'Xưởng may 1', mode: 'hard' }] });
  });

  it('who comes in twice is held on the screen and stands in the guard\'s list; a word lets him pass, once', async () => {
    await openSection(page, held.tab);
    expect(await seen(page.getByText(held.empty))).toBe(true);
    await picture('held-empty');
    expect(await faults()).toEqual([]);
    for (const { workerId } of [first, second]) await typeAsScanner(page, workerId);
    await new Promise((resolve) => setTimeout(resolve, 21_000));
    for (const { workerId } of [first, second]) await typeAsScanner(page, workerId);
    expect(await seen(page.locator('.answer-word').filter({ hasText: 'SAI LƯỢT' }))).toBe(true);
    expect(await seen(page.getByText(second.fullName))).toBe(true);
    await picture('held-list');
    expect(await faults()).toEqual([]);
    await button(`${held.passIn}: ${first.fullName}`).click();
    expect(await gone(page.locator('.table-row').filter({ hasText: first.workerId }))).toBe(true);
    await button(`${held.refuse}: ${second.fullName}`).click();
    expect(await seen(page.getByText(held.empty))).toBe(true);
  });
});
