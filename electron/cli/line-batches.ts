import { setImmediate } from 'node:timers/promises';

const nothingYet = Symbol('nothing yet');

/**
 * Items in groups of those that are there already, at most so many: whoever writes one and waits for its answer gets it at
 * once, whoever writes many is not kept waiting by each.
 */
export async function* inBatches<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T[]> {
  const iterator = items[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = iterator.next();
    // A failure is told where it is waited for, after all that came before it.
    asked.catch(() => undefined);
    return asked;
  };
  let next = ask();
  for (let first = await next; !first.done; first = await next) {
    const batch = [first.value];
    next = ask();
    while (batch.length < most) {
      const more = await Promise.race([next.catch(() => nothingYet), setImmediate(nothingYet)]);
      if (typeof more === 'symbol' || more.done === true) break;
      batch.push(more.value);
      next = ask();
    }
    yield batch;
  }
}
