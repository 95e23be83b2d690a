import { insertGateScan, openStore, readKiosk, saveShiftPlan, writeKiosk, type Store } from '../../electron/store/index.ts';
import { recordWorker } from '../../electron/service/people/roster-commit.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { WorkerDetails } from '../../shared/contracts/worker-details.ts';
import { demoWorker } from '../../shared/domain/demo-people.ts';
import type { Worker } from '../../shared/domain/roster.ts';
import { startOfDay } from '../../shared/domain/shift.ts';
import { addDays } from '../../shared/domain/work-date.ts';

const minute = 60_000;
const communes = [['Ninh Bình', 'Xã Mẫu Một'], ['Ninh Bình', 'Phường Mẫu Hai'], ['Hưng Yên', 'Xã Mẫu Ba'], ['Thanh Hóa', 'Xã Mẫu Bốn']] as const;

/** The n-th invented worker of these tests; `month` YYYY-MM around which he begins and ends. */
export function reportWorker(n: number, month: string): Worker {
  const base = demoWorker(n, `${month}-01`);
  const [province, commune] = communes[n % communes.length]!;
  const isForeign = n % 97 === 5;
  const details = WorkerDetails.parse({
    province, commune, position: n % 9 === 0 ? 'Tổ trưởng' : 'Công nhân vận hành máy', jobGroup: n % 50 === 0 ? 'manager' : n % 9 === 0 ? 'middle' : 'other',
    contractKind: n % 3 === 0 ? 'indefinite' : 'definite', contractFrom: '2024-03-01', contractTo: n % 3 === 0 ? null : '2027-02-28',
    socialInsuranceNo: `01${String(n).padStart(8, '0')}`, employerOfRecord: n % 20 === 7 ? 'Công ty Cho thuê lại lao động Mẫu Tín' : null,
    ...(isForeign && {
      passport: `M${String(10_000_000 + n)}`, passportExpiresOn: '2029-05-04',
      permit: { kind: 'permit', number: `GPLĐ-${n}`, issuedOn: '2025-01-10', expiresOn: n % 2 === 0 ? '2027-01-09' : `${month}-20`, position: 'Chuyên gia', form: 'Di chuyển nội bộ', provinces: ['Ninh Bình'] },
    }),
  });
  return {
    ...base, barred: false, details, startDate: n % 40 === 3 ? `${month}-12` : '2024-03-01', endDate: n % 55 === 9 ? `${month}-21` : null, shiftId: n % 4 === 0 ? 'CA3' : 'HC',
    ...(isForeign && { nationality: 'Trung Quốc', personalId: null, language: 'zh' as const }),
  };
}

/**
 * A real store with invented workers and a month of their scans, two a working day (Monday to Saturday): every 13th comes late on
 * a Tuesday, every 11th stays two hours longer on Wednesdays, every 29th forgets the way out on the 15th, every 31st is not seen
 * from the 18th on, and one moves to another team on the 10th. Scans stand there without their events.
 */
export function openReportStore(dir: string, { workers, month }: { workers: number; month: string }): Store {
  const store = openStore(dir, { create: true, appVersion: 'test', clock: undefined });
  store.db.pragma('synchronous = OFF');
  store.db.pragma('foreign_keys = OFF');
  store.transaction(() => {
    writeKiosk(store, {
      mode: 'gate', unit: { code: 'KCN-MAU', name: 'Khu công nghiệp Mẫu Hòa Bình' }, demo: true,
      lanes: [{ lane: '1', name: 'Làn 1', direction: 'both', input: 'any' }, { lane: '2', name: 'Làn 2', direction: 'both', input: 'any' }],
    });
    const shift = (id: string, start: string, end: string): Shift => Shift.parse({ id, start, end, breakMinutes: 60, graceMinutes: 5, days: [1, 2, 3, 4, 5, 6] });
    saveShiftPlan(store, { shifts: [shift('HC', '08:00', '17:00'), shift('CA3', '22:00', '06:00')], assignments: [] }, 'test');
    let position = 1_000_000;
    for (let n = 0; n < workers; n += 1) {
      const worker = reportWorker(n, month);
      recordWorker(store, worker, 'test');
      const workerNo = store.sql<[string], { n: number }>('select worker_no as n from worker where worker_id = ?').get(worker.workerId)!.n;
      for (let date = `${month}-01`; date.startsWith(month); date = addDays(date, 1)) {
        const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
        if (weekday === 0 || date < worker.startDate! || (worker.endDate !== null && date > worker.endDate) || (n % 31 === 30 && date >= `${month}-18`)) continue;
        const isNight = worker.shiftId === 'CA3';
        const start = startOfDay(date) + (isNight ? 22 : 8) * 60 * minute;
        const late = n % 13 === 2 && weekday === 2 ? 25 : -(n % 15);
        const stay = (isNight ? 8 : 9) * 60 + (n % 11 === 4 && weekday === 3 ? 120 : n % 5);
        const add = (at: number, direction: 'in' | 'out'): void => {
          position += 1;
          insertGateScan(store, { position, workDate: date, at: new Date(at).toISOString(), lane: n % 2 === 0 ? '1' : '2', outcome: 'recorded', direction, reason: 'shift-window', workerNo, laneDirection: 'both', zone: null });
        };
        add(start + late * minute, 'in');
        if (!(n % 29 === 28 && date === `${month}-15`)) add(start + stay * minute, 'out');
      }
    }
  });
  if (readKiosk(store) === null) throw new Error('the store has no kiosk');
  return store;
}
