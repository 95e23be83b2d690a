import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importSiteFile, siteFile } from '../../electron/service/site-file.ts';
import { mergePage } from '../../electron/service/site-merge.ts';
import { ownStartBefore, readGates, readSitePage, reportedUntil, retireGate, setShifts, siteHave, verifyChain, type Store } from '../../electron/store/index.ts';
import type { SitePage } from '../../shared/contracts/site.ts';
import {
  dayShift, gateClock, openGate, presenceOf, scanAt, setPlan, sheetOf, tellWorker, worker, type GateClock,
} from '../fixtures/site-gates.ts';
import { temporaryFolder } from './temporary.ts';

const start = Date.parse('2026-11-02T00:00:00Z');
const minute = 60_000;
const [from, to] = ['2026-11-01', '2026-11-12'];

interface Gate { store: Store; clock: GateClock }

function gates(count: number): Gate[] {
  const dir = temporaryFolder();
  return Array.from({ length: count }, (_, i) => {
    const clock = gateClock(start);
    const store = openGate(dir, i + 1, clock);
    onTestFinished(() => store.close());
    return { store, clock };
  });
}

const page = (source: Store, asker: Store): SitePage => readSitePage(source, { have: siteHave(asker), asker: asker.device.id, name: '' });

/** What one gate holds goes to another, page by page, as over the LAN. */
async function pull(asker: Store, source: Store): Promise<void> {
  for (let more = true; more;) {
    const next = JSON.parse(JSON.stringify(page(source, asker))) as SitePage;
    ({ more } = next);
    await mergePage(asker, next, { by: 'lan', from: source.device.id });
  }
}

type Act =
  | { kind: 'scan'; gate: number; worker: number; minutes: number; out: boolean }
  | { kind: 'worker'; gate: number; worker: number; minutes: number; shift: string | null; end: string | null; barred: boolean }
  | { kind: 'plan'; gate: number; minutes: number; assigned: { worker: number; shift: string; from: number; days: number }[] }
  | { kind: 'shift'; gate: number; minutes: number; end: string }
  | { kind: 'file'; gate: number; to: number; whole: boolean }
  | { kind: 'pull'; gate: number; to: number };

const gateNumber = fc.integer({ min: 0, max: 2 });
const workerNumber = fc.integer({ min: 0, max: 3 });
const minutes = fc.integer({ min: 0, max: 8 * 1_440 });
const shiftId = fc.constantFrom('D', 'N');
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('scan' as const), gate: gateNumber, worker: workerNumber, minutes, out: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({
    kind: fc.constant('worker' as const), gate: gateNumber, worker: workerNumber, minutes, shift: fc.option(shiftId),
    end: fc.option(fc.constantFrom('2026-11-05', '2026-11-30')), barred: fc.boolean(),
  }) },
  { weight: 1, arbitrary: fc.record({
    kind: fc.constant('plan' as const), gate: gateNumber, minutes,
    assigned: fc.array(fc.record({ worker: workerNumber, shift: shiftId, from: fc.integer({ min: 1, max: 9 }), days: fc.integer({ min: 0, max: 5 }) }), { maxLength: 4 }),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('shift' as const), gate: gateNumber, minutes, end: fc.constantFrom('16:30', '17:30') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('file' as const), gate: gateNumber, to: gateNumber, whole: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pull' as const), gate: gateNumber, to: gateNumber }) },
);

const date = (day: number): string => `2026-11-${String(day).padStart(2, '0')}`;

async function perform(all: readonly Gate[], one: Act): Promise<void> {
  const { store, clock } = all[one.gate]!;
  if ('minutes' in one) clock.at = start + one.minutes * minute;
  if (one.kind === 'scan') scanAt(store, `W${one.worker}`, clock.at, one.out ? 'ra' : '1');
  else if (one.kind === 'worker') tellWorker(store, worker(`W${one.worker}`, { shiftId: one.shift, endDate: one.end, barred: one.barred }));
  else if (one.kind === 'plan') {
    setPlan(store, one.assigned.map(({ worker: who, shift, from: first, days }) => ({ workerId: `W${who}`, shiftId: shift, from: date(first), to: date(first + days) })));
  } else if (one.kind === 'shift') setShifts(store, [{ ...dayShift, end: one.end }], 'gs');
  else if (one.kind === 'file') await importSiteFile(all[one.to]!.store, siteFile(store, { since: one.whole ? 0 : start + 4 * 1_440 * minute }).content);
  else await pull(all[one.to]!.store, store);
}

describe('gates of one site', () => {
  it('anyActsAnyWayAnyOrderAnyOften_giveByteEqualTimesheetsEverywhere', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40 }), fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }), async (acts, order) => {
      const all = gates(3);
      for (const { store } of all) for (let i = 0; i < 4; i += 1) tellWorker(store, worker(`W${i}`));
      for (const one of acts) await perform(all, one);
      for (const { clock } of all) clock.at = start + 20 * 1_440 * minute;
      // By file along one way round, by pages along the other: twice, since what is handed on must settle too.
      for (const round of [0, 1]) {
        for (const at of order) {
          const next = order[(order.indexOf(at) + 1) % 3]!;
          if (round === 0) await importSiteFile(all[next]!.store, siteFile(all[at]!.store, { since: 0 }).content);
          else await pull(all[at]!.store, all[next]!.store);
        }
      }
      for (const a of all) for (const b of all) if (a !== b) await pull(a.store, b.store);
      const sheets = all.map(({ store }) => sheetOf(store, from, to));
      expect(sheets[1]).toBe(sheets[0]);
      expect(sheets[2]).toBe(sheets[0]);
      expect(new Set(all.map(({ store }) => JSON.stringify(store.sql('select * from shift_assignment order by 1, 2, 3, 4').all()))).size).toBe(1);
      expect(all.map(({ store }) => store.sql('select count(*) as n from site_quarantine').get())).toEqual([{ n: 0 }, { n: 0 }, { n: 0 }]);
      expect(all.every(({ store }) => verifyChain(store).ok)).toBe(true);
      for (const { store } of all) store.close();
    }), { numRuns: 12 });
  }, 120_000);
});
