import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { problem, ProblemError } from '../../../shared/contracts/problems.ts';
import { importRoster } from '../../service/people/roster-import.ts';
import { withStore } from '../cli-store.ts';
import { parseOptions, pathFrom, required, UsageError, type Io } from '../io.ts';

const usage = 'roster import FILE --store DIR [--dry-run]';

/** `motcua roster import`: a line a row, then the sum. 1 when a row was refused. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(usage, args, { store: { type: 'string' }, 'dry-run': { type: 'boolean' } }, [2, 2]);
  const [action, file] = positionals;
  if (action !== 'import' || file === undefined) throw new UsageError(usage, `Không có thao tác (unknown action): ${action}`);
  const dir = pathFrom(io, required(usage, 'store', values.store));
  const content = readFile(pathFrom(io, file));
  return withStore(dir, 'create', async (store) => {
    const { rows, imported, unchanged, refused } = await importRoster(store, {
      fileName: basename(file), content, dryRun: values['dry-run'] === true, actor: 'cli',
      onRow: (result) => io.out({
        row: result.row, ok: result.state !== 'refused', workerId: result.workerId,
        problem: result.state === 'refused' ? problem(result.refusal.code, result.refusal.detail) : null,
      }),
    });
    io.out({ rows, imported, unchanged, refused });
    return refused === 0 ? 0 : 1;
  });
}

function readFile(path: string): Uint8Array {
  try {
    // Before a file of any size is taken into memory.
    if (statSync(path).size > 64 * 1024 * 1024) throw new ProblemError('file-too-large');
    return readFileSync(path);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('file-unreadable');
  }
}
