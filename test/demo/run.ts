import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPcscd } from '../virtual-card/pcscd.ts';
import { openDisplay } from '../../electron/cli/display.ts';
import { workDateOf } from '../../shared/domain/work-date.ts';
import { compareWithStore } from './comparison.ts';
import { playCounter } from './counter-act.ts';
import { playGate } from './gate-act.ts';
import { enrolmentCode, exportToken, pullExport, startHub, type HubUnderDemo } from './hub-under-demo.ts';
import { Ledger } from './ledger.ts';

/**
 * `npm run demo -- [--keep] [--screens DIR] [--only gate,counter]`: plays the main job by itself on real parts and
 * prints what happened. Exits with 1 on any difference between what the kiosks hold and what the hub exports.
 */
const { values } = parseArgs({ options: {
  keep: { type: 'boolean', default: false }, screens: { type: 'string' }, only: { type: 'string', default: 'gate,counter' },
} });
const root = path.resolve(import.meta.dirname, '..', '..');
const screens = path.resolve(process.env.INIT_CWD ?? '.', values.screens ?? path.join(root, 'test', 'demo', 'out', 'screens'));
const folder = mkdtempSync(path.join(os.tmpdir(), 'motcua-demo-'));
const only = values.only.split(',');
const ledger = new Ledger();
const startedAt = performance.now();
const cleanUps: (() => Promise<unknown>)[] = [];

async function play(): Promise<void> {
  mkdirSync(screens, { recursive: true });
  const display = await openDisplay((words) => process.stderr.write(`demo: ${words}\n`));
  cleanUps.push(() => display.stop());
  if (display.virtual) process.env.DISPLAY = display.name;
  const pcscd = await startPcscd();
  cleanUps.push(() => pcscd.stop());
  const hubData = path.join(folder, 'hub');
  const port = await freePort();
  let hub: HubUnderDemo | null = await ledger.step('Máy chủ tỉnh trên PostgreSQL thật', () => startHub(hubData, port), (started) => started.url);
  cleanUps.push(async () => hub?.stop());
  const { url, admin } = hub;
  const restore = async (): Promise<void> => {
    hub ??= await startHub(hubData, port);
  };
  const cut = async (): Promise<void> => {
    await hub?.stop();
    hub = null;
  };
  const today = workDateOf(Date.now());
  const stores: [string, string][] = [];
  if (only.includes('gate')) {
    const code = await enrolmentCode(hubData, 'DEMO-01', 'Cổng mẫu');
    stores.push(['cổng', await playGate({ folder: path.join(folder, 'gate'), screens, today, hubUrl: url, code, ledger, cut, restore })]);
  }
  if (only.includes('counter')) {
    const code = await enrolmentCode(hubData, 'DEMO-01', 'Quầy mẫu');
    stores.push(['quầy', await playCounter({ folder: path.join(folder, 'counter'), screens, hubUrl: url, code, ledger })]);
  }
  const token = await exportToken(hubData);
  const out = path.join(folder, 'export');
  const manifest = await ledger.step('Kết xuất từ máy chủ, kiểm tra SHA-256',
    () => pullExport({ hubData, dataset: 'events', day: today, out, token }), ({ rows, bytes }) => `${rows} dòng, ${bytes} byte`);
  const gaps = manifest.devices.flatMap((device) => device.gaps);
  ledger.check('Máy chủ không thiếu số thứ tự nào', gaps.length === 0, gaps.length === 0 ? 'liền mạch' : JSON.stringify(gaps));
  for (const [name, storeDir] of stores) {
    const { rows, missing, extra, different } = compareWithStore(storeDir, path.join(out, path.basename(manifest.file)));
    ledger.check(`So từng dòng: ${name} và máy chủ`, rows > 0 && missing.length + extra.length + different.length === 0,
      `${rows} bản ghi; thiếu ${missing.length}, thừa ${extra.length}, khác ${different.length}`);
  }
  await ledger.step('Trang quản trị của máy chủ', async () => {
    const { shootHub } = await import('./hub-pages.ts');
    await shootHub({ url, password: admin.password ?? '', user: admin.user, screens });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

let failure: unknown;
try {
  await play();
} catch (error) {
  failure = error;
}
for (const cleanUp of cleanUps.reverse()) await cleanUp().catch((error: unknown) => { failure ??= error; });
ledger.print();
if (failure) process.stderr.write(`demo: ${failure instanceof Error ? failure.stack ?? failure.message : String(failure)}\n`);
const seconds = (performance.now() - startedAt) / 1000;
process.stdout.write(`\n${ledger.failed === 0 && !failure ? 'Không có sai khác.' : 'CÓ SAI KHÁC.'} ${seconds.toFixed(0)} s. Ảnh màn hình: ${screens}\n`);
if (values.keep) process.stdout.write(`Dữ liệu: ${folder}\n`);
else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
process.exit(ledger.failed === 0 && !failure ? 0 : 1);
