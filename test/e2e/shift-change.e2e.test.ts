import { expect, it } from 'vitest';
import { shiftChange } from '../fixtures/shift-change.ts';

it('200 workers of two shifts at 6 scans a second: each is answered on the screen and stored once, in order, by the lane', async () => {
  const { shown, stored, painted, latencies, complaints } = await shiftChange({ workers: 200, perSecond: 6 });
  expect(stored).toEqual(shown.map((workerId, i) => ({
    seq: expect.any(Number) as number, workerId, outcome: 'recorded', direction: i % 2 === 0 ? 'in' : 'out', lane: i % 2 === 0 ? 'vao' : 'ra',
  })));
  expect(painted).toBe(shown.length);
  expect(complaints.filter((line) => line.startsWith('error'))).toEqual([]);
  console.info(`scan to painted answer: median ${latencies[100]} ms, worst ${latencies.at(-1)} ms`);
});
