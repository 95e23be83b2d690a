import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** `npm test`: every check of the project, one after another, and one honest line at the end. `--long` adds test/long. */

interface Tally { passed: number; failed: number }

const root = path.resolve(import.meta.dirname, '..');
const at = (...parts: string[]): string => path.join(root, 'node_modules', ...parts);
const long = process.argv.includes('--long');
const reports = mkdtempSync(path.join(os.tmpdir(), 'motcua-test-'));
/** Against a hang, not a speed goal. */
const stepMinutes = long ? 180 : 30;

function run(script: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  const limit = setTimeout(() => {
    process.stdout.write(`stopped after ${stepMinutes} minutes\n`);
    child.kill('SIGKILL');
  }, stepMinutes * 60_000);
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward);
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => {
      clearTimeout(limit);
      process.off('SIGTERM', forward).off('SIGINT', forward);
      resolve(code === 0);
    });
  });
}

async function check(what: string, script: string, args: readonly string[]): Promise<Tally> {
  const passed = await run(script, args);
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}: ${what}\n`);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function tests(what: string, projects: readonly string[]): Promise<Tally> {
  process.stdout.write(`\n== ${what}\n`);
  const file = path.join(reports, `${projects.join('-')}.json`);
  const passed = await run(at('vitest', 'vitest.mjs'), [
    'run', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${file}`,
  ]);
  const tally = readReport(file);
  // A file that does not even load, or an error outside of a test, fails no test by name but fails the run.
  return passed || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

function readReport(file: string): Tally {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const steps: (() => Promise<Tally>)[] = [
  ...['shared', 'electron', 'electron/preload', 'renderer', 'hub', 'test'].map((folder) =>
    () => check(`type check of ${folder}`, at('typescript', 'bin', 'tsc'), ['-p', folder])),
  () => check('lint', at('oxlint', 'bin', 'oxlint'), ['--deny-warnings']),
  () => tests('unit and contract tests', ['unit', 'contract']),
  () => tests('integration tests', ['integration']),
  () => tests('end-to-end tests', ['e2e']),
  ...(long ? [() => tests('long tests', ['long'])] : []),
];

const total: Tally = { passed: 0, failed: 0 };
try {
  for (const step of steps) {
    const tally = await step();
    total.passed += tally.passed;
    total.failed += tally.failed;
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
