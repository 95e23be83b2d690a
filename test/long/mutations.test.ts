import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { MutationResult, MutationRun } from '../fixtures/mutations/run.ts';
import type { Kind } from '../fixtures/mutations/targets.ts';

/** MUTATION_SEED in the environment draws other cases; a case that failed is run again by its seed and index. */
const seed = Number(process.env['MUTATION_SEED'] ?? 1);
const counts: readonly [Kind, number][] = [['tlv', 1_000_000], ['mrz', 1_000_000], ['qr', 1_000_000]];
/** Against a case that never ends: a slice of 1,000 takes some hundred milliseconds. */
const sliceMs = 120_000;
const worker = path.join(import.meta.dirname, '..', 'fixtures', 'mutations', 'worker.ts');

type Slice = MutationResult & { at: number; heap: number };

interface Report { failures: string[]; slowest: MutationResult['slowest']; heap: number; done: number }

/** In a thread of its own with little memory: what eats memory without bound ends it, and is told. */
function runAside(run: MutationRun): Promise<Report> {
  return new Promise((resolve) => {
    const report: Report = { failures: [], slowest: { target: '', index: -1, ms: 0 }, heap: 0, done: 0 };
    const thread = new Worker(worker, { workerData: run, resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const end = (failure: string | null): void => {
      clearTimeout(limit);
      if (failure !== null) report.failures.push(failure);
      void thread.terminate().then(() => resolve(report));
    };
    const wait = (): NodeJS.Timeout => setTimeout(() => end(`${run.kind} seed ${run.seed}: one of the 1,000 cases from ${report.done} on does not end`), sliceMs);
    let limit = wait();
    thread.on('message', ({ at, failures, slowest, heap }: Slice) => {
      clearTimeout(limit);
      report.failures.push(...failures);
      if (slowest.ms > report.slowest.ms) report.slowest = slowest;
      report.heap = Math.max(report.heap, heap);
      report.done = Math.min(at + 1000, run.count);
      if (report.done === run.count || report.failures.length > 20) end(null);
      else limit = wait();
    });
    thread.once('error', (error) => end(`${run.kind} seed ${run.seed} after case ${report.done}: ${error.message}`));
  });
}

describe('a million mutated inputs of each kind', () => {
  it.each(counts)('%s: of %i none crashes, hangs, eats memory or throws anything but a listed problem', async (kind, count) => {
    const { failures, slowest, heap, done } = await runAside({ kind, seed, from: 0, count });
    process.stdout.write(`${kind}: ${done} of ${count}, seed ${seed}, slowest ${slowest.target} ${slowest.ms.toFixed(1)} ms (index ${slowest.index}), heap at most ${Math.round(heap / 1e6)} MB\n`);
    expect(failures).toEqual([]);
    expect(done).toBe(count);
  });
});
