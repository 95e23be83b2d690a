import { verifyChain } from '../../store/index.ts';
import { withStore } from '../cli-store.ts';
import { parseOptions, pathFrom, required, UsageError, type Io } from '../io.ts';

const usage = 'audit verify --store DIR';

/** `motcua audit verify`: walks the whole chain of events. 1 when it is broken. Works beside a running kiosk. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(usage, args, { store: { type: 'string' } }, [1, 1]);
  if (positionals[0] !== 'verify') throw new UsageError(usage, `Không có thao tác (unknown action): ${positionals[0]}`);
  return withStore(pathFrom(io, required(usage, 'store', values.store)), 'read', async (store) => {
    const verdict = verifyChain(store);
    io.out(verdict);
    return verdict.ok ? 0 : 1;
  });
}
