import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../electron/cli/run-cli.ts';
import { openStore } from '../../electron/store/index.ts';
import { openDatabase } from '../../electron/store/open-database.ts';
import { temporaryFolder } from './temporary.ts';

type Line = Record<string, unknown>;
let cwd = '';

/** Runs `motcua …` in this process: exit code, JSON lines, words. */
async function motcua(args: string[], input = ''): Promise<{ code: number; lines: Line[]; words: string }> {
  const lines: Line[] = [];
  let words = '';
  const code = await runCli(args, {
    out: (line) => void lines.push(JSON.parse(JSON.stringify(line)) as Line), err: (text) => { words += text; }, stdin: Readable.from([input]), cwd,
  });
  return { code, lines, words };
}

const roster = [
  'workerId,fullName,personalId,department,employer,startDate,endDate,shiftId',
  'NV1,Nguyễn Văn An,001090000001,May 1,Công ty A,2024-01-01,,CA1',
  'NV2,Trần Thị Bình,001190000002,May 1,Công ty A,2024-01-01,2026-11-21,CA1',
].join('\n');

beforeEach(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'r.csv'), roster);
  writeFileSync(join(cwd, 'bad.csv'), `${roster}\nNV3,Lê Chi,1234,,,,,`);
});

describe('motcua roster import', () => {
  it('makes the store with a key file for its owner, tells each row and the sum', async () => {
    const { code, lines } = await motcua(['roster', 'import', 'r.csv', '--store', 'new/gate', '--json']);
    expect(code).toBe(0);
    expect(lines).toEqual([
      { row: 2, ok: true, workerId: 'NV1', problem: null }, { row: 3, ok: true, workerId: 'NV2', problem: null },
      { rows: 2, imported: 2, unchanged: 0, refused: 0 },
    ]);
    expect(statSync(join(cwd, 'new/gate/store.key')).mode & 0o077).toBe(0);
  });

  it('a place where no folder can be made is told at once', async () => {
    const { code, lines } = await motcua(['roster', 'import', 'r.csv', '--store', '/proc/x']);
    expect(code).toBe(1);
    expect(lines).toMatchObject([{ ok: false, problem: { code: 'store-no-access' } }]);
  });

  it('a refused row is told with its problem and ends with 1, the others are in', async () => {
    const { code, lines } = await motcua(['roster', 'import', 'bad.csv', '--store', 's']);
    expect(code).toBe(1);
    expect(lines[2]).toMatchObject({ row: 4, ok: false, workerId: 'NV3', problem: { code: 'roster-row-invalid', vi: expect.any(String) as string } });
    expect(lines.at(-1)).toMatchObject({ rows: 3, imported: 2, refused: 1 });
  });

  it.each([
    [['roster'], 2], [['roster', 'import'], 2], [['roster', 'import', 'r.csv'], 2], [['roster', 'export', 'r.csv', '--store', 's'], 2], [['roster', 'import', 'absent.csv', '--store', 's'], 1],
  ])('%j ends with %i and makes no store', async (args, code) => {
    expect((await motcua(args)).code).toBe(code);
    expect(existsSync(join(cwd, 's'))).toBe(false);
  });
});

describe('motcua scan', () => {
  beforeEach(async () => {
    await motcua(['roster', 'import', 'r.csv', '--store', 's']);
  });
  const scan = async (code: string, ...more: string[]) => (await motcua(['scan', code, '--store', 's', ...more])).lines[0];

  it('does what the gate does, masks the number, and numbers the event', async () => {
    const { code, lines } = await motcua(['scan', '001090000001||Nguyễn Văn An|01011990|Nam|Số 1, Hà Nội|01052021', '--store', 's', '--at', '2026-11-22T07:58:00+07:00']);
    expect(code).toBe(0);
    expect(lines).toEqual([{
      code: '001*****0001', at: '2026-11-22T00:58:00.000Z', lane: '1', outcome: 'recorded', direction: 'in', workerId: 'NV1', workDate: '2026-11-22',
      seq: 5, problem: null,
    }]);
  });

  it('remembers between calls: repeat up to 20 s, then out; another lane is another place', async () => {
    expect(await scan('NV1', '--at', '2026-11-22T07:58:00+07:00')).toMatchObject({ outcome: 'recorded', direction: 'in' });
    expect(await scan('NV1', '--at', '2026-11-22T07:58:20+07:00')).toMatchObject({ outcome: 'repeat', direction: 'in' });
    expect(await scan('NV1', '--at', '2026-11-22T07:58:20+07:00', '--lane', 'B')).toMatchObject({ outcome: 'recorded', direction: 'out', lane: 'B' });
    expect(await scan('NV1', '--at', '2026-11-22T07:58:21+07:00')).toMatchObject({ outcome: 'recorded', direction: 'in' });
    expect(await scan('NV1', '--at', '2026-11-22T06:00:00+07:00')).toMatchObject({ outcome: 'recorded' });
  });

  it('a refusal is an answer, only an unreadable code ends with 1', async () => {
    expect(await motcua(['scan', 'NV2', '--store', 's', '--at', '2026-11-22T07:58:00+07:00'])).toMatchObject({ code: 0, lines: [{ outcome: 'expired', direction: null, problem: null }] });
    expect(await motcua(['scan', '001090000099', '--store', 's'])).toMatchObject({ code: 0, lines: [{ outcome: 'unknown', problem: { code: 'worker-unknown' } }] });
    expect(await motcua(['scan', '\u0001', '--store', 's'])).toMatchObject({ code: 1, lines: [{ outcome: 'unreadable', problem: { code: 'qr-not-identity' } }] });
  });

  it('takes many codes from standard input', async () => {
    const { code, lines } = await motcua(['scan', '-', '--store', 's', '--at', '2026-11-22T07:58:00+07:00'], 'NV1\r\n\nNV2\nX1\n');
    expect(code).toBe(0);
    expect(lines.map((line) => line.outcome)).toEqual(['recorded', 'expired', 'unknown']);
  });

  it('hostile lines are each answered, one without end too', async () => {
    const lines = ['\ud800', '\u202eNV1', 'NV1\0', "NV1' or 1=1 --", '<b>NV1</b>', '0'.repeat(4000), '|'.repeat(5000), 'x'.repeat(3_000_000), 'a\rb', '\u2028', '--store', 'NV1'];
    const { code, lines: answers } = await motcua(['scan', '-', '--store', 's', '--at', '2026-11-22T07:58:00+07:00'], lines.join('\n'));
    expect(answers.map(({ outcome }) => outcome)).toEqual([...lines.slice(1).map(() => 'unreadable'), 'recorded']);
    expect(answers.slice(0, -1).every(({ problem }) => (problem as Line).vi !== '')).toBe(true);
    expect(code).toBe(1);
    expect(await motcua(['audit', 'verify', '--store', 's'])).toMatchObject({ code: 0, lines: [{ ok: true, events: 4 + lines.length }] });
  });

  it.each([
    [['scan', '--store', 's'], 2], [['scan', 'NV1'], 2], [['scan', 'NV1', '--store', 's', '--at', 'hôm qua'], 2], [['scan', 'NV1', '--store', 's', '--at', '2026-11-22T07:58:00'], 2],
    [['scan', 'NV1', '--store', 's', '--at', '9999-12-31T23:59:59-12:00'], 2], [['scan', 'NV1', '--store', 's', '--at', '0000-01-01T00:00:00Z'], 2],
    [['scan', 'NV1', '--store', 's', '--at', '9'.repeat(400)], 2], [['scan', 'NV1', '--store', 's', '--at'], 2], [['scan', 'NV1', '--store', 's', '--lane', '\0'], 1],
    [['scan', 'NV1', '--store', 's', '--lane', 'làn\t1'], 1], [['scan', 'NV1', '--store', 'absent'], 1],
  ])('%j ends with %i', async (args, code) => {
    expect((await motcua(args)).code).toBe(code);
  });

  it('beside a running kiosk it is refused with store-in-use, reading is not', async () => {
    const store = openStore(join(cwd, 's'), { appVersion: '0.1.0' });
    onTestFinished(() => store.close());
    expect(await motcua(['scan', 'NV1', '--store', 's'])).toMatchObject({ code: 1, lines: [{ ok: false, problem: { code: 'store-in-use', retry: true } }] });
    expect((await motcua(['outbox', '--store', 's'])).code).toBe(0);
    expect((await motcua(['audit', 'verify', '--store', 's'])).code).toBe(0);
  });
});

describe('motcua outbox and audit', () => {
  it('outbox lists every event in order, none confirmed yet', async () => {
    await motcua(['roster', 'import', 'r.csv', '--store', 's']);
    await motcua(['scan', 'NV1', '--store', 's']);
    const { code, lines } = await motcua(['outbox', '--store', 's']);
    expect(code).toBe(0);
    expect(lines.map(({ seq, type, acked }) => [seq, type, acked])).toEqual([
      [1, 'kiosk-set-up', false], [2, 'worker-recorded', false], [3, 'worker-recorded', false], [4, 'roster-imported', false], [5, 'gate-scan', false],
    ]);
  });

  it('audit verify tells the head, and after a change where the chain breaks', async () => {
    await motcua(['roster', 'import', 'r.csv', '--store', 's']);
    expect(await motcua(['audit', 'verify', '--store', 's'])).toMatchObject({ code: 0, lines: [{ ok: true, events: 4, firstBad: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) as string }] });
    const store = openStore(join(cwd, 's'), { appVersion: '0.1.0' });
    const { key } = store.access;
    store.close();
    const db = openDatabase(join(cwd, 's', 'store.db'), { key });
    db.exec("drop trigger event_is_never_changed; update event set actor = 'other' where position = 3");
    db.close();
    expect(await motcua(['audit', 'verify', '--store', 's'])).toMatchObject({ code: 1, lines: [{ ok: false, events: 2, firstBad: 3 }] });
    expect(await motcua(['scan', 'NV1', '--store', 's'])).toMatchObject({ code: 1, lines: [{ problem: { code: 'store-damaged' } }] });
  });

  it('a write to a store that can only be read, as on a disk that has begun to fail, is a coded problem', async () => {
    await motcua(['roster', 'import', 'r.csv', '--store', 's']);
    const store = openStore(join(cwd, 's'), { appVersion: '0.1.0' });
    onTestFinished(() => store.close());
    store.db.pragma('query_only = ON');
    expect(() => store.transaction(() => store.db.exec('delete from worker'))).toThrow(expect.objectContaining({ code: 'store-no-access' }) as Error);
  });

  it('pages that the disk has lost are a coded problem', async () => {
    const rows = Array.from({ length: 1500 }, (_, n) => `W${n},Lê Chi,,,,,,`);
    writeFileSync(join(cwd, 'long.csv'), [roster, ...rows].join('\n'));
    await motcua(['roster', 'import', 'long.csv', '--store', 's']);
    const file = join(cwd, 's', 'store.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096 * 100, 4096 * 140);
    writeFileSync(file, bytes);
    expect(await motcua(['audit', 'verify', '--store', 's'])).toMatchObject({ code: 1, lines: [{ ok: false, problem: { code: 'store-damaged' } }] });
  });

  it('another key and an absent store are coded problems', async () => {
    await motcua(['roster', 'import', 'r.csv', '--store', 's']);
    writeFileSync(join(cwd, 's', 'store.key'), 'ab'.repeat(32));
    expect(await motcua(['audit', 'verify', '--store', 's'])).toMatchObject({ code: 1, lines: [{ problem: { code: 'store-key-wrong' } }] });
    expect(await motcua(['outbox', '--store', 'absent'])).toMatchObject({ code: 1, lines: [{ problem: { code: 'store-missing' } }] });
    expect((await motcua(['audit', 'repair', '--store', 's'])).code).toBe(2);
    for (const dir of ['r.csv', 'r.csv/below']) expect(await motcua(['roster', 'import', 'r.csv', '--store', dir])).toMatchObject({ code: 1, lines: [{ problem: { code: 'store-no-access' } }] });
  });
});
