import type { Store } from './store.ts';

/** Why a factory card is no longer valid: báo mất, hỏng, trả lại, thay bằng thẻ khác. */
export const withdrawnReasons = ['lost', 'broken', 'returned', 'replaced'] as const;
export type WithdrawnReason = (typeof withdrawnReasons)[number];

/** Notes that a card is no longer valid; the newest reason counts. Inside the transaction of its event. */
export function withdrawCard(store: Store, number: string, workerNo: number, reason: WithdrawnReason): void {
  store.sql<unknown[]>(`insert into withdrawn_card (number, worker_no, reason, at) values (?, ?, ?, ?)
    on conflict (number) do update set worker_no = excluded.worker_no, reason = excluded.reason, at = excluded.at`)
    .run(number, workerNo, reason, new Date(store.clock.now()).toISOString());
}

/** A card that was given up and must not come back by an old list; null where it may be given out. Returned ones may. */
export function findWithdrawnCard(store: Store, number: string): { reason: WithdrawnReason; at: string; workerNo: number | null } | null {
  return store.sql<[string], { reason: WithdrawnReason; at: string; workerNo: number | null }>(
    "select reason, at, worker_no as workerNo from withdrawn_card where number = ? and reason <> 'returned'").get(number) ?? null;
}

/** Forgets that a card was given up: it was found, or is given out anew. Inside the transaction of its event. */
export function takeBackCard(store: Store, number: string): void {
  store.sql<[string]>('delete from withdrawn_card where number = ?').run(number);
}
