import { z } from 'zod';
import type { StoredEvent } from './event.ts';

/** So many events may one event `worker-erased` name at most; more are told in several. */
export const mostEmptied = 2_000;
const mostChains = 100;

const Seq = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** Numbers of emptied events of one epoch: runs `[first, last]`, rising, without a number twice. */
export const EmptiedChain = z.object({
  epoch: z.string().regex(/^[0-9a-f]{16}$/),
  runs: z.array(z.tuple([Seq, Seq])).min(1).max(mostEmptied),
});
export type EmptiedChain = z.infer<typeof EmptiedChain>;

const Payload = z.object({ emptied: z.array(EmptiedChain).max(mostChains).default([]) });

/**
 * Which events an event `worker-erased` says were emptied; always of the device that wrote it, never of another. An event with
 * counts only names none. Null where the form is wrong: numbers that do not rise, more than `mostEmptied`, an epoch twice, or
 * events of its own epoch that come after it.
 */
export function emptiedBy({ epoch, seq, payload }: Pick<StoredEvent, 'epoch' | 'seq' | 'payload'>): EmptiedChain[] | null {
  const { data } = Payload.safeParse(payload);
  if (!data) return null;
  let numbers = 0;
  for (const chain of data.emptied) {
    let before = 0;
    for (const [first, last] of chain.runs) {
      if (first <= before || last < first) return null;
      numbers += last - first + 1;
      before = last;
    }
    if (chain.epoch === epoch && before >= seq) return null;
  }
  const isOnce = new Set(data.emptied.map((chain) => chain.epoch)).size === data.emptied.length;
  return isOnce && numbers <= mostEmptied ? data.emptied : null;
}

/** Numbers of events as runs, epochs in the order in which they come. */
export function emptiedOf(events: readonly { epoch: string; seq: number }[]): EmptiedChain[] {
  return [...Map.groupBy(events, ({ epoch }) => epoch)].map(([epoch, of]) => {
    const runs: [number, number][] = [];
    for (const { seq } of of.toSorted((a, b) => a.seq - b.seq)) {
      const last = runs.at(-1);
      if (last !== undefined && seq <= last[1] + 1) last[1] = seq;
      else runs.push([seq, seq]);
    }
    return { epoch, runs };
  });
}
