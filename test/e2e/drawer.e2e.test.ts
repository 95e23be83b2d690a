import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { admin } from '../../renderer/texts/admin.ts';
import { cameraTexts } from '../../renderer/texts/camera.ts';
import { correction } from '../../renderer/texts/correction.ts';
import { guard } from '../../renderer/texts/guard.ts';
import { lanes } from '../../renderer/texts/lanes.ts';
import { overtime } from '../../renderer/texts/overtime.ts';
import { reports } from '../../renderer/texts/reports.ts';
import { shifts } from '../../renderer/texts/shifts.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, eachSection, openSection, screenFaults, setUpKiosk, sizeFaults, testAdmin, typeAsScanner } from './screen-checks.ts';

const today = workDateOf(Date.now());
const sizes = [
  { width: 1280, height: 800, themes: ['light', 'dark', 'sun'] }, { width: 1366, height: 768, themes: ['light'] }, { width: 1920, height: 1080, themes: ['light'] }, { width: 1080, height: 1920, themes: ['light'] },
] as const;

let kiosk: KioskUnderTest;
let page: Page;

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out === undefined) return;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: path.join(out, `${name}.png`) });
}

/** What stands wider than the drawer's content: a page that scrolls sideways, other than a list that is meant to. */
function wideParts(): Promise<string[]> {
  return page.locator('.section-panel').evaluateAll((panels) => panels
    .filter((panel) => panel.scrollWidth > panel.clientWidth + 1).map((panel) => `${panel.scrollWidth} in ${panel.clientWidth}`));
}

/** The way through the drawer, of which nothing may hide. */
function hiddenSections(): Promise<string[]> {
  return page.locator('.section-list').evaluateAll((lists) => lists.filter((e) => e.scrollHeight > e.clientHeight + 1).map((e) => `sections ${e.scrollHeight} in ${e.clientHeight}`));
}

beforeAll(async () => {
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, admin: testAdmin, hub: null, demo: true,
    lanes: [{ lane: 'vao', name: 'Làn vào', direction: 'in', input: 'any' }, { lane: 'ra', name: 'Làn ra', direction: 'out', input: 'camera' }],
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  const workers = Array.from({ length: 40 }, (_, n) => demoWorker(n, today)).filter((worker) => worker.startDate! <= today && worker.endDate === null && !worker.barred);
  for (const { workerId } of workers.slice(0, 6)) {
    await typeAsScanner(page, workerId);
    await page.locator('.answer').first().waitFor();
  }
  await typeAsScanner(page, 'KHONGAI999');
  await page.getByRole('button', { name: 'Giám sát' }).click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await page.getByRole('tab').first().waitFor();
});
afterAll(() => kiosk?.close());

describe('every section of the supervisor’s drawer', () => {
  it.each(sizes)('is whole on a screen of $width × $height: nothing cut, nothing wider than its place, no words of programmers, in each of its looks', async (size) => {
    const { themes, width, height } = size;
    await page.setViewportSize({ width, height });
    const faults: string[] = [];
    for await (const name of eachSection(page)) {
      // What is being loaded stands there as grey bars, what is being worked out as a line.
      await page.locator('.section-panel').locator('.skeleton, .progress').first().waitFor({ state: 'detached' });
      for (const theme of themes) {
        await page.evaluate((to) => { document.documentElement.dataset['theme'] = to; }, theme);
        await page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity));
        await picture(`drawer-${width}-${theme}-${name}`);
        // Colours are looked at in each look, what has a size in one of them, names and roles at one size.
        const found = theme !== themes[0] ? await axeProblems(page)
          : [...await (size === sizes[0] ? screenFaults(page) : sizeFaults(page)), ...await wideParts(), ...await hiddenSections()];
        faults.push(...found.map((fault) => `${name} ${theme}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });

  it.each([
    [guard.tabs.visitors, guard.visitors.add], [guard.tabs.inside, guard.inside.start], [correction.tab, correction.outage], [overtime.tab, overtime.settings], [shifts.tab, shifts.add],
    [reports.tab, reports.settings.button], [lanes.tab, lanes.add], [admin.tabs.settings, cameraTexts.open], [admin.tabs.settings, admin.users.add],
  ])('of “%s” the window “%s” stands whole on 1280 × 800 and 1366 × 768, ends by Escape, and the focus goes back to what opened it', async (section, opens) => {
    for (const size of sizes.slice(0, 2)) {
      await page.setViewportSize({ width: size.width, height: size.height });
      await page.evaluate(() => { document.documentElement.dataset['theme'] = 'light'; });
      await openSection(page, section);
      const opener = page.locator('.section-panel').getByRole('button', { name: opens, exact: true });
      await opener.click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await picture(`dialog-${size.width}-${opens}`);
      expect(await (size === sizes[0] ? screenFaults(page) : sizeFaults(page))).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => opener.evaluate((e) => e === document.activeElement)).toBe(true);
    }
  });

  it('no screen complained', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
