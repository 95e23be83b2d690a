import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, ipcMain, Menu, session, type BrowserWindow } from 'electron';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { cutNames, lockContents, lockSession } from './lockdown.ts';
import { readOptions } from './options.ts';
import { isOurs, listAssets } from './page-assets.ts';
import { serviceForm } from './service-process.ts';
import { ServiceSupervisor } from './service-supervisor.ts';
import { storeKey } from './store-key.ts';
import { openWindow } from './window.ts';

const options = readOptions(process.argv, process.env);
const built = path.resolve(import.meta.dirname, '..');
const log = (words: string): void => void process.stderr.write(`kiosk: ${words}\n`);

mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
// The browser's own profile lies in the data folder, so the single-instance lock is one per data folder.
app.setPath('userData', path.join(options.dataDir, 'browser'));
declareAppScheme();
cutNames();

// A packaged kiosk lets nobody steer it from outside; Playwright steers only the unpacked one.
const steered = ['remote-debugging-port', 'remote-debugging-pipe'].some((name) => app.commandLine.hasSwitch(name));
if (app.isPackaged && steered) app.exit(1);
else if (!app.requestSingleInstanceLock()) {
  log('this data folder is open in another kiosk already');
  app.exit(3);
} else void app.whenReady().then(run);

app.on('web-contents-created', (_event, contents) => lockContents(contents));

function run(): void {
  Menu.setApplicationMenu(null);
  const page = session.defaultSession;
  lockSession(page);
  serveApp(page, listAssets(path.join(built, 'renderer')));

  let window: BrowserWindow | undefined;
  let pageAsked = false;
  let announced = false;
  const form = serviceForm();
  const supervisor = new ServiceSupervisor({
    form, log, entry: path.join(built, 'main', 'service.js'),
    startMessage: () => ({ kind: 'start', dataDir: options.dataDir, appVersion: app.getVersion(), ...storeKey(options.dataDir) }),
    onState: () => tell(),
  });
  const tell = (): void => {
    if (!window || window.isDestroyed() || !pageAsked) return;
    const port = supervisor.connect();
    window.webContents.postMessage('kiosk/service', supervisor.state, port ? [port] : []);
    if (!port || announced) return;
    announced = true;
    // electron/cli/start.ts waits for this line; it holds nothing personal.
    process.stdout.write(`${JSON.stringify({ kiosk: 'ready', electron: process.versions.electron, service: form, dataDir: options.dataDir })}\n`);
  };
  ipcMain.on('kiosk/connect', (event) => {
    // Only the main frame of our own window, showing our own page, gets a line to the service.
    const ours = window && event.sender === window.webContents && event.senderFrame === window.webContents.mainFrame;
    if (!ours || !isOurs(event.senderFrame?.url ?? '')) return;
    pageAsked = true;
    tell();
  });
  window = openWindow(page, path.join(built, 'preload', 'index.cjs'), options.locked);
  supervisor.start();

  app.on('second-instance', () => window?.focus());
  let ending = false;
  app.on('before-quit', (event) => {
    if (ending) return;
    ending = true;
    event.preventDefault();
    void supervisor.stop().then(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
}
