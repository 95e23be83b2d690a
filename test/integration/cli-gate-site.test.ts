import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../../electron/cli/commands/gate.ts';
import { UsageError } from '../../electron/cli/io.ts';
import { temporaryFolder } from './temporary.ts';

interface Answered { code: number; lines: Record<string, unknown>[] }

async function gate(cwd: string, args: string[], stdin = ''): Promise<Answered> {
  const lines: Record<string, unknown>[] = [];
  const code = await run(args, { out: (line) => void lines.push(line as Record<string, unknown>), err: () => undefined, stdin: Readable.from([Buffer.from(stdin)]), cwd });
  return { code, lines };
}

const roster = 'workerId,fullName,personalId,department,employer,startDate,endDate,shiftId\nW1,An,,May,Mẫu,,,D\nW2,Bình,,May,Mẫu,,,D\n';
const shifts = JSON.stringify({
  shifts: [{ id: 'D', start: '08:00', end: '17:00', breakMinutes: 60, earlyInMinutes: 60, lateOutMinutes: 240, graceMinutes: 5, days: [1, 2, 3, 4, 5, 6, 7] }],
  assignments: [{ workerId: 'W2', shiftId: 'D', from: '2026-11-01', to: '2026-11-30' }], lanes: [{ lane: '1', direction: 'both' }],
});
const scan = (at: string, code: string): string => JSON.stringify({ at, lane: '1', code });
const all = [
  scan('2026-11-02T08:00:00+07:00', 'W1'), scan('2026-11-02T08:01:00+07:00', 'W2'), scan('2026-11-02T17:05:00+07:00', 'W1'),
  scan('2026-11-02T17:06:00+07:00', 'W2'), scan('2026-11-03T07:55:00+07:00', 'W1'), scan('2026-11-03T17:30:00+07:00', 'W1'),
];
const sheet = (cwd: string, store: string): Promise<Answered> => gate(cwd, ['timesheet', '--store', store, '--from', '2026-11-01', '--to', '2026-11-05']);

describe('motcua gate site', () => {
  it('scansOfOneDaySplitOverTwoStores_carriedOverByFiles_giveEachTheSheetOfOneStoreWithAll', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'roster.csv'), roster);
    writeFileSync(join(dir, 'shifts.json'), shifts);
    const setUp = ['--roster', 'roster.csv', '--shifts', 'shifts.json'];
    await gate(dir, ['replay', '--store', 'one', ...setUp], all.join('\n'));
    await gate(dir, ['replay', '--store', 'a', ...setUp], all.filter((_, i) => i % 2 === 0).join('\n'));
    const key = await gate(dir, ['site', 'key', '--store', 'a', 'key.mckey']);
    expect(await gate(dir, ['site', 'join', '--store', 'b', '--code', String(key.lines[0]!['code']), 'key.mckey'])).toMatchObject({ code: 0, lines: [{ ok: true, changed: true }] });
    await gate(dir, ['replay', '--store', 'b', ...setUp], all.filter((_, i) => i % 2 === 1).join('\n'));
    expect((await gate(dir, ['site', 'export', '--store', 'a', 'a.mcsite'])).code).toBe(0);
    expect((await gate(dir, ['site', 'export', '--store', 'b', 'b.mcsite'])).code).toBe(0);
    expect(await gate(dir, ['site', 'import', '--store', 'b', 'a.mcsite', 'a.mcsite'])).toMatchObject({ code: 0, lines: [{ ok: true, quarantined: 0 }, { events: 0 }] });
    expect((await gate(dir, ['site', 'import', '--store', 'a', 'b.mcsite'])).code).toBe(0);
    const wanted = await sheet(dir, 'one');
    expect(wanted.lines).toHaveLength(3);
    expect(await sheet(dir, 'a')).toEqual(wanted);
    expect(await sheet(dir, 'b')).toEqual(wanted);
    const { lines } = await gate(dir, ['site', 'status', '--store', 'a']);
    expect(lines).toMatchObject([{ own: true }, { own: false, heardBy: 'file', behind: 0 }, { missing: expect.anything() }]);
  });

  it('aFileOfAnotherSite_isRefusedWithItsCode_andTheOthersAreTaken', async () => {
    const dir = temporaryFolder();
    for (const store of ['a', 'b']) await gate(dir, ['replay', '--store', store], all[0]!);
    await gate(dir, ['site', 'export', '--store', 'a', 'a.mcsite']);
    await gate(dir, ['site', 'export', '--store', 'b', 'b.mcsite']);
    const { code, lines } = await gate(dir, ['site', 'import', '--store', 'b', 'a.mcsite', 'none.mcsite', 'b.mcsite']);
    expect(code).toBe(1);
    expect(lines).toMatchObject([{ ok: false, problem: { code: 'site-key-other' } }, { ok: false, problem: { code: 'file-unreadable' } }, { ok: true, events: 0 }]);
  });

  it.each(['export', 'key'])('%s_toAPlaceWhereNothingCanBeWritten_isACodedProblem_andTheNextFileLacksNothing', async (action) => {
    const dir = temporaryFolder();
    await gate(dir, ['replay', '--store', 'a'], all[0]!);
    mkdirSync(join(dir, 'stick'));
    for (const file of ['absent/x.mcsite', 'stick']) await expect(gate(dir, ['site', action, '--store', 'a', file])).rejects.toMatchObject({ code: 'folder-unreadable' });
    expect(readdirSync(dir).toSorted()).toEqual(['a', 'stick']);
    expect((await gate(dir, ['site', 'export', '--store', 'a', 'a.mcsite'])).lines[0]!.events).toBeGreaterThan(0);
  });

  it('fromANewEpochOn_theTimesheetIsTheSame', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'roster.csv'), roster);
    await gate(dir, ['replay', '--store', 'a', '--roster', 'roster.csv'], all.join('\n'));
    const before = await sheet(dir, 'a');
    expect(await gate(dir, ['site', 'new-epoch', '--store', 'a'])).toMatchObject({ code: 0, lines: [{ ok: true, epoch: expect.stringMatching(/^[0-9a-f]{16}$/) }] });
    expect(await sheet(dir, 'a')).toEqual(before);
  });

  it.each([['site'], ['site', 'nothing', '--store', 'a'], ['site', 'export', '--store', 'a'], ['site', 'export', '--store', 'a', '--from', 'gestern', 'x.mcsite'], ['site', 'join', '--store', 'a', 'shifts.json']])(
    'badUsage_%j_tellsTheWords', async (...args) => {
      const dir = temporaryFolder();
      await gate(dir, ['replay', '--store', 'a'], all[0]!);
      writeFileSync(join(dir, 'shifts.json'), shifts);
      await expect(gate(dir, args)).rejects.toThrow(UsageError);
    });
});
