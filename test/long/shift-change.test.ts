import { expect, it } from 'vitest';
import { shiftChange } from '../fixtures/shift-change.ts';

it('2,100 workers of two shifts at 6 scans a second: each is answered on the screen and stored once', async () => {
  const { shown, stored, painted, latencies } = await shiftChange({ workers: 2100, perSecond: 6 });
  expect(stored.map(({ workerId }) => workerId)).toEqual(shown);
  expect(painted).toBe(shown.length);
  const at = (part: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))]!;
  console.info(`scan to painted answer: median ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms; later than 300 ms: ${latencies.filter((ms) => ms > 300).length} of ${shown.length}`);
});
