import { checkCameras, checkHidScanners, checkReaders, checkSerialPorts } from '../doctor/check-devices.ts';
import { checkSignals } from '../doctor/check-signals.ts';
import { checkStore, hubUrlOf } from '../doctor/check-store.ts';
import { checkClock, checkDisk, checkHub, checkVersion } from '../doctor/check-system.ts';
import { checkTrust } from '../doctor/check-trust.ts';
import { fail, warn, type Finding } from '../doctor/finding.ts';
import { parseOptions, pathFrom, UsageError, type Io } from '../io.ts';
import { kioskFolder } from '../kiosk-folder.ts';

const usage = 'doctor [--store DIR] [--hub URL]';
// quick_check of a big store takes seconds; whatever takes longer than this hangs.
const PATIENCE_MS = 30_000;
/** Without these the kiosk cannot work; without any other thing it can do something. */
const needed: ReadonlySet<Finding['check']> = new Set(['version', 'store', 'clock', 'disk']);

/** `motcua doctor`: `{check, state: "ok"|"warn"|"fail", detail, do}` a line; exit 1 where anything fails. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usage, args, { store: { type: 'string' }, hub: { type: 'string' } });
  if (values.hub !== undefined && !/^https?:\/\//.test(values.hub)) throw new UsageError(usage, '--hub: http(s)://…');
  const dir = values.store === undefined ? kioskFolder() : pathFrom(io, values.store);
  const checks: [Finding['check'], () => Promise<Finding[]>][] = [
    ['version', checkVersion],
    ['readers', checkReaders],
    ['cameras', checkCameras],
    ['serial', checkSerialPorts],
    ['hid', () => checkHidScanners()],
    ['signal', () => checkSignals(dir)],
    ['store', () => checkStore(dir, values.store !== undefined)],
    ['trust', () => checkTrust(dir)],
    ['clock', checkClock],
    ['hub', async () => checkHub(values.hub ?? await hubUrlOf(dir), values.hub !== undefined)],
    ['disk', () => checkDisk(dir)],
  ];
  let failed = false;
  const answers = checks.map(([check, find]) => withPatience(check, find));
  for (const answer of answers) {
    for (const finding of await answer) {
      failed ||= finding.state === 'fail';
      io.out(finding);
    }
  }
  return failed ? 1 : 0;
}

/** A technician asks because something is broken: one broken check must not keep the others from answering. */
async function withPatience(check: Finding['check'], find: () => Promise<Finding[]>): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const amiss = needed.has(check) ? fail : warn;
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(() => resolve([amiss(check, 'không trả lời', 'Gọi kỹ thuật viên.')]), PATIENCE_MS);
  });
  const broken = (error: unknown): Finding[] => [amiss(check, error instanceof Error ? error.message : String(error), 'Gọi kỹ thuật viên.')];
  try {
    return await Promise.race([find().catch(broken), late]);
  } finally {
    clearTimeout(timer);
  }
}
