import type { z } from 'zod';
import type { Lane } from '../../../shared/contracts/requests/system.ts';
import { decideVisitor } from '../../../shared/domain/visitor.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import { findVisitorByHash, findVisitorByPass, personalHash, readSettings, type Store, type StoredVisitor } from '../../store/index.ts';
import type { Decision } from './gate-attendance.ts';

/** What a code that is no worker's is to the visitors' book: a pass, or the number of somebody who is registered. */
export type VisitorCode = { kind: 'person'; personalId: string } | { kind: 'code'; code: string };

/** The visitor whose pass or number a code is; null where there is none. At most two reads by an index. */
export function findVisitorByCode(store: Store, code: VisitorCode): StoredVisitor | null {
  return code.kind === 'code' ? findVisitorByPass(store, code.code.toUpperCase()) : findVisitorByHash(store, personalHash(store, code.personalId));
}

/**
 * Decides a visitor's scan. The same pass on the same lane within the time of a repeat is one, by the monotonic clock of this
 * boot. @param at milliseconds since 1970; `told` where the scan is told afterwards, then only the wall clock counts
 */
export function visitorAt(store: Store, visitor: StoredVisitor, lane: z.infer<typeof Lane>, at: number, told: boolean): Decision {
  const { last, barred } = visitor;
  const workDate = workDateOf(at);
  if (last !== null && !barred && last.lane === lane.lane) {
    const agoMs = !told && last.bootId === store.clock.bootId ? store.clock.monoMs() - last.monoMs : at - Date.parse(last.at);
    if (agoMs >= 0 && agoMs <= readSettings(store).repeatSeconds * 1_000) return { outcome: 'repeat', direction: last.direction, reason: 'same-lane', shiftId: null, workDate };
  }
  const pass = {
    validFrom: Date.parse(visitor.validFrom), validTo: Date.parse(visitor.validTo), barred, returned: visitor.returnedAt !== null, ended: visitor.endedAt !== null,
    direction: last?.direction ?? null,
  };
  return { ...decideVisitor(pass, at, lane.direction), shiftId: null, workDate };
}
