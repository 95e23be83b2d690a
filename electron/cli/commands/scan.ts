import { Instant } from '../../../shared/contracts/identity.ts';
import { recordScan } from '../../service/gate/gate-scan.ts';
import type { Store } from '../../store/index.ts';
import { byteLines } from '../byte-lines.ts';
import { withStore } from '../cli-store.ts';
import { parseOptions, pathFrom, required, UsageError, type Io } from '../io.ts';

const usage = 'scan CODE --store DIR [--lane L] [--at ISO]';

// Years of other than four digits, and the year 0, are not understood by every database that the event goes to.
const earliest = 0;
const latest = Date.parse('9999-12-31T00:00:00Z');
// More than any code holds; what is longer comes cut, and is too long all the same.
const mostBytes = 16_000;

/**
 * `motcua scan`: what a gate with that store does with the code, and does it. `-` reads a code a line from standard
 * input. 0 for every decided scan, refusals too; 1 when a code could not be read.
 */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(
    usage, args, { store: { type: 'string' }, lane: { type: 'string' }, at: { type: 'string' } }, [1, 1]);
  const dir = pathFrom(io, required(usage, 'store', values.store));
  const at = values.at === undefined ? undefined : instantOf(values.at);
  return withStore(dir, 'write', async (store) => {
    let failed = false;
    for await (const code of codesOf(positionals[0] ?? '', io)) {
      failed = scan(store, io, { code, lane: values.lane ?? null, at }) || failed;
    }
    return failed ? 1 : 0;
  });
}

function scan(store: Store, io: Io, input: { code: string; lane: string | null; at: number | undefined }): boolean {
  const { maskedCode, at, lane, outcome, direction, workerId, workDate, seq, problem } = recordScan(store, { ...input, via: 'cli', actor: 'cli' });
  io.out({ code: maskedCode, at, lane, outcome, direction, workerId, workDate, seq, problem });
  return outcome === 'unreadable';
}

async function* codesOf(argument: string, io: Io): AsyncGenerator<string> {
  if (argument !== '-') yield argument;
  else {
    for await (const bytes of byteLines(io.stdin, mostBytes)) {
      const line = bytes.toString('utf8').replace(/\r$/, '');
      if (line !== '') yield line;
    }
  }
}

function instantOf(text: string): number {
  const parsed = Instant.safeParse(text);
  const at = Date.parse(text);
  if (!parsed.success || !(at >= earliest && at < latest)) throw new UsageError(usage, '--at: thời điểm phải theo ISO 8601 có múi giờ, từ năm 1970, ví dụ 2026-11-22T07:58:00+07:00.');
  return at;
}
