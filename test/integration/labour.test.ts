import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { recordScan } from '../../electron/service/gate/gate-scan.ts';
import { penaltyOf } from '../../electron/service/time/labour-report.ts';
import { labourLaw } from '../../electron/service/time/labour-law.ts';
import { readEvents } from '../../electron/store/index.ts';
import { defaultLabourSettings } from '../../shared/contracts/labour.ts';
import { Shift } from '../../shared/contracts/shift.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import { importRows, setUpService, type TestService } from './test-service.ts';

const shift = Shift.parse({ id: 'HC', name: 'Hành chính', start: '08:00', end: '17:00', breakMinutes: 60, lateOutMinutes: 300, days: [1, 2, 3, 4, 5, 6] });
const filter = { query: '', department: null, employer: null, shiftId: null, show: 'near' as const };
const page = { month: '2026-11', filter, offset: 0, limit: 100, fresh: true };

/** On Friday 27 November 2026 in the evening: so many days with so many minutes over for each worker. */
async function withWork(hours: Record<string, { days: number; out: string }>): Promise<TestService> {
  const service = await setUpService('gate', { at: '2026-11-27T13:00:00Z' });
  await importRows(service, ...Object.keys(hours).map((id, n) => `${id},Lê Chi ${'ABCDE'[n]},,May ${n + 1},Công ty A,,,HC,770000${n},,`));
  await service.ask('shifts/save', { shift, fresh: true });
  for (const [id, { days, out }] of Object.entries(hours)) {
    for (let date = '2026-11-02', n = 0; n < days; date = addDays(date, 1)) {
      if (new Date(`${date}T00:00:00Z`).getUTCDay() === 0) continue;
      for (const time of ['07:55', out]) recordScan(service.context.store, { code: id, lane: '1', via: 'cli', actor: 'test', at: Date.parse(`${date}T${time}:00+07:00`) });
      n += 1;
    }
  }
  return service;
}

const some = { NV1: { days: 17, out: '19:00' }, NV2: { days: 15, out: '19:00' }, NV3: { days: 21, out: '19:00' } };

describe('the list of overtime', () => {
  it('has everybody from 80 % of a cap on, the highest first, and says who is over', async () => {
    const service = await withWork(some);
    const list = await service.ask('labour/list', page);
    // 17 days of two hours are 34 of 40; 15 are 30: 75 %; 21 are 42.
    expect(list.rows.map(({ workerId, share, isOver, month }) => [workerId, share, isOver, month])).toEqual([
      ['NV3', 105, true, { used: 2_520, cap: 2_400 }], ['NV1', 85, false, { used: 2_040, cap: 2_400 }]]);
    expect(list).toMatchObject({ total: 2, over: 1, fromPercent: 80, waiting: 0, holidaysKnown: true });
    expect(list.penalty).toMatchObject({ workers: 1, least: 10_000_000, most: 20_000_000, decree: expect.stringContaining('12/2022'), verified: false });
  });
  it('is filtered by who is over, department, shift and search', async () => {
    const service = await withWork(some);
    const ids = async (change: object) => (await service.ask('labour/list', { ...page, filter: { ...filter, ...change } })).rows.map(({ workerId }) => workerId);
    expect(await ids({ show: 'over' })).toEqual(['NV3']);
    expect(await ids({ department: 'May 1' })).toEqual(['NV1']);
    expect(await ids({ shiftId: 'CA3' })).toEqual([]);
    expect(await ids({ query: 'nv1' })).toEqual(['NV1']);
  });
  it('follows a scan that was just made', async () => {
    const service = await withWork(some);
    await service.ask('labour/list', page);
    for (const time of ['07:55', '19:00']) recordScan(service.context.store, { code: 'NV1', lane: '1', via: 'cli', actor: 'test', at: Date.parse(`2026-11-27T${time}:00+07:00`) });
    expect((await service.ask('labour/list', page)).rows.find(({ workerId }) => workerId === 'NV1')?.month.used).toBe(2_160);
  });
  it('of a worker tells hours by pay class and each finding with article and figures', async () => {
    const service = await withWork(some);
    await service.ask('labour/list', page);
    const { row, months, findings } = await service.ask('labour/worker', { workerId: 'NV3', month: '2026-11' });
    expect(row).toMatchObject({ share: 105, year: { used: 2_520, cap: 12_000 } });
    expect(months).toMatchObject([{ month: '2026-11', days: 21, normal: 21 * 480, workingDayOvertime: 2_520, restDayOvertime: 0, capped: 2_520 }]);
    expect(findings).toEqual([{ fault: 'overtime-month', level: 'violation', date: '2026-11-25', actual: 2_520, allowed: 2_400, basis: expect.stringContaining('Điều 107') }]);
    expect(await service.problemOf('labour/worker', { workerId: 'nobody', month: '2026-11' })).toBe('not-found');
  });
  it('as an Excel file has the list and every finding', async () => {
    const service = await withWork(some);
    await service.ask('labour/list', page);
    const { fileName, content } = await service.ask('labour/export', { month: '2026-11', filter });
    expect(fileName).toBe('lam-them-gio-2026-11.xlsx');
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(content) as never);
    const text = (sheet: number) => book.worksheets[sheet]!.getSheetValues().flat().map(String).join('|');
    expect(text(0)).toContain('LÀM THÊM GIỜ THÁNG 11/2026');
    expect(text(0)).toContain('NV1');
    expect(text(1)).toContain('Làm thêm trong tháng quá mức');
    expect(readEvents(service.context.store, { afterSeq: 0, limit: 10_000 }).at(-1)).toMatchObject({ type: 'data-exported', purpose: 'overtime', payload: { month: '2026-11', show: 'near' } });
  });
});

describe('what a site sets', () => {
  it('is told in one event, once, and moves the caps', async () => {
    const service = await withWork(some);
    const settings = { ...defaultLabourSettings, yearBasis: 'extended' as const, ground: 'electronics', listFromPercent: 90 };
    expect(await service.ask('labour/save-settings', { settings })).toEqual({ changed: true });
    expect(await service.ask('labour/save-settings', { settings })).toEqual({ changed: false });
    expect(readEvents(service.context.store, { afterSeq: 0, limit: 10_000 }).filter(({ type }) => type === 'labour-settings-set')).toMatchObject([{ payload: { yearBasis: 'extended', ground: 'electronics' } }]);
    const list = await service.ask('labour/list', page);
    expect(list.rows.map(({ workerId, year }) => [workerId, year.cap])).toEqual([['NV3', 18_000]]);
    expect((await service.ask('labour/settings', {})).settings).toEqual(settings);
  });
  it('a ground that the rule file does not have is refused, and 300 hours without one', async () => {
    const service = await setUpService('gate');
    expect(await service.problemOf('labour/save-settings', { settings: { ...defaultLabourSettings, yearBasis: 'extended', ground: 'because' } })).toBe('request-invalid');
    expect(await service.problemOf('labour/save-settings', { settings: { ...defaultLabourSettings, yearBasis: 'extended' } })).toBe('request-invalid');
  });
  it('says what of the rule file nobody has compared with the text', async () => {
    const service = await setUpService('gate');
    expect((await service.ask('labour/settings', {})).unverified).toContainEqual(expect.stringContaining('Điều 160'));
  });
});

it('the fine grows with the number of workers, twice for an enterprise, by the decree in force', () => {
  const law = labourLaw();
  const of = (workers: number, date = '2027-02-01') => { const hint = penaltyOf(law, workers, date); return hint && [hint.least / 1e6, hint.most / 1e6, hint.verified]; };
  expect([of(0), of(1), of(10), of(11), of(50), of(51), of(100), of(101), of(300), of(301), of(20_000)]).toEqual([
    null, [10, 20, true], [10, 20, true], [20, 40, true], [20, 40, true], [40, 80, true], [40, 80, true], [80, 120, true], [80, 120, true], [120, 150, true], [120, 150, true]]);
  expect(of(1, '2026-12-31')).toEqual([10, 20, false]);
  expect(of(1, '2021-06-01')).toBeNull();
});
