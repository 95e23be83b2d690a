import { expect, it } from 'vitest';
import { hidBus } from '../../electron/devices/hid-bus.ts';

it('the true bus lists what is plugged in, and opens no device that is not there', async () => {
  expect(await hidBus.scanners()).toEqual(expect.any(Array));
  expect(await hidBus.open('/dev/hidraw-none')).toBeNull();
});
