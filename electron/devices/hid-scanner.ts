import { performance } from 'node:perf_hooks';
import { hidBus, type HidBus, type HidDevice, type HidLine } from './hid-bus.ts';
import { layoutLike, layoutOf, readReport } from './hid-report.ts';
import { MAX_SCAN_BYTES, textOfScan } from './scan-bytes.ts';
import type { Scan, ScannerState } from './scanner.ts';

export interface HidScannersOptions {
  bus?: HidBus;
  onScan: (scan: Scan, device: HidDevice) => void;
  /** Each change, with words for the technician. */
  onState?: (device: HidDevice, state: ScannerState, detail: string | null) => void;
  /** Milliseconds after which a code whose next part does not come is taken as it is. */
  pause?: number;
  /** Milliseconds between looks for new devices. */
  retry?: number;
}

/**
 * All scanners in HID-POS mode that are plugged in, now or later. Nothing has to be set: such a device is a scanner and
 * nothing else, and other programs do not see what it reads. A code that comes in several reports is joined before it is
 * decoded, so letters may lie across them.
 */
export function watchHidScanners({ bus = hidBus, onScan, onState, pause = 250, retry = 2000 }: HidScannersOptions): { stop(): Promise<void> } {
  const lines = new Map<string, { device: HidDevice; line: HidLine; drop(): void }>();
  const states = new Map<string, { device: HidDevice; state: ScannerState }>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const become = (device: HidDevice, state: ScannerState, detail: string | null): void => {
    if (states.get(device.id)?.state === state) return;
    states.set(device.id, { device, state });
    onState?.(device, state, detail);
  };
  const lose = (path: string): void => {
    const lost = lines.get(path);
    if (lost === undefined) return;
    lines.delete(path);
    lost.drop();
    void lost.line.close();
    // Two that look alike go by one name: one of them is still there.
    const hasTwin = [...lines.values()].some(({ device }) => device.id === lost.device.id);
    if (!stopped && !hasTwin) become(lost.device, 'missing', lost.device.name);
  };
  const connect = async (device: HidDevice): Promise<void> => {
    const line = await bus.open(device.path);
    if (stopped) return void await line?.close();
    // On Linux most often the user's right to the device file is missing.
    if (line === null) return become(device, 'failed', device.name);
    const layout = line.descriptor === null ? null : layoutOf(line.descriptor);
    const joiner = scanJoiner((scan) => onScan(scan, device), pause);
    lines.set(device.path, { device, line, drop: joiner.drop });
    line.onLost(() => lose(device.path));
    line.onReport((report) => {
      const part = readReport(report, layout ?? layoutLike(report));
      if (part !== null) joiner.push(part.data, part.continued);
    });
    become(device, 'ready', device.name);
  };
  const look = async (): Promise<void> => {
    const found = await bus.scanners().catch(() => []);
    if (stopped) return;
    for (const path of lines.keys()) if (!found.some((device) => device.path === path)) lose(path);
    for (const { device, state } of states.values()) {
      if (state === 'failed' && !found.some(({ id }) => id === device.id)) become(device, 'missing', device.name);
    }
    for (const device of found) if (!lines.has(device.path)) await connect(device);
    if (!stopped) timer = setTimeout(() => void look(), retry);
  };
  void look();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      const open = [...lines.values()];
      lines.clear();
      for (const { drop } of open) drop();
      await Promise.all(open.map(({ line }) => line.close()));
    },
  };
}

/** Joins the parts of a code. */
function scanJoiner(onScan: (scan: Scan) => void, pause: number): { push(part: Uint8Array, continued: boolean): void; drop(): void } {
  let parts: Uint8Array[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  const drop = (): void => {
    clearTimeout(timer);
    parts = [];
    length = 0;
  };
  const finish = (): void => {
    const tooLong = length > MAX_SCAN_BYTES;
    const text = tooLong ? '' : textOfScan(Buffer.concat(parts));
    drop();
    if (tooLong || text !== '') onScan({ text, problem: tooLong ? 'code-too-long' : null, receivedAt: performance.now() });
  };
  return {
    push(part, continued) {
      clearTimeout(timer);
      // The system hands out one buffer again and again.
      if (length <= MAX_SCAN_BYTES) parts.push(Uint8Array.from(part));
      length += part.length;
      if (!continued) finish();
      // Some set the flag on a last report that happens to be full.
      else timer = setTimeout(finish, pause);
    },
    drop,
  };
}
