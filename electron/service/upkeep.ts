import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainVerdict, Store } from '../store/index.ts';
import { createReader } from './reader.ts';
import type { ServiceContext as Outside } from './service-context.ts';

const checkpointEveryMs = 5000;
const checkEveryMs = 24 * 3_600_000;
/** The gate is open by then. */
const firstCheckAfterMs = 3000;
const smallLog = 1 << 20;

/** What is done beside the work: the write-ahead log is copied away, and the whole store looked at. */
export interface Upkeep {
  /** `ok` null: not looked at yet since the start. */
  state(): { checking: boolean; ok: boolean | null };
  /** Walks the whole hash chain; seconds for a big store, beside the work. */
  verifyChain(): Promise<ChainVerdict>;
  close(): Promise<void>;
}

/**
 * Takes checkpoints out of the scans' way: they run on a thread of their own, by time. The whole-store check runs
 * shortly after the start and then daily; a finding is shown and logged, never repaired silently.
 */
export function startUpkeep(store: Store, log: Outside['log']): Upkeep {
  const helper = createReader(store.access);
  let checking = false;
  let ok: boolean | null = null;
  let closed = false;
  store.db.pragma('wal_autocheckpoint = 0');

  const quietly = (work: () => Promise<unknown>): void => {
    work().catch((error: unknown) => {
      if (!closed) log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'upkeep failed');
    });
  };
  const check = async (): Promise<void> => {
    checking = true;
    try {
      const finding = await helper.read('quickCheck', null);
      ok = finding === null;
      if (finding !== null) log.error({ finding }, 'the store is damaged');
    } finally {
      checking = false;
    }
  };
  const checkpoint = async (): Promise<void> => {
    if (logSize(store.dir) > smallLog) await helper.read('checkpoint', null);
  };
  const timers = [
    setTimeout(() => quietly(check), firstCheckAfterMs),
    setInterval(() => quietly(check), checkEveryMs),
    setInterval(() => quietly(checkpoint), checkpointEveryMs),
  ];
  for (const timer of timers) timer.unref();
  return {
    state: () => ({ checking, ok }),
    verifyChain: () => helper.read('chain', null),
    close: async () => {
      closed = true;
      timers.forEach(clearTimeout);
      await helper.close();
    },
  };
}

function logSize(dir: string): number {
  return statSync(join(dir, 'store.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
}
