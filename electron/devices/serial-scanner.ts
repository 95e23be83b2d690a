import type { SerialPort } from 'serialport';
import type { ScanEnd } from '../../shared/contracts/lane-serial.ts';
import type { Scan, Scanner, ScannerState } from './scanner.ts';
import { closeWhenGone, isMissing } from './serial-line.ts';
import { scanAssembler } from './serial-scanner-lines.ts';

export interface SerialScannerOptions {
  /** Device file or COM name; `auto` takes the first USB serial port that is there. */
  path: string;
  /** Ignored by USB-COM and CDC scanners, which have no true line. */
  baudRate?: number;
  parity?: 'none' | 'even' | 'odd';
  /** What ends a code. */
  end?: ScanEnd;
  /** Milliseconds of silence that end a scan without an end mark. */
  pause?: number;
  /** Milliseconds between looks for a device that is not there. */
  retry?: number;
}

export interface SerialPortInfo {
  path: string;
  /** USB maker and device number; null for ports of the machine itself. */
  vendorId: string | null;
  name: string;
}

/** Serial ports of this machine, USB ones first; none where the system cannot list them. */
export async function listSerialPorts(): Promise<SerialPortInfo[]> {
  const { SerialPort: Port } = await import('serialport');
  const ports = await Port.list().catch(() => []);
  return ports
    .map(({ path, vendorId, manufacturer }) => ({ path, vendorId: vendorId ?? null, name: manufacturer ?? path }))
    .sort((a, b) => Number(b.vendorId !== null) - Number(a.vendorId !== null));
}

/** A code scanner on a serial line (USB-COM, CDC, RS-232): UTF-8 text, a code a line. Plugged in again, it goes on. */
export function serialScanner({ path, baudRate = 9600, parity = 'none', end = 'any', pause = 120, retry = 1000 }: SerialScannerOptions): Scanner {
  let state: ScannerState = 'off';
  let port: SerialPort | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let told: (state: ScannerState, detail: string | null) => void = () => undefined;
  let assembler = scanAssembler(() => undefined, pause, end);

  const become = (next: ScannerState, detail: string | null): void => {
    if (next === state) return;
    state = next;
    told(next, detail);
  };
  const later = (): void => {
    if (!running) return;
    timer = setTimeout(() => void connect(), retry);
  };
  const pathNow = async (): Promise<string | null> => {
    if (path !== 'auto') return path;
    return (await listSerialPorts()).find(({ vendorId }) => vendorId !== null)?.path ?? null;
  };
  const connect = async (): Promise<void> => {
    const found = await pathNow();
    if (!running) return;
    if (found === null) {
      become('missing', null);
      later();
      return;
    }
    const { SerialPort: Port } = await import('serialport');
    if (!running) return;
    const opening = new Port({ path: found, baudRate, parity, autoOpen: false });
    port = opening;
    opening.on('data', (bytes: Buffer) => assembler.push(bytes));
    // An error of an open port is followed by `close`; one of a port that never opened comes to the callback below.
    opening.on('error', () => undefined);
    opening.on('close', () => {
      // Half a code of an unplugged scanner must not be glued to the next one.
      assembler.drop();
      if (!running || port !== opening) return;
      port = null;
      become('missing', found);
      later();
    });
    opening.open((error) => {
      if (!running || port !== opening) {
        if (error === null) opening.close();
        return;
      }
      if (error === null) {
        become('ready', found);
        void closeWhenGone(opening, found, retry);
        return;
      }
      port = null;
      become(isMissing(error) ? 'missing' : 'failed', found);
      later();
    });
  };

  return {
    get state() {
      return state;
    },
    start(onScan: (scan: Scan) => void, onState) {
      if (running) return;
      running = true;
      told = onState ?? told;
      assembler = scanAssembler(onScan, pause, end);
      void connect();
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      assembler.drop();
      const open = port;
      port = null;
      become('off', null);
      if (open?.isOpen) await new Promise<void>((resolve) => open.close(() => resolve()));
    },
  };
}
