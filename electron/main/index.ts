import path from 'node:path';
import { runKiosk } from './kiosk.ts';
import { readOptions } from './options.ts';
import { serviceForm } from './service-process.ts';

const built = path.resolve(import.meta.dirname, '..');

runKiosk({
  ...readOptions(process.argv, process.env),
  pageDir: path.join(built, 'renderer'),
  preload: path.join(built, 'preload', 'index.cjs'),
  serviceEntry: path.join(built, 'main', 'service.js'),
  form: serviceForm(),
});
