import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { buildIfNeeded } from '../../electron/cli/build.ts';
import { openDisplay } from '../../electron/cli/display.ts';
import { electronAtHand } from '../../electron/cli/electron-at-hand.ts';
import { sandboxArguments } from '../../electron/cli/sandbox.ts';

export interface LaunchOptions {
  /** Base data folder (the kiosk's own lies in its `kiosk/`); by default a new one, removed at close. */
  dataDir?: string;
  /** A motion-JPEG file (`.mjpeg`) that Chromium shows as the camera, over and over. */
  camera?: string;
  /** Further Chromium or kiosk flags. */
  flags?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Sees the machine's card readers. By default none: a card that somebody else has in a reader must not change a test. */
  readers?: boolean;
  /** Full screen without a way out, as at a gate. */
  locked?: boolean;
  /** Folder of another app to run than the kiosk itself (its package.json names the main script). */
  appDir?: string;
}

/** A running kiosk under Playwright. */
export interface KioskUnderTest {
  app: ElectronApplication;
  page: Page;
  /** Base data folder. */
  dataDir: string;
  /** What the page wrote to its console, and every error it did not catch. */
  complaints: string[];
  /** Process id of the service as it is now; waits for one. */
  servicePid(): Promise<number>;
  /** Ends the kiosk in an orderly way and removes the data folder if it was ours. */
  close(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '..', '..');
const say = (words: string): void => void process.stderr.write(`motcua: ${words}\n`);

/** Builds when needed, then opens the real app in the Electron at hand, on the display at hand or a virtual one. */
export async function launchKiosk(options: LaunchOptions = {}): Promise<KioskUnderTest> {
  await buildIfNeeded(say);
  const electron = await electronAtHand(say);
  const display = await openDisplay(say);
  const dataDir = options.dataDir ?? mkdtempSync(path.join(os.tmpdir(), 'motcua-e2e-'));
  const sandbox = sandboxArguments(electron.executable, say);
  const tidy = async (): Promise<void> => {
    await display.stop();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const app = await _electron.launch({
      executablePath: electron.executable,
      chromiumSandbox: sandbox.length === 0,
      args: ['-r', path.join(import.meta.dirname, 'driver-loader.cjs'), ...sandbox, '--disable-gpu', ...cameraFlags(options.camera), ...(options.flags ?? []), options.appDir ?? root, options.locked === true ? '--kiosk-mode' : '--windowed'],
      env: {
        ...environment(), ...(display.virtual ? { DISPLAY: display.name } : {}),
        MOTCUA_DATA: dataDir, MOTCUA_NODE: path.join(root, 'node_modules', 'node', 'bin', 'node'), MOTCUA_STRICT: '1',
        ...(options.readers === true ? {} : { PCSCLITE_CSOCK_NAME: path.join(dataDir, 'no-reader-service') }), ...options.env,
      },
      timeout: 60_000,
    });
    const page = await app.firstWindow({ timeout: 60_000 });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    await page.waitForURL('app://kiosk/**', { timeout: 60_000 });
    return {
      app, page, dataDir, complaints,
      servicePid: () => waitForService(app),
      close: async () => {
        await app.close();
        await tidy();
      },
    };
  } catch (error) {
    await tidy();
    throw error;
  }
}

function cameraFlags(file: string | undefined): string[] {
  if (file === undefined) return [];
  return ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${path.resolve(file)}`];
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function waitForService(app: ElectronApplication): Promise<number> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const found = serviceOf(app.process().pid ?? 0);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the kiosk has no service process');
}

/** The child that runs the service, in either form, as the operating system lists it. */
function serviceOf(parent: number): number | undefined {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, parentId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(parentId) !== parent || state === 'Z') continue;
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (command.includes('service.js') || command.includes('node.mojom.NodeService')) return Number(name);
    } catch {
      // The process ended while it was looked at.
    }
  }
  return undefined;
}
