import type { z } from 'zod';
import type { GateAnswer } from '../../shared/contracts/requests/gate.ts';
import type { Store } from '../store/index.ts';
import { recordScan, type ScanInput } from './gate-scan.ts';

/** Where every scan of this kiosk goes through, whatever read it. */
export interface GateDesk {
  /** Decides and stores a scan, then tells everybody who waits for answers. Problems: as `recordScan`. */
  scan(input: Omit<ScanInput, 'actor'>): z.infer<typeof GateAnswer>;
  /** Called after the commit of each answer, in the order of answers. */
  onAnswered(listener: (answer: z.infer<typeof GateAnswer>) => void): void;
  /** Tells those who wait of an answer that was made elsewhere, after its commit. */
  answered(answer: z.infer<typeof GateAnswer>): void;
}

/** `after`: runs once an answer is stored. */
export function createGateDesk(store: Store, after: () => void): GateDesk {
  const listeners: ((answer: z.infer<typeof GateAnswer>) => void)[] = [];
  const answered: GateDesk['answered'] = (answer) => {
    after();
    for (const listener of listeners) listener(answer);
  };
  return {
    scan: (input) => {
      const answer = recordScan(store, { ...input, actor: 'gate' });
      answered(answer);
      return answer;
    },
    onAnswered: (listener) => void listeners.push(listener),
    answered,
  };
}
