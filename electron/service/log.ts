import { pino, type Logger } from 'pino';

/** Logs to standard error only: no log file with who-knows-what on a kiosk's disk. Never log personal data. */
export function createLog(name: string): Logger {
  // Synchronous, so that the last words before an exit are not lost.
  return pino({ name, level: process.env.MOTCUA_LOG ?? 'info', base: { pid: process.pid, name } }, pino.destination({ fd: 2, sync: true }));
}

/** An unexpected error without its message, which could quote what a person typed: its kind, code and stack frames. */
export function withoutWords(error: unknown): { name: string; code?: string; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const { code } = error as Error & { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim()).slice(0, 12);
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), frames };
}
