import { describe, expect, it } from 'vitest';
import { inBatches } from '../../electron/cli/line-batches.ts';

async function* given(...groups: number[][]): AsyncGenerator<number> {
  for (const group of groups) {
    yield* group;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
async function all(items: AsyncIterable<number>, most: number): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const batch of inBatches(items, most)) batches.push(batch);
  return batches;
}

describe('lines that are there already', () => {
  it('come together, at most so many; what comes later does not hold them up', async () => {
    expect(await all(given([1, 2, 3], [4], [5, 6]), 10)).toEqual([[1, 2, 3], [4], [5, 6]]);
    expect(await all(given([1, 2, 3, 4, 5]), 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
  it('are each there once, in order, and none of nothing', async () => {
    expect((await all(given(Array.from({ length: 1_000 }, (_, i) => i)), 64)).flat()).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
    expect(await all(given(), 10)).toEqual([]);
  });
  it('what fails is told, after those before it', async () => {
    const seen: number[][] = [];
    const failing = async function* (): AsyncGenerator<number> { yield 1; throw new Error('broken'); };
    await expect((async () => { for await (const batch of inBatches(failing(), 10)) seen.push(batch); })()).rejects.toThrow('broken');
    expect(seen).toEqual([[1]]);
  });
});
