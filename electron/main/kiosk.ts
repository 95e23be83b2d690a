import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, ipcMain, Menu, powerSaveBlocker, session, type BrowserWindow } from 'electron';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { cutNames, lockContents, lockSession } from './lockdown.ts';
import type { KioskOptions } from './options.ts';
import { isOurs, listAssets } from './page-assets.ts';
import { watchPage } from './page-watch.ts';
import type { ServiceForm } from './service-process.ts';
import { ServiceSupervisor } from './service-supervisor.ts';
import { storeKey } from './store-key.ts';
import { openWindow } from './window.ts';

export interface KioskParts extends KioskOptions {
  /** Folder of the built page, path of the bundled preload script, path of the bundled service entry. */
  pageDir: string;
  preload: string;
  serviceEntry: string;
  form: ServiceForm;
}

const log = (words: string): void => void process.stderr.write(`kiosk: ${words}\n`);

/** Runs the kiosk in this Electron. To be called once, before the app is ready. */
export function runKiosk(parts: KioskParts): void {
  mkdirSync(parts.dataDir, { recursive: true, mode: 0o700 });
  // The browser's own profile lies in the data folder, so the single-instance lock is one per data folder.
  app.setPath('userData', path.join(parts.dataDir, 'browser'));
  declareAppScheme();
  cutNames();
  app.on('web-contents-created', (_event, contents) => lockContents(contents));

  // A packaged kiosk lets nobody steer it from outside; Playwright steers only the unpacked one.
  const steered = ['remote-debugging-port', 'remote-debugging-pipe'].some((name) => app.commandLine.hasSwitch(name));
  if (app.isPackaged && steered) app.exit(1);
  else if (!app.requestSingleInstanceLock()) {
    log('this data folder is open in another kiosk already');
    app.exit(3);
  } else void app.whenReady().then(() => open(parts));
}

function open(parts: KioskParts): void {
  Menu.setApplicationMenu(null);
  lockSession(session.defaultSession);
  serveApp(session.defaultSession, listAssets(parts.pageDir));

  let window: BrowserWindow | undefined;
  let pageAsked = false;
  let announced = false;
  const supervisor = new ServiceSupervisor({
    form: parts.form, entry: parts.serviceEntry, log,
    startMessage: () => ({ kind: 'start', dataDir: parts.dataDir, appVersion: app.getVersion(), ...storeKey(parts.dataDir) }),
    onState: () => tell(),
  });
  const tell = (): void => {
    if (!window || window.isDestroyed() || !pageAsked) return;
    const port = supervisor.connect();
    window.webContents.postMessage('kiosk/service', supervisor.state, port ? [port] : []);
    if (!port || announced) return;
    announced = true;
    // electron/cli/start.ts waits for this line; it holds nothing personal.
    process.stdout.write(`${JSON.stringify({ kiosk: 'ready', electron: process.versions.electron, service: parts.form, dataDir: parts.dataDir })}\n`);
  };
  ipcMain.on('kiosk/connect', (event) => {
    // Only the main frame of our own window, showing our own page, gets a line to the service.
    const ours = window && event.sender === window.webContents && event.senderFrame === window.webContents.mainFrame;
    if (!ours || !isOurs(event.senderFrame?.url ?? '')) return;
    pageAsked = true;
    tell();
  });
  const end = { ending: false };
  const show = (): void => {
    pageAsked = false;
    window = openWindow(session.defaultSession, parts.preload, parts.locked);
    // The preload of the page that is loaded anew asks for a new line.
    watchPage(window.webContents, { ask: parts.locked, log, onGone: () => { pageAsked = false; } });
    // A window that a script closes asks nobody.
    if (parts.locked) window.on('closed', () => { if (!end.ending) show(); });
  };
  show();
  // Who comes to a gate at night must not find it dark, and a scan moves no mouse.
  if (parts.locked) powerSaveBlocker.start('prevent-display-sleep');
  supervisor.start();
  endTogether(supervisor, end, parts.locked, () => window);
}

function endTogether(supervisor: ServiceSupervisor, end: { ending: boolean }, locked: boolean, window: () => BrowserWindow | undefined): void {
  app.on('second-instance', () => window()?.focus());
  app.on('before-quit', (event) => {
    if (end.ending) return;
    end.ending = true;
    // The store is closed before the last process goes; app.exit skips this event the second time.
    event.preventDefault();
    void supervisor.stop().then(() => app.exit(0));
  });
  app.on('window-all-closed', () => { if (!locked) app.quit(); });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
