import { performance } from 'node:perf_hooks';
import type { Scan, Scanner, ScannerState } from './scanner.ts';

/** The scripted form of a scanner: a test scans, plugs and unplugs. */
export function scriptedScanner(): Scanner & { scan(text: string): void; plug(): void; unplug(): void } {
  let state: ScannerState = 'off';
  let deliver: (scan: Scan) => void = () => undefined;
  let told: (state: ScannerState, detail: string | null) => void = () => undefined;
  const become = (next: ScannerState): void => {
    state = next;
    told(next, 'scripted');
  };
  return {
    get state() {
      return state;
    },
    start(onScan, onState) {
      deliver = onScan;
      told = onState ?? told;
      become('ready');
    },
    stop() {
      become('off');
      return Promise.resolve();
    },
    scan: (text) => {
      if (state === 'ready') deliver({ text, problem: null, receivedAt: performance.now() });
    },
    plug: () => become('ready'),
    unplug: () => become('missing'),
  };
}
