import { describe, expect, it } from 'vitest';
import { beginEpoch, readGates, reportedUntil, retireGate, verifyChain } from '../../electron/store/index.ts';
import { scanAt, sheetOf } from '../fixtures/site-gates.ts';
import { from, gates, hour, monday, pull, start, to, twoGates, type Gate } from './two-gates.ts';

describe('gates that are silent, taken out, or restored', () => {
  it('aGateThatIsTakenOut_isWaitedForNoLonger_atTheOthersEither_untilItTellsAgain', async () => {
    const [first, second, third] = gates(3) as [Gate, Gate, Gate];
    for (const { store } of [second, third]) await pull(first.store, store);
    for (const { clock } of [first, second, third]) clock.at = start + 5 * hour;
    await pull(first.store, second.store);
    expect(reportedUntil(first.store, first.clock.at)).toMatchObject({ until: start, missing: [{ device: third.store.device.id, since: start }] });
    expect(retireGate(first.store, third.store.device.id, 'gs')).toBe(true);
    expect(retireGate(first.store, third.store.device.id, 'gs')).toBe(false);
    expect(reportedUntil(first.store, first.clock.at)).toEqual({ until: start + 5 * hour, missing: [] });
    await pull(second.store, first.store);
    expect(readGates(second.store, second.clock.at, '').find(({ device }) => device === third.store.device.id)).toMatchObject({ retired: true });
    for (const { clock } of [first, second, third]) clock.at += hour;
    await pull(first.store, third.store);
    expect(readGates(first.store, first.clock.at, '').some(({ retired }) => retired)).toBe(false);
  });

  it('aClockThatRunsAhead_vouchesForNoTimeThatHasNotCome', async () => {
    const [first, second] = gates(2) as [Gate, Gate];
    second.clock.at = Date.parse('2070-01-01T00:00:00Z');
    await pull(first.store, second.store);
    expect(reportedUntil(first.store, start + hour).until).toBe(start);
  });

  it('aKioskRestoredFromAnOldCopy_beginsAnew_andEverythingThatItSawReachesTheOthers', async () => {
    const [first, second] = twoGates();
    await pull(second.store, first.store);
    scanAt(first.store, 'W0', monday + hour);
    const before = first.store.epoch.epoch;
    const epoch = beginEpoch(first.store, 'quan-tri');
    expect(first.store.epoch.epoch).toBe(epoch);
    expect(epoch).not.toBe(before);
    scanAt(first.store, 'W0', monday + 10 * hour, 'ra');
    expect(verifyChain(first.store)).toMatchObject({ ok: true });
    await pull(second.store, first.store);
    expect(sheetOf(second.store, from, to)).toBe(sheetOf(first.store, from, to));
    expect(JSON.parse(sheetOf(second.store, from, to))).toMatchObject([{ workerId: 'W0', lines: [{ closedBy: 'scan', workedMinutes: 480 }] }]);
  });
});
