import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../electron/cli/run-cli.ts';
import { openStore, readEvents, sha256, verifyChain } from '../../electron/store/index.ts';
import { reportIds, type ReportAsk, type ReportId } from '../../shared/contracts/report.ts';
import { setUpService, startService, type TestService } from './test-service.ts';
import { openReportStore } from './report-store.ts';
import { temporaryFolder } from './temporary.ts';

const month = '2026-10';
const ask = (id: ReportId, change: Partial<ReportAsk> = {}): ReportAsk => ({ id, from: `${month}-01`, to: `${month}-31`, employer: null, department: null, breakdown: null, absentDays: null, ...change });

/** A service over a store with invented workers and their month; whoever made that store is its administrator. */
async function withMonth(): Promise<TestService> {
  const dir = temporaryFolder();
  const service = await setUpService('gate', { dir, at: '2026-11-05T01:00:00Z' });
  await service.close();
  openReportStore(dir, { workers: 120, month }).close();
  const again = startService({ dir, at: '2026-11-05T01:00:00Z' });
  await again.ask('auth/login', { loginName: 'an', secret: '246810' });
  return again;
}
const events = ({ context: { store } }: TestService, type: string) => readEvents(store, { afterSeq: 0, limit: 100_000 }).filter((event) => event.type === type);

describe('reports by the service', () => {
  it('the list has every report with its basis and next deadline; near ones are marked', async () => {
    const service = await withMonth();
    service.clock.set('2026-11-22T01:00:00Z');
    const { reports, roles, employers } = await service.ask('reports/list', {});
    expect(reports.map(({ id }) => id)).toEqual([...reportIds]);
    expect(reports.find(({ id }) => id === 'labour-use')).toMatchObject({ verified: false, due: { date: '2026-12-05', days: 13, isNear: true } });
    expect(reports.find(({ id }) => id === 'timesheet-month')).toMatchObject({ due: null, verified: true });
    expect([roles.length > 3, employers.length]).toEqual([true, 3]);
  });

  it('shows a page at a time and masks numbers of persons; the file has them whole and the log says who took it, why, and its hash', async () => {
    const service = await withMonth();
    const first = await service.ask('reports/show', { ask: ask('labour-use'), offset: 0, limit: 50, fresh: true });
    const next = await service.ask('reports/show', { ask: ask('labour-use'), offset: 50, limit: 500, fresh: false });
    expect([first.rows.length, first.rows.length + next.rows.length, first.people]).toEqual([50, first.total, 120]);
    const at = first.columns.findIndex(({ header }) => header.startsWith('Số CCCD'));
    const shown = [...first.rows, ...next.rows].filter(({ kind }) => kind === 'row').map(({ cells }) => String(cells[at]));
    expect(shown.filter((number) => !/^\d{3}\*{5}\d{4}$|^\*+\w{2,3}$/.test(number))).toEqual([]);
    expect(events(service, 'data-exported')).toEqual([]);
    const { fileName, content } = await service.ask('reports/export', { ask: ask('labour-use'), format: 'xlsx', purpose: 'authority-report' });
    expect(fileName).toBe('labour-use-2026-10-01-2026-10-31.xlsx');
    expect(events(service, 'data-exported').map(({ actor, purpose, payload }) => ({ actor, purpose, ...payload }))).toMatchObject([
      { purpose: 'authority-report', reportId: 'labour-use', from: `${month}-01`, to: `${month}-31`, format: 'xlsx', rows: 120, bytes: content.byteLength, sha256: sha256(content), layoutVersion: 1 },
    ]);
    expect(events(service, 'data-exported')[0]!.actor).not.toBe('gate');
    expect(service.told.filter(({ name }) => name === 'report/progress').length).toBe(0);
  });

  it('what is asked again within half a minute is not worked out anew, unless it is told to', async () => {
    const service = await withMonth();
    const shown = (fresh: boolean) => service.ask('reports/show', { ask: ask('mobility', { breakdown: 'day' }), offset: 0, limit: 100, fresh });
    const { at } = await shown(false);
    service.clock.pass(20_000);
    expect((await shown(false)).at).toBe(at);
    expect((await shown(true)).at).not.toBe(at);
  });

  it('a report that was stopped fails with its code, and the next one is worked out', async () => {
    const service = await withMonth();
    const long = service.problemOf('reports/export', { ask: ask('timesheet-month'), format: 'pdf', purpose: 'payroll' });
    await service.ask('reports/cancel', {});
    expect(await long).toBe('report-cancelled');
    expect(events(service, 'data-exported')).toEqual([]);
    expect((await service.ask('reports/show', { ask: ask('labour-summary'), offset: 0, limit: 10, fresh: false })).people).toBe(3);
  });

  it('receivers are settings: set with an event, once; a role that is none is refused; nobody but a supervisor may', async () => {
    const service = await withMonth();
    const settings = { receivers: [{ role: 'zone-board', name: '  Ban quản lý KCN Mẫu ', address: '' }], zones: [{ employer: 'Công ty A', zone: 'KCN Một' }] };
    expect(await service.ask('reports/save-settings', settings)).toEqual({ changed: true });
    expect(await service.ask('reports/save-settings', settings)).toEqual({ changed: false });
    expect(events(service, 'report-settings-set').map(({ payload }) => payload)).toEqual([{ receivers: [{ role: 'zone-board', name: 'Ban quản lý KCN Mẫu', address: '' }], zones: [{ employer: 'Công ty A', zone: 'KCN Một' }] }]);
    expect((await service.ask('reports/list', {})).settings.receivers[0]!.name).toBe('Ban quản lý KCN Mẫu');
    expect(await service.problemOf('reports/save-settings', { receivers: [{ role: 'nobody', name: 'x', address: '' }], zones: [] })).toBe('request-invalid');
    expect(await service.problemOf('reports/save-settings', { receivers: [{ role: 'zone-board', name: 'a\nb', address: '' }], zones: [] })).toBe('request-invalid');
    await service.ask('auth/logout', {});
    for (const name of ['reports/list', 'reports/cancel']) expect(await service.problemOf(name, {})).toBe('not-logged-in');
  });

  it('a question that is none is refused, each with the same code', async () => {
    const service = await withMonth();
    for (const change of [
      { from: '2026-10-31', to: '2026-10-01' }, { from: '2025-01-01', to: '2026-12-31' }, { from: '2026-02-30' }, { id: 'salaries' }, { absentDays: 0 }, { breakdown: 'planet' }, { employer: 'x'.repeat(201) },
    ]) expect(await service.problemOf('reports/show', { ask: { ...ask('mobility'), ...change }, offset: 0, limit: 10, fresh: false })).toBe('request-invalid');
  });
});

describe('motcua gate report', () => {
  const motcua = async (cwd: string, ...args: string[]): Promise<{ code: number; lines: Record<string, unknown>[]; said: string }> => {
    const lines: Record<string, unknown>[] = [];
    let said = '';
    const code = await runCli(['gate', 'report', ...args], { out: (line) => void lines.push(line as Record<string, unknown>), err: (text) => { said += text; }, stdin: Readable.from([]), cwd });
    return { code, lines, said };
  };
  const folder = (): string => {
    const cwd = temporaryFolder();
    openReportStore(join(cwd, 's'), { workers: 60, month }).close();
    return cwd;
  };
  const period = ['--store', 's', '--from', `${month}-01`, '--to', `${month}-31`];

  it('as JSON gives head, rows and notes, numbers masked, and writes nothing', async () => {
    const cwd = folder();
    const { code, lines } = await motcua(cwd, 'labour-use', ...period);
    expect([code, lines.filter((line) => 'row' in line).length]).toEqual([0, 60]);
    expect(lines[0]).toMatchObject({ title: 'BÁO CÁO TÌNH HÌNH SỬ DỤNG LAO ĐỘNG', verified: false, layoutVersion: 1 });
    expect(JSON.stringify(lines)).not.toMatch(/"\d{12}"/);
    const store = openStore(join(cwd, 's'), { appVersion: 'test', readOnly: true });
    expect(readEvents(store, { afterSeq: 0, limit: 100_000 }).some(({ type }) => type === 'data-exported')).toBe(false);
    store.close();
  });

  it.each(['xlsx', 'pdf'])('as %s leaves one whole file and a line in the log that is chained', async (format) => {
    const cwd = folder();
    const { code, lines } = await motcua(cwd, 'timesheet-month', ...period, '--format', format, '--out', `thang.${format}`);
    expect(code).toBe(0);
    expect(lines).toMatchObject([{ reportId: 'timesheet-month', format, rows: 60, bytes: readFileSync(join(cwd, `thang.${format}`)).byteLength }]);
    expect(readdirSync(cwd).sort()).toEqual(['s', `thang.${format}`]);
    const store = openStore(join(cwd, 's'), { appVersion: 'test', readOnly: true });
    expect(readEvents(store, { afterSeq: 0, limit: 100_000 }).at(-1)).toMatchObject({ type: 'data-exported', actor: 'cli', purpose: 'payroll', payload: { sha256: sha256(readFileSync(join(cwd, `thang.${format}`))) } });
    expect(verifyChain(store).ok).toBe(true);
    store.close();
  });

  it('a folder that is not there leaves no file and no line in the log', async () => {
    const cwd = folder();
    const { code, lines } = await motcua(cwd, 'lane-flow', ...period, '--format', 'xlsx', '--out', 'khong/co/tep.xlsx');
    expect([code, JSON.stringify(lines).includes('folder-unreadable'), existsSync(join(cwd, 'khong'))]).toEqual([1, true, false]);
    const store = openStore(join(cwd, 's'), { appVersion: 'test', readOnly: true });
    expect(readEvents(store, { afterSeq: 0, limit: 100_000 }).some(({ type }) => type === 'data-exported')).toBe(false);
    store.close();
  });

  it.each([
    [['nothing', ...period], 'unknown report'], [['mobility', '--store', 's', '--from', '2026-10-31', '--to', '2026-10-01'], 'invalid value'], [['mobility', ...period, '--format', 'doc'], 'unknown format'],
    [['mobility', ...period, '--by', 'planet'], 'invalid value'], [['mobility', ...period, '--out', 'x.xlsx'], '--out'], [['mobility', '--store', 's'], '--from'],
  ])('bad usage is said in words: %#', async (args, words) => {
    const { code, said } = await motcua(temporaryFolder(), ...args);
    expect(code).toBe(2);
    expect(said).toContain(words);
  });
});
