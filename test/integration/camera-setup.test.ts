import { describe, expect, it } from 'vitest';
import { readEvents } from '../../electron/store/index.ts';
import type { Input } from '../../shared/contracts/requests/index.ts';
import { temporaryFolder } from './temporary.ts';
import { adminSecret, setUpService, startService } from './test-service.ts';

const setup: Input<'camera/set'> = {
  device: { deviceId: 'a1', groupId: 'g1', label: 'Camera tài liệu' }, size: { width: 1920, height: 1080 }, mirror: true, torch: false, dials: { focusDistance: 30 },
};

describe('the camera of a kiosk', () => {
  it('is any until it is set, is then told to the page, and the act is an event', async () => {
    const service = await setUpService();
    expect((await service.ask('system/status', {})).camera).toEqual({ device: null, size: null, mirror: null, torch: false, dials: {} });
    expect(await service.ask('camera/set', setup)).toEqual(setup);
    expect((await service.ask('system/status', {})).camera).toEqual(setup);
    expect((await service.ask('settings/get', {})).camera).toEqual(setup);
    expect(readEvents(service.context.store, { afterSeq: 0, limit: 100 }).at(-1)?.type).toBe('settings-changed');
  });

  it('may be set by a supervisor, who may not set anything else', async () => {
    const service = await setUpService();
    await service.ask('users/create', { loginName: 'binh', displayName: 'Bình', role: 'gate-supervisor', secret: '135790' });
    await service.ask('auth/login', { loginName: 'binh', secret: '135790' });
    expect(await service.ask('camera/set', setup)).toEqual(setup);
    expect(await service.problemOf('settings/set', { camera: setup })).toBe('not-allowed');
  });

  it('is set by nobody who is not logged in, and not beyond bounds', async () => {
    const service = await setUpService();
    expect(await service.problemOf('camera/set', { ...setup, dials: { volume: 3 } })).toBe('request-invalid');
    expect(await service.problemOf('camera/set', { ...setup, size: { width: 1e9, height: 1 } })).toBe('request-invalid');
    await service.ask('auth/logout', {});
    expect(await service.problemOf('camera/set', setup)).toBe('not-logged-in');
  });

  it('is remembered when the kiosk starts again', async () => {
    const dir = temporaryFolder();
    const first = startService({ dir });
    await first.ask('setup/complete', {
      mode: 'gate', unit: { code: 'KCN-01', name: 'Nhà máy Mẫu' }, lanes: [], hub: null, demo: false, admin: { loginName: 'an', displayName: 'An', secret: adminSecret },
    });
    await first.ask('camera/set', setup);
    await first.close();
    expect((await startService({ dir }).ask('system/status', {})).camera).toEqual(setup);
  });
});
