import { readFile } from 'node:fs/promises';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import { watchFolder, type WatchedFile } from '../../devices/watched-folder.ts';
import { ownersOfBlob } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { keepScan } from './scan-store.ts';

const mostBytes = 30 * 1024 * 1024;

/** Scans that came through the watched folder and belong to no dossier yet. The files themselves are left alone. */
export interface ScanInbox {
  files(): Output<'scan/inbox'>['files'];
}

/** Watches the folder of the settings and follows when it changes. */
export function startScanInbox(context: ServiceContext): ScanInbox {
  const files = new Map<string, Output<'scan/inbox'>['files'][number]>();
  let current: { folder: string; stop(): void } | null = null;
  // One at a time: a scanner that saves a stack must not fill the memory.
  let queue: Promise<void> = Promise.resolve();

  const take = async (file: WatchedFile): Promise<void> => {
    try {
      if (file.bytes > mostBytes) throw new ProblemError('file-too-large');
      const blob = await keepScan(context, await readFile(file.path), 'folder', 'system');
      files.set(file.fileName, { fileName: file.fileName, size: blob.size, sha256: blob.sha256, pages: blob.pages, mime: blob.mime });
      context.emit('inbox/file', { fileName: file.fileName, sha256: blob.sha256 });
    } catch (error) {
      if (!(error instanceof ProblemError) && !(error instanceof Error && 'syscall' in error)) throw error;
      // A file that is no scan, or went away, is no reason to stop; its name may be a person's, so it is not logged.
      context.log.warn({ code: error instanceof ProblemError ? error.code : 'file-unreadable' }, 'a file in the scan folder was not taken');
    }
  };
  const use = (folder: string | null): void => {
    if (current?.folder === folder) return;
    current?.stop();
    if (current !== null) context.devices.report({ kind: 'folder', name: current.folder, state: 'off', detail: null });
    files.clear();
    current = folder === null ? null : {
      folder,
      ...watchFolder({
        folder,
        onFile: (file) => {
          queue = queue.then(() => take(file));
        },
        onState: (state) => context.devices.report({ kind: 'folder', name: folder, state, detail: null }),
      }),
    };
  };
  use(context.settings().watchedFolder);
  context.onSettings(({ watchedFolder }) => use(watchedFolder));
  context.onClose(async () => {
    current?.stop();
    await queue;
  });
  return { files: () => [...files.values()].filter(({ sha256 }) => ownersOfBlob(context.store, sha256).length === 0) };
}
