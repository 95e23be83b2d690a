import type { HeldScan } from '../../shared/contracts/requests/zone.ts';
import type { Direction } from '../../shared/contracts/requests/gate.ts';
import { appendEvent } from './event.ts';
import type { Store } from './store.ts';
import { uuidBytes, uuidText } from './uuid-v7.ts';

/** A scan that was held, with the guard's word where there is one. */
export interface StoredHeld extends HeldScan { position: number; workerNo: number; shiftId: string | null; decided: { direction: Direction | null } | null }

interface HeldRow extends Omit<StoredHeld, 'scanId' | 'decided'> { id: Buffer; isDecided: number; word: Direction | null }

const columns = `gate_scan.position, event.id, gate_scan.at, gate_scan.lane, outcome, gate_scan.direction, worker_id as workerId, full_name as fullName,
  department, worker_no as workerNo, json_extract(payload, '$.shiftId') as shiftId, d.position is not null as isDecided, d.direction as word
  from gate_scan join event using (position) join worker using (worker_no) left join guard_decision d on d.position = gate_scan.position
  where outcome in ('ask-guard', 'passback')`;

/** A held scan by the id of its event; null where there is none. */
export function findHeld(store: Store, scanId: string): StoredHeld | null {
  const row = store.sql<[Buffer], HeldRow>(`select ${columns} and event.id = ?`).get(uuidBytes(scanId));
  return row === undefined ? null : heldOf(row);
}

/** Held scans since an instant (ISO, UTC) on which the guard has said nothing, the newest first, at most 200. */
export function listHeld(store: Store, since: string): StoredHeld[] {
  return store.sql<[string], HeldRow>(`select ${columns} and d.position is null and gate_scan.at >= ? order by gate_scan.position desc limit 200`).all(since).map(heldOf);
}

/** Notes the guard's word with its event; `direction` null: nobody passes. Inside a transaction. */
export function storeDecision(store: Store, held: StoredHeld, direction: Direction | null, actor: string): { seq: number } {
  const { seq, at } = appendEvent(store, {
    type: 'guard-decided', actor, payload: { scanId: held.scanId, scanAt: held.at, lane: held.lane, workerId: held.workerId, pass: direction !== null, direction },
  });
  store.sql<unknown[]>('insert into guard_decision (position, direction, at, actor) values (?, ?, ?, ?)').run(held.position, direction, at, actor);
  return { seq };
}

function heldOf({ id, isDecided, word, ...row }: HeldRow): StoredHeld {
  return { ...row, scanId: uuidText(id), decided: isDecided === 1 ? { direction: word } : null };
}
