import { expect, it } from 'vitest';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';

/** Inputs of requests that must pass their schema, and such that must not. */
export type Examples = Partial<Record<RequestName, { pass: unknown[]; refuse: unknown[] }>>;

/** One test for each request that has examples. */
export function itTakesWhatItMust(examples: Examples): void {
  it.each(Object.entries(examples))('%s accepts what it must and refuses the rest', (name, { pass, refuse }) => {
    const { input } = requests[name as RequestName];
    for (const example of pass) expect([example, input.safeParse(example).success]).toEqual([example, true]);
    for (const example of refuse) expect([example, input.safeParse(example).success]).toEqual([example, false]);
  });
}
