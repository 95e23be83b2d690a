import { outboxLines } from '../../store/index.ts';
import { withStore } from '../cli-store.ts';
import { parseOptions, pathFrom, required, type Io } from '../io.ts';

const usage = 'outbox --store DIR';

/** `motcua outbox`: every event with whether the hub has confirmed it. Works beside a running kiosk. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usage, args, { store: { type: 'string' } });
  return withStore(pathFrom(io, required(usage, 'store', values.store)), 'read', async (store) => {
    for (const line of outboxLines(store)) io.out(line);
    return 0;
  });
}
