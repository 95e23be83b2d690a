import type { EventData, Output } from '../../../shared/contracts/requests/index.ts';
import type { GateSignals } from './gate-signals.ts';
import type { ServiceContext } from '../context.ts';
import { createFloodGuard, type FloodGuard } from './reader-flood.ts';
import { createVisitorClaim, type VisitorClaim } from './visitor-claim.ts';

/** The lanes' devices as the administrator sees and sets them. */
export interface LaneDesk {
  signals: GateSignals;
  plugged(): Promise<Output<'lanes/get'>['plugged']>;
  /** After the lanes were set. */
  rewire(): Promise<void>;
  /** Scans that come of `scan` are this reader's. */
  from<T>(reader: Pick<EventData<'lanes/scan'>, 'input' | 'via'>, scan: () => T): T;
  visitor: VisitorClaim;
  /** Whether a reader of the service still gives what people show it. */
  admits: FloodGuard;
  /** Tells each scan for a while, or no longer. */
  test(on: boolean): void;
}

export interface LaneDeskParts {
  signals: GateSignals;
  plugged: LaneDesk['plugged'];
  rewireReaders(): Promise<void>;
}

/** Whoever forgot that he tried out lanes is not told for ever. */
const testMs = 120_000;

export function createLaneDesk(context: ServiceContext, { signals, plugged, rewireReaders }: LaneDeskParts): LaneDesk {
  let until = Number.NEGATIVE_INFINITY;
  let reader: Parameters<LaneDesk['from']>[0] = { input: null, via: null };
  context.gate.onAnswered(({ lane, outcome, maskedCode, at }) => {
    if (context.clock.monoMs() < until) context.emit('lanes/scan', { lane, outcome, maskedCode, at, ...reader });
  });
  return {
    signals, plugged, visitor: createVisitorClaim(context), admits: createFloodGuard(() => context.clock.monoMs()),
    rewire: async () => void await Promise.all([signals.rewire(), rewireReaders()]),
    from: (which, scan) => {
      reader = which;
      try {
        return scan();
      } finally {
        reader = { input: null, via: null };
      }
    },
    test: (on) => { until = on ? context.clock.monoMs() + testMs : Number.NEGATIVE_INFINITY; },
  };
}
