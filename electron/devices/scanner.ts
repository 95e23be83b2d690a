/** What a scanner line delivers: one scanned code. */
export interface Scan {
  /** Text of the code, NFC, without end marks; empty where `problem` is set. */
  text: string;
  problem: 'code-too-long' | 'scanner-noise' | null;
  /** When the last byte arrived, `performance.now()` of this process. */
  receivedAt: number;
}

export type ScannerState = 'off' | 'missing' | 'ready' | 'failed';

/** Port: a device that delivers codes by itself. Looks for its device again when that is unplugged. */
export interface Scanner {
  /** Starts once; `onState` tells each change with words for the technician. */
  start(onScan: (scan: Scan) => void, onState?: (state: ScannerState, detail: string | null) => void): void;
  stop(): Promise<void>;
  readonly state: ScannerState;
}
