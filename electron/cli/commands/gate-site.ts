import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { LocalDate } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { gateName } from '../../service/gate/gate-name.ts';
import { importSiteFile, noteExport, siteFile } from '../../service/site/site-file.ts';
import { joinBySecret, siteSecret } from '../../service/site/site-secret.ts';
import { beginEpoch, readGates, reportedUntil } from '../../store/index.ts';
import { startOfDay } from '../../../shared/domain/shift.ts';
import { withStore } from '../cli-store.ts';
import { parseOptions, pathFrom, required, UsageError, type Io } from '../io.ts';
import { writeWhole } from '../whole-file.ts';

export const siteUsage = 'gate site export|import|key|join|status|new-epoch --store DIR [--from D] [--code CODE] [FILE]';

/**
 * `motcua gate site export FILE`: everything since the last file (or since `--from`) for the other gates. `import FILE…`:
 * takes files of theirs, in any order and as often as one likes. `key FILE` and `join FILE --code`: the site's key for
 * gates without a hub. `status`: the gates that are known. `new-epoch`: after a restore from an old copy.
 */
export async function runSite(args: string[], io: Io): Promise<number> {
  const { values, positionals: [action, ...files] } = parseOptions(siteUsage, args, {
    store: { type: 'string' }, from: { type: 'string' }, code: { type: 'string' },
  }, [1, 100]);
  const dir = pathFrom(io, required(siteUsage, 'store', values.store));
  const file = (): string => pathFrom(io, files[0] ?? required(siteUsage, 'FILE', undefined));
  switch (action) {
    case 'export': return withStore(dir, 'write', async (store) => {
      const since = values.from === undefined ? null : startOfDay(dateOf(values.from));
      const made = siteFile(store, { since });
      // Noted after it stands there: what was noted, the next file leaves out.
      writeWhole(file(), made.content);
      noteExport(store, made, 'cli');
      io.out({ ok: true, file: file(), events: made.events, bytes: made.content.length });
      return 0;
    });
    case 'import': return withStore(dir, 'write', async (store) => {
      let failed = files.length === 0;
      for (const each of files) {
        try {
          const { name, events, quarantined, problem } = await importSiteFile(store, readOrFail(pathFrom(io, each)));
          // What is not proven fails the command, and the rest of the file is taken all the same.
          failed ||= problem !== null;
          io.out({ ok: problem === null, file: each, gate: name, events, quarantined, ...(problem === null ? {} : { problem: new ProblemError(problem).toProblem() }) });
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          failed = true;
          io.out({ ok: false, file: each, problem: error.toProblem() });
        }
      }
      return failed ? 1 : 0;
    });
    case 'key': return withStore(dir, 'write', async (store) => {
      const { text, code } = await siteSecret(store, 'cli');
      writeWhole(file(), text);
      io.out({ ok: true, file: file(), code });
      return 0;
    });
    case 'join': return withStore(dir, 'create', async (store) => {
      const { name, changed } = await joinBySecret(store, { text: readOrFail(file()).toString('utf8'), code: required(siteUsage, 'code', values.code), actor: 'cli' });
      io.out({ ok: true, gate: name, changed });
      return 0;
    });
    case 'status': return withStore(dir, 'read', async (store) => {
      const now = store.clock.now();
      for (const gate of readGates(store, now, gateName(store))) io.out(gate);
      const { until, missing } = reportedUntil(store, now);
      io.out({ reportedUntil: until === 0 ? null : new Date(until).toISOString(), missing: missing.map(({ name, since }) => ({ name, since: since === null ? null : new Date(since).toISOString() })) });
      return 0;
    });
    case 'new-epoch': return withStore(dir, 'write', async (store) => {
      io.out({ ok: true, epoch: beginEpoch(store, 'cli') });
      return 0;
    });
    default: throw new UsageError(siteUsage, `Không có thao tác (unknown action): ${action}`);
  }
}

function dateOf(text: string): string {
  if (!LocalDate.safeParse(text).success) throw new UsageError(siteUsage, '--from: YYYY-MM-DD');
  return text;
}

function readOrFail(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new ProblemError('file-unreadable', basename(path));
  }
}
