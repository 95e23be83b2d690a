import { describe, expect, it } from 'vitest';
import { siteHandlers } from '../../electron/service/handlers/site.ts';
import { siteFile } from '../../electron/service/site/site-file.ts';
import { readEvents, readSiteKey } from '../../electron/store/index.ts';
import { gateClock, openGate, scanAt, tellWorker, worker } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';
import { setUpService } from './test-service.ts';

describe('the gates of a site in the service', () => {
  it('exportsSinceTheLastFile_takesAnothers_showsBoth_andNotesWhoDidIt', async () => {
    const service = await setUpService();
    const handle = siteHandlers(service.context);
    const { store } = service.context;
    const other = openGate(temporaryFolder(), 2, gateClock(service.clock.now()), readSiteKey(store));
    tellWorker(other, worker('W0'));
    scanAt(other, 'W0', service.clock.now());
    const first = await handle['site/export']({ since: null });
    expect(first.fileName).toMatch(/^cong-[0-9a-f]{6}-\d{12}\.mcsite$/);
    expect((await handle['site/export']({ since: null })).events).toBe(0);
    expect((await handle['site/export']({ since: '2026-11-01' })).events).toBe(first.events);
    const taken = await handle['site/import']({ content: siteFile(other, { since: 0 }).content });
    expect(taken).toEqual({ name: 'Cổng 2, Ra', events: 2, quarantined: 0, problem: null });
    const status = await handle['site/status']({});
    expect(status).toMatchObject({ hub: false, listening: null, missing: [], gates: [{ own: true }, { heardBy: 'file', scans: 1, behind: 0 }], clock: { doubt: null } });
    expect(await handle['site/retire']({ device: other.device.id })).toEqual({ changed: true });
    const types = readEvents(store, { afterSeq: 0, limit: 1_000 }).filter(({ type }) => ['data-exported', 'gate-retired'].includes(type));
    expect(types.map(({ type, actor }) => [type, actor])).toEqual([...Array(3).fill(['data-exported', service.context.requireUser().userId]), ['gate-retired', service.context.requireUser().userId]]);
    other.close();
  });

  it('listensOnlyWhenItIsToldTo_andAPortThatIsTakenChangesNothing', async () => {
    const service = await setUpService();
    const handle = siteHandlers(service.context);
    expect((await handle['site/lan-set']({ on: true, address: '127.0.0.1', port: 18_777, peers: [] })).listening).toBe(18_777);
    const second = await setUpService();
    const beside = siteHandlers(second.context);
    await expect(beside['site/lan-set']({ on: true, address: '127.0.0.1', port: 18_777, peers: [] })).rejects.toMatchObject({ code: 'port-in-use' });
    expect(await beside['site/status']({})).toMatchObject({ lan: { on: false }, listening: null, lanProblem: null });
    expect((await handle['site/lan-set']({ on: false, address: '127.0.0.1', port: 18_777, peers: [] })).listening).toBeNull();
  });

  it('tellsThePageWhenTheClockIsMoved', async () => {
    const service = await setUpService();
    const handle = siteHandlers(service.context);
    service.clock.set('2026-11-22T09:00:00Z');
    expect(await handle['clock/state']({})).toMatchObject({ zone: null });
    await expect.poll(() => service.told.filter(({ name }) => name === 'clock/state').length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(await handle['clock/state']({})).toMatchObject({ doubt: { reason: 'jump' } });
  });
});
