import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cameraTexts as texts } from '../../renderer/texts/camera.ts';
import { common } from '../../renderer/texts/common.ts';
import { gate } from '../../renderer/texts/gate.ts';
import { login } from '../../renderer/texts/login.ts';
import { problems } from '../../shared/contracts/problems.ts';
import { makeScenes, writeMotionJpeg } from '../fixtures/camera-scenes.ts';
import { cardBack, cardLines } from '../fixtures/mrz/card-frames.ts';
import type { Input } from '../../shared/contracts/requests/index.ts';
import { launchKiosk, type KioskUnderTest } from './harness.ts';
import { axeProblems, cutTexts, gone, openSection, seen, setUpKiosk, smallTargets, testAdmin } from './screen-checks.ts';

/** Invented. */
const qrText = '035190001234|168123456|Đặng Thị Mỵ|05091990|Nữ|Thôn Phú Viên, xã Lam Cầu, tỉnh Ninh Bình|15062021';
/** Chromium's own two cameras: a moving picture, with focus and exposure to set. */
const twoCameras = ['--use-fake-device-for-media-stream=device-count=2'];
const gateSetUp: Input<'setup/complete'> = {
  mode: 'gate', unit: { code: 'DEMO-01', name: 'Nhà máy Mẫu' }, lanes: [{ lane: 'L1', name: 'Làn 1', direction: 'in', input: 'any' }], admin: testAdmin, hub: null, demo: false,
};

let folder: string;
let kiosk: KioskUnderTest;
let page: Page;
beforeAll(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-camera-')); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

async function faults(): Promise<string[]> {
  return [...await axeProblems(page), ...await smallTargets(page), ...await cutTexts(page)];
}

async function logIn(): Promise<void> {
  await page.getByLabel(login.secret, { exact: true }).fill(testAdmin.secret);
  await page.keyboard.press('Enter');
}

const dialog = () => page.getByRole('dialog', { name: texts.title });
const picture = (scope: Page | ReturnType<typeof dialog>, state: string) => scope.locator(`[data-camera=${state}]`);
const choose = async (label: string, option: string): Promise<void> => {
  await dialog().getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};
/** How the camera that the dialog shows stands now. */
const track = () => dialog().locator('video').evaluate((video: HTMLVideoElement) => {
  const [shown] = (video.srcObject as MediaStream).getVideoTracks();
  const { width, height, focusMode, focusDistance } = shown!.getSettings() as MediaTrackSettings & { focusMode?: string; focusDistance?: number };
  return { label: shown!.label, width, height, focusMode, focusDistance, mirrored: getComputedStyle(video).transform.startsWith('matrix(-1') };
});

describe('the camera of a counter', () => {
  beforeAll(async () => {
    kiosk = await launchKiosk({ dataDir: folder, flags: twoCameras });
    page = kiosk.page;
    await page.setViewportSize({ width: 1280, height: 800 });
    await setUpKiosk(page, { ...gateSetUp, mode: 'counter', lanes: [] });
    await logIn();
  });
  afterAll(async () => { await kiosk.close(); });

  const open = async (): Promise<void> => {
    await page.locator('button[data-strip=camera]').click();
    expect(await seen(picture(dialog(), 'live'))).toBe(true);
  };

  it('is set from the status strip, any camera at 1920 × 1080 before it was chosen', async () => {
    await open();
    expect(await track()).toMatchObject({ label: 'fake_device_0', width: 1920, height: 1080, mirrored: false });
    expect(await seen(dialog().getByText(texts.enough))).toBe(true);
    expect(await faults()).toEqual([]);
  });

  it('changes with the choice, and shows at once what is set', async () => {
    await choose(texts.camera, 'fake_device_1');
    await choose(texts.size, texts.sizeOf(1280, 720));
    expect(await seen(dialog().getByText(texts.tooSmall))).toBe(true);
    await dialog().getByText(texts.mirror).click();
    await dialog().getByText(texts.automatic(texts.dial.focusDistance)).click();
    const slider = dialog().getByRole('slider', { name: texts.dial.focusDistance });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(track, { timeout: 10_000 }).toEqual({ label: 'fake_device_1', width: 1280, height: 720, focusMode: 'manual', focusDistance: 10, mirrored: true });
    expect(await faults()).toEqual([]);
  });

  it('is the same after the kiosk was started anew', async () => {
    await dialog().getByRole('button', { name: common.close }).click();
    await kiosk.close();
    kiosk = await launchKiosk({ dataDir: folder, flags: twoCameras });
    page = kiosk.page;
    await logIn();
    await open();
    await expect.poll(track, { timeout: 10_000 }).toEqual({ label: 'fake_device_1', width: 1280, height: 720, focusMode: 'manual', focusDistance: 10, mirrored: true });
  });

  it('goes back to what the camera does by itself', async () => {
    await dialog().getByRole('button', { name: texts.reset }).click();
    await expect.poll(track, { timeout: 10_000 }).toMatchObject({ label: 'fake_device_1', width: 1920, height: 1080, mirrored: false });
    expect(await dialog().getByRole('slider').count()).toBe(0);
  });

  it('has a page that says which hardware fits, with a calculator', async () => {
    await dialog().getByRole('tab', { name: texts.tabs.hardware }).click();
    const result = dialog().locator('.optics-result');
    expect(await result.textContent()).toContain(texts.hardware.verdict.readable);
    await dialog().getByRole('slider', { name: texts.hardware.howFar }).focus();
    await page.keyboard.press('End');
    expect(await seen(result.getByText(texts.hardware.verdict.unreadable, { exact: true }))).toBe(true);
    expect(await faults()).toEqual([]);
  });
});

describe('a camera at the gate that', () => {
  beforeAll(async () => {
    kiosk = await launchKiosk({ flags: twoCameras });
    page = kiosk.page;
    await setUpKiosk(page, gateSetUp);
    await picture(page, 'live').waitFor();
  });
  afterAll(async () => { await kiosk.close(); });

  /** What Chromium tells the page when a camera is pulled. */
  const endTrack = () => page.locator('video').evaluate((video: HTMLVideoElement) => {
    for (const one of (video.srcObject as MediaStream).getTracks()) {
      one.stop();
      one.dispatchEvent(new Event('ended'));
    }
  });
  /** Makes opening fail as it does with another program's hand on the camera; undone by `mend`. */
  const failWith = (name: string) => page.evaluate((errorName) => {
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { configurable: true, value: () => Promise.reject(new DOMException('', errorName)) });
  }, name);
  const mend = () => page.evaluate(() => { Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia'); });

  it.each([
    ['is in another program’s hand', 'NotReadableError', 'camera-busy'],
    ['is not there', 'NotFoundError', 'camera-missing'],
    ['is blocked', 'NotAllowedError', 'camera-denied'],
  ] as const)('%s is told as such, and comes back by itself', async (_how, error, code) => {
    await failWith(error);
    await endTrack();
    expect(await seen(page.getByText(texts.atGate[code]))).toBe(true);
    expect(await axeProblems(page)).toEqual([]);
    await mend();
    expect(await seen(picture(page, 'live'))).toBe(true);
  });

  it('has a reader of codes that dies at each start is told as such, and reads again once it lives', async () => {
    await page.evaluate(() => {
      const real = Worker;
      Object.assign(window, { realWorker: real });
      window.Worker = class extends real {
        constructor(...given: ConstructorParameters<typeof Worker>) {
          super(...given);
          this.terminate();
          setTimeout(() => this.dispatchEvent(new Event('error')), 50);
        }
      };
    });
    await endTrack();
    await expect.poll(() => page.getByText(texts.atGate['code-reader-broken']).isVisible(), { timeout: 20_000 }).toBe(true);
    await page.evaluate(() => { window.Worker = (window as unknown as { realWorker: typeof Worker }).realWorker; });
    // The pictures that the dead ones held come free when the camera is opened anew, after 15 seconds without one.
    await picture(page, 'live').waitFor({ timeout: 60_000 });
  });

  it('sends no pictures any more is opened anew', async () => {
    const stream = () => page.locator('video').evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream).id);
    const before = await stream();
    // No event comes of this: only the missing pictures tell.
    await page.locator('video').evaluate((video: HTMLVideoElement) => { for (const one of (video.srcObject as MediaStream).getTracks()) one.stop(); });
    await expect.poll(stream, { timeout: 20_000 }).not.toBe(before);
    expect(await seen(picture(page, 'live'))).toBe(true);
  });

  it('the system denies is told in the dialog, and works once it is allowed', async () => {
    const answer = (allowed: boolean) => kiosk.app.evaluate(({ BrowserWindow }, isAllowed) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) webContents.session.setPermissionRequestHandler((_contents, _permission, say) => say(isAllowed));
    }, allowed);
    await answer(false);
    await page.getByRole('button', { name: gate.supervisor }).click();
    await logIn();
    await openSection(page, 'Cài đặt');
    await page.getByRole('button', { name: texts.open }).click();
    expect(await seen(dialog().getByText(problems['camera-denied'].vi))).toBe(true);
    expect(await seen(page.locator('.camera').getByText(texts.off))).toBe(true);
    await answer(true);
    expect(await seen(picture(dialog(), 'live'))).toBe(true);
  });

  it('was chosen and is pulled out is named as such, and comes back with its plug', async () => {
    await choose(texts.camera, 'fake_device_1');
    await expect.poll(async () => (await track()).label, { timeout: 10_000 }).toBe('fake_device_1');
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const all = mediaDevices.enumerateDevices.bind(mediaDevices);
      Object.defineProperty(mediaDevices, 'enumerateDevices', { configurable: true, value: async () => (await all()).filter((d) => d.label !== 'fake_device_1') });
    });
    await dialog().locator('video').evaluate((video: HTMLVideoElement) => {
      for (const one of (video.srcObject as MediaStream).getTracks()) one.dispatchEvent(new Event('ended'));
    });
    expect(await seen(dialog().getByText(problems['camera-gone'].vi))).toBe(true);
    await page.evaluate(() => {
      Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices');
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await expect.poll(async () => (await picture(dialog(), 'live').count()) === 0 ? '' : (await track()).label, { timeout: 10_000 }).toBe('fake_device_1');
  });

  it('leaves no error in the console', () => {
    // A worker that was killed in the test above could not close the frame that it held.
    expect(kiosk.complaints.filter((line) => line.startsWith('error') && !line.includes('VideoFrame was garbage collected'))).toEqual([]);
  });
});

describe('a card held before the gate’s camera', () => {
  beforeAll(async () => {
    const file = path.join(folder, 'scenes.mjpeg');
    await makeScenes(file, [
      { show: 'card', text: qrText, size: 0.055, blur: 1, frames: 90 }, { show: 'nothing', frames: 45 },
      { show: 'card', text: qrText, size: 0.25, glare: true, frames: 90 }, { show: 'card', text: qrText, size: 0.25, frames: 45 },
      { show: 'nothing', frames: 45 },
    ]);
    kiosk = await launchKiosk({ camera: file });
    page = kiosk.page;
    await setUpKiosk(page, gateSetUp);
  });
  afterAll(async () => { await kiosk.close(); });

  const hint = (name: string) => page.locator(`.camera-hint[data-hint=${name}]`);

  it('too far away asks to come closer, and the words go with the card', async () => {
    expect(await seen(hint('closer').getByText(texts.hint.closer))).toBe(true);
    expect(await axeProblems(page)).toEqual([]);
    expect(await gone(hint('closer'))).toBe(true);
  });

  it('that throws light back asks to be tilted, and the words give way to the answer', async () => {
    expect(await seen(hint('glare').getByText(texts.hint.glare))).toBe(true);
    expect(await seen(page.locator('.answer'))).toBe(true);
    expect(await hint('glare').count()).toBe(0);
  });
});

describe('the back of a card before a counter’s camera', () => {
  beforeAll(async () => {
    const file = path.join(folder, 'back.mjpeg');
    const lines = cardLines('035190001234', '900905', 'F', '300905', 'DANG<<THI<MY');
    await writeMotionJpeg(file, [{ frame: await cardBack(lines, { pitch: 40, tilt: 2 }), frames: 30 }]);
    kiosk = await launchKiosk({ camera: file });
    page = kiosk.page;
    await setUpKiosk(page, { ...gateSetUp, mode: 'counter', lanes: [] });
    await logIn();
  });
  afterAll(async () => { await kiosk.close(); });

  it('is read in all three lines, and none of it is shown', async () => {
    await page.locator('button[data-strip=camera]').click();
    await dialog().getByRole('tab', { name: texts.tabs.mrz }).click();
    expect(await seen(picture(dialog(), 'live'))).toBe(true);
    expect(await seen(dialog().locator('.camera-tried:not([data-reads="0"])'))).toBe(true);
    expect(await dialog().textContent()).not.toContain('DANG');
    expect(await faults()).toEqual([]);
    expect(kiosk.complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
