import { ProblemError } from '../../../shared/contracts/problems.ts';
import { PassCard } from '../../../shared/contracts/visitor.ts';
import { findVisitorByHash, findWorkerByPersonalId, personalHash } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { isFreePass, readIdentity } from './visitors.ts';

/** The next identity card, or card to give as a pass, at any reader of this machine, for the guard who registers a visitor. */
export interface VisitorClaim {
  /** The registration waits for a card, or no longer. */
  wait(on: boolean): void;
  /** As what a code is the card that is waited for, and no scan of the gate, once; null where it is not. `isCard`: read off a card reader. */
  takes(text: string, isCard: boolean): 'identity' | 'pass' | null;
  isWaiting(): boolean;
}

/** Whoever walked away from an open form no longer waits. */
const waitMs = 120_000;
const longest = 4000;

/** Never takes the card of a worker, or of a visitor who is inside: on the other lanes people go on passing. */
export function createVisitorClaim({ store, clock, session }: Pick<ServiceContext, 'store' | 'clock' | 'session'>): VisitorClaim {
  let until = Number.NEGATIVE_INFINITY;
  const isNew = (text: string): boolean => {
    try {
      const { personalId } = readIdentity(text, clock.now());
      return findWorkerByPersonalId(store, personalId) === null && findVisitorByHash(store, personalHash(store, personalId))?.last?.direction !== 'in';
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return false;
    }
  };
  const isWaiting = (): boolean => clock.monoMs() < until && session.user() !== null;
  return {
    isWaiting,
    wait: (on) => { until = on ? clock.monoMs() + waitMs : Number.NEGATIVE_INFINITY; },
    takes: (text, isCard) => {
      if (!isWaiting() || text.length > longest) return null;
      const as = isNew(text) ? 'identity' : isCard && PassCard.safeParse(text).success && isFreePass(store, text, clock.now()) ? 'pass' : null;
      if (as !== null) until = Number.NEGATIVE_INFINITY;
      return as;
    },
  };
}
