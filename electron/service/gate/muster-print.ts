import { ProblemError } from '../../../shared/contracts/problems.ts';
import { systemPrinter, type Printer } from '../../devices/printer.ts';
import type { ServiceContext } from '../context.ts';
import { createReader } from '../reader.ts';

type PrintContext = Pick<ServiceContext, 'store' | 'clock' | 'dataDir' | 'log' | 'emit' | 'onClose'>;

/**
 * Puts the list of a roll call, or of who is inside now, on the default printer. In a thread of its own: a thick list takes
 * seconds, in which the counts must go on. Problem `printer-failed`.
 */
export async function printMuster(context: PrintContext, musterId: string | null, printer: Printer = systemPrinter(context.dataDir)): Promise<void> {
  const reader = createReader(context.store.access);
  // A thread that outlives the service would open the store again after it was closed.
  context.onClose(() => reader.close());
  try {
    const { content, fileName } = await reader.read('musterPdf', { musterId, now: context.clock.now() });
    await printer.print(content, fileName);
  } finally {
    await reader.close();
  }
}

/** The same for a list that nobody asked for: how it went is told to the pages and to the log, and stops nothing. */
export function printByItself(context: PrintContext, musterId: string, printer?: Printer): void {
  printMuster(context, musterId, printer).then(
    () => context.emit('muster/printed', { musterId, ok: true }),
    (error: unknown) => {
      context.log.error({ error: error instanceof ProblemError ? error.code : 'unexpected' }, 'the list of a roll call was not printed');
      context.emit('muster/printed', { musterId, ok: false });
    });
}
