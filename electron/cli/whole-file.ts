import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';

/**
 * A file under its name is whole: it is written beside, noted by `note`, and only then named; a stick that is full or
 * pulled out leaves none. Only its user can read it. Problems: `disk-full`, `folder-unreadable`.
 */
export function writeWhole(target: string, content: Uint8Array | string, note: () => void = () => undefined): void {
  const part = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.part`);
  try {
    writeFileSync(part, content, { mode: 0o600, flush: true });
    if (readFileSync(part).byteLength !== Buffer.byteLength(content)) throw new ProblemError('disk-full');
    note();
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    if (error instanceof ProblemError || !(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    throw new ProblemError(error.code === 'ENOSPC' ? 'disk-full' : 'folder-unreadable', path.basename(target));
  }
}
