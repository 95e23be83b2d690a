import { openSerialLine } from './serial-line.ts';
import type { RelayLink } from './turnstile.ts';

const START = 0xa0;

/** The order to an LCUS relay: start sign, output, on or off, low byte of the sum of these three. */
export function lcusFrame(output: number, on: boolean): Uint8Array {
  const operation = on ? 1 : 0;
  return Uint8Array.of(START, output, operation, (START + output + operation) & 0xff);
}

/**
 * A relay of the LCUS kind on a serial line (CH340, 9600 8N1). It says nothing back, so an order is taken for done when
 * the line has taken it, and whether it is there is seen by its line alone. Null where there is no such line.
 */
export async function openLcusRelay(path: string): Promise<RelayLink | null> {
  const port = await openSerialLine({ path, baudRate: 9600 });
  if (port === null) return null;
  const lost = Promise.withResolvers<void>();
  port.once('close', () => lost.resolve());
  const send = (frame: Uint8Array): Promise<void> => new Promise((resolve, reject) => {
    if (!port.isOpen) return reject(new Error('the line was closed'));
    void lost.promise.then(() => reject(new Error('the line was closed')));
    port.write(Buffer.from(frame), (error) => {
      if (error) reject(error);
      else port.drain((failure) => (failure ? reject(failure) : resolve()));
    });
  });
  return {
    set: (output, on) => send(lcusFrame(output, on)),
    probe: () => (port.isOpen ? Promise.resolve() : Promise.reject(new Error('the line was closed'))),
    onLost: (listener) => void lost.promise.then(listener),
    close: () => (port.isOpen ? new Promise((resolve) => port.close(() => resolve())) : Promise.resolve()),
  };
}
