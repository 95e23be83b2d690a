import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counterTexts as texts } from '../../renderer/texts/counter.ts';
import { problems } from '../../shared/contracts/problems.ts';
import { login } from '../../renderer/texts/login.ts';
import { makeCameraFeed } from '../fixtures/camera-feed.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, setUpKiosk, smallTargets, testAdmin, typeAsScanner, wordFaults } from './screen-checks.ts';

/** Invented: a QR as on a card of 2021. */
const qrText = '035190001234|168123456|Đặng Thị Mỵ|05091990|Nữ|Thôn Phú Viên, xã Lam Cầu, tỉnh Ninh Bình|15062021';
const name = 'Đặng Thị Mỵ';

let kiosk: KioskUnderTest;
let page: Page;
let folder: string;
let paper: Buffer;

const button = (label: string) => page.getByRole('button', { name: label, exact: true }).first();
const scan = (fileName: string) => page.getByRole('button', { name: texts.scan.open(fileName) }).first();
const present = (text: string) => page.getByText(text).first().waitFor({ timeout: 20_000 });

/** What axe finds, targets too small for a finger, texts that do not fit. */
async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...await smallTargets(page), ...await cutTexts(page), ...await wordFaults(page)];
}

async function logIn(): Promise<void> {
  await page.getByLabel(login.secret, { exact: true }).fill(testAdmin.secret);
  await page.keyboard.press('Enter');
}

async function attach(fileName: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles({ name: fileName, mimeType: 'image/png', buffer: paper });
  await scan(fileName).waitFor({ timeout: 20_000 });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-counter-'));
  const camera = path.join(folder, 'card.mjpeg');
  await makeCameraFeed(camera, [qrText], { hold: 60, gap: 10 });
  paper = await sharp({ create: { width: 620, height: 877, channels: 3, background: '#fbf9f2' } }).png().toBuffer();
  kiosk = await launchKiosk({ camera });
  page = kiosk.page;
  await page.setViewportSize({ width: 1366, height: 768 });
  await setUpKiosk(page, {
    mode: 'counter', unit: { code: 'H42.18', name: 'Trung tâm Phục vụ hành chính công xã Lam Cầu' }, lanes: [], hub: null, demo: false, admin: testAdmin,
  });
  await logIn();
  await present(texts.home.empty);
});
afterAll(async () => {
  await kiosk?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a case at the counter, from the card to the handed-over result', () => {
  it('an empty work list says what to do first', async () => {
    await present(texts.home.emptyHint);
    expect(await faults()).toEqual([]);
  });

  it('a scanner that plays keyboard and loses the marks is told of, with the setting to change', async () => {
    await typeAsScanner(page, '035190001234|168123456|Dang Thi My|05091990|Nu|Thon Phu Vien, xa Lam Cau, tinh Ninh Binh|15062021');
    await present(problems['qr-garbled'].vi);
    expect(await page.getByText(texts.citizen.nobody).count()).toBe(1);
    await page.keyboard.press('Escape');
    await present(texts.home.empty);
  });

  it('the QR of a card before the camera fills the citizen panel, as a claim', async () => {
    await page.keyboard.press('F2');
    expect(await faults()).toEqual([]);
    await page.getByRole('tab', { name: texts.identify.way.qr }).click();
    await present(texts.identify.done(name));
    const panel = page.getByRole('complementary', { name: texts.citizen.heading });
    expect(await panel.innerText()).toContain('035 190 001 234');
    expect(await panel.getByText(texts.citizen.chip('qr', 'claimed', false)).count()).toBeGreaterThan(3);
    expect(await faults()).toEqual([]);
  });

  it('a procedure is found without accents and chosen by keyboard', async () => {
    await page.locator('h2').first().click();
    await page.keyboard.press('Enter');
    await page.getByLabel(texts.procedure.search).fill('dang ky khai sinh');
    await page.getByRole('option', { name: 'Cấp hộ chiếu phổ thông' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.locator('.procedure-sheet').waitFor();
    expect(await faults()).toEqual([]);
    await button(texts.next).click();
  });

  it('components are recorded and a scan from a file is attached, looked at, and turned', async () => {
    const rest = button(texts.components.takeRest);
    if (await rest.isVisible()) await rest.click();
    await present(texts.components.complete);
    if (await page.locator('input[type=file]').count() === 0) {
      await page.locator('.component').first().getByText(texts.components.origin['paper-original'], { exact: true }).click();
    }
    await attach('to-khai.png');
    await scan('to-khai.png').click();
    await button(texts.scan.viewer.rotate).click();
    await page.locator('.viewer-sheet img').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await faults()).toEqual([]);
    await button(texts.next).click();
  });

  it('the service dies while the officer confirms: after the log-in everything entered is still there', async () => {
    await present(texts.confirm.heading);
    await page.getByLabel(texts.confirm.phone).fill('0912 345 678');
    await button(texts.intake.abandon).click();
    await present(texts.intake.abandonAsk);
    process.kill(await kiosk.servicePid(), 'SIGKILL');
    await page.getByLabel(login.secret, { exact: true }).waitFor({ timeout: 60_000 });
    expect(await page.getByText(name).first().isVisible()).toBe(false);
    expect(await page.getByText(texts.intake.abandonAsk).count()).toBe(0);
    await logIn();
    await button(texts.intake.abandonKeep).click();
    await present(texts.confirm.heading);
    expect(await gone(page.getByText(problems['not-logged-in'].vi))).toBe(true);
    expect(await page.getByLabel(texts.confirm.phone).inputValue()).toBe('0912 345 678');
    expect(await faults()).toEqual([]);
  });

  it('the dossier is received with a code, and its receipt is on screen as it will be printed', async () => {
    await button(texts.confirm.go).click();
    await present(texts.saved.heading);
    expect(await page.locator('.saved-code').innerText()).toMatch(/^H42\.18-\d{6}-[0-9A-Z]+$/);
    await page.getByRole('img', { name: texts.saved.previewPage(1) }).waitFor({ timeout: 30_000 });
    expect(await faults()).toEqual([]);
  });

  it('the result is digitised: scan, number, day, signer', async () => {
    await button(texts.saved.view).click();
    await button(texts.dossier.digitise).click();
    await button(texts.dossier.digitiseGo).click();
    await present(texts.dossier.scanNeeded);
    await attach('ket-qua.png');
    await page.getByLabel(texts.dossier.resultNumber).fill('15/XN-UBND');
    await page.getByLabel(texts.dossier.resultIssued).fill('20/11/2026');
    await page.getByLabel(texts.dossier.resultSigner).fill('Phạm Quốc Dũng');
    await button(texts.dossier.digitiseGo).click();
    await present(texts.status.resolved);
    expect(await faults()).toEqual([]);
  });

  it('whoever collects is identified at the hand-over and compared with the owner', async () => {
    await button(texts.dossier.handOver).click();
    await present(texts.identify.headingReceiver);
    await page.getByRole('tab', { name: texts.identify.way.qr }).click();
    await present(texts.handOver.sameOwner);
    expect(await faults()).toEqual([]);
    await button(texts.handOver.go).click();
    await present(texts.handOver.doneHeading);
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Enter');
  });

  it('a look-up by a name without accents finds it, and says how many are left', async () => {
    await page.getByLabel(texts.search.label).fill('dang thi my');
    await page.keyboard.press('Enter');
    await present(texts.search.results(1, 'dang thi my'));
    await present(texts.status['handed-over']);
    expect(await page.getByText(/^Còn \d+ lượt tra cứu/).count()).toBe(1);
    expect(await faults()).toEqual([]);
  });

  it('no screen of the case complained', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
