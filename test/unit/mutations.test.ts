import { expect, it } from 'vitest';
import { runMutations } from '../fixtures/mutations/run.ts';
import type { Kind } from '../fixtures/mutations/targets.ts';

// The bounded share of the million of test/long/mutations.test.ts; the same cases at every run.
const seed = 20_261_122;

it.each<[Kind, number]>([['tlv', 8_000], ['mrz', 4_000], ['qr', 8_000]])('mutated %s: of %i none gives anything but an answer or a listed problem', (kind, count) => {
  expect(runMutations({ kind, seed, from: 0, count }).failures).toEqual([]);
});
