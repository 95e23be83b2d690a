import path from 'node:path';
import { runKiosk } from '../../../electron/main/kiosk.ts';
import { readOptions } from '../../../electron/main/options.ts';

const built = path.resolve(process.env.MOTCUA_ECHO_OUT ?? '');

// The form is forced here, and only here: the test compares both on one Electron.
runKiosk({
  ...readOptions(process.argv, process.env),
  pageDir: path.join(built, 'renderer'),
  preload: path.join(built, 'preload', 'index.cjs'),
  serviceEntry: path.join(import.meta.dirname, 'service.js'),
  form: process.env.MOTCUA_ECHO_FORM === 'utility' ? 'utility' : 'node',
});
