import type { z } from 'zod';
import type { GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import type { Store } from '../../store/index.ts';
import { recordScan, type ScanInput } from './gate-scan.ts';
import { createScansAgain } from './scan-again.ts';

/** Where every scan of this kiosk goes through, whatever read it. */
export interface GateDesk {
  /** Decides and stores a scan, then tells everybody who waits for answers. A `scanId` that was stored before is answered as then, and writes nothing. Problems: as `recordScan`. */
  scan(input: Omit<ScanInput, 'actor'>): z.infer<typeof GateAnswer>;
  /** Called after the commit of each answer, in the order of answers. */
  onAnswered(listener: (answer: z.infer<typeof GateAnswer>) => void): void;
  /** Tells those who wait of an answer that was made elsewhere, after its commit. */
  answered(answer: z.infer<typeof GateAnswer>): void;
  /** How long the last scans took from code to stored answer, in milliseconds; null where there was none yet. */
  speed(): GateSpeed | null;
}

export interface GateSpeed { scans: number; p50: number; p95: number; worst: number }

/** So many scans back the speed is told of: a big shift change. */
const spans = 5000;

/**
 * `after`: runs once an answer is stored. `onBroken`: hears of a listener that threw. What was stored stays answered: a fault
 * beside it must not tell a person at the gate that he failed.
 */
export function createGateDesk(store: Store, after: () => void, onBroken: (error: unknown) => void): GateDesk {
  const again = createScansAgain(store);
  const taken: number[] = [];
  let scans = 0;
  const listeners: ((answer: z.infer<typeof GateAnswer>) => void)[] = [];
  const answered: GateDesk['answered'] = (answer) => {
    for (const tell of [after, ...listeners]) {
      try {
        tell(answer);
      } catch (error) {
        onBroken(error);
      }
    }
  };
  return {
    scan: (input) => {
      const before = input.scanId === undefined ? null : again.find(input.scanId);
      if (before !== null) {
        // Whether the run that stored it opened the turnstile before it ended, nobody knows; at its end all was off.
        if (!before.isOfThisRun) {
          again.note(before.answer);
          answered(before.answer);
        }
        return before.answer;
      }
      const begin = performance.now();
      const answer = recordScan(store, { ...input, actor: 'gate' });
      taken[scans % spans] = performance.now() - begin;
      scans += 1;
      if (input.scanId !== undefined) again.note(answer);
      answered(answer);
      return answer;
    },
    onAnswered: (listener) => void listeners.push(listener),
    answered,
    speed: () => {
      if (scans === 0) return null;
      const sorted = taken.toSorted((a, b) => a - b);
      const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
      return { scans: sorted.length, p50: at(0.5), p95: at(0.95), worst: at(1) };
    },
  };
}
