import { setTimeout as wait } from 'node:timers/promises';
import { setWorkRules, type Store } from '../../store/index.ts';
import { createReader } from '../reader.ts';
import type { ServiceContext as Outside } from '../service-context.ts';
import { keepWork } from './work-days.ts';

/** Somebody who went through the gate is worked out anew about so soon. */
const everyMs = 2_000;
/** How many workers the thread works out at a time. */
const atOnce = 25;
/** Between two slices the gate's own work comes first. */
const restMs = 5;

/** The keeping of work days beside the gate. */
export interface WorkDayUpkeep {
  /** Looks now, and comes back when nobody is stale or it was closed. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps the work days of whoever was at the gate: a thread with a reading connection works them out, the writer keeps them
 * in slices of some milliseconds. Marks stand in the store, so what an end cuts short goes on at the next start.
 */
export function startWorkDays(store: Store, now: () => number, log: Outside['log']): WorkDayUpkeep {
  const helper = createReader(store.access);
  let closed = false;
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    for (;;) {
      if (closed) return;
      const generation = setWorkRules(store, await helper.read('workRules', null));
      const parts = await helper.read('workOut', { generation, now: now(), limit: atOnce });
      let kept = 0;
      if (closed) return;
      for (const n of keepWork(store, parts)) {
        kept += n;
        await wait(restMs);
        if (closed) return;
      }
      if (kept === 0 && parts.length === 0) return;
    }
  };
  let told = '';
  const settle = (): Promise<void> => running ??= run().finally(() => { running = null; });
  const timer = setInterval(() => {
    settle().catch((error: unknown) => {
      const words = error instanceof Error ? error.message : 'unknown';
      // A full disk stays full: once is enough.
      if (!closed && words !== told) log.error({ error: words }, 'keeping work days failed');
      told = words;
    });
  }, everyMs);
  timer.unref();
  return {
    settle,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await helper.close();
      await running?.catch(() => undefined);
    },
  };
}
