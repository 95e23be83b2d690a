import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { counterTexts } from '../../renderer/texts/counter.ts';
import { launchKiosk } from '../e2e/harness.ts';
import { makeCameraFeed } from '../fixtures/camera-feed.ts';
import { openSerialPair, type SerialPair } from '../fixtures/serial-pair.ts';
import { insertVirtualCard, type InsertedCard } from '../virtual-card/vpcd.ts';
import type { Ledger } from './ledger.ts';
import { allSent, ask, Camera, enrol, setUp } from './page-driver.ts';
import { drawPaper } from './paper.ts';
import { citizens, qrTextOf } from './people.ts';

export interface CounterActOptions {
  folder: string;
  screens: string;
  hubUrl: string;
  code: string;
  ledger: Ledger;
}

type Way = 'can' | 'qr-and-chip' | 'camera' | 'scanner';
interface Case { citizen: (typeof citizens)[number]; way: Way; search: string; collector: 'owner' | 'other' }

const cases: readonly Case[] = [
  { citizen: citizens[0]!, way: 'can', search: 'khai sinh', collector: 'owner' },
  { citizen: citizens[1]!, way: 'qr-and-chip', search: 'kết hôn', collector: 'owner' },
  { citizen: citizens[2]!, way: 'camera', search: 'đất', collector: 'other' },
  { citizen: citizens[3]!, way: 'scanner', search: 'tạm trú', collector: 'owner' },
  { citizen: citizens[4]!, way: 'qr-and-chip', search: 'khai sinh', collector: 'owner' },
];

/** Five cases from card to handed-over result. Returns the store's folder. */
export async function playCounter({ folder, screens, hubUrl, code, ledger }: CounterActOptions): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const feed = path.join(folder, 'camera.mjpeg');
  await makeCameraFeed(feed, [qrTextOf(citizens[2]!)], { hold: 60, gap: 6 });
  const serial = await openSerialPair(folder);
  const kiosk = await launchKiosk({ dataDir: folder, camera: feed, readers: true });
  const { page } = kiosk;
  const camera = new Camera(page, screens);
  try {
    await ledger.step('Quầy: thiết lập lần đầu', () => setUp(page, camera, { mode: 'counter' }));
    await ledger.step('Quầy: ghi danh với máy chủ, chọn cổng COM', async () => {
      await page.getByRole("button", { name: common.administration }).click();
      await page.getByRole('tab', { name: admin.tabs.settings }).click();
      await enrol(page, hubUrl, code);
      await camera.shoot('counter-settings');
      await page.getByRole('dialog').getByText(common.close, { exact: true }).click();
      await ask(page, 'settings/set', { serialPath: serial.kiosk });
    });
    await page.getByRole('heading', { name: counterTexts.home.heading }).waitFor();
    await camera.shoot('counter-home');
    for (const [index, one] of cases.entries()) {
      await ledger.step(`Quầy: trường hợp ${index + 1} (${one.way}), từ thẻ đến trả kết quả`, () => playCase(page, camera, serial, one, index), (dossier) => dossier);
    }
    await search(page, camera);
    await ledger.step('Quầy: gửi hết hồ sơ và bản quét', () => allSent(page, 120_000));
    const complaints = kiosk.complaints.filter((line) => line.startsWith('error'));
    ledger.check('Quầy: màn hình không báo lỗi', complaints.length === 0, complaints.slice(0, 3).join(' / ') || 'không');
  } finally {
    await kiosk.close();
    await serial.close();
  }
  return path.join(folder, 'kiosk');
}

async function playCase(page: Page, camera: Camera, serial: SerialPair, one: Case, index: number): Promise<string> {
  const shoot = (name: string): Promise<void> => camera.shoot(`counter-${index + 1}-${name}`);
  await page.getByRole('button', { name: counterTexts.home.intake }).first().click();
  await identify(page, serial, one.way, one.citizen, shoot);
  await shoot('1-citizen');
  await go(page, counterTexts.next);
  await page.getByLabel(counterTexts.procedure.search).fill(one.search);
  await page.getByRole('listbox', { name: counterTexts.procedure.list }).getByRole('option').first().click();
  await shoot('2-procedure');
  await go(page, counterTexts.next);
  await page.getByRole('heading', { name: counterTexts.components.heading }).waitFor();
  const rest = page.getByRole('button', { name: counterTexts.components.takeRest });
  if (await rest.isVisible()) await rest.click();
  const files = page.locator('input[type=file]');
  if (await files.count() > 0) {
    await files.first().setInputFiles({ name: 'giay-to.jpg', mimeType: 'image/jpeg', buffer: await drawPaper('TỜ KHAI', `Người khai: ${one.citizen.fullName} (mẫu ${index + 1})`) });
    await page.getByRole('button', { name: 'giay-to.jpg' }).first().waitFor();
  }
  await shoot('3-components');
  await go(page, counterTexts.next);
  await page.getByRole('heading', { name: counterTexts.confirm.heading }).waitFor();
  await shoot('4-confirm');
  await go(page, counterTexts.confirm.go);
  await page.getByText(counterTexts.saved.heading).waitFor();
  await page.getByRole('button', { name: counterTexts.saved.print }).and(page.locator(':enabled')).waitFor({ timeout: 20_000 });
  const dossierCode = (await page.locator('.saved-code').innerText()).trim();
  await shoot('5-saved');
  await go(page, counterTexts.saved.view);
  await go(page, counterTexts.dossier.digitise);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'ket-qua.jpg', mimeType: 'image/jpeg', buffer: await drawPaper('KẾT QUẢ GIẢI QUYẾT', `Hồ sơ ${dossierCode}`) });
  await page.getByRole('button', { name: 'ket-qua.jpg' }).first().waitFor();
  await page.getByLabel(counterTexts.dossier.resultNumber).fill(`${index + 1}/KQ-2026`);
  await page.getByLabel(counterTexts.dossier.resultIssued).fill(dayText());
  await page.getByLabel(counterTexts.dossier.resultSigner).fill('Vũ Minh Ký');
  await shoot('6-digitise');
  await go(page, counterTexts.dossier.digitiseGo);
  await go(page, counterTexts.dossier.handOver);
  const other = citizens[0]!.personalId === one.citizen.personalId ? citizens[1]! : citizens[0]!;
  await identify(page, serial, one.way === 'camera' ? 'scanner' : one.way, one.collector === 'owner' ? one.citizen : other, () => Promise.resolve());
  if (one.collector === 'other') await page.getByLabel(counterTexts.handOver.authorisation).fill('Giấy ủy quyền số 15/2026, UBND phường Mẫu');
  await shoot('7-hand-over');
  await go(page, counterTexts.handOver.go);
  await page.getByRole('heading', { name: counterTexts.handOver.doneHeading }).waitFor();
  await shoot('8-done');
  await go(page, counterTexts.saved.home);
  await page.getByRole('heading', { name: counterTexts.home.heading }).waitFor();
  return dossierCode;
}

async function identify(page: Page, serial: SerialPair, way: Way, citizen: Case['citizen'], shoot: (name: string) => Promise<void>): Promise<void> {
  const text = qrTextOf(citizen);
  let card: InsertedCard | null = null;
  await page.getByRole('tab', { name: counterTexts.identify.way.card }).waitFor();
  await shoot('0-identify');
  if (way === 'can' || way === 'qr-and-chip') {
    card = await insertVirtualCard({ profile: { person: {
      personalId: citizen.personalId, fullName: citizen.fullName, birthDate: citizen.birthDate, sex: citizen.sex, residence: citizen.residence, issuedOn: '2022-05-10',
    } } });
    await page.getByLabel(counterTexts.identify.can).waitFor({ timeout: 20_000 });
  }
  if (way === 'can') {
    await page.getByLabel(counterTexts.identify.can).fill(citizen.personalId.slice(-6));
    await shoot('0-key');
    await page.getByRole('button', { name: counterTexts.identify.canGo }).click();
  } else if (way === 'camera') {
    await page.getByRole('tab', { name: counterTexts.identify.way.qr }).click();
    const on = page.getByRole('button', { name: counterTexts.identify.camera });
    if (await on.isVisible()) await on.click();
  } else await serial.scan(text);
  await page.locator('.desk-panel').getByText(citizen.fullName).first().waitFor({ timeout: 30_000 });
  await card?.remove();
}

/** Presses the one button of that name that can be pressed. */
async function go(page: Page, name: string): Promise<void> {
  // The name is followed by its key, such as "Enter"; it must not match inside another button's words.
  await page.getByRole('button', { name: new RegExp(`^${name}($|\\s)`) }).and(page.locator(':enabled')).first().click();
}

function dayText(): string {
  const [year, month, day] = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

/** A clerk who types without accents finds the dossier. */
async function search(page: Page, camera: Camera): Promise<void> {
  await page.getByRole('searchbox').or(page.getByLabel(counterTexts.search.label)).first().fill('dang quoc my');
  await page.keyboard.press('Enter');
  await page.getByText(/hồ sơ khớp với/).waitFor();
  await camera.shoot('counter-search');
}
