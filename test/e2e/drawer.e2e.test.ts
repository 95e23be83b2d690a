import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { eachSection, screenFaults, setUpKiosk, testAdmin, typeAsScanner } from './screen-checks.ts';

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
  it.each(sizes)('is whole on a screen of $width × $height: nothing cut, nothing wider than its place, no words of programmers, in each of its looks', async ({ themes, ...size }) => {
    await page.setViewportSize(size);
    const faults: string[] = [];
    for await (const name of eachSection(page)) {
      // What is being loaded stands there as grey bars, what is being worked out as a line.
      await page.locator('.section-panel').locator('.skeleton, .progress').first().waitFor({ state: 'detached' });
      for (const theme of themes) {
        await page.evaluate((to) => { document.documentElement.dataset['theme'] = to; }, theme);
        await page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity));
        await picture(`drawer-${size.width}-${theme}-${name}`);
        const found = [...await screenFaults(page), ...await wideParts(), ...await hiddenSections()];
        faults.push(...found.map((fault) => `${name} ${theme}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });

  it('no screen complained', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
