import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { ServiceContext } from '../context.ts';

/** Does what nobody waits for: a full disk is logged and ends no service that still opens lanes. False where it was not done. */
export function bestEffort({ log }: Pick<ServiceContext, 'log'>, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    log.error({ error: error.code }, 'beside a scan something was not stored');
    return false;
  }
}
