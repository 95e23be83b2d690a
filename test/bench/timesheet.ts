import { monthReport } from '../../electron/service/time/timesheet-report.ts';
import { timesheetFile } from '../../electron/service/time/timesheet-file.ts';
import { insertGateScan, openStore, saveShiftPlan, saveWorker, writeKiosk, type Store } from '../../electron/store/index.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { startOfDay } from '../../shared/domain/shift.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import { seededOnce } from './bench-seed.ts';
import { rounded, type Figure } from './figure.ts';
import { benchWorker } from './gate-seed.ts';

export const month = '2026-10';
const days = 31;
const filter = { query: '', department: null, employer: null, shiftId: null, onlyToCheck: false };
const minute = 60_000;

/**
 * The timesheet of every worker for a month, four scans a worker and working day, on three shifts that rotate by week:
 * beside reading the same rows bare; then the same as an Excel file.
 */
export async function bench({ workers }: { workers: number }): Promise<Figure[]> {
  const store = openStore(seeded(workers), { appVersion: 'bench', readOnly: true });
  try {
    const bareStart = performance.now();
    let rows = 0;
    for (const row of store.sql<[], { at: string }>('select worker_no, at, lane, position from gate_scan indexed by gate_scan_by_worker where worker_no is not null order by worker_no, at').iterate()) rows += row.at === '' ? 0 : 1;
    const bare = (performance.now() - bareStart) / 1000;
    const start = performance.now();
    const { total, sums } = monthReport(store, { month, filter, offset: 0, limit: 1000, fresh: true, now: startOfDay('2026-11-05') });
    const value = (performance.now() - start) / 1000;
    if (total !== workers || sums.workedMinutes === 0) throw new Error(`the timesheet has ${total} workers of ${workers}`);
    const fileStart = performance.now();
    const { content } = await timesheetFile(store, { period: month, filter, now: startOfDay('2026-11-05') });
    const written = (performance.now() - fileStart) / 1000;
    process.stderr.write(`bench: timesheet of ${workers} workers, ${rows} scans, ${sums.days} dates, file of ${Math.round(content.byteLength / 1024)} kB\n`);
    // The goal is for 20,000 workers; a smaller run has its share.
    const goal = rounded(30 * Math.max(1, workers / 20_000));
    const peer = { name: 'reading the same rows, nothing else', value: rounded(bare) };
    return [
      { name: `timesheet of ${workers} workers for a month`, value: rounded(value), unit: 's', peer, ratio: rounded(value / bare), goal: `<= ${goal} s`, met: value <= goal },
      { name: `timesheet of ${workers} workers for a month as an Excel file`, value: rounded(written), unit: 's', peer, ratio: rounded(written / bare), goal: null, met: null },
    ];
  } finally {
    store.close();
  }
}

/** A store with a month of so many workers, made once. */
export function seeded(workers: number): string {
  return seededOnce('bench-timesheet', String(workers), (store) => {
    // Scans without their events: a timesheet reads none, and they are most of the seeding's time.
    store.db.pragma('foreign_keys = OFF');
    store.transaction(() => seed(store, workers));
  });
}

const starts = { CA1: 6, CA2: 14, CA3: 22 } as const;
const ids = Object.keys(starts) as (keyof typeof starts)[];

function shiftOf(n: number, day: number): keyof typeof starts {
  return ids[(n + Math.floor(day / 7)) % ids.length]!;
}

function seed(store: Store, workers: number): void {
  writeKiosk(store, { mode: 'gate', unit: { code: 'BENCH', name: 'Bench' }, lanes: [{ lane: '1', name: '', direction: 'both', input: 'any' }], demo: true });
  const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;
  const shifts = ids.map((id) => Shift.parse({ id, start: clock(starts[id]), end: clock(starts[id] + 8), breakMinutes: 30, graceMinutes: 5 }));
  const weeks = Array.from({ length: Math.ceil(days / 7) }, (_, week) => week * 7);
  saveShiftPlan(store, {
    shifts, assignments: Array.from({ length: workers }, (_, n) => weeks.map((day) => (
      { workerId: `NV${n}`, shiftId: shiftOf(n, day), from: addDays(`${month}-01`, day), to: addDays(`${month}-01`, day + 6) }))).flat(),
  }, 'bench');
  let position = 1_000;
  for (let n = 0; n < workers; n += 1) {
    saveWorker(store, benchWorker(n));
    for (let day = 0; day < days; day += 1) {
      if (day % 7 === 6) continue;
      const workDate = addDays(`${month}-01`, day);
      const start = startOfDay(workDate) + starts[shiftOf(n, day)] * 60 * minute;
      const jitter = (n * 31 + day * 17) % 20;
      for (const [after, direction] of [[-jitter, 'in'], [240, 'out'], [270, 'in'], [480 + jitter * 4, 'out']] as const) {
        position += 1;
        insertGateScan(store, { position, workDate, at: new Date(start + after * minute).toISOString(), lane: '1', outcome: 'recorded', direction, reason: 'shift-window', workerNo: n + 1, laneDirection: 'both', zone: null });
      }
    }
  }
}
