import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';

const patienceMs = 60_000;

/** Puts a PDF on paper without asking anybody: what the default printer of this machine is, is the machine's affair. */
export interface Printer {
  /** Resolves when the machine's queue has taken it. Problem `printer-failed`. */
  print(pdf: Uint8Array, title: string): Promise<void>;
}

/**
 * The queue of the operating system: CUPS (`lp`, from standard input) or, on Windows, the print verb of what opens PDFs.
 * @param folder where Windows may find the file for a minute; this user's only
 */
export function systemPrinter(folder: string): Printer {
  return { print: (pdf, title) => (process.platform === 'win32' ? printByVerb(pdf, folder) : run('lp', ['-t', title], pdf)) };
}

async function printByVerb(pdf: Uint8Array, folder: string): Promise<void> {
  const file = join(folder, 'in.pdf');
  writeFileSync(file, pdf, { mode: 0o600 });
  // Whoever prints it reads it after the verb has returned.
  setTimeout(() => rmSync(file, { force: true }), patienceMs).unref();
  await run('powershell', ['-NoProfile', '-NonInteractive', '-Command', 'Start-Process -FilePath $env:MOTCUA_PRINT -Verb Print -WindowStyle Hidden'], null, { MOTCUA_PRINT: file });
}

function run(command: string, args: readonly string[], input: Uint8Array | null, env: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: patienceMs, windowsHide: true, env: { ...process.env, ...env } });
    child.on('error', () => reject(new ProblemError('printer-failed', command)));
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new ProblemError('printer-failed', `${command} ${code}`))));
    // A queue that does not read to the end says so by how it ends.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? undefined);
  });
}
