import type { Purpose } from '../../shared/domain/purpose.ts';
import { appendEvent } from './event.ts';
import { personalHash } from './site-key.ts';
import type { Store } from './store.ts';

const hourMs = 3_600_000;

export interface LookUp {
  actor: string;
  purpose: Purpose;
  /** How the citizen was looked up. */
  by: 'qr' | 'card' | 'search' | 'dossier';
  /** Whom or what for: a personal number, or the words of a search. Only its keyed hash is kept. */
  subject: string;
  found: number;
}

/** A user's look-ups in the last hour, the last time (ms) of each subject: the same person again takes nothing. */
export function recentLookUps(store: Store, actor: string): { at: number; subject: string }[] {
  return store.sql<[string, number], { at: number; subject: string }>(
    'select max(at_ms) as at, subject from look_up where actor = ? and at_ms > ? group by subject').all(actor, store.clock.now() - hourMs);
}

/** Whether a user looked this person up within the last hour. */
export function hasLookedUp(store: Store, actor: string, personalId: string): boolean {
  const hash = personalHash(store, personalId);
  return recentLookUps(store, actor).some(({ subject }) => subject === hash);
}

/** Writes down that personal data was looked at, for what, by whom; inside a transaction. */
export function recordLookUp(store: Store, { actor, purpose, by, subject, found }: LookUp): void {
  const hash = personalHash(store, subject);
  const now = store.clock.now();
  store.sql<[string, number]>('delete from look_up where actor = ? and at_ms <= ?').run(actor, now - hourMs);
  store.sql<[string, number, string]>('insert into look_up (actor, at_ms, subject) values (?, ?, ?) on conflict do nothing').run(actor, now, hash);
  appendEvent(store, { type: 'look-up-made', actor, purpose, payload: { by, subject: hash, found } });
}
