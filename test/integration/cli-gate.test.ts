import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../electron/cli/run-cli.ts';
import { openStore, readEvents, verifyChain } from '../../electron/store/index.ts';
import { temporaryFolder } from './temporary.ts';

type Line = Record<string, unknown>;
let cwd = '';

async function motcua(args: string[], input: readonly object[] = []): Promise<{ code: number; lines: Line[] }> {
  const lines: Line[] = [];
  const code = await runCli(args, {
    out: (line) => void lines.push(JSON.parse(JSON.stringify(line)) as Line), err: () => undefined,
    stdin: Readable.from([input.map((line) => JSON.stringify(line)).join('\n')]), cwd,
  });
  return { code, lines };
}

const qr = '001090000001|012345678|Nguyễn Văn An|17091990|Nam|Thôn 1, An Bình, Gia Bình, Bắc Ninh|10052021';
const shifts = {
  shifts: [
    { id: 'D', start: '08:00', end: '17:00', breakMinutes: 60, earlyInMinutes: 60, lateOutMinutes: 120, graceMinutes: 5, days: [1, 2, 3, 4, 5, 6] },
    { id: 'N', start: '22:00', end: '06:00', breakMinutes: 30, earlyInMinutes: 60, lateOutMinutes: 120, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
  ],
  assignments: [{ workerId: 'W1', shiftId: 'N', from: '2026-11-04', to: '2026-11-04' }],
  lanes: [{ lane: 'g1', direction: 'both' }, { lane: 'vao', direction: 'in' }],
};
const at = (day: string, time: string): string => `2026-11-${day}T${time}:00+07:00`;
const scans = [
  { at: at('02', '07:55'), lane: 'g1', code: qr },
  { at: at('02', '17:30'), lane: 'g1', code: '0001112223' },
  { at: at('02', '21:50'), lane: 'vao', code: 'PASS-7' },
  { at: at('03', '06:10'), lane: 'g1', code: 'W2' },
  { at: at('03', '06:10'), lane: 'g1', code: 'W2' },
  { at: at('04', '21:58'), lane: 'g1', code: 'W1' },
  { at: at('05', '06:01'), lane: 'g1', code: 'W1' },
];
const replay = ['gate', 'replay', '--store', 's', '--roster', 'roster.csv', '--shifts', 'shifts.json'];
const sheetOf = async (store: string): Promise<Line[]> => (await motcua(['gate', 'timesheet', '--store', store, '--from', '2026-11-01', '--to', '2026-11-06', '--json'])).lines;

beforeEach(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'roster.csv'), [
    'workerId,fullName,personalId,department,employer,startDate,endDate,shiftId,cardNumber,pass,barred',
    'W1,Nguyễn Văn An,001090000001,May 1,Công ty A,2026-01-01,,D,0001112223,,',
    'W2,Trần Thị Bình,001190000002,May 1,Công ty A,2026-01-01,2026-11-02,N,,PASS-7,',
    'W3,Lê Chi,001190000003,May 2,Công ty B,2026-01-01,,D,,,x',
  ].join('\n'));
  writeFileSync(join(cwd, 'shifts.json'), JSON.stringify(shifts));
});

describe('motcua gate replay', () => {
  it('answers each scan: direction with its reason, the shift, the work date of the shift', async () => {
    const { code, lines } = await motcua(replay, scans);
    expect(code).toBe(0);
    expect(lines[0]).toEqual({ at: at('02', '07:55'), lane: 'g1', workerId: 'W1', outcome: 'recorded', direction: 'in', reason: 'shift-window', shiftId: 'D', workDate: '2026-11-02' });
    expect(lines.map(({ workerId, outcome, direction, reason, shiftId, workDate }) => [workerId, outcome, direction, reason, shiftId, workDate].join(' '))).toEqual([
      'W1 recorded in shift-window D 2026-11-02', 'W1 recorded out last-state D 2026-11-02', 'W2 recorded in lane N 2026-11-02',
      'W2 recorded out last-state N 2026-11-02', 'W2 repeat out same-lane N 2026-11-02',
      'W1 recorded in shift-window N 2026-11-04', 'W1 recorded out last-state N 2026-11-04',
    ]);
  });

  it('refuses by the roster: unknown, barred, ended, unreadable; a line that is none is told and the others go on', async () => {
    const { code, lines } = await motcua(replay, [
      { at: at('02', '08:00'), lane: 'g1', code: '999' }, { at: at('02', '08:01'), lane: 'g1', code: 'W3' }, { at: at('03', '21:55'), lane: 'g1', code: 'W2' },
      { at: at('03', '21:56'), lane: 'g1', code: '001090012345|x|' }, { at: '2026-11-03', lane: 'g1', code: 'W1' }, { at: at('03', '21:57'), lane: 'g1', code: 'W1' },
    ]);
    expect(code).toBe(1);
    expect(lines.map(({ outcome, ok }) => outcome ?? ok)).toEqual(['unknown', 'barred', 'expired', 'unreadable', false, 'recorded']);
  });

  it('takes a time without seconds, in UTC or any offset, and answers with it as it was written', async () => {
    const times = ['2026-11-02T07:55+07:00', '2026-11-02T05:00Z', '2026-11-02T17:00'];
    const { code, lines } = await motcua(replay, times.map((time) => ({ at: time, lane: 'g1', code: 'W1' })));
    expect(code).toBe(1);
    expect(lines.map(({ at: time, direction, ok }) => [time, direction ?? ok])).toEqual([[times[0], 'in'], [times[1], 'out'], [undefined, false]]);
  });

  it('a shift that the roster names and the plan does not have is told in words, and the scans go on', async () => {
    writeFileSync(join(cwd, 'roster.csv'), 'workerId,fullName,shiftId\nW1,An,D\nW2,Bình,d\nW3,Chi,d\nW4,Dung,');
    const [told, lines]: [string[], Line[]] = [[], []];
    const code = await runCli(replay, { out: (line) => void lines.push(line as Line), err: (text) => void told.push(text), stdin: Readable.from([JSON.stringify(scans[5])]), cwd });
    expect([code, lines.length, told.length]).toEqual([0, 1, 1]);
    expect(told[0]).toMatch(/roster\.csv: ca "d" của 2 công nhân/);
  });

  it('the help names every action of the gate', async () => {
    const told: string[] = [];
    expect(await runCli(['gate', '--help'], { out: () => undefined, err: (text) => void told.push(text), stdin: Readable.from([]), cwd })).toBe(0);
    for (const words of ['gate replay --store', '--roster', '--shifts', 'gate timesheet --store', 'gate report timesheet-month|', '--format', 'gate site export|import']) expect(told.join()).toContain(words);
    await Promise.all(['report', 'site'].map(async (action) => {
      expect(await runCli(['gate', action, '--help'], { out: () => undefined, err: (text) => { expect(text).toContain(`motcua gate ${action} `); }, stdin: Readable.from([]), cwd })).toBe(0);
    }));
  });

  it('stores each scan as an event of the chain, repeats too', async () => {
    await motcua(replay, scans);
    const store = openStore(join(cwd, 's'), { appVersion: '0', readOnly: true });
    try {
      expect(readEvents(store, { afterSeq: 0, limit: 1_000 }).filter(({ type }) => type === 'gate-scan')).toHaveLength(scans.length);
      expect(verifyChain(store).ok).toBe(true);
    } finally {
      store.close();
    }
  });

  it.each([
    ['a shift that the plan does not have', { ...shifts, assignments: [{ workerId: 'W1', shiftId: 'X', from: '2026-11-01', to: '2026-11-02' }] }, 'shift-unknown'],
    ['a time that is none', { ...shifts, shifts: [{ ...shifts.shifts[0], start: '25:00' }] }, 'shift-plan-invalid'],
    ['no plan at all', 'hello', 'shift-plan-invalid'],
  ])('a plan with %s is refused', async (_, plan, problem) => {
    writeFileSync(join(cwd, 'shifts.json'), JSON.stringify(plan));
    const { code, lines } = await motcua(replay, scans);
    expect(code).toBe(1);
    expect(lines).toMatchObject([{ ok: false, problem: { code: problem } }]);
  });
});

describe('motcua gate timesheet', () => {
  it('tells each worker and work date with the offset of Vietnam', async () => {
    await motcua(replay, scans);
    expect(await sheetOf('s')).toEqual([
      { workerId: 'W1', workDate: '2026-11-02', shiftId: 'D', in: '2026-11-02T07:55:00+07:00', out: '2026-11-02T17:30:00+07:00', workedMinutes: 510, overtimeMinutes: 30,
        nightMinutes: 0, lateMinutes: 0, earlyMinutes: 0, closedBy: 'scan', exceptions: [] },
      { workerId: 'W1', workDate: '2026-11-04', shiftId: 'N', in: '2026-11-04T21:58:00+07:00', out: '2026-11-05T06:01:00+07:00', workedMinutes: 451, overtimeMinutes: 1,
        nightMinutes: 450, lateMinutes: 0, earlyMinutes: 0, closedBy: 'scan', exceptions: [] },
      { workerId: 'W2', workDate: '2026-11-02', shiftId: 'N', in: '2026-11-02T21:50:00+07:00', out: '2026-11-03T06:10:00+07:00', workedMinutes: 460, overtimeMinutes: 10,
        nightMinutes: 450, lateMinutes: 0, earlyMinutes: 0, closedBy: 'scan', exceptions: [] },
    ]);
  });

  it('is the same in whichever order the scans reached the gate', async () => {
    await motcua(replay, scans);
    const inOrder = await sheetOf('s');
    await motcua(['gate', 'replay', '--store', 'late', '--roster', 'roster.csv', '--shifts', 'shifts.json'], scans.toReversed());
    expect(await sheetOf('late')).toEqual(inOrder);
  });

  it('a period that is none is bad usage', async () => {
    await motcua(replay, scans);
    for (const [from, to] of [['2026-11-05', '2026-11-01'], ['x', '2026-11-01'], ['2020-01-01', '2026-01-01'], ['2026-02-30', '2026-03-31'], ['2026-02-01', '2026-02-29']]) {
      expect((await motcua(['gate', 'timesheet', '--store', 's', '--from', from!, '--to', to!])).code).toBe(2);
    }
  });
});
