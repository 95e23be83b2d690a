import { expect, it } from 'vitest';
import { launchKiosk } from '../e2e/harness.ts';

it('ends a service that hangs and starts a new one', async () => {
  const kiosk = await launchKiosk();
  try {
    const before = await kiosk.servicePid();
    process.kill(before, 'SIGSTOP');
    await expect.poll(() => kiosk.servicePid(), { timeout: 60_000, interval: 500 }).not.toBe(before);
    const answer = await kiosk.page.evaluate(() => (window as unknown as { kiosk: { request(name: string, input: object): Promise<unknown> } }).kiosk.request('system/ping', {}));
    expect(answer).toHaveProperty('at');
  } finally {
    await kiosk.close();
  }
});
