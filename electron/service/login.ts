import type { User } from '../../shared/contracts/people.ts';
import { ProblemError, waitDetail } from '../../shared/contracts/problems.ts';
import { appendEvent, clearLoginFailures, findUserByName, readLoginFailures, writeLoginFailures, type Store } from '../store/index.ts';
import { secretFits } from './secret.ts';

const freeTries = 5;
const longestMinutes = 240;

/** Minutes of lock-out after so many failed tries in a row: none up to the fourth, then 1, 2, 4 … 240. */
export function lockMinutes(failures: number): number {
  return failures < freeTries ? 0 : Math.min(2 ** (failures - freeTries), longestMinutes);
}

// One try at a time: many at once would all be checked before the first failure is counted.
let turn: Promise<unknown> = Promise.resolve();

/**
 * Checks a name with its PIN or password and counts failures, in the store, so that a restart frees nobody.
 * Unknown and disabled names are answered and locked out like known ones. Problems: `login-failed`, `login-locked`.
 */
export function checkLogin(store: Store, loginName: string, secret: string): Promise<User> {
  const tried = turn.then(() => tryLogin(store, loginName, secret));
  turn = tried.catch(() => undefined);
  return tried;
}

async function tryLogin(store: Store, loginName: string, secret: string): Promise<User> {
  const { failures, lockedUntil } = readLoginFailures(store, loginName);
  const now = store.clock.now();
  if (now < lockedUntil) throw new ProblemError('login-locked', waitDetail(lockedUntil - now));
  const found = findUserByName(store, loginName);
  const fits = await secretFits(found?.secretHash ?? null, secret);
  if (fits && found !== null && !found.user.disabled) {
    if (failures > 0) store.transaction(() => clearLoginFailures(store, loginName));
    return found.user;
  }
  const minutes = lockMinutes(failures + 1);
  store.transaction(() => {
    writeLoginFailures(store, loginName, { failures: failures + 1, lockedUntil: minutes === 0 ? 0 : store.clock.now() + minutes * 60_000 });
    // The name that was typed may be a PIN in the wrong field: only a user's id is kept.
    appendEvent(store, { type: 'login-failed', actor: found?.user.userId ?? 'system', payload: { userId: found?.user.userId ?? null, lockedMinutes: minutes } });
  });
  throw minutes === 0 ? new ProblemError('login-failed') : new ProblemError('login-locked', waitDetail(minutes * 60_000));
}
