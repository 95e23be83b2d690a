import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from '../../shared/contracts/problems.ts';

const maxFile = 1_000_000;
const named = /^EF[_.-]?(COM|SOD|DG(?:[1-9]|1[0-6]))\.bin$/i;

/**
 * The files of a document that a folder holds as `EF_COM.bin`, `EF_SOD.bin`, `EF_DG1.bin` …, in any case of letters, each
 * whole and as it stands.
 * @returns by `COM`, `SOD`, `DG1` …
 * @throws ProblemError `folder-unreadable`; `file-unreadable`, `file-too-large` naming the file; `card-file-missing` without a SOD
 */
export function ldsFolder(folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const entry of entriesOf(folder)) {
    const name = named.exec(entry)?.[1]?.toUpperCase();
    if (name !== undefined && !files.has(name)) files.set(name, contentOf(path.join(folder, entry), entry));
  }
  if (!files.has('SOD')) throw new ProblemError('card-file-missing', 'EF_SOD.bin');
  return files;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    throw new ProblemError('folder-unreadable');
  }
}

function contentOf(file: string, entry: string): Uint8Array {
  try {
    const about = statSync(file);
    if (about.isFile() && about.size <= maxFile) return Uint8Array.from(readFileSync(file));
    if (about.isFile()) throw new ProblemError('file-too-large', entry);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
  }
  throw new ProblemError('file-unreadable', entry);
}
