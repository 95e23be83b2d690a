import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

export interface WatchedFile {
  path: string;
  fileName: string;
  bytes: number;
}

export interface WatchedFolderOptions {
  folder: string;
  /** A scan that has arrived in full; each version of a file once. */
  onFile: (file: WatchedFile) => void;
  onState?: (state: 'ready' | 'missing') => void;
  /** Milliseconds for which size and time of change must stay the same: scanners write slowly. */
  stable?: number;
  /** Milliseconds between looks; network folders send no events. */
  poll?: number;
}

const SCAN = /^[^.~].*\.(pdf|jpe?g|png|tiff?|webp)$/i;

/** Watches the folder into which a document scanner saves. Files that lie there at the start are reported, too. */
export function watchFolder({ folder, onFile, onState, stable = 700, poll = 2000 }: WatchedFolderOptions): { stop(): void } {
  const told = new Map<string, string>();
  const growing = new Map<string, { version: string; since: number }>();
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | undefined;
  let present: boolean | null = null;
  let stopped = false;
  let looking = false;

  const lookIn = (wait: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void look(), wait);
  };
  const closeWatcher = (): void => {
    watcher?.close();
    watcher = null;
  };
  const setPresent = (now: boolean): void => {
    if (now !== present) onState?.(now ? 'ready' : 'missing');
    present = now;
    if (!now) closeWatcher();
    else if (watcher === null) {
      // Polling goes on beside it, so a watcher that cannot be made or dies costs only seconds.
      try {
        watcher = watch(folder, () => lookIn(stable / 4)).on('error', closeWatcher);
      } catch {
        watcher = null;
      }
    }
  };
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    const names = await readdir(folder).catch(() => null);
    if (stopped) return;
    setPresent(names !== null);
    for (const fileName of names ?? []) if (SCAN.test(fileName)) await check(fileName);
    for (const known of told.keys()) if (!names?.includes(known)) told.delete(known);
    for (const known of growing.keys()) if (!names?.includes(known)) growing.delete(known);
    looking = false;
    lookIn(growing.size > 0 ? stable / 2 : poll);
  };
  const check = async (fileName: string): Promise<void> => {
    const full = path.join(folder, fileName);
    const info = await stat(full).catch(() => null);
    if (stopped || info === null || !info.isFile()) return;
    const version = `${info.size} ${info.mtimeMs}`;
    if (told.get(fileName) === version) return;
    const before = growing.get(fileName);
    if (before?.version !== version || info.size === 0) growing.set(fileName, { version, since: performance.now() });
    else if (performance.now() - before.since >= stable) {
      growing.delete(fileName);
      told.set(fileName, version);
      onFile({ path: full, fileName, bytes: info.size });
    }
  };
  void look();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      closeWatcher();
    },
  };
}
