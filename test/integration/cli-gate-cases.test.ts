import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../electron/cli/run-cli.ts';
import { openStore, readEvents } from '../../electron/store/index.ts';
import { temporaryFolder } from './temporary.ts';

/*
 * What the command line must say, worked out by hand from the words of the acceptance: each worker is a case of his own,
 * all of them in one replay. Times are of November 2026 (2 is a Monday) in Vietnam where a scan does not say otherwise.
 */
type Line = Record<string, unknown>;

const plan = {
  shifts: [
    { id: 'D', start: '08:00', end: '17:00', breakMinutes: 60, earlyInMinutes: 60, lateOutMinutes: 120, graceMinutes: 5, days: [1, 2, 3, 4, 5, 6] },
    { id: 'N', start: '22:00', end: '06:00', breakMinutes: 30, earlyInMinutes: 60, lateOutMinutes: 180, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
    { id: 'E', start: '06:00', end: '14:00', breakMinutes: 30, earlyInMinutes: 60, lateOutMinutes: 60, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
    { id: 'L', start: '12:00', end: '20:00', breakMinutes: 30, earlyInMinutes: 60, lateOutMinutes: 60, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
    { id: 'AM', start: '06:00', end: '10:00', breakMinutes: 0, earlyInMinutes: 30, lateOutMinutes: 30, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
    { id: 'PM', start: '14:00', end: '18:00', breakMinutes: 0, earlyInMinutes: 30, lateOutMinutes: 30, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
    { id: 'MID', start: '00:30', end: '08:30', breakMinutes: 0, earlyInMinutes: 60, lateOutMinutes: 60, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
    { id: 'LONG', start: '20:00', end: '19:00', breakMinutes: 0, earlyInMinutes: 60, lateOutMinutes: 480, graceMinutes: 0, days: [1, 2, 3, 4, 5, 6, 7] },
  ],
  assignments: [
    ...['split', 'splitLate'].flatMap((workerId) => ['AM', 'PM'].map((shiftId) => ({ workerId, shiftId, from: '2026-11-02', to: '2026-11-02' }))),
    ...['E', 'L'].map((shiftId) => ({ workerId: 'overlap', shiftId, from: '2026-11-02', to: '2026-11-02' })),
    { workerId: 'rotate', shiftId: 'N', from: '2026-11-03', to: '2026-11-03' },
    { workerId: 'long', shiftId: 'LONG', from: '2026-11-02', to: '2026-11-02' },
  ],
  lanes: [{ lane: 'g1', direction: 'both' }, { lane: 'g2', direction: 'both' }, { lane: 'vao', direction: 'in' }, { lane: 'ra', direction: 'out' }, { lane: 'a-vao', direction: 'in' }],
};

/** Worker → roster's shift, then first and last date. */
const people: Record<string, [shift: string, start?: string, end?: string, barred?: string]> = {
  plain: ['D'], late: ['D'], night: ['N'], lateNight: ['N'], noOut: ['D'], noIn: ['D'], repeats: ['D'], millis: ['D'], switch: ['D'], switchBack: ['D'],
  leaves: ['N', '', '2026-11-02'], leavesLate: ['N', '', '2026-11-02'], begins: ['D', '2026-11-03'], split: ['D'], splitLate: ['D'], overlap: ['D'], rotate: ['D'],
  mid: ['MID', '2026-11-02'], long: [''], offsets: ['D'], off: ['D'], grace: ['D'], pause: ['D'], window: ['D'], openNight: ['N'], twoGates: ['D'], free: [''],
  barred: ['D', '', '', 'x'], early: ['D'],
};

/** `worker day time lane` → the answer, in the order in which they reach the gate. */
const scans: [string, string][] = [
  ['plain 02 07:55 g1', 'recorded in D 02'], ['plain 02 17:30 g1', 'recorded out D 02'],
  // The way out reaches the gate first.
  ['late 02 17:30 g1', 'recorded out D 02'], ['late 02 07:55 g1', 'recorded in D 02'],
  ['night 02 21:50 vao', 'recorded in N 02'], ['night 03 06:20 ra', 'recorded out N 02'],
  ['lateNight 03 06:20 g1', 'recorded out N 02'], ['lateNight 02 21:50 g1', 'recorded in N 02'],
  ['noOut 02 07:50 g1', 'recorded in D 02'], ['noOut 03 07:58 g1', 'recorded in D 03'], ['noOut 03 17:00 g1', 'recorded out D 03'],
  ['noIn 02 17:10 g1', 'recorded out D 02'],
  ['repeats 02 07:55:00 g1', 'recorded in D 02'], ['repeats 02 07:55:20 g1', 'repeat in D 02'], ['repeats 02 07:55:21 g1', 'recorded in D 02'],
  ['repeats 02 07:55:41 g1', 'repeat in D 02'], ['repeats 02 07:55:42 g1', 'recorded in D 02'], ['repeats 02 07:55:43 g2', 'recorded in D 02'], ['repeats 02 17:00 g1', 'recorded out D 02'],
  ['repeats 02 17:00:20 g1', 'repeat out D 02'], ['repeats 02 17:00:21 g1', 'recorded out D 02'],
  ['millis 02 07:55:00.500 g1', 'recorded in D 02'], ['millis 02 07:55:20.500 g1', 'repeat in D 02'], ['millis 02 07:55:20.501 g1', 'recorded in D 02'], ['millis 02 12:00:00.999 g1', 'recorded out D 02'], ['millis 02 13:00:00.001 g1', 'recorded in D 02'], ['millis 02 17:00:00.500 g1', 'recorded out D 02'],
  ['switch 02 07:55 vao', 'recorded in D 02'], ['switch 02 10:00 ra', 'recorded out D 02'], ['switch 02 10:00 vao', 'recorded in D 02'], ['switch 02 17:00 ra', 'recorded out D 02'],
  // The lane of the way in comes first by its name, and it reaches the gate first.
  ['switchBack 02 07:55 a-vao', 'recorded in D 02'], ['switchBack 02 10:00 a-vao', 'recorded in D 02'], ['switchBack 02 10:00 ra', 'recorded out D 02'], ['switchBack 02 17:00 ra', 'recorded out D 02'],
  ['leaves 02 21:50 g1', 'recorded in N 02'], ['leaves 03 06:10 g1', 'recorded out N 02'], ['leaves 03 21:50 g1', 'expired null N 03'],
  ['leavesLate 03 06:10 ra', 'recorded out N 02'], ['leavesLate 02 21:50 vao', 'recorded in N 02'],
  ['begins 02 07:55 g1', 'not-yet-valid null D 02'], ['begins 03 07:55 g1', 'recorded in D 03'], ['begins 03 17:00 g1', 'recorded out D 03'],
  ['split 02 05:55 g1', 'recorded in AM 02'], ['split 02 10:05 g1', 'recorded out AM 02'], ['split 02 13:55 g1', 'recorded in PM 02'], ['split 02 18:00 g1', 'recorded out PM 02'],
  ['splitLate 02 06:10 g1', 'recorded in AM 02'], ['splitLate 02 10:00 g1', 'recorded out AM 02'], ['splitLate 02 14:20 g1', 'recorded in PM 02'], ['splitLate 02 17:50 g1', 'recorded out PM 02'],
  ['overlap 02 06:00 vao', 'recorded in E 02'], ['overlap 02 12:00 vao', 'recorded in L 02'], ['overlap 02 20:00 ra', 'recorded out L 02'],
  ['rotate 02 07:58 g1', 'recorded in D 02'], ['rotate 02 17:00 g1', 'recorded out D 02'], ['rotate 03 21:58 g1', 'recorded in N 03'], ['rotate 04 06:00 g1', 'recorded out N 03'],
  ['rotate 05 07:58 g1', 'recorded in D 05'], ['rotate 05 17:00 g1', 'recorded out D 05'],
  ['mid 01 23:40 g1', 'recorded in MID 02'], ['mid 02 08:35 g1', 'recorded out MID 02'],
  ['long 02 19:50 g1', 'recorded in LONG 02'], ['long 04 00:30 g1', 'recorded out LONG 02'],
  ['off 08 08:00 g1', 'recorded in null 08'], ['off 08 12:00 g1', 'recorded out null 08'],
  ['grace 02 08:05 g1', 'recorded in D 02'], ['grace 02 16:55 g1', 'recorded out D 02'], ['grace 03 08:06 g1', 'recorded in D 03'], ['grace 03 16:54 g1', 'recorded out D 03'],
  ['pause 02 08:00 g1', 'recorded in D 02'], ['pause 02 12:00 g1', 'recorded out D 02'], ['pause 02 12:50 g1', 'recorded in D 02'], ['pause 02 17:00 g1', 'recorded out D 02'],
  ['window 02 07:00 g1', 'recorded in D 02'], ['window 02 19:00 g1', 'recorded out D 02'], ['window 03 08:00 g1', 'recorded in D 03'], ['window 03 19:30 g1', 'recorded out D 03'],
  ['openNight 02 21:50 g1', 'recorded in N 02'],
  ['twoGates 02 07:55 g1', 'recorded in D 02'], ['twoGates 02 07:55 g2', 'recorded in D 02'], ['twoGates 02 17:00 g2', 'recorded out D 02'],
  ['free 02 09:00 g1', 'recorded in null 02'], ['free 02 15:30 g1', 'recorded out null 02'],
  ['barred 02 07:55 g1', 'barred null null 02'], ['barred 02 07:55:05 g1', 'barred null null 02'],
  ['early 02 05:00 g1', 'recorded in D 02'], ['early 02 17:00 g1', 'recorded out D 02'],
];

/** Worker and date → in, out, worked, overtime, night, late, early, closed by, exceptions. */
const sheet: Record<string, string> = {
  'plain 02 D': '02 07:55, 02 17:30, 510 30 0 0 0 scan []', 'late 02 D': '02 07:55, 02 17:30, 510 30 0 0 0 scan []',
  'night 02 N': '02 21:50, 03 06:20, 470 20 450 0 0 scan []', 'lateNight 02 N': '02 21:50, 03 06:20, 470 20 450 0 0 scan []',
  'noOut 02 D': '02 07:50, 02 17:00, 480 0 0 0 0 system [no-out]', 'noOut 03 D': '03 07:58, 03 17:00, 480 0 0 0 0 scan []',
  'noIn 02 D': '-, 02 17:10, 0 0 0 0 0 scan [missing-in]',
  'repeats 02 D': '02 07:55, 02 17:00, 480 0 0 0 0 scan [in-twice out-twice]', 'millis 02 D': '02 07:55, 02 17:00, 480 0 0 0 0 scan [in-twice]',
  'switch 02 D': '02 07:55, 02 17:00, 480 0 0 0 0 scan []', 'switchBack 02 D': '02 07:55, 02 17:00, 480 0 0 0 0 scan []',
  'leaves 02 N': '02 21:50, 03 06:10, 460 10 450 0 0 scan []', 'leavesLate 02 N': '02 21:50, 03 06:10, 460 10 450 0 0 scan []',
  'begins 03 D': '03 07:55, 03 17:00, 480 0 0 0 0 scan []',
  'split 02 AM': '02 05:55, 02 18:00, 485 5 0 0 0 scan []', 'splitLate 02 AM': '02 06:10, 02 17:50, 440 0 0 30 10 scan []',
  'overlap 02 E': '02 06:00, 02 20:00, 780 0 0 0 0 scan [no-out]',
  'rotate 02 D': '02 07:58, 02 17:00, 480 0 0 0 0 scan []', 'rotate 03 N': '03 21:58, 04 06:00, 450 0 450 0 0 scan []', 'rotate 05 D': '05 07:58, 05 17:00, 480 0 0 0 0 scan []',
  'mid 02 MID': '01 23:40, 02 08:35, 485 5 330 0 0 scan []',
  'long 02 LONG': '02 19:50, 04 00:30, 1710 330 630 0 0 scan []',
  'off 08 null': '08 08:00, 08 12:00, 240 0 0 0 0 scan [no-shift]', 'free 02 null': '02 09:00, 02 15:30, 390 0 0 0 0 scan [no-shift]',
  'grace 02 D': '02 08:05, 02 16:55, 470 0 0 0 0 scan []', 'grace 03 D': '03 08:06, 03 16:54, 468 0 0 6 6 scan []',
  'pause 02 D': '02 08:00, 02 17:00, 490 0 0 0 0 scan []',
  'window 02 D': '02 07:00, 02 19:00, 600 120 0 0 0 scan []', 'window 03 D': '03 08:00, 03 17:00, 480 0 0 0 0 system [no-out outside-window]',
  'openNight 02 N': '02 21:50, 03 06:00, 450 0 450 0 0 system [no-out]',
  'twoGates 02 D': '02 07:55, 02 17:00, 480 0 0 0 0 scan [in-twice]',
  'early 02 D': '02 05:00, 02 17:00, 480 0 0 0 0 scan [outside-window]',
  'offsets 02 D': '02 07:55, 02 17:30, 510 30 0 0 0 scan []',
};

let cwd = '';

async function motcua(args: string[], input: string): Promise<{ code: number; lines: Line[]; said: string }> {
  const lines: Line[] = [];
  let said = '';
  const code = await runCli(args, { out: (line) => void lines.push(JSON.parse(JSON.stringify(line)) as Line), err: (text) => { said += text; }, stdin: Readable.from([Buffer.from(input)]), cwd });
  return { code, lines, said };
}
const at = (day: string, time: string): string => `2026-11-${day}T${time.length === 5 ? `${time}:00` : time}+07:00`;
const scanLine = (text: string): Line => {
  const [worker = '', day = '', time = '', lane = ''] = text.split(' ');
  return { at: at(day, time), lane, code: worker };
};
const replay = (store: string, lines: readonly (Line | string)[], files = true) => motcua(
  ['gate', 'replay', '--store', store, ...(files ? ['--roster', 'roster.csv', '--shifts', 'shifts.json'] : [])],
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
const sheetOf = async (store: string, from = '01', to = '09'): Promise<Record<string, string>> => {
  const { lines } = await motcua(['gate', 'timesheet', '--store', store, '--from', `2026-11-${from}`, '--to', `2026-11-${to}`, '--json'], '');
  const clock = (text: unknown): string => (typeof text === 'string' ? text.slice(8, 16).replace('T', ' ') : '-');
  return Object.fromEntries(lines.map((line) => [`${line.workerId} ${String(line.workDate).slice(8)} ${line.shiftId}`,
    `${clock(line.in)}, ${clock(line.out)}, ${line.workedMinutes} ${line.overtimeMinutes} ${line.nightMinutes} ${line.lateMinutes} ${line.earlyMinutes} ${line.closedBy} [${(line.exceptions as string[]).join(' ')}]`]));
};
const answerOf = ({ outcome, direction, shiftId, workDate }: Line): string => `${outcome} ${direction} ${shiftId} ${String(workDate).slice(8)}`;
const offsets = [{ at: '2026-11-02T00:55:00Z', lane: 'g1', code: 'offsets' }, { at: '2026-11-02T19:30:00.000+09:00', lane: 'g1', code: 'offsets' }];
const all = [...scans.map(([text]) => scanLine(text)), ...offsets];
const rosterOf = (rows: typeof people): string => ['workerId,fullName,personalId,department,employer,startDate,endDate,shiftId,cardNumber,pass,barred',
  ...Object.entries(rows).map(([id, [shift, start = '', end = '', barred = '']]) => `${id},Nguyễn Văn An,,May 1,Công ty A,${start},${end},${shift},,,${barred}`)].join('\n');

beforeEach(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'roster.csv'), rosterOf(people));
  writeFileSync(join(cwd, 'shifts.json'), JSON.stringify(plan));
});

describe('motcua gate replay and timesheet, worked out by hand', () => {
  it('each scan has its answer, at the moment at which it reaches the gate', async () => {
    const { code, lines } = await replay('s', all);
    expect(code).toBe(0);
    expect(lines.slice(0, scans.length).map((line, i) => [scans[i]![0], answerOf(line)])).toEqual(scans);
    expect(lines.slice(scans.length).map((line) => [line.at, answerOf(line)])).toEqual(offsets.map((scan, i) => [scan.at, `recorded ${i === 0 ? 'in' : 'out'} D 02`]));
  });

  it('each worker and work date has its line', async () => {
    await replay('s', all);
    expect(await sheetOf('s')).toEqual(sheet);
  });

  it('the sheet is the same in whichever order the scans reach the gate, backwards or shuffled', async () => {
    const mixed = all.map((scan, i) => ({ scan, key: (i * 7919) % 101 })).sort((a, b) => a.key - b.key).map(({ scan }) => scan);
    for (const [store, order] of [['back', all.toReversed()], ['mixed', mixed]] as const) {
      expect((await replay(store, order)).code).toBe(0);
      expect(await sheetOf(store)).toEqual(sheet);
    }
  });

  it('the same replay once more into the same store changes no line: what was recorded is a repeat', async () => {
    await replay('s', all);
    const again = await replay('s', all);
    expect(again.lines.filter(({ outcome }) => outcome === 'recorded')).toEqual([]);
    expect(await sheetOf('s')).toEqual(sheet);
  });

  it('a period cuts lines, never stays: a night that ends after it is whole, one that began before it is not there', async () => {
    await replay('s', all);
    const only = (day: string) => Object.fromEntries(Object.entries(sheet).filter(([key]) => key.split(' ')[1] === day));
    expect(await sheetOf('s', '03', '03')).toEqual(only('03'));
    expect(await sheetOf('s', '05', '08')).toEqual({ ...only('05'), ...only('08') });
    const onDay = await sheetOf('s', '02', '02');
    expect(onDay['night 02 N']).toEqual(sheet['night 02 N']);
    // Its window closes at 09:00 of the next morning, after the end of the period.
    expect(onDay['openNight 02 N']).toEqual('02 21:50, -, 0 0 0 0 0 null [still-inside]');
    expect(onDay['noOut 02 D']).toEqual(sheet['noOut 02 D']);
  });

  it('a roster that changes later takes no work away: barred, left, hired again; the next scan is decided by the new one', async () => {
    await replay('changed', [scanLine('plain 02 07:55 g1'), scanLine('plain 02 17:30 g1'), scanLine('noOut 02 07:55 g1'), scanLine('noOut 02 17:00 g1'), scanLine('night 02 21:50 g1'), scanLine('night 03 06:20 g1')]);
    const before = await sheetOf('changed');
    writeFileSync(join(cwd, 'roster2.csv'), rosterOf({ plain: ['D', '', '', 'x'], noOut: ['D', '2026-11-05'], night: ['N', '', '2026-11-01'] }));
    const { lines } = await motcua(['gate', 'replay', '--store', 'changed', '--roster', 'roster2.csv'],
      [scanLine('plain 04 07:55 g1'), scanLine('noOut 04 07:55 g1'), scanLine('night 04 21:55 g1')].map((line) => JSON.stringify(line)).join('\n'));
    expect(lines.map(({ outcome }) => outcome)).toEqual(['barred', 'not-yet-valid', 'expired']);
    expect(await sheetOf('changed')).toEqual(before);
  });

  it('another plan is in the place of the one before, for days that are over too', async () => {
    await replay('planned', [scanLine('plain 02 07:55 g1'), scanLine('plain 02 17:30 g1')]);
    writeFileSync(join(cwd, 'shifts2.json'), `\ufeff${JSON.stringify({ ...plan, shifts: plan.shifts.map((shift) => (shift.id === 'D' ? { ...shift, end: '16:00' } : shift)) })}`);
    expect((await motcua(['gate', 'replay', '--store', 'planned', '--shifts', 'shifts2.json'], '')).code).toBe(0);
    expect(await sheetOf('planned')).toEqual({ 'plain 02 D': '02 07:55, 02 17:30, 510 90 0 0 0 scan []' });
  });
});

describe('a plan with more than it must have', () => {
  it('zones hold who comes in twice, rules set the seconds; a lane into a zone that is none is refused', async () => {
    const zones = [{ id: 'hall', name: 'Xưởng 1', mode: 'hard' }];
    const lanes = [{ lane: 'vao', direction: 'in', zone: 'hall' }, { lane: 'ra', direction: 'out', zone: 'hall' }];
    writeFileSync(join(cwd, 'shifts.json'), JSON.stringify({ ...plan, zones, lanes, rules: { repeatSeconds: 5, oppositeSeconds: 60 } }));
    const { lines } = await replay('zones', ['07:55:00 vao', '07:55:05 vao', '07:55:06 vao', '12:00:00 ra', '12:01:00 vao', '12:01:01 vao', '13:00:00 vao', '17:00:00 ra'].map((text) => scanLine(`plain 02 ${text}`)));
    expect(lines.map(({ outcome, direction }) => `${outcome} ${direction}`)).toEqual([
      'recorded in', 'repeat in', 'passback in', 'recorded out', 'ask-guard in', 'recorded in', 'passback in', 'recorded out']);
    expect(await sheetOf('zones')).toEqual({ 'plain 02 D': '02 07:55, 02 17:00, 538 0 0 0 0 scan []' });
    writeFileSync(join(cwd, 'shifts.json'), JSON.stringify({ ...plan, zones: [], lanes }));
    expect((await replay('none', [])).lines).toMatchObject([{ ok: false, problem: { code: 'shift-plan-invalid' } }]);
  });

  it('the same plan again makes no event', async () => {
    await replay('same', []);
    await replay('same', []);
    const store = openStore(join(cwd, 'same'), { appVersion: '0', readOnly: true });
    try {
      const types = readEvents(store, { afterSeq: 0, limit: 1_000 }).map(({ type }) => type);
      expect(types.filter((type) => type === 'lanes-set')).toHaveLength(1);
      expect(types.filter((type) => type === 'settings-changed' || type === 'zones-set')).toEqual([]);
    } finally {
      store.close();
    }
  });
});

describe('what is no good', () => {
  it('a line that is none is answered as such, the others go on; blank lines and line ends of Windows do not matter', async () => {
    const good = JSON.stringify(scanLine('plain 02 07:55 g1'));
    const bad = ['nothing', '[]', 'null', '{"at":"2026-11-02T08:00:00","lane":"g1","code":"plain"}', '{"at":"2026-02-30T08:00:00+07:00","lane":"g1","code":"plain"}',
      '{"at":"9999-12-31T23:59:59-14:00","lane":"g1","code":"plain"}', '{"at":"0001-01-01T00:00:00Z","lane":"g1","code":"plain"}', '{"at":1762045200000,"lane":"g1","code":"plain"}',
      '{"at":"2026-11-02T08:00:00+07:00","lane":"g1/2","code":"plain"}', '{"at":"2026-11-02T08:00:00+07:00","lane":"","code":"plain"}', '{"at":"2026-11-02T08:00:00+07:00","code":"plain"}',
      '{"at":"2026-11-02T08:00:00+07:00","lane":"g1","code":7}', `{"at":"2026-11-02T08:00:00+07:00","lane":"g1","code":"${'9'.repeat(1 << 21)}"}`];
    const { code, lines } = await motcua(['gate', 'replay', '--store', 'bad', '--roster', 'roster.csv', '--shifts', 'shifts.json'], `\ufeff${good}\r\n\r\n   \n${bad.join('\r\n')}\r\n${good}`);
    expect(code).toBe(1);
    expect(lines.map(({ outcome, ok }) => outcome ?? ok)).toEqual(['recorded', ...bad.map(() => false), 'repeat']);
  });

  it.each([
    ['nothing at all', ''], ['spaces', '   '], ['a card cut off', '001090012345|x|'], ['a card of garbled digits', '00109001234|012345678|An|17091990|Nam|X|10052021'],
    ['two cards in one', '001090000001||An|17091990|Nam|X|10052021001090000002||An|17091990|Nam|X|10052021'], ['a very long one', 'x'.repeat(500_000)],
    ['control characters', '\u0000\u0001'], ['half of a letter', '\ud800'], ['an address', 'https://example.vn/?a=1&b=2'], ['a number that a spreadsheet spoilt', '1.09E+11'],
  ])('a code that is %s is unreadable and answered', async (_, code) => {
    const { code: exit, lines } = await replay('codes', [{ at: at('02', '08:00'), lane: 'g1', code }]);
    expect([exit, lines]).toMatchObject([0, [{ at: at('02', '08:00'), lane: 'g1', workerId: null, outcome: 'unreadable', direction: null, shiftId: null, workDate: '2026-11-02' }]]);
  });

  it('a roster with Vietnamese headers, in either form of accents, with BOM, semicolons and line ends of Windows is taken; spoilt rows are told and the others stay', async () => {
    const header = 'Mã NV;Họ và tên;Số CCCD;Bộ phận;Công ty;Ngày vào làm;Ngày nghỉ việc;Ca;Số thẻ;Mã ra vào;Cấm vào'.normalize('NFD');
    writeFileSync(join(cwd, 'viet.csv'), `\ufeff${header}\r\nW1;Trần Bình;001090000001;May 1;Công ty A;01/01/2026;;D;0001112223;;\r\n`
      + 'W2;Lê Chi;1090000002;May 1;Công ty A;;;D;;;\r\nW3;Lê Dung;1,09E+11;May 1;Công ty A;;;D;;;\r\nW4;Võ Em;;May 1;Công ty A;;;D;;PASS-4;0\r\n');
    const input = ['001090000001', '0001112223', 'PASS-4', 'W2'].map((code, i) => JSON.stringify({ at: at('02', `07:5${i}`), lane: 'Cổng 1', code })).join('\n');
    const { code, lines, said } = await motcua(['gate', 'replay', '--store', 'viet', '--roster', 'viet.csv', '--shifts', 'shifts.json'], input);
    expect(code).toBe(1);
    expect(said).toMatch(/viet\.csv: 3: .*số 0/);
    expect(said).toMatch(/viet\.csv: 4: .*Excel/);
    expect(lines.map(({ workerId, outcome, direction }) => `${workerId} ${outcome} ${direction}`)).toEqual(['W1 recorded in', 'W1 recorded in', 'W4 recorded in', 'null unknown null']);
  });
});
