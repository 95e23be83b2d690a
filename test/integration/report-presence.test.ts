import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { buildReport } from '../../electron/service/report/report-build.ts';
import { mobilePeople } from '../../electron/service/report/report-data.ts';
import { saveLabourSettings } from '../../electron/service/time/labour-law.ts';
import { decideCorrection, noteTold, ownLane, proposeCorrection, type Store } from '../../electron/store/index.ts';
import type { CorrectionChanges } from '../../shared/contracts/correction.ts';
import { defaultLabourSettings } from '../../shared/contracts/labour.ts';
import type { ReportId } from '../../shared/contracts/report.ts';
import { noChanges } from '../../shared/domain/correction.ts';
import { startOfDay } from '../../shared/domain/shift.ts';
import { openReportStore, reportWorker } from './report-store.ts';
import { temporaryFolder } from './temporary.ts';

const month = '2026-10';
const now = startOfDay('2026-11-05');
const at = (date: string, time: string): number => Date.parse(`${date}T${time}:00+07:00`);
const by = (userId: string) => ({ userId, loginName: userId, displayName: userId });

function opened(): Store {
  const store = openReportStore(temporaryFolder(), { workers: 31, month });
  onTestFinished(() => store.close());
  return store;
}

function correct(store: Store, n: number, workDate: string, changes: Partial<CorrectionChanges>): void {
  const id = randomUUID();
  store.transaction(() => {
    proposeCorrection(store, {
      id, batchId: randomUUID(), workerId: reportWorker(n, month).workerId, workDate, changes: { ...noChanges, kind: 'change', ...changes },
      reason: 'forgot', reasonsVersion: '1', note: '', by: by('an'),
    });
    decideCorrection(store, { correctionId: id, decision: 'approved', note: '', by: by('binh') });
  });
}

/** Dates from the 17th on that the mobility picture knows of a worker. */
function seen(store: Store, n: number): readonly string[] {
  const { workerId } = reportWorker(n, month);
  return mobilePeople(store, { from: `${month}-17`, to: `${month}-31`, employer: null, department: null, now }, `${month}-17`).find((person) => person.workerId === workerId)!.seen;
}

it('a date that only a correction gives is presence in the mobility picture and after Tết too', () => {
  const store = opened();
  // The 30th worker is not seen from the 18th on.
  expect(seen(store, 30)).toEqual(['2026-10-17']);
  correct(store, 30, '2026-10-29', { add: [{ direction: 'in', at: at('2026-10-29', '08:00') }, { direction: 'out', at: at('2026-10-29', '17:00') }] });
  correct(store, 30, '2026-10-30', { wholeDay: true });
  expect(seen(store, 30)).toEqual(['2026-10-17', '2026-10-29', '2026-10-30']);
  const ask = { id: 'tet-return' as const, from: '2026-10-26', to: '2026-10-30', employer: null, department: null, breakdown: null, absentDays: null };
  const [last] = [...buildReport(store, ask, now).rows].filter(({ cells }) => cells[0] === '30/10/2026');
  const employed = Array.from({ length: 31 }, (_, n) => reportWorker(n, month)).filter(({ endDate }) => endDate === null || endDate >= '2026-10-26').length;
  expect([last!.cells[4], last!.cells[5]]).toEqual([employed, employed]);
});

it('a date whose scans were somebody else’s is none', () => {
  const store = opened();
  const { workerId } = reportWorker(1, month);
  const scans = store.sql<[string], { at: string; lane: string }>(`
    select at, lane from gate_scan join worker using (worker_no) where worker_id = ? and work_date = '2026-10-20'`).all(workerId);
  expect(scans).toHaveLength(2);
  const before = seen(store, 1);
  correct(store, 1, '2026-10-20', { leaveOut: scans.map((scan) => ({ at: Date.parse(scan.at), lane: ownLane(store, scan.lane) })) });
  expect(seen(store, 1)).toEqual(before.filter((date) => date !== '2026-10-20'));
});

it('wherever absence is counted the report names the gate that it waits for', () => {
  const store = opened();
  noteTold(store, { device: 'gate-2', name: 'Cổng 2', epoch: 'e1', seq: 0, until: new Date(at('2026-10-20', '21:05')).toISOString(), proof: null }, 'lan', now);
  noteTold(store, { device: 'gate-3', name: 'Cổng 3', epoch: 'e1', seq: 0, until: new Date(now - 600_000).toISOString(), proof: null }, 'lan', now);
  const notes = (id: ReportId): string => {
    const report = buildReport(store, { id, from: `${month}-01`, to: `${month}-31`, employer: null, department: null, breakdown: null, absentDays: null }, now);
    for (const _ of report.rows);
    return report.end().notes.join(' ');
  };
  for (const id of ['timesheet-month', 'labour-book', 'mobility', 'tet-return'] as const) {
    expect(notes(id)).toContain('chỉ tính đến hết ngày 19/10/2026, là ngày mà mọi cổng đã gửi đủ dữ liệu. Cổng 2 chưa báo từ 21:05 ngày 20/10/2026.');
    expect(notes(id)).not.toContain('Cổng 3');
  }
  expect(notes('labour-use')).not.toContain('Vắng mặt');
});

it('a day over its bound is told as the law bounds it: half the normal hours by the day, twelve hours in all by the week', () => {
  const store = opened();
  const worker = reportWorker(1, month);
  const report = (settings: Partial<typeof defaultLabourSettings>) => {
    saveLabourSettings(store, { ...defaultLabourSettings, ...settings }, 'test');
    const made = buildReport(store, { id: 'overtime', from: `${month}-01`, to: `${month}-31`, employer: null, department: null, breakdown: null, absentDays: null }, now);
    const verdict = [...made.rows].find(({ cells }) => cells[1] === worker.workerId)!.cells;
    return [verdict[3], verdict[4], verdict.at(-1), made.end().notes[0]];
  };
  const stay = (date: string, end: string): void => correct(store, 1, date, { leaveOut: store.sql<[string, string], { at: string; lane: string }>(`
    select at, lane from gate_scan join worker using (worker_no) where worker_id = ? and work_date = ?`).all(worker.workerId, date)
    .map((scan) => ({ at: Date.parse(scan.at), lane: ownLane(store, scan.lane) })), add: [{ direction: 'in', at: at(date, '08:00') }, { direction: 'out', at: at(date, end) }] });
  // Tuesday 13 October: eight hours and four hours ten minutes.
  stay('2026-10-13', '21:10');
  expect(report({})).toEqual([250, '2026-10-13', 'Vượt trần ngày', 'Mức trần: 4 giờ/ngày, 40 giờ/tháng, 200 giờ/năm.']);
  // By the week ten hours are normal; what lies after the shift is overtime, 12 h 10 min in all.
  const byWeek = { scheme: 'week' as const, normalDayMinutes: 600 };
  expect(report(byWeek)).toEqual([250, '2026-10-13', 'Vượt trần ngày', 'Mức trần: 12 giờ/ngày kể cả giờ bình thường, 40 giờ/tháng, 200 giờ/năm.']);
  stay('2026-10-13', '21:00');
  expect([report({})[2], report(byWeek)[2]]).toEqual(['', '']);
});
