import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideHeld } from '../../electron/service/gate/gate-held.ts';
import { importSiteFile, siteFile } from '../../electron/service/site/site-file.ts';
import { readLabourSettings, saveLabourSettings } from '../../electron/service/time/labour-law.ts';
import { appendEvent, decideCorrection, listHeld, proposeCorrection, readHeldScans, readSettings, readZones, saveZones, setShifts, verifyChain, writeSettings, type Store } from '../../electron/store/index.ts';
import { defaultLabourSettings } from '../../shared/contracts/labour.ts';
import type { Zone } from '../../shared/contracts/zone.ts';
import { dayShift, scanAt, setPlan, sheetOf, tellWorker, worker } from '../fixtures/site-gates.ts';
import { from, gates, minute, pull, start, to, type Gate } from './two-gates.ts';


type Act =
  | { kind: 'scan'; gate: number; worker: number; minutes: number; out: boolean }
  | { kind: 'worker'; gate: number; worker: number; minutes: number; shift: string | null; end: string | null; barred: boolean }
  | { kind: 'plan'; gate: number; minutes: number; assigned: { worker: number; shift: string; from: number; days: number }[] }
  | { kind: 'shift'; gate: number; minutes: number; end: string }
  | { kind: 'correct'; gate: number; worker: number; minutes: number; day: number; out: number }
  | { kind: 'zones'; gate: number; minutes: number; name: string }
  | { kind: 'rule'; gate: number; minutes: number; repeatSeconds: number }
  | { kind: 'labour'; gate: number; minutes: number; listFromPercent: number }
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
  { weight: 2, arbitrary: fc.record({
    kind: fc.constant('correct' as const), gate: gateNumber, worker: workerNumber, minutes, day: fc.integer({ min: 1, max: 9 }), out: fc.integer({ min: 600, max: 1_200 }),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('zones' as const), gate: gateNumber, minutes, name: fc.constantFrom('Kho', 'Xưởng') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rule' as const), gate: gateNumber, minutes, repeatSeconds: fc.constantFrom(0, 60, 600) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('labour' as const), gate: gateNumber, minutes, listFromPercent: fc.constantFrom(60, 70, 90) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('file' as const), gate: gateNumber, to: gateNumber, whole: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pull' as const), gate: gateNumber, to: gateNumber }) },
);

const date = (day: number): string => `2026-11-${String(day).padStart(2, '0')}`;

/** One person proposes a way out, another approves it. */
function correct(store: Store, { worker: who, day, out }: Extract<Act, { kind: 'correct' }>): void {
  const by = (userId: string) => ({ userId, loginName: userId, displayName: userId });
  const id = randomUUID();
  store.transaction(() => {
    proposeCorrection(store, {
      id, batchId: id, workerId: `W${who}`, workDate: date(day), reason: 'forgot', reasonsVersion: '1', note: '', by: by('an'),
      changes: {
        kind: 'change', add: [{ direction: 'out', at: Date.parse(`${date(day)}T00:00:00+07:00`) + out * minute }], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false,
      },
    });
    decideCorrection(store, { correctionId: id, decision: 'approved', note: '', by: by('binh') });
  });
}

function setRule(store: Store, repeatSeconds: number): void {
  store.transaction(() => {
    writeSettings(store, { repeatSeconds });
    appendEvent(store, { type: 'settings-changed', actor: 'qt', payload: { changes: { repeatSeconds } } });
  });
}

async function perform(all: readonly Gate[], one: Act): Promise<void> {
  const { store, clock } = all[one.gate]!;
  if ('minutes' in one) clock.at = start + one.minutes * minute;
  if (one.kind === 'scan') scanAt(store, `W${one.worker}`, clock.at, one.out ? 'ra' : '1');
  else if (one.kind === 'worker') tellWorker(store, worker(`W${one.worker}`, { shiftId: one.shift, endDate: one.end, barred: one.barred }));
  else if (one.kind === 'plan') {
    setPlan(store, one.assigned.map(({ worker: who, shift, from: first, days }) => ({ workerId: `W${who}`, shiftId: shift, from: date(first), to: date(first + days) })));
  } else if (one.kind === 'shift') setShifts(store, [{ ...dayShift, end: one.end }], 'gs');
  else if (one.kind === 'zones') saveZones(store, [{ id: 'z', name: one.name, mode: 'soft' } as Zone], 'gs');
  else if (one.kind === 'correct') correct(store, one);
  else if (one.kind === 'rule') setRule(store, one.repeatSeconds);
  else if (one.kind === 'labour') saveLabourSettings(store, { ...defaultLabourSettings, listFromPercent: one.listFromPercent }, 'gs');
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
      expect(new Set(all.map(({ store }) => JSON.stringify([readZones(store), readSettings(store).repeatSeconds, readLabourSettings(store)]))).size).toBe(1);
      expect(all.map(({ store }) => store.sql('select count(*) as n from site_quarantine').get())).toEqual([{ n: 0 }, { n: 0 }, { n: 0 }]);
      expect(all.every(({ store }) => verifyChain(store).ok)).toBe(true);
      for (const { store } of all) store.close();
    }), { numRuns: 12 });
  }, 120_000);
});

describe('a scan that another gate held', () => {
  it('waitsInTheInboxOfEveryGate_untilThatGatesGuardHasDecided', async () => {
    const [a, b] = gates(2) as [Gate, Gate];
    setPlan(a.store, []);
    tellWorker(a.store, worker('W1', { shiftId: 'D' }));
    writeSettings(a.store, { oppositeSeconds: 60 });
    await pull(b.store, a.store);
    scanAt(a.store, 'W1', start + 5 * 60 * minute, '1');
    scanAt(a.store, 'W1', start + 5 * 60 * minute + 30_000, '2');
    await pull(b.store, a.store);
    const [held] = listHeld(a.store, '2026-11-01T00:00:00Z');
    const heldAt = (store: Store) => readHeldScans(store, '2026-11-02', '2026-11-02').map(({ at, outcome, workDate, worker: person, lane }) => [at, outcome, workDate, person?.workerId, lane.split('/').at(-1)]);
    expect(heldAt(b.store)).toEqual([[Date.parse(held!.at), 'ask-guard', '2026-11-02', 'W1', '2']]);
    expect(heldAt(b.store)).toEqual(heldAt(a.store));
    expect(readHeldScans(b.store, '2026-11-03', '2026-11-03')).toEqual([]);
    decideHeld(a.store, { scanId: held!.scanId, pass: true, direction: 'out' }, 'an');
    await pull(b.store, a.store);
    expect([heldAt(a.store), heldAt(b.store)]).toEqual([[], []]);
    expect(sheetOf(b.store, from, to)).toBe(sheetOf(a.store, from, to));
  });
});
