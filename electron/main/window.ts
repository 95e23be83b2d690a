import path from 'node:path';
import { app, BrowserWindow, type Session } from 'electron';
import { pageUrl } from './page-assets.ts';

/** Opens the one window. `preload` is the path of the bundled preload script. */
export function openWindow(session: Session, preload: string, locked: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366, height: 820, minWidth: 800, minHeight: 600,
    show: false, backgroundColor: '#ffffff', autoHideMenuBar: true,
    kiosk: locked, fullscreen: locked, closable: !locked,
    webPreferences: {
      session, preload: path.resolve(preload),
      sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false,
      navigateOnDragDrop: false, spellcheck: false,
      devTools: !app.isPackaged && process.env.MOTCUA_DEV === '1',
      // Frames from the camera are decoded also while another window covers the gate screen.
      backgroundThrottling: false,
    },
  });
  window.setMenu(null);
  // Alt+F4 and a script's window.close() come this way, and Linux knows no window that cannot be closed. The end of the
  // app does not.
  if (locked) window.on('close', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  void window.loadURL(pageUrl);
  return window;
}
