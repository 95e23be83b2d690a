import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchKiosk, type KioskUnderTest } from './harness.ts';

let kiosk: KioskUnderTest;
beforeAll(async () => {
  kiosk = await launchKiosk({ locked: true });
  await kiosk.page.evaluate(() => { Object.assign(window, { sameAsBefore: true }); });
});
afterAll(async () => { await kiosk?.close(); });

/** How the window stands, as main sees it. */
const standing = () => kiosk.app.evaluate(({ BrowserWindow, powerSaveBlocker }) => {
  const windows = BrowserWindow.getAllWindows();
  const window = windows[0]!;
  const { webContents } = window;
  return {
    windows: windows.length, fullScreen: window.isKiosk() || window.isFullScreen(), devTools: webContents.isDevToolsOpened(),
    zoom: webContents.getZoomFactor(), awake: powerSaveBlocker.isStarted(0), url: webContents.getURL(),
  };
});
const asBefore = { windows: 1, fullScreen: true, devTools: false, zoom: 1, awake: true, url: expect.stringMatching(/^app:\/\/kiosk\//) };
const sameAsBefore = (): Promise<boolean> => kiosk.page.evaluate(() => 'sameAsBefore' in window);

/** Asks in the page through main, since the driver loses sight of a page that crashed. */
const pingThroughMain = (): Promise<string> => kiosk.app.evaluate(async ({ BrowserWindow }) => {
  const contents = BrowserWindow.getAllWindows()[0]!.webContents;
  for (let tries = 0; tries < 200; tries += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    if (contents.isCrashed() || contents.isLoading()) continue;
    const at: unknown = await contents.executeJavaScript("window.kiosk.request('system/ping', {}).then((answer) => answer.at)").catch(() => undefined);
    if (typeof at === 'string') return at;
  }
  return 'no answer';
});

describe('a locked kiosk', () => {
  it.each([
    'F5', 'Control+r', 'Control+Shift+r', 'Control+w', 'Control+q', 'Control+n', 'Control+t', 'F11', 'F12', 'Control+Shift+i', 'Control+p', 'Control+o',
    'Control+Equal', 'Control+Minus', 'Control+0', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+F4', 'Control+u', 'Escape',
  ])('is neither closed, reloaded, left nor zoomed by %s', async (keys) => {
    await kiosk.page.keyboard.press(keys);
    expect(await standing()).toEqual(asBefore);
    expect(await sameAsBefore()).toBe(true);
  });

  it('stays open when the desktop closes it', async () => {
    await kiosk.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]!.close(); });
    expect(await standing()).toEqual(asBefore);
    expect(await sameAsBefore()).toBe(true);
  });

  it('opens nothing by middle click, Ctrl+click or Shift+click, and follows no file that was dropped', async () => {
    await kiosk.page.evaluate(() => {
      const link = document.createElement('a');
      link.id = 'way-out';
      link.href = 'https://example.com/';
      link.textContent = 'x';
      Object.assign(link.style, { position: 'fixed', top: '0', left: '0', zIndex: '99999', width: '60px', height: '60px', background: 'white' });
      document.body.append(link);
    });
    await kiosk.page.mouse.click(20, 20, { button: 'middle' });
    for (const key of ['Control', 'Shift']) {
      await kiosk.page.keyboard.down(key);
      await kiosk.page.mouse.click(20, 20);
      await kiosk.page.keyboard.up(key);
    }
    await kiosk.page.mouse.click(20, 20);
    const driver = await kiosk.page.context().newCDPSession(kiosk.page);
    const data = { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await driver.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    await kiosk.page.evaluate(() => { document.querySelector('#way-out')?.remove(); });
    expect(await standing()).toEqual(asBefore);
    expect(await sameAsBefore()).toBe(true);
  });

  it('gives a frame inside the page no line to the service', async () => {
    const inside = await kiosk.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>x</p>';
      const loaded = new Promise((resolve) => { frame.onload = resolve; setTimeout(resolve, 2000); });
      document.body.append(frame);
      await loaded;
      const has = frame.contentWindow !== null && 'kiosk' in frame.contentWindow;
      frame.remove();
      return has;
    });
    expect(inside).toBe(false);
  });

  it('comes back by itself when the page crashes, and again', async () => {
    for (let crash = 0; crash < 2; crash += 1) {
      await kiosk.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(); });
      expect(await pingThroughMain()).toMatch(/^\d{4}-/);
    }
    expect(await standing()).toEqual(asBefore);
  });

  it('opens its window again when a script closed it', async () => {
    await kiosk.app.evaluate(async ({ BrowserWindow }) => {
      const before = BrowserWindow.getAllWindows()[0]!;
      const closed = new Promise<void>((resolve) => { before.once('closed', () => resolve()); });
      void before.webContents.executeJavaScript('window.close()').catch(() => undefined);
      await closed;
    });
    expect(await pingThroughMain()).toMatch(/^\d{4}-/);
    expect(await standing()).toEqual(asBefore);
  });
});
