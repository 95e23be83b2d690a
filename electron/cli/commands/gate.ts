import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { Instant, LocalDate } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { Lane, LaneName } from '../../../shared/contracts/requests/system.ts';
import type { ShiftPlan } from '../../../shared/contracts/shift.ts';
import { dateOfDay, dayOfDate } from '../../../shared/domain/local-day.ts';
import { recordScan } from '../../service/gate/gate-scan.ts';
import { importRoster } from '../../service/people/roster-import.ts';
import { parseShiftPlan } from '../../service/time/shift-file.ts';
import { timesheets } from '../../service/time/timesheets.ts';
import { appendEvent, eachWorker, readKiosk, readSettings, readShifts, saveShiftPlan, saveZones, writeKiosk, writeSettings, type Store } from '../../store/index.ts';
import { byteLines } from '../byte-lines.ts';
import { withStore } from '../cli-store.ts';
import { inBatches } from '../line-batches.ts';
import { parseOptions, pathFrom, required, UsageError, type Io } from '../io.ts';
import { runSite, siteUsage } from './gate-site.ts';

const usage = 'gate replay --store DIR [--roster FILE] [--shifts FILE] < SCANS.ndjson | gate timesheet --store DIR --from D --to D';
const longestLine = 1 << 20;
/** Scans in one transaction, where so many wait already. */
const mostAtOnce = 200;
const mostDays = 400;

/** Times outside of these are a broken clock's. */
const [earliest, latest] = [Date.parse('2000-01-01T00:00:00Z'), Date.parse('2100-01-01T00:00:00Z')];
const ScanLine = z.object({
  // ISO 8601 lets a time end with its minutes.
  at: z.string().refine((at) => Instant.safeParse(at.replace(/(T\d\d:\d\d)(?=Z|[+-])/, '$1:00')).success && Date.parse(at) >= earliest && Date.parse(at) < latest),
  lane: LaneName, code: z.string(),
});

/**
 * `motcua gate replay`: decides and stores scans in the order in which they reach the gate, one answer a line.
 * `motcua gate timesheet`: one line a worker and work date. 1 when a line could not be taken.
 */
export async function run(args: string[], io: Io): Promise<number> {
  if (args[0] === 'site') return runSite(args.slice(1), io);
  if (args[0] === 'report') return (await import('./gate-report.ts')).run(args.slice(1), io);
  const { values, positionals } = parseOptions(usage, args, {
    store: { type: 'string' }, roster: { type: 'string' }, shifts: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' },
  }, [1, 1]);
  const dir = pathFrom(io, required(usage, 'store', values.store));
  if (positionals[0] === 'replay') return replay(dir, io, values);
  if (positionals[0] === 'timesheet') return sheet(dir, io, required(usage, 'from', values.from), required(usage, 'to', values.to));
  throw new UsageError(usage, `Không có thao tác (unknown action): ${positionals[0]}`);
}

/** How an action of the gate is used; of all of them where none is named. */
export async function usageOf(action: string | undefined): Promise<string> {
  if (action === 'site') return siteUsage;
  if (action === 'replay' || action === 'timesheet') return usage;
  const { reportUsage } = await import('./gate-report.ts');
  return action === 'report' ? reportUsage : [usage, reportUsage, siteUsage].join('\n  motcua ');
}

function replay(dir: string, io: Io, { roster, shifts }: { roster?: string; shifts?: string }): Promise<number> {
  const rosterFile = roster === undefined ? null : pathFrom(io, roster);
  const content = rosterFile === null ? null : readOrFail(rosterFile);
  const plan = shifts === undefined ? null : parseShiftPlan(readOrFail(pathFrom(io, shifts)));
  return withStore(dir, 'create', async (store) => {
    if (plan !== null) setPlan(store, plan);
    let failed = false;
    if (content !== null) {
      const { refused } = await importRoster(store, { fileName: basename(rosterFile!), content, dryRun: false, actor: 'cli',
        onRow: (row) => { if (row.state === 'refused') io.err(`${rosterFile}: ${row.row}: ${row.refusal.detail}`); } });
      failed = refused > 0;
      for (const [shiftId, workers] of shiftsWithoutPlan(store)) io.err(`${rosterFile}: ca "${shiftId}" của ${workers} công nhân chưa có trong danh sách ca (shift unknown, ${workers} workers).`);
    }
    for await (const batch of inBatches(byteLines(io.stdin, longestLine), mostAtOnce)) {
      // Answered only after the commit, which costs more than a hundred scans.
      const answers = store.transaction(() => batch.map((bytes) => bytes.toString('utf8').trim()).filter((line) => line !== '').map((line) => replayLine(store, line)));
      for (const answer of answers) io.out(answer);
      failed = failed || answers.some((answer) => 'problem' in answer);
    }
    return failed ? 1 : 0;
  });
}

/** Decides and stores one scan, inside a transaction; what is to be answered once that is over. */
function replayLine(store: Store, line: string): object {
  const parsed = ScanLine.safeParse(jsonOrNull(line));
  if (!parsed.success) return { ok: false, problem: new ProblemError('scan-line-invalid').toProblem() };
  const { at, lane, code } = parsed.data;
  const { workerId, outcome, direction, reason, shiftId, workDate } = recordScan(store, { code, lane, at: Date.parse(at), via: 'cli', actor: 'cli' });
  return { at, lane, workerId, outcome, direction, reason, shiftId, workDate };
}

/** Shifts that the roster names and the plan does not have, each with how many workers: they would be without a shift, and nobody told why. */
function shiftsWithoutPlan(store: Store): Map<string, number> {
  const known = readShifts(store);
  const missing = new Map<string, number>();
  for (const { shiftId } of eachWorker(store)) if (shiftId !== null && !known.has(shiftId)) missing.set(shiftId, (missing.get(shiftId) ?? 0) + 1);
  return missing;
}

function setPlan(store: Store, { lanes, zones, rules, ...plan }: ShiftPlan): void {
  store.transaction(() => {
    saveShiftPlan(store, plan, 'cli');
    if (zones !== undefined) saveZones(store, zones, 'cli');
    if (rules !== undefined) setRules(store, rules);
    const kiosk = readKiosk(store);
    const wanted = lanes.map(({ lane, direction, zone }) => Lane.parse({ lane, direction, name: '', input: 'any', zone }));
    if (wanted.length === 0 || kiosk === null || JSON.stringify(kiosk.lanes) === JSON.stringify(wanted)) return;
    writeKiosk(store, { ...kiosk, lanes: wanted });
    appendEvent(store, { type: 'lanes-set', actor: 'cli', payload: { lanes: wanted } });
  });
}

function setRules(store: Store, rules: NonNullable<ShiftPlan['rules']>): void {
  const before = readSettings(store);
  if (JSON.stringify({ ...before, ...rules }) === JSON.stringify(before)) return;
  writeSettings(store, rules);
  appendEvent(store, { type: 'settings-changed', actor: 'cli', payload: { changes: rules } });
}

function sheet(dir: string, io: Io, from: string, to: string): Promise<number> {
  const days = dayOfDate(to) - dayOfDate(from);
  if (!isDate(from) || !isDate(to) || !(days >= 0 && days <= mostDays)) {
    throw new UsageError(usage, `--from, --to: YYYY-MM-DD, --from trước hoặc bằng (not after) --to, nhiều nhất (at most) ${mostDays} ngày.`);
  }
  return withStore(dir, 'read', async (store) => {
    for (const { worker: { workerId }, lines } of timesheets(store, { from, to })) {
      for (const { workDate, shiftId, in: cameAt, out: leftAt, ...rest } of lines) {
        io.out({ workerId, workDate, shiftId, in: localTime(cameAt), out: localTime(leftAt), ...rest });
      }
    }
    return 0;
  });
}

/** A date that the calendar has: 30 February is none. */
function isDate(text: string): boolean {
  return LocalDate.safeParse(text).success && dateOfDay(dayOfDate(text)) === text;
}

/** ISO with the offset of Vietnam. */
function localTime(at: number | null): string | null {
  return at === null ? null : new Date(at + 7 * 3_600_000).toISOString().replace(/(\.000)?Z$/, '+07:00');
}

function readOrFail(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new ProblemError('file-unreadable', basename(file));
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
