import { personalHash } from './site-key.ts';
import type { Store } from './store.ts';

/** Who counts wrong PINs: the code that was typed, or the lane at which it was. */
export type PinGuard = 'worker' | 'lane';

/** Hash of a worker's PIN; null where none is set. */
export function readPinHash(store: Store, workerNo: number): string | null {
  return store.sql<[number], { hash: string }>('select secret_hash as hash from worker_pin where worker_no = ?').get(workerNo)?.hash ?? null;
}

/** Sets a worker's PIN by its hash; inside the transaction of its event. */
export function writePinHash(store: Store, workerNo: number, secretHash: string): void {
  store.sql<[number, string, string]>(`insert into worker_pin (worker_no, secret_hash, at) values (?, ?, ?)
    on conflict (worker_no) do update set secret_hash = excluded.secret_hash, at = excluded.at`).run(workerNo, secretHash, new Date(store.clock.now()).toISOString());
}

/** Takes a worker's PIN away; false where there was none. */
export function removePin(store: Store, workerNo: number): boolean {
  return store.sql<[number]>('delete from worker_pin where worker_no = ?').run(workerNo).changes === 1;
}

/** Whether any worker has a PIN. */
export function hasPins(store: Store): boolean {
  return store.sql<[], { one: number }>('select 1 as one from worker_pin limit 1').get() !== undefined;
}

export interface PinFailures { failures: number; lockedUntil: number }

/** Failures in a row; those of codes that nobody has too. `lockedUntil` in milliseconds since 1970. */
export function readPinFailures(store: Store, kind: PinGuard, key: string): PinFailures {
  return store.sql<[string, string], PinFailures>('select failures, locked_until as lockedUntil from pin_failure where kind = ? and key = ?')
    .get(kind, keyOf(store, key)) ?? { failures: 0, lockedUntil: 0 };
}

/** Counts; what is older than a day and no longer locks is forgotten, so that typing anything does not fill the store. */
export function writePinFailures(store: Store, kind: PinGuard, key: string, { failures, lockedUntil }: PinFailures): void {
  const now = store.clock.now();
  store.sql<[number, number]>('delete from pin_failure where at_ms < ? and locked_until < ?').run(now - 86_400_000, now);
  store.sql<unknown[]>(`insert into pin_failure (kind, key, failures, locked_until, at_ms) values (?, ?, ?, ?, ?)
    on conflict (kind, key) do update set failures = excluded.failures, locked_until = excluded.locked_until, at_ms = excluded.at_ms`)
    .run(kind, keyOf(store, key), failures, lockedUntil, now);
}

/** Forgets the wrong PINs of a worker code or a lane. */
export function clearPinFailures(store: Store, kind: PinGuard, key: string): void {
  store.sql<[string, string]>('delete from pin_failure where kind = ? and key = ?').run(kind, keyOf(store, key));
}

// What was typed may be anything, a name or another's number included.
function keyOf(store: Store, key: string): string {
  return personalHash(store, `pin ${key.trim().toUpperCase()}`);
}
