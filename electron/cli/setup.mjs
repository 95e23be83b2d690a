/**
 * The door of every npm script: makes the clone ready, then runs ENTRY under the project's own Node.
 *
 *   node electron/cli/setup.mjs run|test|cli ENTRY [argument…]
 *
 * Plain JavaScript without one dependency, because it is what runs before anything is installed; any Node from 18 on
 * will do. Every word goes to standard error: standard output belongs to ENTRY alone.
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installPackages, packagesReady } from './setup-packages.mjs';
import { installSystemPackages } from './setup-system.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const say = (/** @type {string} */ words) => process.stderr.write(`motcua: ${words}\n`);

const [mode, entry, ...rest] = process.argv.slice(2);
// `ready` is said only by this file itself, when it runs itself again under the project's Node.
if (!entry || !['run', 'test', 'cli', 'ready'].includes(mode ?? '')) {
  say('usage: node electron/cli/setup.mjs run|test|cli ENTRY [argument…]');
  process.exit(2);
}

let installed = false;
try {
  // A command-line answer must not wait for apt, and a technician's PC gets no test tools.
  if (mode === 'run' || mode === 'test') installSystemPackages(root, mode === 'test' ? ['run', 'test'] : ['run'], say);
  if (mode !== 'ready' && !packagesReady(root)) {
    await installPackages(root, say);
    installed = true;
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

const node = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const script = path.join(root, entry);
if (!existsSync(script)) {
  say(`${entry} does not exist.`);
  process.exit(1);
}

// An installation replaced the Node that runs this very process.
if (!installed && realpathSync(process.execPath) === realpathSync(node)) {
  // npm puts node_modules/.bin first in PATH, so after the first time this very process is already the right Node.
  module.enableCompileCache?.(path.join(root, 'node_modules', '.cache', 'motcua-compile'));
  process.argv = [process.execPath, script, ...rest];
  await import(pathToFileURL(script).href);
} else {
  const bin = path.join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, [fileURLToPath(import.meta.url), 'ready', entry, ...rest], { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    say(`the project's Node could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)));
}
