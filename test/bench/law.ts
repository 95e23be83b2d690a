import { rmSync } from 'node:fs';
import { labourLaw, readLabourSettings } from '../../electron/service/time/labour-law.ts';
import { labourNotices } from '../../electron/service/time/labour-notices.ts';
import { labourList, yearOf } from '../../electron/service/time/labour-report.ts';
import { workRules } from '../../electron/service/time/work-days.ts';
import {
  eachWorker, findWorkerById, insertGateScan, keepWorkDays, openStore, saveShiftPlan, saveWorker, setWorkRules, workGeneration, writeKiosk, type Store, type WorkDay,
} from '../../electron/store/index.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { startOfDay, weekday } from '../../shared/domain/shift.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import { seededOnce } from './bench-seed.ts';
import { percentile, rounded, type Figure } from './figure.ts';
import { benchWorker } from './gate-seed.ts';

const month = '2026-12';
const now = Date.parse('2027-01-02T00:00:00+07:00');
const minute = 60_000;
const scans = 2_000;

/** A year of work days kept for so many workers: the foreman's list, every finding of everybody, a notice at the gate, and what a mark costs a scan. */
export async function bench({ workers }: { workers: number }): Promise<Figure[]> {
  const store = openSeeded(workers);
  try {
    const rows = store.sql<[], { n: number }>('select count(*) as n from work_day').get()!.n;
    const filter = { query: '', department: null, employer: null, shiftId: null, show: 'near' as const };
    const seconds = (work: () => void): number => { const start = performance.now(); work(); return (performance.now() - start) / 1000; };
    const bare = seconds(() => { for (const _ of store.sql('select * from work_day').raw().iterate()); });
    const list = seconds(() => void labourList(store, { month, filter, offset: 0, limit: 500, fresh: true, now }));
    let found = 0;
    const all = seconds(() => {
      const year = yearOf(store, month, now, labourLaw(), readLabourSettings(store));
      for (const worker of eachWorker(store)) found += year(worker).findings.length;
    });
    const notices: number[] = [];
    const reads: number[] = [];
    for (let i = 0; i < scans; i += 1) {
      const worker = findWorkerById(store, `NV${(i * 104_729) % workers}`)!;
      const start = performance.now();
      labourNotices(store, worker, { outcome: 'recorded', direction: 'in', reason: 'shift-window', shiftId: 'HC', workDate: '2026-12-31' }, Date.parse('2026-12-31T07:50:00+07:00'));
      notices.push(performance.now() - start);
      // By turns on another worker: pages that were just read would be no peer.
      const other = findWorkerById(store, `NV${(i * 104_729 + 7) % workers}`)!.workerNo;
      const begin = performance.now();
      store.sql<[number]>("select * from work_day where worker_no = ? and work_date between '2026-12-28' and '2026-12-31'").all(other);
      store.sql<[number]>("select * from work_month where worker_no = ? and month between '2026-01' and '2026-12'").all(other);
      reads.push(performance.now() - begin);
    }
    const peer = { name: 'reading the same rows, nothing else', value: rounded(bare) };
    const goal = (name: string, value: number, limit: number): Figure => ({ name, value: rounded(value), unit: 's', peer, ratio: rounded(value / bare), goal: `<= ${limit} s`, met: value <= limit });
    const [marked, plain] = markCost(store);
    return [
      goal(`overtime list of ${workers} workers`, list, 3),
      goal(`labour law over a year of ${workers} workers, ${rows} days, ${found} findings`, all, 60),
      {
        name: 'notice at the gate p99', value: rounded(percentile(notices, 99)), unit: 'ms', peer: { name: 'reading the same rows by key, nothing else', value: rounded(percentile(reads, 99)) },
        ratio: rounded(percentile(notices, 99) / percentile(reads, 99)), goal: '<= 0.3 ms', met: percentile(notices, 99) <= 0.3,
      },
      {
        name: 'a scan’s row with its mark p50', value: rounded(marked), unit: 'ms', peer: { name: 'the same row without the mark', value: rounded(plain) }, ratio: rounded(marked / plain),
        goal: '<= 0.1 ms more', met: marked - plain <= 0.1,
      },
    ];
  } finally {
    store.close();
  }
}

/** The insert of a scan's row, with the trigger and without it, by turns; everything is rolled back. */
function markCost(store: Store): [number, number] {
  const trigger = store.sql<[], { sql: string }>("select sql from sqlite_schema where name = 'work_dirty_by_scan'").get()!.sql;
  let position = 1_000_000_000;
  const round = (): number => {
    const times: number[] = [];
    for (let i = 0; i < scans; i += 1) {
      position += 1;
      const start = performance.now();
      insertGateScan(store, { position, workDate: '2026-12-31', at: '2026-12-31T00:50:00.000Z', lane: '1', outcome: 'recorded', direction: 'in', reason: 'lane', workerNo: (i % 200) + 1, laneDirection: 'in', zone: null });
      times.push(performance.now() - start);
    }
    return percentile(times, 50);
  };
  store.db.pragma('foreign_keys = OFF');
  store.db.exec('begin');
  const marked = round();
  store.db.exec('drop trigger work_dirty_by_scan');
  const plain = round();
  store.db.exec(trigger);
  store.db.exec('rollback');
  return [marked, plain];
}

/** Rows that were kept by other rules would all be worked out anew, from scans that there are none of: then they are seeded again. */
function openSeeded(workers: number): Store {
  const seeded = (): string => seededOnce('bench-law', String(workers), (store) => store.transaction(() => seed(store, workers)));
  const dir = seeded();
  const store = openStore(dir, { appVersion: 'bench' });
  if (workGeneration(store, workRules(store)) !== null) return store;
  store.close();
  rmSync(dir, { recursive: true });
  return openStore(seeded(), { appVersion: 'bench' });
}

/** Six days a week of 2026, with up to two hours over; the kept rows are written as the keeping would. */
function seed(store: Store, workers: number): void {
  writeKiosk(store, { mode: 'gate', unit: { code: 'BENCH', name: 'Bench' }, lanes: [{ lane: '1', name: '', direction: 'both', input: 'any' }], demo: true });
  saveShiftPlan(store, { shifts: [Shift.parse({ id: 'HC', start: '08:00', end: '17:00', breakMinutes: 60, days: [1, 2, 3, 4, 5, 6] })], assignments: [] }, 'bench');
  const generation = setWorkRules(store, workRules(store));
  const dates = Array.from({ length: 365 }, (_, i) => addDays('2026-01-01', i)).filter((date) => weekday(date) !== 7);
  for (let n = 0; n < workers; n += 1) {
    saveWorker(store, { ...benchWorker(n), shiftId: 'HC' });
    const days = dates.map((workDate, i): WorkDay => {
      const over = (n * 31 + i * 17) % 120;
      const start = startOfDay(workDate);
      return {
        line: {
          workDate, shiftId: 'HC', in: start + 475 * minute, out: start + (1_020 + over) * minute, workedMinutes: 480 + over, overtimeMinutes: over, nightMinutes: 0,
          lateMinutes: 0, earlyMinutes: 0, closedBy: 'scan', exceptions: [],
        },
        shiftIds: ['HC'], plan: 'shift', breakMinutes: 60, validFrom: 0, validTo: Number.MAX_SAFE_INTEGER,
      };
    });
    const months = Map.groupBy(days, ({ line }) => line.workDate.slice(0, 7));
    const sum = (own: readonly WorkDay[], field: 'workedMinutes' | 'overtimeMinutes'): number => own.reduce((total, { line }) => total + line[field], 0);
    keepWorkDays(store, {
      workerNo: n + 1, fromDate: '0001-01-01', mark: null, generation, dueAt: null, days,
      months: [...months].map(([name, own]) => ({
        month: name, days: own.length, worked: sum(own, 'workedMinutes'), overtime: sum(own, 'overtimeMinutes'), night: 0,
        capped: sum(own, 'overtimeMinutes'), cappedContinuous: sum(own, 'overtimeMinutes'),
      })),
    });
  }
}
