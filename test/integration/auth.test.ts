import { describe, expect, it } from 'vitest';
import { lockMinutes } from '../../electron/service/login.ts';
import { authorise } from '../../electron/service/session.ts';
import { readEvents } from '../../electron/store/index.ts';
import type { Role } from '../../shared/contracts/people.ts';
import { requests, type RequestName } from '../../shared/contracts/requests/index.ts';
import type { RequestShape } from '../../shared/contracts/requests/define.ts';
import { temporaryFolder } from './temporary.ts';
import { adminSecret, setUpService, startService, type TestService } from './test-service.ts';

const login = ({ ask }: TestService, secret = adminSecret, loginName = 'an') => ask('auth/login', { loginName, secret });
const eventTypes = ({ context: { store } }: TestService) => readEvents(store, { afterSeq: 0, limit: 10_000 }).map((event) => event.type);

describe('set-up', () => {
  it('before it only open requests pass; after it the administrator is logged in', async () => {
    const service = startService();
    expect((await service.ask('system/status', {})).setUp).toBe(false);
    expect(await service.problemOf('gate/scan', { code: '1', lane: null, via: 'typed' })).toBe('not-set-up');
    const done = await setUpService();
    expect(await done.ask('system/status', {})).toMatchObject({
      setUp: true, demo: false, mode: 'gate', unit: { code: 'KCN-01' }, session: { user: { loginName: 'an', role: 'kiosk-admin' } }, sync: { state: 'not-enrolled' },
    });
    expect(eventTypes(done)).toEqual(['kiosk-set-up', 'user-created']);
  });

  it('a second set-up is refused', async () => {
    const service = await setUpService();
    expect(await service.problemOf('setup/complete', {
      mode: 'gate', unit: { code: 'X', name: 'X' }, lanes: [], hub: null, demo: false, admin: { loginName: 'eve', displayName: 'Eve', secret: '111111' },
    })).toBe('already-set-up');
  });

  it('with demo data there are 5,000 invented workers, each an event, and the store is marked', async () => {
    const service = await setUpService('gate', { demo: true });
    expect(await service.ask('gate/summary', {})).toMatchObject({ workers: 5000 });
    expect((await service.ask('system/status', {})).demo).toBe(true);
    const types = eventTypes(service);
    expect(types.filter((type) => type === 'worker-recorded')).toHaveLength(5000);
    const found = await service.ask('roster/search', { query: 'nguyen', limit: 20 });
    expect(found.workers).toHaveLength(20);
    expect(found.total).toBeGreaterThan(20);
  });

  it('secrets are in no event and stored only as argon2id', async () => {
    const service = await setUpService();
    const { store } = service.context;
    expect(JSON.stringify(readEvents(store, { afterSeq: 0, limit: 100 }))).not.toContain(adminSecret);
    expect(store.sql<[], { hash: string }>('select secret_hash as hash from user').get()?.hash).toMatch(/^\$argon2id\$v=19\$m=\d{5},/);
  });
});

describe('log-in', () => {
  it('with the right secret passes, without it fails, and both are events', async () => {
    const service = await setUpService();
    await service.ask('auth/logout', {});
    expect(await service.problemOf('auth/login', { loginName: 'an', secret: '000000' })).toBe('login-failed');
    expect((await login(service)).user.displayName).toBe('Nguyễn Văn An');
    expect(eventTypes(service).slice(-3)).toEqual(['logged-out', 'login-failed', 'login-passed']);
  });

  it.each([[1, 0], [4, 0], [5, 1], [6, 2], [7, 4], [12, 128], [13, 240], [100, 240]])('%i failures in a row lock for %i minutes', (failures, minutes) => {
    expect(lockMinutes(failures)).toBe(minutes);
  });

  it('the fifth failure locks, the right secret too, over a restart, until the time is up', async () => {
    const dir = temporaryFolder();
    const service = await setUpService('gate', { dir });
    for (let i = 0; i < 4; i += 1) expect(await service.problemOf('auth/login', { loginName: 'an', secret: '000000' })).toBe('login-failed');
    expect(await service.problemOf('auth/login', { loginName: 'an', secret: '000000' })).toBe('login-locked');
    expect(await service.problemOf('auth/login', { loginName: 'an', secret: adminSecret })).toBe('login-locked');
    await service.close();
    const again = startService({ dir, clock: service.clock });
    again.clock.pass(59_000);
    expect(await again.problemOf('auth/login', { loginName: 'an', secret: adminSecret })).toBe('login-locked');
    again.clock.pass(1000);
    expect(await again.problemOf('auth/login', { loginName: 'an', secret: '000000' })).toBe('login-locked');
    again.clock.pass(119_000);
    expect(await again.problemOf('auth/login', { loginName: 'an', secret: adminSecret })).toBe('login-locked');
    again.clock.pass(1000);
    expect((await login(again)).user.loginName).toBe('an');
  });

  it('tries at the same moment are counted one by one', async () => {
    const service = await setUpService();
    const answers = await Promise.all(Array.from({ length: 8 }, () => service.problemOf('auth/login', { loginName: 'an', secret: '000000' })));
    expect(answers).toEqual([...Array<string>(4).fill('login-failed'), ...Array<string>(4).fill('login-locked')]);
  });

  it('a name that nobody has is answered and locked like one that somebody has', async () => {
    const service = await setUpService();
    for (let i = 0; i < 4; i += 1) expect(await service.problemOf('auth/login', { loginName: 'nobody', secret: '000000' })).toBe('login-failed');
    expect(await service.problemOf('auth/login', { loginName: 'nobody', secret: '000000' })).toBe('login-locked');
    expect((await login(service)).user.loginName).toBe('an');
  });

  it('a restart locks the screen', async () => {
    const dir = temporaryFolder();
    const service = await setUpService('gate', { dir });
    await service.close();
    const again = startService({ dir });
    expect((await again.ask('system/status', {})).session).toBeNull();
    expect(await again.problemOf('users/list', {})).toBe('not-logged-in');
  });
});

describe('the idle lock', () => {
  it('locks after the set time without an act, and tells the page', async () => {
    const service = await setUpService();
    service.clock.pass(299_000);
    await service.ask('users/list', {});
    service.clock.pass(299_000);
    await service.ask('users/list', {});
    service.clock.pass(300_000);
    expect(await service.problemOf('users/list', {})).toBe('not-logged-in');
    expect(service.told).toContainEqual({ name: 'session/locked', data: { reason: 'idle' } });
  });

  it('what the screen asks by itself keeps it open no longer', async () => {
    const service = await setUpService();
    for (let i = 0; i < 10; i += 1) {
      service.clock.pass(30_000);
      await service.problemOf('gate/log', { date: '2026-11-22', beforeSeq: null, limit: 1, outcome: null });
    }
    expect((await service.ask('system/status', {})).session).toBeNull();
  });

  it('setting the wall clock back does not keep it open', async () => {
    const service = await setUpService();
    service.clock.pass(300_000);
    service.clock.set('2020-01-01T00:00:00Z');
    expect((await service.ask('system/status', {})).session).toBeNull();
  });
});

describe('users', () => {
  const binh = { loginName: 'binh', displayName: 'Trần Bình', role: 'gate-supervisor' as const, secret: 'mat-khau-dai' };

  it('are created once a name, listed for the log-in screen, and act under their own id', async () => {
    const service = await setUpService();
    const user = await service.ask('users/create', binh);
    expect(await service.problemOf('users/create', binh)).toBe('name-taken');
    expect((await service.ask('auth/people', {})).people.map((one) => one.loginName)).toEqual(['an', 'binh']);
    await login(service, binh.secret, 'binh');
    await service.ask('roster/import', { fileName: 'r.csv', content: new TextEncoder().encode('workerId,fullName\nNV1,Lê Chi'), dryRun: false });
    const actors = readEvents(service.context.store, { afterSeq: 0, limit: 100 }).filter((event) => event.type === 'worker-recorded').map((event) => event.actor);
    expect(actors).toEqual([user.userId]);
  });

  it('disabled, a user is not listed and cannot log in', async () => {
    const service = await setUpService();
    const { userId } = await service.ask('users/create', binh);
    await service.ask('users/change', { userId, disabled: true });
    expect((await service.ask('auth/people', {})).people).toHaveLength(1);
    expect(await service.problemOf('auth/login', { loginName: 'binh', secret: binh.secret })).toBe('login-failed');
  });

  it('the last administrator can neither be disabled nor lose the role', async () => {
    const service = await setUpService();
    const userId = (await service.ask('users/list', {})).users[0]!.userId;
    expect(await service.problemOf('users/change', { userId, disabled: true })).toBe('not-allowed');
    expect(await service.problemOf('users/change', { userId, role: 'officer' })).toBe('not-allowed');
    expect(await service.problemOf('users/change', { userId: 'none', disabled: true })).toBe('not-found');
  });

  it('who gives away the administrator\'s role has it no longer, at once', async () => {
    const service = await setUpService();
    const { userId } = (await service.ask('users/list', {})).users[0]!;
    await service.ask('users/create', { ...binh, role: 'kiosk-admin' });
    await service.ask('users/change', { userId, role: 'officer' });
    expect(await service.problemOf('users/list', {})).toBe('not-allowed');
  });

  it('a new secret from the administrator lifts the lock-out', async () => {
    const service = await setUpService();
    const { userId } = await service.ask('users/create', binh);
    for (let i = 0; i < 5; i += 1) await service.problemOf('auth/login', { loginName: 'binh', secret: '000000' });
    await service.ask('users/change', { userId, secret: '135791' });
    expect((await login(service, '135791', 'binh')).user.userId).toBe(userId);
  });

  it('changing one\'s own secret asks for the old one', async () => {
    const service = await setUpService();
    expect(await service.problemOf('auth/change-secret', { old: '999999', secret: '864208' })).toBe('login-failed');
    await service.ask('auth/change-secret', { old: adminSecret, secret: '864208' });
    expect(await service.problemOf('auth/login', { loginName: 'an', secret: adminSecret })).toBe('login-failed');
    await login(service, '864208');
  });
});

describe('settings', () => {
  it('refuse a folder of scans that nobody can open, and keep the old one', async () => {
    const service = await setUpService();
    const folder = temporaryFolder();
    await service.ask('settings/set', { watchedFolder: folder });
    expect(await service.problemOf('settings/set', { watchedFolder: `${folder}/missing` })).toBe('folder-unreadable');
    expect((await service.ask('settings/get', {})).watchedFolder).toBe(folder);
    expect((await service.ask('settings/set', { watchedFolder: null })).watchedFolder).toBeNull();
  });
});

describe('who may ask what', () => {
  const roles: readonly (Role | null)[] = [null, 'officer', 'gate-supervisor', 'kiosk-admin'];

  function tryAs({ context: { store } }: TestService, name: RequestName, role: Role | null): { answer: string; touched: boolean } {
    let touched = false;
    const user = role === null ? null : { userId: 'u', loginName: 'u', displayName: 'U', role, disabled: false };
    const session = { user: () => user, lockAt: () => null, begin: () => undefined, end: () => undefined, touch: () => { touched = true; }, close: () => undefined };
    try {
      authorise({ store, session }, name);
      return { answer: 'passes', touched };
    } catch (error) {
      return { answer: (error as { code: string }).code, touched };
    }
  }

  it('of every request exactly its roles pass, and only what a person does counts against the idle lock', async () => {
    const service = await setUpService();
    for (const name of Object.keys(requests) as RequestName[]) {
      const { access, background }: RequestShape = requests[name];
      for (const role of roles) {
        const passes = access === 'open' || access === 'kiosk' || (role !== null && (access as readonly Role[]).includes(role));
        const answer = passes ? 'passes' : role === null ? 'not-logged-in' : 'not-allowed';
        expect({ name, role, ...tryAs(service, name, role) }).toEqual({ name, role, answer, touched: passes && access !== 'open' && background !== true });
      }
    }
  });

  it('before the set-up every request that is not open is refused', async () => {
    const service = startService();
    for (const name of Object.keys(requests) as RequestName[]) {
      expect([name, tryAs(service, name, 'kiosk-admin').answer]).toEqual([name, requests[name].access === 'open' ? 'passes' : 'not-set-up']);
    }
  });

  it('a name that is no request is refused', async () => {
    const service = await setUpService();
    for (const name of ['constructor', 'nothing/here', '']) expect(tryAs(service, name as RequestName, 'kiosk-admin').answer).toBe('request-unknown');
  });
});
