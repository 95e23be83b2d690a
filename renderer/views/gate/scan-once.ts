import { isProblemCode } from '../../../shared/contracts/problems.ts';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';

/** Whoever stands before the gate waits no longer for a service that starts again. */
const backWithinMs = 2000;

export interface ScanParts {
  ask: (name: 'gate/scan', input: Input<'gate/scan'>) => Promise<Output<'gate/scan'>>;
  /** Whether the service is there, or is so again within so many milliseconds. */
  serviceBack: (withinMs: number) => Promise<boolean>;
  newId: () => string;
}

/**
 * One scan, answered once: a service that ended under it is asked again with the same id when it is back at once, so that
 * what it stored is answered and nothing is stored twice. Rejects as `ask` does.
 */
export async function scanOnce({ ask, serviceBack, newId }: ScanParts, scan: Omit<Input<'gate/scan'>, 'scanId'>): Promise<Output<'gate/scan'>> {
  const asked = { ...scan, scanId: newId() };
  try {
    return await ask('gate/scan', asked);
  } catch (thrown) {
    const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown && isProblemCode(thrown.code) ? thrown.code : null;
    if (code !== 'service-restarted' || !await serviceBack(backWithinMs)) throw thrown;
    return ask('gate/scan', asked);
  }
}
