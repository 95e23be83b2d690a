import { stat } from 'node:fs/promises';
import type { SerialPort } from 'serialport';

export interface SerialLineOptions {
  /** Device file or COM name. */
  path: string;
  baudRate: number;
  parity?: 'none' | 'even' | 'odd';
  /** Milliseconds between looks whether the device is still there. */
  look?: number;
}

/**
 * Opens a serial line, 8 data bits, 1 stop bit. Null where there is no such device. The port closes by itself when the
 * device is unplugged; its errors are followed by that and need no listener.
 * @throws Error where the device is there but may not be opened: no right to it, or in use by another program
 */
export async function openSerialLine({ path, baudRate, parity = 'none', look = 1000 }: SerialLineOptions): Promise<SerialPort | null> {
  const { SerialPort: Port } = await import('serialport');
  const port = new Port({ path, baudRate, parity, dataBits: 8, stopBits: 1, autoOpen: false });
  port.on('error', () => undefined);
  const error = await new Promise<Error | null>((resolve) => port.open((failure) => resolve(failure ?? null)));
  if (error === null) {
    void closeWhenGone(port, path, look);
    return port;
  }
  if (isMissing(error)) return null;
  throw error;
}

/** Whether opening failed since there is no such device. */
export function isMissing(error: Error): boolean {
  return /no such file|cannot find|not found|file not found/i.test(error.message);
}

/**
 * A line that hangs up may read as zero bytes for ever, which serialport takes for "nothing yet": then only the device
 * file tells that it was unplugged. Windows has no such file and no such fault.
 */
export async function closeWhenGone(open: SerialPort, file: string, look: number): Promise<void> {
  const before = await deviceOf(file);
  if (before === null) {
    if (process.platform !== 'win32' && open.isOpen) open.close();
    return;
  }
  const timer = setInterval(() => void deviceOf(file).then((now) => {
    if (now !== before && open.isOpen) open.close();
  }), look);
  open.once('close', () => clearInterval(timer));
  if (!open.isOpen) clearInterval(timer);
}

async function deviceOf(file: string): Promise<string | null> {
  const info = await stat(file).catch(() => null);
  return info === null ? null : `${info.ino} ${info.rdev}`;
}
