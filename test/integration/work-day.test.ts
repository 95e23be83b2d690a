import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pino } from 'pino';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { decideHeld } from '../../electron/service/gate/gate-held.ts';
import { saveLabourSettings } from '../../electron/service/time/labour-law.ts';
import { timesheets } from '../../electron/service/time/timesheets.ts';
import { startWorkDays } from '../../electron/service/time/work-day-upkeep.ts';
import { keepAllWork, keepWork, keptSheets, workRules, workOut } from '../../electron/service/time/work-days.ts';
import {
  countStaleWorkers, decideCorrection, findWorkerById, listHeld, markClock, openStore, proposeCorrection, readWorkDays, readWorkMonths, saveShiftPlan, saveWorker, setShifts, setWorkRules, writeAssignments, writeKiosk, writeSettings, type Store,
} from '../../electron/store/index.ts';
import { defaultLabourSettings } from '../../shared/contracts/labour.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { scriptedClock, temporaryFolder } from './temporary.ts';

const day = Shift.parse({ id: 'HC', start: '08:00', end: '17:00', breakMinutes: 60, days: [1, 2, 3, 4, 5, 6] });
const night = Shift.parse({ id: 'CA3', start: '22:00', end: '06:00', breakMinutes: 45 });
const late = Shift.parse({ id: 'CA2', start: '14:00', end: '22:00', breakMinutes: 30 });
const ids = ['W0', 'W1', 'W2'];
const shiftIds = ['HC', 'CA3', 'CA2', null];

const at = (text: string): number => Date.parse(`2026-11-${text}:00+07:00`);

function newStore(): Store {
  const store = openStore(temporaryFolder(), { create: true, appVersion: 'test', clock: scriptedClock('2026-11-01T00:00:00Z') });
  onTestFinished(() => store.close());
  fill(store);
  return store;
}

function fill(store: Store): void {
  store.transaction(() => {
    writeKiosk(store, { mode: 'gate', unit: { code: 'T', name: 'T' }, lanes: ['in', 'out', 'both'].map((lane) => ({ lane, name: '', direction: lane as 'in', input: 'any' })), demo: true });
    saveShiftPlan(store, { shifts: [day, night, late], assignments: [] }, 'test');
    ids.forEach((workerId, n) => saveWorker(store, { ...demoWorker(n, '2026-01-01'), workerId, startDate: null, endDate: null, barred: false, shiftId: shiftIds[n]! }));
  });
}

function scan(store: Store, workerId: string, when: number, lane = 'both'): void {
  recordScan(store, { code: workerId, lane, via: 'cli', actor: 'test', at: when });
}

const by = (userId: string) => ({ userId, loginName: userId, displayName: userId });

/** A scan that was forgotten. */
function propose(store: Store, workerId: string, direction: 'in' | 'out', when: number, workDate: string): string {
  const id = randomUUID();
  store.transaction(() => proposeCorrection(store, {
    id, batchId: id, workerId, workDate, reason: 'forgot', reasonsVersion: '1', note: '', by: by('an'),
    changes: { kind: 'change', add: [{ direction, at: when }], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false },
  }));
  return id;
}

const approve = (store: Store, correctionId: string): void => store.transaction(() => void decideCorrection(store, { correctionId, decision: 'approved', note: '', by: by('binh') }));

type Period = Parameters<typeof keptSheets>[1];
const text = (sheets: Iterable<unknown>): string => JSON.stringify([...sheets]);
const same = (store: Store, period: Period): void => expect(text(keptSheets(store, period))).toBe(text(timesheets(store, period)));
const dirty = (store: Store): unknown[] => store.sql('select worker_no as no, from_date as "from" from work_dirty order by worker_no').all();

describe('kept work days', () => {
  it('one scan marks that worker only, from its date on; keeping takes the mark away and writes the line', () => {
    const store = newStore();
    scan(store, 'W0', at('02T07:55'));
    expect(dirty(store)).toEqual([{ no: 1, from: '2026-11-02' }]);
    scan(store, 'W0', at('02T17:30'));
    keepAllWork(store, at('03T09:00'));
    expect(countStaleWorkers(store)).toBe(0);
    expect(readWorkDays(store, 1, '2026-11-01', '2026-11-30')).toMatchObject([{ line: { workDate: '2026-11-02', workedMinutes: 510, overtimeMinutes: 30 }, plan: 'shift', breakMinutes: 60 }]);
    expect(readWorkMonths(store, 1, '2026-01', '2026-12')).toEqual([{ month: '2026-11', days: 1, worked: 510, overtime: 30, night: 0, capped: 30, cappedContinuous: 30 }]);
    expect(readWorkDays(store, 2, '2026-11-01', '2026-11-30')).toEqual([]);
  });

  it('a scan that comes late changes its date and the sums of its month, no other month', () => {
    const store = newStore();
    for (const date of ['02', '20']) { scan(store, 'W0', at(`${date}T07:55`)); scan(store, 'W0', at(`${date}T17:00`)); }
    keepAllWork(store, at('25T09:00'));
    scan(store, 'W0', at('02T18:00'), 'in');
    scan(store, 'W0', at('02T19:30'), 'out');
    keepAllWork(store, at('25T09:01'));
    expect(readWorkMonths(store, 1, '2026-11', '2026-11')).toMatchObject([{ days: 2, overtime: 90 }]);
    same(store, { from: '2026-11-01', to: '2026-11-30' });
  });

  it.each([
    ['the shift of the roster', (store: Store) => saveWorker(store, { ...findWorkerById(store, 'W0')!, shiftId: 'CA2' })],
    ['an assignment', (store: Store) => writeAssignments(store, 'W0', [{ workerId: 'W0', shiftId: 'CA2', from: '2026-11-02', to: '2026-11-02' }])],
    ['the shift itself', (store: Store) => void setShifts(store, [{ ...day, end: '16:00' }], 'test')],
    ['an end of the contract', (store: Store) => saveWorker(store, { ...findWorkerById(store, 'W0')!, endDate: '2026-11-01' })],
  ])('a change of %s makes the rows stale: what is read is right before and after they are kept anew', (_, change) => {
    const store = newStore();
    scan(store, 'W0', at('02T13:50'));
    scan(store, 'W0', at('02T18:00'));
    keepAllWork(store, at('05T09:00'));
    const before = text(keptSheets(store, { from: '2026-11-01', to: '2026-11-30' }));
    store.transaction(() => change(store));
    const changed = text(timesheets(store, { from: '2026-11-01', to: '2026-11-30' }));
    expect(changed).not.toBe(before);
    expect(text(keptSheets(store, { from: '2026-11-01', to: '2026-11-30' }))).toBe(changed);
    keepAllWork(store, at('05T09:01'));
    expect(countStaleWorkers(store)).toBe(0);
    expect(text(keptSheets(store, { from: '2026-11-01', to: '2026-11-30' }))).toBe(changed);
  });

  it('somebody who is inside is told as inside, and as closed by the system once the shift is over, without a scan', () => {
    const store = newStore();
    scan(store, 'W0', at('02T07:55'));
    keepAllWork(store, at('02T10:00'));
    expect(readWorkDays(store, 1, '2026-11-02', '2026-11-02')).toMatchObject([{ line: { exceptions: ['still-inside'] } }]);
    same(store, { from: '2026-11-01', to: '2026-11-30', until: at('02T12:00') });
    same(store, { from: '2026-11-01', to: '2026-11-30', until: at('03T12:00') });
    keepAllWork(store, at('03T12:00'));
    expect(readWorkDays(store, 1, '2026-11-02', '2026-11-02')).toMatchObject([{ line: { exceptions: ['no-out'], closedBy: 'system' } }]);
    same(store, { from: '2026-11-02', to: '2026-11-02' });
  });

  it('a shift that is added or gets another name makes nobody stale but those whom it is for', () => {
    const store = newStore();
    saveWorker(store, { ...findWorkerById(store, 'W1')!, shiftId: 'CA9' });
    for (const id of ids) { scan(store, id, at('02T13:55')); scan(store, id, at('02T22:30')); }
    keepAllWork(store, at('05T09:00'));
    store.transaction(() => void setShifts(store, [{ ...day, name: 'Hành chính' }, Shift.parse({ id: 'CA8', start: '06:00', end: '14:00' })], 'test'));
    setWorkRules(store, workRules(store));
    expect(countStaleWorkers(store)).toBe(0);
    setShifts(store, [Shift.parse({ id: 'CA9', start: '14:00', end: '22:00' })], 'test');
    same(store, { from: '2026-11-01', to: '2026-11-30' });
    setWorkRules(store, workRules(store));
    expect(dirty(store)).toEqual([{ no: 2, from: '0001-01-01' }]);
    keepAllWork(store, at('05T09:01'));
    expect(readWorkDays(store, 2, '2026-11-02', '2026-11-02')).toMatchObject([{ line: { shiftId: 'CA9', overtimeMinutes: 30 } }]);
    same(store, { from: '2026-11-01', to: '2026-11-30' });
  });

  it('an approved correction marks its worker from its date on, and what is kept follows it', () => {
    const store = newStore();
    scan(store, 'W0', at('02T07:55'));
    keepAllWork(store, at('10T09:00'));
    const id = propose(store, 'W0', 'out', at('02T18:00'), '2026-11-02');
    expect(dirty(store)).toEqual([]);
    approve(store, id);
    expect(dirty(store)).toEqual([{ no: 1, from: '2026-11-02' }]);
    same(store, { from: '2026-11-01', to: '2026-11-30' });
    keepAllWork(store, at('10T09:01'));
    expect(readWorkDays(store, 1, '2026-11-02', '2026-11-02')).toMatchObject([{ line: { closedBy: 'correction', overtimeMinutes: 60 } }]);
    same(store, { from: '2026-11-01', to: '2026-11-30' });
  });

  it('a clock that was found wrong is told in the kept lines too', () => {
    const store = newStore();
    scan(store, 'W0', at('02T07:55'));
    scan(store, 'W0', at('02T17:00'));
    keepAllWork(store, at('05T09:00'));
    markClock(store, { kind: 'jump', jumpMs: -7_200_000 });
    scan(store, 'W0', at('03T07:55'));
    scan(store, 'W0', at('03T17:00'));
    same(store, { from: '2026-11-01', to: '2026-11-30' });
    keepAllWork(store, at('05T09:01'));
    expect(readWorkDays(store, 1, '2026-11-01', '2026-11-30').map(({ line }) => line.exceptions)).toEqual([[], ['clock-doubtful']]);
    same(store, { from: '2026-11-01', to: '2026-11-30' });
  });

  it('new labour settings count the months anew', () => {
    const store = newStore();
    scan(store, 'W0', at('02T07:55'));
    scan(store, 'W0', at('02T18:00'));
    keepAllWork(store, at('05T09:00'));
    saveLabourSettings(store, { ...defaultLabourSettings, normalDayMinutes: 420 }, 'test');
    keepAllWork(store, at('05T09:01'));
    expect(readWorkMonths(store, 1, '2026-11', '2026-11')).toMatchObject([{ capped: 120 }]);
  });

  it('what was worked out before another scan came is not kept: the mark stays', () => {
    const store = newStore();
    scan(store, 'W0', at('02T07:55'));
    const generation = setWorkRules(store, workRules(store));
    const parts = workOut(store, { generation, now: at('02T18:00'), limit: 10 });
    scan(store, 'W0', at('02T17:00'));
    expect([...keepWork(store, parts)]).toEqual([0]);
    expect(dirty(store)).toEqual([{ no: 1, from: '2026-11-02' }]);
    keepAllWork(store, at('02T18:00'));
    expect(readWorkDays(store, 1, '2026-11-02', '2026-11-02')).toMatchObject([{ line: { workedMinutes: 480 } }]);
  });

  it('a mark outlives the end of the program', () => {
    const dir = temporaryFolder();
    const first = openStore(dir, { create: true, appVersion: 'test' });
    fill(first);
    scan(first, 'W1', at('02T21:55'));
    first.close();
    const second = openStore(dir, { appVersion: 'test' });
    onTestFinished(() => second.close());
    expect(dirty(second)).toEqual([{ no: 2, from: '2026-11-02' }]);
  });

  it('beside the gate a thread works it out and the writer keeps it', async () => {
    const store = newStore();
    const upkeep = startWorkDays(store, () => at('05T09:00'), pino({ level: 'silent' }));
    onTestFinished(() => upkeep.close());
    for (const id of ids) { scan(store, id, at('02T13:55')); scan(store, id, at('02T22:30')); }
    await upkeep.settle();
    expect(countStaleWorkers(store)).toBe(0);
    expect(readWorkDays(store, 1, '2026-11-02', '2026-11-02')).toHaveLength(1);
    same(store, { from: '2026-11-01', to: '2026-11-30' });
  });

  it('property: whatever is scanned, changed and kept in whichever order, what is kept equals the timesheets byte for byte', () => {
    const minute = fc.integer({ min: 0, max: 12 * 1_440 });
    const act = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('scan' as const), who: fc.nat({ max: 2 }), minute, lane: fc.constantFrom('in', 'out', 'both') }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('held' as const), who: fc.nat({ max: 2 }), minute }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('assign' as const), who: fc.nat({ max: 2 }), day: fc.integer({ min: 1, max: 12 }), shift: fc.constantFrom('HC', 'CA2', 'CA3') }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('roster' as const), who: fc.nat({ max: 2 }), shift: fc.constantFrom('HC', 'CA2', 'CA3', null) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('shift' as const), shift: fc.constantFrom(day, late, night), start: fc.constantFrom('06:00', '09:30', '21:00'), breakMinutes: fc.constantFrom(0, 30) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('correct' as const), who: fc.nat({ max: 2 }), day: fc.integer({ min: 1, max: 12 }), minute: fc.nat({ max: 1_439 }), direction: fc.constantFrom('in', 'out') }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('decide' as const), pass: fc.boolean(), direction: fc.constantFrom('in', 'out') }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('keep' as const), minute }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('read' as const), from: fc.integer({ min: 1, max: 12 }), days: fc.nat({ max: 12 }), until: fc.option(minute, { nil: undefined }) }) },
    );
    const base = at('01T00:00');
    const dateOf = (n: number): string => `2026-11-${String(n).padStart(2, '0')}`;
    const store = newStore();
    fc.assert(fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (acts) => {
      store.transaction(() => {
        for (const table of ['work_day', 'work_month', 'work_state', 'shift_assignment', 'guard_decision', 'correction', 'gate_scan', 'presence', 'lane_scan', 'work_dirty']) store.sql(`delete from ${table}`).run();
        writeSettings(store, { oppositeSeconds: 3_600 });
        saveShiftPlan(store, { shifts: [day, night, late], assignments: [] }, 'test');
      });
      for (const one of acts) {
        if (one.kind === 'scan') scan(store, ids[one.who]!, base + one.minute * 60_000, one.lane);
        else if (one.kind === 'held') ['in', 'out'].forEach((lane, i) => scan(store, ids[one.who]!, base + (one.minute + 10 * i) * 60_000, lane));
        else if (one.kind === 'assign') store.transaction(() => writeAssignments(store, ids[one.who]!, [{ workerId: ids[one.who]!, shiftId: one.shift, from: dateOf(one.day), to: dateOf(one.day) }]));
        else if (one.kind === 'roster') saveWorker(store, { ...findWorkerById(store, ids[one.who]!)!, shiftId: one.shift });
        else if (one.kind === 'shift') setShifts(store, [day, night, late].map((shift) => (shift === one.shift ? { ...shift, start: one.start, breakMinutes: one.breakMinutes } : shift)), 'test');
        else if (one.kind === 'correct') approve(store, propose(store, ids[one.who]!, one.direction, base + ((one.day - 1) * 1_440 + one.minute) * 60_000, dateOf(one.day)));
        else if (one.kind === 'decide') listHeld(store, '2026-10-01').slice(0, 1).forEach(({ scanId }) => decideHeld(store, { scanId, pass: one.pass, direction: one.direction }, 'an'));
        else if (one.kind === 'keep') keepAllWork(store, base + one.minute * 60_000);
        else same(store, { from: dateOf(one.from), to: dateOf(one.from + one.days), ...(one.until !== undefined && { until: base + one.until * 60_000 }) });
      }
      keepAllWork(store, base + 30 * 86_400_000);
      expect(countStaleWorkers(store)).toBe(0);
      same(store, { from: '2026-11-01', to: '2026-11-30' });
      same(store, { from: '2026-11-03', to: '2026-11-06', until: at('06T15:00') });
    }), { numRuns: 60 });
  });
});
