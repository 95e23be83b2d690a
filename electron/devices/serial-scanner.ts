import type { SerialPort } from 'serialport';
import type { ScanEnd } from '../../shared/contracts/lane-serial.ts';
import type { Scan, Scanner, ScannerState } from './scanner.ts';
import { closeWhenGone, isMissing } from './serial-line.ts';
import { listSerialPorts, pathOfDevice, recentSerialPorts, type PortOwner, type SerialPortInfo } from './serial-ports.ts';
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
  /** The device that was last seen under this path; null where none ever was. */
  known?: string | null;
  /** Hears which device it is, when that is another than the known one. */
  onKnown?: (id: string) => void;
  /** The serial ports of this machine; scripted in tests. */
  list?: () => Promise<SerialPortInfo[]>;
}

/** The scanners of this process. */
const owners = new Set<PortOwner>();

/** A code scanner on a serial line (USB-COM, CDC, RS-232): UTF-8 text, a code a line. Plugged in again, it goes on, under another path too. */
export function serialScanner({ path, baudRate = 9600, parity = 'none', end = 'any', pause = 120, retry = 1000, known = null, onKnown, list }: SerialScannerOptions): Scanner {
  const self = { paths: [path], id: known };
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
    const ports = await (list ?? recentSerialPorts)();
    if (path === 'auto') return ports.find(({ vendorId }) => vendorId !== null)?.path ?? null;
    return pathOfDevice(self, [...owners].filter((other) => other !== self), ports);
  };
  /** Remembers which device an open path is, so that it is known again under another one. */
  const note = async (found: string): Promise<void> => {
    if (path === 'auto') return;
    const id = (await (list ?? listSerialPorts)()).find((one) => one.path === found)?.id ?? null;
    if (id === null || id === self.id || self.paths.at(-1) !== found || !running) return;
    self.id = id;
    onKnown?.(id);
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
      self.paths = [path];
      become('missing', found);
      later();
    });
    opening.open((error) => {
      if (!running || port !== opening) {
        if (error === null) opening.close();
        return;
      }
      if (error === null) {
        self.paths = [path, found];
        become('ready', found);
        void note(found);
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
      owners.add(self);
      told = onState ?? told;
      assembler = scanAssembler(onScan, pause, end);
      void connect();
    },
    async stop() {
      running = false;
      owners.delete(self);
      clearTimeout(timer);
      assembler.drop();
      const open = port;
      port = null;
      become('off', null);
      if (open?.isOpen) await new Promise<void>((resolve) => open.close(() => resolve()));
    },
  };
}
