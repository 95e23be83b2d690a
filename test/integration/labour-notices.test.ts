import { describe, expect, it, onTestFinished } from 'vitest';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { saveLabourSettings } from '../../electron/service/time/labour-law.ts';
import { keepAllWork } from '../../electron/service/time/work-days.ts';
import { openStore, saveShiftPlan, saveWorker, writeKiosk, type Store } from '../../electron/store/index.ts';
import { defaultLabourSettings } from '../../shared/contracts/labour.ts';
import type { GateNotice } from '../../shared/contracts/requests/gate.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { emptyDetails, type Protection } from '../../shared/contracts/worker-details.ts';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import { scriptedClock, temporaryFolder } from './temporary.ts';

const shifts = [
  Shift.parse({ id: 'HC', start: '08:00', end: '17:00', breakMinutes: 60, lateOutMinutes: 300, days: [1, 2, 3, 4, 5, 6] }),
  Shift.parse({ id: 'CA3', start: '22:00', end: '06:00', breakMinutes: 45 }),
];
const at = (date: string, time: string): number => Date.parse(`${date}T${time}:00+07:00`);

function gate({ shiftId = 'HC', protections = [], birthDate = '1990-01-01' }: { shiftId?: string; protections?: Protection[]; birthDate?: string } = {}): Store {
  const store = openStore(temporaryFolder(), { create: true, appVersion: 'test', clock: scriptedClock('2026-11-01T00:00:00Z') });
  onTestFinished(() => store.close());
  store.transaction(() => {
    writeKiosk(store, { mode: 'gate', unit: { code: 'T', name: 'T' }, lanes: [{ lane: '1', name: '', direction: 'both', input: 'any' }], demo: true });
    saveShiftPlan(store, { shifts, assignments: [] }, 'test');
    saveWorker(store, { ...demoWorker(0, '2026-01-01'), workerId: 'W0', startDate: null, endDate: null, barred: false, shiftId, birthDate, details: { ...emptyDetails, protections } });
  });
  return store;
}

const scan = (store: Store, date: string, time: string): GateNotice[] => recordScan(store, { code: 'W0', lane: '1', via: 'cli', actor: 'test', at: at(date, time) }).notices;

/** So many working days in November 2026, from Monday 2, each with two hours over. */
function worked(store: Store, days: number): void {
  for (let date = '2026-11-02', n = 0; n < days; date = addDays(date, 1)) {
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 0) continue;
    scan(store, date, '07:55');
    scan(store, date, '19:00');
    n += 1;
  }
  keepAllWork(store, at('2026-11-27', '00:00'));
}

describe('at the gate', () => {
  it('says what is left of the month before the limit is passed: 19 days of two hours leave two', () => {
    const store = gate();
    worked(store, 19);
    expect(scan(store, '2026-11-27', '07:55')).toEqual([{ kind: 'overtime-left', period: 'month', minutes: 120 }]);
  });
  it('says nothing while there is much left, and nothing at the way out', () => {
    const store = gate();
    worked(store, 17);
    expect(scan(store, '2026-11-27', '07:55')).toEqual([]);
    expect(scan(store, '2026-11-27', '17:00')).toEqual([]);
  });
  it('counts the break of a continuous shift off, where the department works one', () => {
    const store = gate();
    saveLabourSettings(store, { ...defaultLabourSettings, continuousDepartments: [demoWorker(0, '2026-01-01').department] }, 'test');
    worked(store, 19);
    // Two hours and the hour of break over each day, the break off again: 19 days of two hours.
    expect(scan(store, '2026-11-27', '07:55')).toEqual([{ kind: 'overtime-left', period: 'month', minutes: 120 }]);
  });
  it('says that a cap is used up, the least left first, with a customer’s week', () => {
    const store = gate();
    saveLabourSettings(store, { ...defaultLabourSettings, weekLimitMinutes: 3_060 }, 'test');
    worked(store, 24);
    // Monday to Saturday of ten hours are 60: the month's 48 hours are over 40, the week of 51 too.
    expect(scan(store, '2026-11-28', '23:30')).toEqual([
      { kind: 'overtime-left', period: 'week', minutes: 0 }, { kind: 'overtime-left', period: 'month', minutes: 0 }]);
  });
  it('says that the rest was shorter than twelve hours', () => {
    const store = gate();
    scan(store, '2026-11-02', '07:55');
    scan(store, '2026-11-02', '21:30');
    keepAllWork(store, at('2026-11-03', '00:00'));
    // The shift begins at eight: ten and a half hours of rest, though he stands at the gate before.
    expect(scan(store, '2026-11-03', '07:30')).toEqual([{ kind: 'rest-short', minutes: 630 }]);
    keepAllWork(store, at('2026-11-03', '08:00'));
    scan(store, '2026-11-03', '11:30');
    keepAllWork(store, at('2026-11-03', '12:00'));
    expect(scan(store, '2026-11-03', '12:30')).toEqual([]);
  });
  it('says that a protected worker may not work at night, nor longer than the shift', () => {
    const pregnant: Protection[] = [{ kind: 'pregnant', from: '2026-04-20', to: null }];
    expect(scan(gate({ shiftId: 'CA3', protections: pregnant }), '2026-11-02', '21:55')).toEqual([{ kind: 'night-forbidden' }]);
    const store = gate({ protections: pregnant });
    expect(scan(store, '2026-11-02', '07:55')).toEqual([]);
    expect(scan(store, '2026-11-02', '17:10')).toEqual([]);
    expect(scan(gate({ protections: pregnant }), '2026-11-08', '07:55')).toEqual([{ kind: 'overtime-forbidden' }]);
    const late = gate({ protections: pregnant });
    scan(late, '2026-11-02', '07:55');
    expect(scan(late, '2026-11-02', '18:00')).toEqual([{ kind: 'overtime-forbidden' }]);
  });
  it('a worker of 17 in the night shift is told, one of 18 is not', () => {
    expect(scan(gate({ shiftId: 'CA3', birthDate: '2008-11-03' }), '2026-11-02', '21:55')).toEqual([{ kind: 'night-forbidden' }]);
    expect(scan(gate({ shiftId: 'CA3', birthDate: '2008-11-02' }), '2026-11-02', '21:55')).toEqual([]);
  });
  it('whoever is refused is told nothing of this', () => {
    const store = gate({ shiftId: 'CA3', birthDate: '2008-11-03' });
    scan(store, '2026-11-02', '21:55');
    expect(scan(store, '2026-11-02', '21:55')).toEqual([]);
  });
});
