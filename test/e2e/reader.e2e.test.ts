import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { counterTexts } from '../../renderer/texts/counter.ts';
import { login } from '../../renderer/texts/login.ts';
import { readerTexts as texts } from '../../renderer/texts/reader.ts';
import { bankCard, insertOtherCard, type OtherCard } from '../fixtures/reader/other-card.ts';
import { mostWrongKeys } from '../../shared/domain/chip-key.ts';
import { ServiceRelay } from '../fixtures/reader/service-relay.ts';
import { issueCard, type IssuedCard } from '../virtual-card/issue.ts';
import { startPcscd, type Pcscd } from '../virtual-card/pcscd.ts';
import type { CardProfileInput } from '../virtual-card/profile.ts';
import { insertVirtualCard, vpcdPorts, type InsertedCard } from '../virtual-card/vpcd.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, setUpKiosk, smallTargets, testAdmin, typeAsScanner } from './screen-checks.ts';

// Far from the reader's own tries: the chip answers to nothing that can be computed from its QR.
const ownCan = '424242';
const lateExpiry = '2031-03-04';
const [firstPort, port] = vpcdPorts;

let pcscd: Pcscd;
let relay: ServiceRelay;
let kiosk: KioskUnderTest;
let page: Page;
let folder: string;
const inserted: (InsertedCard | OtherCard)[] = [];

const moment = (picture: string) => page.locator(`[data-moment="${picture}"]`);
const button = (label: string) => page.getByRole('button', { name: label, exact: true }).first();
const present = (text: string) => page.getByText(text).first().waitFor({ timeout: 30_000 });

async function insert(card: CardProfileInput | IssuedCard, at: number = port): Promise<IssuedCard> {
  const issued = 'files' in card ? card : issueCard(card);
  inserted.push(await insertVirtualCard({ port: at, card: issued }));
  return issued;
}

/** What the screens of the kiosk may not have, in both themes; with a folder given, their pictures are left there. */
async function faults(name: string): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((to) => { document.documentElement.dataset['theme'] = to; }, theme);
    // Colours that fade from one theme to the other would be measured half-way.
    await page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity));
    const shots = process.env['MOTCUA_SHOTS'];
    if (shots !== undefined) {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: path.join(shots, `${name}-${theme}.png`) });
    }
    found.push(...await axeProblems(page), ...await smallTargets(page), ...await cutTexts(page));
  }
  await page.evaluate(() => { document.documentElement.dataset['theme'] = 'light'; });
  return found;
}

async function request(name: string, input: unknown): Promise<unknown> {
  return page.evaluate(([what, given]) => (window as unknown as { kiosk: { request(n: unknown, i: unknown): Promise<unknown> } }).kiosk.request(what, given), [name, input]);
}

async function takeOut(): Promise<void> {
  for (const card of inserted.splice(0)) await card.remove();
}

/** Ends the intake that is open and begins an empty one. */
async function beginAnew(): Promise<void> {
  if (await page.getByRole('dialog').count() > 0) await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog'));
  if (await button(counterTexts.intake.abandon).isVisible()) {
    await button(counterTexts.intake.abandon).click();
    await page.getByRole('dialog').getByRole('button', { name: counterTexts.intake.abandon }).click();
  }
  await button(counterTexts.home.intake).waitFor();
  await page.keyboard.press('F2');
  await present(counterTexts.identify.heading);
}

beforeAll(async () => {
  pcscd = await startPcscd();
  folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-reader-'));
  relay = new ServiceRelay(path.join(folder, 'pcscd.comm'));
  kiosk = await launchKiosk({ env: { PCSCLITE_CSOCK_NAME: relay.socket } });
  page = kiosk.page;
  await page.setViewportSize({ width: 1280, height: 800 });
  await setUpKiosk(page, {
    mode: 'counter', unit: { code: 'H42.18', name: 'Trung tâm Phục vụ hành chính công xã Lam Cầu' }, lanes: [], hub: null, demo: false, admin: testAdmin,
  });
  await page.getByLabel(login.secret, { exact: true }).fill(testAdmin.secret);
  await page.keyboard.press('Enter');
  await present(counterTexts.home.empty);
});
afterEach(async () => {
  await takeOut();
  // The reader service looks for cards only now and then: one put in at once would pass for the one before.
  for (const deadline = Date.now() + 10_000; (await request('reader/state', {}) as { state: string }).state === 'card'; await sleep(50)) {
    if (Date.now() > deadline) throw new Error('the reader still tells of the card that was taken out');
  }
  await beginAnew();
});
afterAll(async () => {
  await kiosk?.close();
  await relay?.stop();
  await pcscd?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the card reader tells by one picture and one sentence what to do', () => {
  it('the reader service does not run: said, and the screen goes on by itself when it starts', async () => {
    await page.keyboard.press('F2');
    await moment('service').waitFor();
    expect(await faults('service')).toEqual([]);
    await relay.start();
    await moment('lay').waitFor({ timeout: 30_000 });
    expect(await faults('place')).toEqual([]);
  });

  it('the chosen reader is unplugged: named, and another one can be chosen', async () => {
    await request('reader/choose', { name: 'ACS ACR39U ICC Reader 00 00' });
    await moment('plug').waitFor();
    expect(await faults('chosen-missing')).toEqual([]);
    await button(texts.chooseGo).click();
    await page.getByRole('dialog').getByText('Virtual PCD 00 01').click();
    expect(await faults('choice')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: counterTexts.save }).click();
    await moment('lay').waitFor();
    expect(await request('reader/state', {})).toMatchObject({ chosen: 'Virtual PCD 00 01', inUse: 'Virtual PCD 00 01' });
  });

  it('cards on two readers and none chosen: asked, not guessed', async () => {
    await request('reader/choose', { name: null });
    await insert({}, firstPort);
    await insert({});
    await moment('choose').waitFor({ timeout: 30_000 });
    expect(await faults('choose')).toEqual([]);
    await takeOut();
    await request('reader/choose', { name: 'Virtual PCD 00 01' });
    await moment('lay').waitFor({ timeout: 30_000 });
  });

  it('a bank card is told as one', async () => {
    inserted.push(await insertOtherCard(port, bankCard));
    await moment('bank').waitFor({ timeout: 30_000 });
    expect(await faults('bank')).toEqual([]);
    await takeOut();
    await moment('lay').waitFor({ timeout: 30_000 });
  });

  it('a card alone: the screen asks for its QR or six digits, and shows where they stand', async () => {
    await insert({});
    await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
    expect(await faults('ask-can')).toEqual([]);
  });
});

describe('the administrator', () => {
  it('tests the readers: what each is, and what the card in it answers without a key', async () => {
    await insert({});
    await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
    await button(common.administration).click();
    await page.getByRole('tab', { name: admin.tabs.check }).click();
    await button(texts.test.go).click();
    await present('PACE hoặc BAC');
    await page.getByText('PACE hoặc BAC').first().scrollIntoViewIfNeeded();
    expect(await faults('test')).toEqual([]);
    await page.getByRole('tab', { name: admin.tabs.settings }).click();
    await page.getByText(texts.choice.label, { exact: true }).first().waitFor();
    expect(await faults('settings')).toEqual([]);
  });
});

describe('what the chip tells', () => {
  it('its QR alone opens it; the state of trust is on top, the face is there for the officer until the case is closed', async () => {
    const { qr } = await insert({ faceBytes: 15_000 });
    await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
    await typeAsScanner(page, ascii(qr));
    await present(counterTexts.identify.done('Nguyễn Văn An'));
    await page.getByRole('img', { name: texts.face.label }).waitFor();
    await page.locator('[data-trust="intact"]').waitFor();
    expect(await faults('face')).toEqual([]);
    await button(texts.trust.why).click();
    expect(await page.locator('.verdict').count()).toBe(6);
    expect(await faults('intact')).toEqual([]);
    const blob = await page.getByRole('img', { name: texts.face.label }).getAttribute('src');
    await beginAnew();
    expect(await page.evaluate((url) => new Promise((resolve) => {
      const picture = new Image();
      picture.onload = () => { resolve('there'); };
      picture.onerror = () => { resolve('gone'); };
      picture.src = url ?? '';
    }), blob)).toBe('gone');
  });

  it('the card is taken too early: said, and put back it is read with the same key, without a press', async () => {
    const card = issueCard({ faceBytes: 60_000, faults: { noExtended: true, slowMs: 120 } });
    await insert(card);
    await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
    await page.getByLabel(texts.key.can).fill(card.can);
    await button(texts.key.go).click();
    await page.getByText(texts.readFace.title).waitFor({ timeout: 30_000 });
    expect(await faults('reading')).toEqual([]);
    await takeOut();
    await moment('moved').waitFor({ timeout: 30_000 });
    expect(await faults('moved')).toEqual([]);
    await insert({ ...card.profile, faults: {} });
    await present(counterTexts.identify.done('Nguyễn Văn An'));
  });

  it('a forged chip cannot be overlooked', async () => {
    const { can } = await insert({ faults: { corruptHash: 'DG13' } });
    await openByCan(can);
    await page.locator('[data-trust="failed"]').waitFor({ timeout: 30_000 });
    expect(await button(counterTexts.next).isDisabled()).toBe(true);
    expect(await page.getByText(counterTexts.identify.done('Nguyễn Văn An')).count()).toBe(0);
    expect(await faults('failed')).toEqual([]);
  });

  it('an issuer that the administrator trusts: the chip is genuine', async () => {
    const card = issueCard({ active: {} });
    const { token } = await importCsca(card.csca);
    await request('trust/import', { token, countries: null, confirmed: true });
    await insert(card);
    await openByCan(card.can);
    await page.locator('[data-trust="genuine"]').waitFor({ timeout: 30_000 });
    expect(await faults('genuine')).toEqual([]);
  });

  it('every difference between QR, chip and MRZ stands in one table', async () => {
    const { qr } = await insert({ faults: { dg13: 'other-person' } });
    await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
    await typeAsScanner(page, ascii(qr));
    const table = page.getByRole('table', { name: texts.compare.title });
    await table.getByText(texts.compare.columns.mrz).waitFor();
    const odd = await table.locator('td[data-odd]').count();
    expect(odd).toBeGreaterThan(0);
    expect(await faults('compare')).toEqual([]);
    await button(counterTexts.next).click();
    await page.getByRole('button', { name: /điểm khác nhau/ }).click();
    expect(await page.getByRole('dialog').locator('td[data-odd]').count()).toBe(odd);
    expect(await page.getByRole('img', { name: texts.face.label }).count()).toBe(0);
    expect(await faults('compare-later')).toEqual([]);
  });

  it('a chip that its QR does not open: the date is asked for, then the lines, each with its place on the card, and then no more', async () => {
    const { qr } = await insert({ can: ownCan, person: { expiresOn: lateExpiry } });
    await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
    await typeAsScanner(page, ascii(qr));
    await page.locator('[data-asked="expiry"]').waitFor({ timeout: 30_000 });
    expect(await faults('ask-expiry')).toEqual([]);
    await page.getByLabel(texts.key.expiry).fill('01/01/2030');
    await button(texts.key.go).click();
    await page.locator('[data-asked="mrz"]').waitFor({ timeout: 30_000 });
    expect(await faults('ask-mrz')).toEqual([]);
    await button(texts.key.pick.expiry).click();
    await page.getByLabel(texts.key.expiry).fill('04/03/2031');
    await button(texts.key.go).click();
    await present(counterTexts.identify.done('Nguyễn Văn An'));
  });

  it('too many wrong keys: the screen stops asking', async () => {
    await insert({ can: ownCan });
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await page.locator('[data-asked]').first().waitFor({ timeout: 30_000 });
      if (await page.locator('[data-asked="mrz"]').isVisible()) await button(texts.key.pick['qr-or-can']).click();
      await page.getByLabel(texts.key.can).fill(`00000${wrong}`);
      await button(texts.key.go).click();
      // The form stands until the reader has answered: only the count tells that this try is over.
      if (wrong < 4) await present(texts.key.wrong(wrong + 1, mostWrongKeys));
    }
    await page.locator('[data-asked="stop"]').waitFor({ timeout: 30_000 });
    expect(await faults('stop')).toEqual([]);
  });

  it('a foreign passport is shown by its own number, and no dossier is begun with it', async () => {
    const card = issueCard({ document: { format: 'TD3' } });
    await insert(card);
    await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
    await button(texts.key.pick.mrz).click();
    await page.getByLabel(texts.key.mrz).fill(card.mrz.join('\n'));
    await button(texts.key.go).click();
    await present(texts.document.noId);
    expect(await button(counterTexts.next).isDisabled()).toBe(true);
    expect(await faults('passport')).toEqual([]);
  });

  it('no screen complained, but for the picture that was gone', () => {
    expect(kiosk.complaints.filter((line) => line.startsWith('error') && !line.includes('ERR_FILE_NOT_FOUND'))).toEqual([]);
  });
});

async function openByCan(can: string): Promise<void> {
  await page.locator('[data-asked="qr-or-can"]').waitFor({ timeout: 30_000 });
  await page.getByLabel(texts.key.can).fill(can);
  await button(texts.key.go).click();
}

/** A keyboard scanner sends what keyboards can; the digits that open the chip are all there. */
function ascii(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

async function importCsca(der: Uint8Array): Promise<{ token: string }> {
  return page.evaluate(async (bytes) => {
    const { kiosk: bridge } = window as unknown as { kiosk: { request(n: string, i: unknown): Promise<{ token: string }> } };
    return bridge.request('trust/preview', { fileName: 'csca.cer', content: Uint8Array.from(bytes) });
  }, [...der]);
}
