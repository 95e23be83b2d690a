import { expect, it } from 'vitest';
import { launchKiosk, type KioskUnderTest } from '../e2e/harness.ts';

const ping = (kiosk: KioskUnderTest): Promise<unknown> => kiosk.page.evaluate(() =>
  (window as unknown as { kiosk: { request(name: string, input: object): Promise<unknown> } }).kiosk.request('system/ping', {}));

it('ends a service that hangs and starts a new one', async () => {
  const kiosk = await launchKiosk();
  try {
    // A service that hangs while it starts has more time; here it has started.
    await ping(kiosk);
    const before = await kiosk.servicePid();
    process.kill(before, 'SIGSTOP');
    await expect.poll(() => kiosk.servicePid(), { timeout: 60_000, interval: 500 }).not.toBe(before);
    expect(await ping(kiosk)).toHaveProperty('at');
  } finally {
    await kiosk.close();
  }
});
