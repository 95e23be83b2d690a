import type { z } from 'zod';
import { ProblemError, waitDetail } from '../../../shared/contracts/problems.ts';
import type { GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import type { Input } from '../../../shared/contracts/requests/index.ts';
import {
  clearPinFailures, findWorkerByCode, findWorkerById, findWorkerByPersonalId, readKiosk, readPinFailures, readPinHash, writePinFailures,
  type PinGuard, type Store, type StoredWorker,
} from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { secretFits } from '../secret.ts';

/** Wrong PINs in a row before each further one locks: of one code, of one lane that many use. */
const freeTries: Record<PinGuard, number> = { worker: 5, lane: 15 };
const longestMinutes: Record<PinGuard, number> = { worker: 240, lane: 15 };

/** Minutes of lock-out after so many wrong PINs in a row. */
export function pinLockMinutes(kind: PinGuard, failures: number): number {
  return failures < freeTries[kind] ? 0 : Math.min(2 ** (failures - freeTries[kind]), longestMinutes[kind]);
}

// One try at a time: many at once would all be checked before the first failure is counted.
let turn: Promise<unknown> = Promise.resolve();

/**
 * A worker types code and PIN: where they fit, it is a scan like any other; where not, one that could not be read, and the
 * same is answered whether the code is nobody's, has no PIN, or the PIN is wrong. Problem `pin-locked`.
 */
export function scanByPin(context: Pick<ServiceContext, 'store' | 'gate'>, input: Input<'gate/pin'>): Promise<z.infer<typeof GateAnswer>> {
  const tried = turn.then(() => tryPin(context, input));
  turn = tried.catch(() => undefined);
  return tried;
}

async function tryPin({ store, gate }: Pick<ServiceContext, 'store' | 'gate'>, { workerId, pin, lane }: Input<'gate/pin'>): Promise<z.infer<typeof GateAnswer>> {
  const keys: [PinGuard, string][] = [['worker', workerId], ['lane', lane ?? readKiosk(store)?.lanes[0]?.lane ?? '1']];
  const now = store.clock.now();
  const lockedUntil = Math.max(...keys.map(([kind, key]) => readPinFailures(store, kind, key).lockedUntil));
  if (now < lockedUntil) throw new ProblemError('pin-locked', waitDetail(lockedUntil - now));
  const worker = findWorkerById(store, workerId) ?? findWorkerById(store, workerId.toUpperCase());
  const code = worker === null ? null : codeOf(store, worker);
  const fits = await secretFits(worker === null || code === null ? null : readPinHash(store, worker.workerNo), pin);
  if (fits && code !== null) {
    store.transaction(() => keys.forEach(([kind, key]) => clearPinFailures(store, kind, key)));
    return gate.scan({ code, lane, via: 'typed' });
  }
  store.transaction(() => {
    for (const [kind, key] of keys) {
      const failures = readPinFailures(store, kind, key).failures + 1;
      const minutes = pinLockMinutes(kind, failures);
      writePinFailures(store, kind, key, { failures, lockedUntil: minutes === 0 ? 0 : store.clock.now() + minutes * 60_000 });
    }
  });
  return gate.scan({ code: '', lane, via: 'typed', unreadable: 'pin-wrong' });
}

/** A code by which the gate finds this worker and nobody else: another one's card may have the number that is his code. */
function codeOf(store: Store, worker: StoredWorker): string | null {
  const isHis = (code: string): boolean => (/^\d{12}$/.test(code) ? findWorkerByPersonalId(store, code) : findWorkerByCode(store, code))?.workerNo === worker.workerNo;
  return [worker.workerId, worker.cardNumber, worker.pass, worker.personalId].find((code) => code !== null && isHis(code)) ?? null;
}
