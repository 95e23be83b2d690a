import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { counterTexts as texts } from '../../renderer/texts/counter.ts';
import { login } from '../../renderer/texts/login.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, seen, setUpKiosk, smallTargets, testAdmin } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;

const button = (name: string) => page.getByRole('button', { name, exact: true }).first();
const dialog = () => page.getByRole('dialog');
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
const settings = (): Promise<{ lookUpsPerHour: number }> => page.evaluate(() => (
  (window as unknown as { kiosk: { request(name: string, input: unknown): Promise<{ lookUpsPerHour: number }> } }).kiosk.request('settings/get', {})));

beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'counter', unit: { code: 'H42.18', name: 'Trung tâm Phục vụ hành chính công xã Lam Cầu' }, lanes: [], hub: null, demo: false, admin: testAdmin,
  });
  await page.getByLabel(login.secret, { exact: true }).fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await page.getByText(texts.home.empty).waitFor();
});
afterAll(async () => { await kiosk?.close(); });

describe('a dialog', () => {
  it('is gone when it is closed, though an animation on its veil never ends', async () => {
    await button(common.administration).click();
    await page.locator('.veil').evaluate((veil) => { veil.animate([{ opacity: 1 }, { opacity: 0.99 }], { duration: 3_600_000 }); });
    await page.keyboard.press('Escape');
    expect(await gone(page.locator('.veil'))).toBe(true);
  });

  it('gives the focus back to what opened it', async () => {
    await button(common.changeSecret).focus();
    await page.keyboard.press('Enter');
    expect(await seen(dialog())).toBe(true);
    await page.keyboard.press('Escape');
    expect(await gone(dialog())).toBe(true);
    await expect.poll(focused).toBe(common.changeSecret);
  });

  it('moves nothing for those who want no motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await button(common.administration).click();
    await page.evaluate(() => { document.documentElement.dataset['theme'] = 'dark'; });
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await page.evaluate(() => { document.documentElement.dataset['theme'] = 'light'; });
    await page.keyboard.press('Escape');
    expect(await gone(page.locator('.veil'))).toBe(true);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

describe('a setting that is a number', () => {
  it('is told when it is out of bounds, and kept when it is not', async () => {
    await button(common.administration).click();
    const field = page.getByLabel(admin.settings.lookUps);
    await field.fill('5000');
    await page.keyboard.press('Enter');
    expect(await seen(page.getByText(admin.settings.bounds(1, 1000)))).toBe(true);
    expect((await settings()).lookUpsPerHour).toBe(60);
    await field.fill('120');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await settings()).lookUpsPerHour).toBe(120);
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await gone(dialog())).toBe(true);
  });
});

describe('a hurried officer', () => {
  it('types the name of a procedure and goes on by Tab at once: the list is that of what was typed', async () => {
    await page.keyboard.press('F2');
    await page.getByRole('tab', { name: texts.identify.way.typed }).click();
    await page.getByLabel(texts.citizen.field.personalId).fill('035190001234');
    await page.getByLabel(texts.citizen.field.fullName).fill('Đặng Thị Mỵ');
    await page.getByLabel(texts.citizen.field.birthDate).fill('05/09/1990');
    await page.getByText(texts.identify.sexes[1], { exact: true }).click();
    await button(texts.identify.typedGo).click();
    await button(texts.next).click();
    await page.getByLabel(texts.procedure.search).fill('dang ky khai sinh');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await seen(page.locator('.procedure-sheet h3', { hasText: 'khai sinh' }))).toBe(true);
  });
});

describe('a screen at 125 %', () => {
  /** Buttons in sight that begin or end outside of the window. */
  const outside = () => page.locator('button:visible').evaluateAll((all) => all
    .filter((e) => { const { left, right } = e.getBoundingClientRect(); return left < 0 || right > window.innerWidth + 1; }).map((e) => e.textContent));

  it.each([[1366, 768], [1280, 800]])('of %d × %d cuts no text and leaves every button in reach', async (width, height) => {
    // What zooming in by a quarter leaves of the window.
    await page.setViewportSize({ width: Math.round(width / 1.25), height: Math.round(height / 1.25) });
    expect([...await cutTexts(page), ...await smallTargets(page), ...await outside()]).toEqual([]);
    await button(texts.home.heading).click();
    expect(await seen(button(texts.home.resumeGo))).toBe(true);
    expect([...await cutTexts(page), ...await smallTargets(page), ...await outside()]).toEqual([]);
    await button(common.administration).click();
    expect(await seen(dialog())).toBe(true);
    expect([...await cutTexts(page), ...await smallTargets(page), ...await outside()]).toEqual([]);
    await page.keyboard.press('Escape');
    await button(texts.home.resumeGo).click();
    expect(await seen(page.getByLabel(texts.procedure.search))).toBe(true);
  });

  it('leaves no error in the console', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
