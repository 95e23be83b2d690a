import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSiteFile, siteFile } from '../../electron/service/site/site-file.ts';
import { joinBySecret } from '../../electron/service/site/site-secret.ts';
import { readGates, type Store } from '../../electron/store/index.ts';
import { admin } from '../../renderer/texts/admin.ts';
import { site } from '../../renderer/texts/site.ts';
import { gateClock, openGate, scanAt, tellWorker, worker } from '../fixtures/site-gates.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, openSection, seen, setUpKiosk, smallTargets, testAdmin, wordFaults } from './screen-checks.ts';

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;
let other: Store;

const button = (name: string) => page.getByRole('button', { name, exact: true });

/** What axe finds, targets too small for a finger, texts that do not fit. */
async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...(await smallTargets(page)).filter((target) => !target.startsWith(' ')), ...await cutTexts(page), ...await wordFaults(page)];
}

/** Kept for whoever looks, where a folder for them is named. */
async function picture(name: string): Promise<void> {
  const out = process.env['MOTCUA_PICTURES'];
  if (out !== undefined) await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
}

/** Where the file lies that a press saves; nobody is there to answer the system's window. */
async function saved(name: string, press: () => Promise<void>): Promise<string> {
  const file = path.join(folder, name);
  await kiosk.app.evaluate(({ session }, savePath) => { session.defaultSession.once('will-download', (_event, item) => item.setSavePath(savePath)); }, file);
  await press();
  await expect.poll(() => existsSync(file) && statSync(file).size > 0, { timeout: 10_000 }).toBe(true);
  return file;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-site-'));
  other = openGate(folder, 2, gateClock(Date.now()), new Uint8Array(32).fill(9));
  kiosk = await launchKiosk();
  page = kiosk.page;
  page.setDefaultTimeout(10_000);
  await page.setViewportSize({ width: 1366, height: 768 });
  await setUpKiosk(page, {
    mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'both', input: 'any' }],
    admin: testAdmin, hub: null, demo: false,
  });
  await page.getByText('Quét thẻ tại đầu đọc').waitFor({ timeout: 30_000 });
  await button('Giám sát').click();
  await page.getByLabel('Mã PIN hoặc mật khẩu').fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await openSection(page, site.tab);
});
afterAll(async () => {
  await kiosk?.close();
  other?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the section of gates', () => {
  it('says, while no other gate is known, how one becomes known', async () => {
    expect(await seen(page.getByText(site.aloneHint))).toBe(true);
    expect(await seen(page.getByText(site.clock.right))).toBe(true);
    await picture('site-alone');
    expect(await faults()).toEqual([]);
    expect(await page.getByText(admin.title).count()).toBeGreaterThan(0);
  });

  it('makes a key for another gate, whose file is then taken and told of, and gives one that the other takes', async () => {
    const key = await saved('khoa.mckey', () => button(site.join.make).click());
    const code = await page.locator('strong.digits').textContent();
    await joinBySecret(other, { text: readFileSync(key, 'utf8'), code: code ?? '', actor: 'gs' });
    tellWorker(other, worker('W0'));
    scanAt(other, 'W0', Date.now());
    const file = path.join(folder, 'cong-2.mcsite');
    writeFileSync(file, siteFile(other, { since: 0 }).content);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(site.file.import).click()]);
    await chooser.setFiles(file);
    expect(await seen(page.getByText(/Đã nhận \d+ bản ghi mới từ Cổng 2/))).toBe(true);
    expect(await seen(page.locator('.user').filter({ hasText: 'Cổng 2' }).getByText(/bằng tệp/))).toBe(true);
    await picture('site-two');
    expect(await faults()).toEqual([]);
    const made = await saved('cong-1.mcsite', () => button(site.file.export).click());
    expect(await importSiteFile(other, readFileSync(made))).toMatchObject({ quarantined: 0 });
    expect(readGates(other, Date.now(), '').some(({ heardBy }) => heardBy === 'file')).toBe(true);
  });

  it('refuses a damaged file with a sentence, and listens on the LAN when it is told to', async () => {
    const file = path.join(folder, 'hong.mcsite');
    writeFileSync(file, Buffer.concat([siteFile(other, { since: 0 }).content.subarray(0, 200)]));
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(site.file.import).click()]);
    await chooser.setFiles(file);
    expect(await seen(page.getByText(/Tệp liên cổng bị hỏng/))).toBe(true);
    await page.getByText(site.lan.on).click();
    await page.getByLabel(site.lan.address).fill('127.0.0.1');
    await page.getByLabel(site.lan.port, { exact: true }).fill('18490');
    await page.getByLabel(site.lan.peers).fill('127.0.0.1:18491');
    await button(site.lan.save).click();
    expect(await seen(page.getByText(/đang nghe ở 127\.0\.0\.1:18490/))).toBe(true);
    expect(await seen(page.getByText(/Không kết nối được cổng kia/))).toBe(true);
    await picture('site-lan');
    expect(await faults()).toEqual([]);
  });
});
