import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { mergePage } from '../../electron/service/site/site-merge.ts';
import { readLabourSettings, saveLabourSettings } from '../../electron/service/time/labour-law.ts';
import { decideCorrection, findWorkerById, proposeCorrection, readCountingCorrections, readEvents, readSitePage, readShifts, readZones, saveZones, setShifts, siteHave, verifyChain, type Store } from '../../electron/store/index.ts';
import { defaultLabourSettings } from '../../shared/contracts/labour.ts';
import type { Zone } from '../../shared/contracts/zone.ts';
import { dayShift, gateClock, openGate, tellWorker, worker, type GateClock } from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

const start = Date.parse('2026-11-02T01:00:00Z');
const hour = 3_600_000;
const tenYears = 3_650 * 24 * hour;

let stores: Store[];
let clocks: GateClock[];

beforeEach(() => {
  const dir = temporaryFolder();
  clocks = [0, 1, 2].map(() => gateClock(start));
  stores = clocks.map((clock, i) => openGate(dir, i + 1, clock));
  onTestFinished(() => stores.forEach((store) => store.close()));
});

async function pull(asker: number, source: number): Promise<void> {
  const [to, from] = [stores[asker]!, stores[source]!];
  await mergePage(to, JSON.parse(JSON.stringify(readSitePage(from, { have: siteHave(to), asker: to.device.id, name: '' }))), { by: 'lan', from: from.device.id });
}
async function everywhere(order = [[0, 1], [1, 0], [2, 1], [0, 2], [1, 2], [2, 0]]): Promise<void> {
  for (const [asker, source] of [...order, ...order]) await pull(asker!, source!);
}
const zone = (store: Store, name: string): boolean => saveZones(store, [{ id: 'z', name, mode: 'soft' } as Zone], 'gs');
const zoneNames = (): string[] => stores.map((store) => readZones(store)[0]?.name ?? '');
const orders = (store: Store): unknown[] => readEvents(store, { afterSeq: 0, limit: 1_000 }).map(({ payload }) => payload?.siteOrder).filter((order) => order !== undefined);

describe('the latest word of several gates', () => {
  it('ofAClockTenYearsAhead_winsUntilSomebodyWhoHasHeardItSpeaks_andNotForEver', async () => {
    clocks[1]!.at = start + tenYears;
    zone(stores[1]!, 'Kho');
    zone(stores[0]!, 'Xưởng');
    await everywhere();
    expect(zoneNames()).toEqual(['Kho', 'Kho', 'Kho']);
    clocks[0]!.at += hour;
    zone(stores[0]!, 'Xưởng');
    await everywhere();
    expect(zoneNames()).toEqual(['Xưởng', 'Xưởng', 'Xưởng']);
    clocks[2]!.at += 2 * hour;
    zone(stores[2]!, 'Bãi');
    // The clock that ran ahead was set right, and its gate speaks last.
    await everywhere();
    expect(zoneNames()).toEqual(['Bãi', 'Bãi', 'Bãi']);
    clocks[1]!.at = start + 3 * hour;
    zone(stores[1]!, 'Sân');
    await everywhere();
    expect(zoneNames()).toEqual(['Sân', 'Sân', 'Sân']);
    expect(stores.every((store) => verifyChain(store).ok)).toBe(true);
  });

  it('ofShiftsAndWorkersToo_andInWhicheverOrderItIsHeard', async () => {
    clocks[1]!.at = start + tenYears;
    tellWorker(stores[1]!, worker('W0', { department: 'Kho' }));
    setShifts(stores[1]!, [{ ...dayShift, end: '20:00' }], 'gs');
    await pull(0, 1);
    clocks[0]!.at += hour;
    tellWorker(stores[0]!, worker('W0', { department: 'May' }));
    setShifts(stores[0]!, [{ ...dayShift, end: '16:30' }], 'gs');
    await pull(2, 0);
    await everywhere([[2, 0], [1, 0], [2, 1], [0, 1], [0, 2], [1, 2]]);
    expect(stores.map((store) => [findWorkerById(store, 'W0')?.department, readShifts(store).get('D')?.end])).toEqual(Array(3).fill(['May', '16:30']));
  });

  it('whileAllClocksAreRight_noEventCarriesAPlace_andTheLaterTimeWins', async () => {
    zone(stores[0]!, 'Kho');
    await everywhere();
    clocks.forEach((clock) => { clock.at += hour; });
    tellWorker(stores[1]!, worker('W0'));
    tellWorker(stores[1]!, worker('W1'));
    zone(stores[1]!, 'Xưởng');
    await everywhere();
    expect(zoneNames()).toEqual(['Xưởng', 'Xưởng', 'Xưởng']);
    expect(stores.flatMap(orders)).toEqual([]);
  });

  it('ofAGateThatSpeaksAgainAfterARestart_keepsItsPlaceBehindWhatItHasHeard', async () => {
    clocks[1]!.at = start + tenYears;
    zone(stores[1]!, 'Kho');
    await pull(0, 1);
    const dir = stores[0]!.dir;
    stores[0]!.close();
    stores[0] = openGate(dir.slice(0, dir.lastIndexOf('/')), 1, clocks[0]!);
    zone(stores[0], 'Xưởng');
    await everywhere();
    expect(zoneNames()).toEqual(['Xưởng', 'Xưởng', 'Xưởng']);
    expect(orders(stores[0])).toEqual([new Date(start + tenYears + 1).toISOString()]);
  });

  it('onACorrection_isTheOneApprovedByWhoKnewOfTheOthers', async () => {
    const by = (userId: string) => ({ userId, loginName: userId, displayName: userId });
    const approve = (at: number, note: string): void => stores[at]!.transaction(() => {
      const id = randomUUID();
      proposeCorrection(stores[at]!, {
        id, batchId: id, workerId: 'W0', workDate: '2026-11-02', reason: 'forgot', reasonsVersion: '1', note, by: by('an'),
        changes: { kind: 'change', add: [{ direction: 'out', at: start }], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false },
      });
      decideCorrection(stores[at]!, { correctionId: id, decision: 'approved', note: '', by: by('binh') });
    });
    clocks[1]!.at = start + tenYears;
    approve(1, 'ahead');
    await pull(0, 1);
    clocks[0]!.at += hour;
    approve(0, 'right');
    await everywhere();
    for (const store of stores) expect(readCountingCorrections(store, '2026-11-01', '2026-11-05').map(({ note }) => note)).toEqual(['right']);
  });

  it('onWhatTheLawGuardGoesBy_isOneForTheWholeSite', async () => {
    saveLabourSettings(stores[0]!, { ...defaultLabourSettings, listFromPercent: 70 }, 'gs');
    clocks[1]!.at += hour;
    saveLabourSettings(stores[1]!, { ...defaultLabourSettings, yearBasis: 'extended', ground: 'electronics' }, 'gs');
    await everywhere();
    expect(stores.map((store) => readLabourSettings(store))).toEqual(Array(3).fill({ ...defaultLabourSettings, yearBasis: 'extended', ground: 'electronics' }));
    clocks[2]!.at += 2 * hour;
    saveLabourSettings(stores[2]!, { ...defaultLabourSettings, remoteArea: true }, 'gs');
    await everywhere();
    expect(stores.map((store) => readLabourSettings(store).remoteArea)).toEqual([true, true, true]);
  });
});
