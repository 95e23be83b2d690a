import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { admin } from '../../renderer/texts/admin.ts';
import { common } from '../../renderer/texts/common.ts';
import { gate } from '../../renderer/texts/gate.ts';
import { login } from '../../renderer/texts/login.ts';
import { setup } from '../../renderer/texts/setup.ts';
import { launchKiosk } from '../e2e/harness.ts';
import { eachSection, openSection } from '../e2e/screen-checks.ts';
import { percentile } from '../bench/figure.ts';
import { makeCameraFeed } from '../fixtures/camera-feed.ts';
import { openSerialPair, type SerialPair } from '../fixtures/serial-pair.ts';
import { insertVirtualCard } from '../virtual-card/vpcd.ts';
import { scansFrom, storedWorkers } from './comparison.ts';
import type { Ledger } from './ledger.ts';
import { allSent, Camera, enrol, logIn, setUp } from './page-driver.ts';
import { cardNumbers, qrTextOf, workerTexts } from './people.ts';

export interface GateActOptions {
  folder: string;
  screens: string;
  today: string;
  hubUrl: string;
  code: string;
  ledger: Ledger;
  /** Cuts the hub off, and brings it back. */
  cut(): Promise<void>;
  restore(): Promise<void>;
}

interface PaintedAnswer { outcome: string; direction: string | null; via: string; seq: number; latencyMs: number | null }

const byCamera = 100;
const bySerial = 88;
const byWedge = 12;

/** 200 workers through the gate by camera, serial scanner, keyboard wedge and chip, the hub cut off in the middle. Returns the store's folder. */
export async function playGate(options: GateActOptions): Promise<string> {
  const { folder, screens, today, hubUrl, code, ledger } = options;
  mkdirSync(folder, { recursive: true });
  const feed = path.join(folder, 'camera.mjpeg');
  await ledger.step('Vẽ hình máy ảnh cho 100 công nhân', () => makeCameraFeed(feed, workerTexts(0, byCamera, today), { hold: 9, gap: 4, rest: 240 }));
  const serial = await openSerialPair(folder);
  const kiosk = await launchKiosk({ dataDir: folder, camera: feed, readers: true });
  const { page } = kiosk;
  const camera = new Camera(page, screens);
  const storeDir = path.join(folder, 'kiosk');
  try {
    await ledger.step('Cổng: thiết lập lần đầu, 5.000 công nhân mẫu', () => setUp(page, camera, {
      mode: 'gate', lanes: [{ input: setup.lanes.inputs.any }, { input: setup.lanes.inputs.serial, device: serial.kiosk }],
    }));
    await watchAnswers(page);
    await ledger.step('Cổng: ghi danh với máy chủ', async () => {
      await page.getByRole('button', { name: gate.supervisor }).click();
      const heading = page.locator('.section-list').getByRole('tab').first();
      // Set-up leaves its administrator logged in, unless the idle lock was faster.
      await Promise.race([heading.waitFor(), page.getByLabel(login.secret, { exact: true }).waitFor()]);
      if (!await heading.isVisible()) await logIn(page);
      await openSection(page, admin.tabs.settings);
      await enrol(page, hubUrl, code);
      await camera.shoot('gate-settings');
      await openSection(page, admin.tabs.roster);
      await page.getByText(demoWorker(0, today).workerId).first().waitFor();
      await camera.shoot('gate-roster');
      await openSection(page, admin.tabs.check);
      await camera.shoot('gate-check');
    });
    await ledger.step('Cổng: 200 công nhân (máy ảnh, cổng COM, đầu đọc bàn phím), máy chủ mất giữa chừng', async () => {
      await page.getByRole('button', { name: common.lock, exact: true }).click();
      const serialDone = sendSerial(serial.scan, workerTexts(byCamera, byCamera + bySerial, today));
      await answered(page, 60, 60_000);
      await camera.shoot('gate-answer');
      await options.cut();
      for (const number of cardNumbers(byCamera + bySerial, byCamera + bySerial + byWedge, today)) await typeAsScanner(page, number);
      await serialDone;
      await page.getByText(common.strip.sync.offline).first().waitFor({ timeout: 60_000 });
      await camera.shoot('gate-offline');
      const stored = await workersStored(storeDir, byCamera + bySerial + byWedge, 150_000);
      await options.restore();
      return stored;
    }, (count) => `${count} người khác nhau đã được ghi`);
    // The camera film ends with a while in which nobody stands there.
    await page.locator('.answers').waitFor({ state: 'detached', timeout: 90_000 });
    await page.locator('video').waitFor();
    await camera.shoot('gate-waiting');
    await ledger.step('Cổng: gửi hết về máy chủ', () => allSent(page, 120_000));
    const answers = await readAnswers(page);
    const latencies = answers.filter((a) => a.via === 'camera' || a.via === 'wedge').flatMap((a) => a.latencyMs ?? []);
    const p95 = percentile(latencies, 95);
    ledger.check('Cổng: từ mã đọc được đến câu trả lời trên màn hình (p95 ≤ 150 ms)', p95 <= 150,
      `${latencies.length} lượt: p50 ${percentile(latencies, 50).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, lâu nhất ${Math.max(...latencies).toFixed(0)} ms`);
    const counts = new Map<string, number>();
    for (const { outcome } of answers) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const unanswered = await unansweredScans(page, storeDir, Math.min(...answers.map((a) => a.seq)));
    ledger.check('Cổng: mỗi lượt đã ghi đều có câu trả lời trên màn hình', unanswered.length === 0 && answers.length > 0,
      `${answers.length} câu trả lời (${[...counts].map(([outcome, n]) => `${outcome} ${n}`).join(', ')}), thiếu ${unanswered.length}`);
    const complaints = kiosk.complaints.filter((line) => line.startsWith('error'));
    ledger.check('Cổng: màn hình không báo lỗi', complaints.length === 0, complaints.slice(0, 3).join(' / ') || 'không');
  } finally {
    await kiosk.close();
  }
  try {
    await reopen(options, serial, today);
  } finally {
    await serial.close();
  }
  return storeDir;
}

/** The same kiosk switched off and on again: everything is still there, the chip card and every other answer are tried. */
async function reopen({ folder, screens, ledger }: GateActOptions, serial: SerialPair, today: string): Promise<void> {
  const kiosk = await ledger.step('Cổng: tắt máy rồi mở lại', () => launchKiosk({ dataDir: folder, readers: true }));
  const { page } = kiosk;
  const camera = new Camera(page, screens);
  try {
    await page.getByRole('button', { name: gate.supervisor }).waitFor({ timeout: 30_000 });
    await watchAnswers(page);
    await ledger.step('Cổng: thẻ chip trên đầu đọc sau mã QR', () => chipAtGate(page, serial.scan, today), (outcome) => `kết quả ${outcome}`);
    await showEveryAnswer(page, camera, serial.scan, today);
    await page.getByRole('button', { name: gate.supervisor }).click();
    await logIn(page);
    await page.getByRole('tab', { name: admin.tabs.log }).waitFor();
    await page.getByRole('row').nth(3).waitFor();
    await camera.shoot('gate-log');
    await openSection(page, admin.tabs.inside);
    await page.getByText(/người đang trong khu vực/).waitFor();
    await camera.shoot('gate-inside');
    await ledger.step('Cổng: từng mục của ngăn giám sát', () => showSections(page, camera), (count) => `${count} mục`);
    await allSent(page, 60_000);
  } finally {
    await kiosk.close();
  }
}

/** Opens each section of the supervisor's drawer for its picture. */
async function showSections(page: Page, camera: Camera): Promise<number> {
  let shown = 0;
  for await (const name of eachSection(page)) {
    await page.locator('.section-panel .skeleton').first().waitFor({ state: 'detached' });
    await camera.shoot(`gate-section-${name}`);
    shown += 1;
  }
  return shown;
}

/** Notes every answer that stands on the page, and once it is painted, the time from decoded code to paint. */
async function watchAnswers(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Map<string, { latencyMs: number | null }>();
    Object.assign(window, { seenAnswers: seen });
    const note = (): void => {
      for (const element of document.querySelectorAll<HTMLElement>('[data-scan-id]')) {
        const { scanId, outcome, direction, via, seq, latencyMs } = element.dataset;
        const before = seen.get(scanId!)?.latencyMs ?? null;
        seen.set(scanId!, Object.assign({ outcome, direction: direction ?? null, via, seq: Number(seq) }, { latencyMs: latencyMs === undefined ? before : Number(latencyMs) }));
      }
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-latency-ms', 'data-scan-id'] });
    note();
  });
}

function readAnswers(page: Page): Promise<PaintedAnswer[]> {
  return page.evaluate(() => [...(window as unknown as { seenAnswers: Map<string, PaintedAnswer> }).seenAnswers.values()]);
}

/** Stored scans that the page has not answered; the last ones get a moment to be drawn. */
async function unansweredScans(page: Page, storeDir: string, firstSeq: number): Promise<number[]> {
  const stored = scansFrom(storeDir, firstSeq);
  const deadline = Date.now() + 5_000;
  for (;;) {
    const shown = new Set((await readAnswers(page)).map((answer) => answer.seq));
    const missing = stored.filter((seq) => !shown.has(seq));
    if (missing.length === 0 || Date.now() > deadline) return missing;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function answered(page: Page, count: number, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while ((await readAnswers(page)).length < count) {
    if (Date.now() > deadline) throw new Error(`only ${(await readAnswers(page)).length} of ${count} answers in ${limitMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until so many different workers have a stored scan. */
async function workersStored(storeDir: string, count: number, limitMs: number): Promise<number> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const stored = storedWorkers(storeDir);
    if (stored >= count) return stored;
    if (Date.now() > deadline) throw new Error(`only ${stored} of ${count} workers have a scan in the store`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function sendSerial(scan: (text: string) => Promise<void>, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await scan(text);
    await new Promise((resolve) => setTimeout(resolve, 350));
  }
}

/** A keyboard-wedge scanner: physical keys in one burst that waits for nobody, Enter at the end. */
async function typeAsScanner(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const keys = [...text].map((key) => ({ key, code: `Digit${key}`, windowsVirtualKeyCode: key.charCodeAt(0) }));
  const sent = [...keys, { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 }].flatMap((key) => [
    session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }), session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
  ]);
  await Promise.all(sent);
  await session.detach();
  await new Promise((resolve) => setTimeout(resolve, 400));
}

/** A worker shows the QR and lays the card on the reader: the QR opens the chip, the chip's number is scanned too. */
async function chipAtGate(page: Page, scan: (text: string) => Promise<void>, today: string): Promise<string> {
  const worker = demoWorker(205, today);
  const before = (await readAnswers(page)).length;
  await scan(qrTextOf({ personalId: worker.personalId!, fullName: worker.fullName, birthDate: worker.birthDate!, sex: worker.sex! }));
  await answered(page, before + 1, 10_000);
  const card = await insertVirtualCard({ profile: { person: {
    personalId: worker.personalId!, fullName: worker.fullName, birthDate: worker.birthDate!, sex: worker.sex as 'Nam' | 'Nữ', issuedOn: '2022-05-10',
  } } });
  try {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const rows = await readAnswers(page);
      if (rows.length >= before + 2) return rows.sort((a, b) => a.seq - b.seq).at(-1)!.outcome;
      if (Date.now() > deadline) throw new Error('the chip gave no answer at the gate');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await card.remove();
  }
}

/** One of each answer that the demo roster can give, for the pictures. */
async function showEveryAnswer(page: Page, camera: Camera, scan: (text: string) => Promise<void>, today: string): Promise<void> {
  const wanted = new Map<string, number>();
  for (let n = 300; n < 5000 && wanted.size < 4; n += 1) {
    const worker = demoWorker(n, today);
    const kind = worker.barred ? 'barred' : worker.endDate !== null ? 'expired' : worker.startDate! > today ? 'not-yet-valid' : 'recorded';
    if (!wanted.has(kind)) wanted.set(kind, n);
  }
  const show = async (name: string, text: string): Promise<void> => {
    await page.locator('.answers').waitFor({ state: 'detached', timeout: 10_000 });
    await scan(text);
    await page.locator(`.answer[data-latency-ms]`).first().waitFor({ timeout: 10_000 });
    await camera.shoot(`gate-${name}`);
  };
  for (const [kind, n] of wanted) {
    const [text] = workerTexts(n, n + 1, today);
    await show(kind, text!);
    if (kind === 'recorded') await show('repeat', text!);
  }
  await show('unknown', qrTextOf({ personalId: '001099999999', fullName: 'Không Có Tên', birthDate: '1999-09-09', sex: 'Nam' }));
}
