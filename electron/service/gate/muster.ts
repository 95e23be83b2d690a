import { randomUUID } from 'node:crypto';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { MusterCause } from '../../../shared/contracts/requests/muster.ts';
import {
  appendEvent, endMusterRow, findMuster, insertMuster, isTicked, readGuardSettings, runningMuster, writeTick, type AppendedEvent, type MusterKind, type Store,
} from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { printByItself } from './muster-print.ts';

type MusterContext = Pick<ServiceContext, 'store' | 'clock' | 'reader' | 'emit' | 'nudgeSync' | 'dataDir' | 'log' | 'onClose'>;

/**
 * Begins a roll call: freezes who is inside and tells every page; in a fire the list is printed by itself. While one runs, nothing begins and that one's id is given,
 * so that a fire input that chatters, or the same request sent twice, makes one list. A fire alone ends a drill first: whoever was ticked off
 * in that may be inside again.
 */
export async function startMuster(
  context: MusterContext, cause: MusterCause, { actor = 'system', musterId = randomUUID() }: { actor?: string; musterId?: string } = {},
): Promise<{ musterId: string; started: boolean }> {
  const { store, clock, reader } = context;
  const drill = cause === 'fire' ? runningMuster(store) : null;
  if (drill?.cause === 'drill') await endMuster(context, drill.musterId, actor);
  const known = runningMuster(store) ?? findMuster(store, musterId);
  if (known !== null) return { musterId: known.musterId, started: false };
  const now = clock.now();
  const { people, workers, visitors } = await reader.read('musterFreeze', now);
  const result = store.transaction(() => {
    // Somebody else may have begun one while the list was read.
    const running = runningMuster(store);
    if (running !== null) return { musterId: running.musterId, started: false };
    const event = appendEvent(store, { type: 'muster-started', actor, at: now, payload: { musterId, cause, total: workers.length + visitors.length, workers, visitors } });
    insertMuster(store, { musterId, cause, startedAt: event.at, startedBy: actor, total: workers.length + visitors.length }, people);
    return { musterId, started: true };
  });
  if (result.started) {
    changed(context, result.musterId);
    if (cause === 'fire') printByItself(context, result.musterId);
  }
  return result;
}

/**
 * Ticks somebody off, or takes a tick back, with its event; false where nothing changes. Problem `not-found` where no such
 * roll call runs.
 */
export function tickMuster(
  store: Store, { musterId, kind, personNo, present, lane, actor }: { musterId: string; kind: MusterKind; personNo: number; present: boolean; lane: string | null; actor: string },
): boolean {
  return store.transaction(() => {
    const muster = findMuster(store, musterId);
    if (muster === null || muster.endedAt !== null) throw new ProblemError('not-found', 'muster');
    if (isTicked(store, musterId, kind, personNo) === present) return false;
    const code = store.sql<[number], { code: string }>(kind === 'worker'
      ? 'select worker_id as code from worker where worker_no = ?' : 'select visitor_id as code from visitor where visitor_no = ?').get(personNo)?.code;
    if (code === undefined) throw new ProblemError('not-found', 'person');
    const { at } = appendEvent(store, { type: 'muster-ticked', actor, payload: { musterId, kind, code, present, lane } });
    writeTick(store, musterId, kind, personNo, present ? { at, lane, actor } : null);
    return true;
  });
}

/**
 * A scan on a lane that is the assembly point of the roll call that runs ticks the person off and moves nobody; null where the
 * lane is none, or no roll call runs. A second scan is an event too, and changes nothing. Inside the scan's transaction.
 */
export function tickByScan(
  store: Store, lane: string, person: { kind: MusterKind; personNo: number; code: string }, actor: string, eventId?: string,
): { event: AppendedEvent; again: boolean } | null {
  if (!readGuardSettings(store).assemblyLanes.includes(lane)) return null;
  const muster = runningMuster(store);
  if (muster === null) return null;
  const { musterId } = muster;
  const { kind, personNo, code } = person;
  const again = isTicked(store, musterId, kind, personNo);
  const event = appendEvent(store, { type: 'muster-ticked', actor, id: eventId, payload: { musterId, kind, code, present: true, lane, again } });
  writeTick(store, musterId, kind, personNo, { at: event.at, lane, actor });
  return { event, again };
}

/** Ends a roll call; once more changes nothing. Problem `not-found`. */
export async function endMuster(context: MusterContext, musterId: string, actor: string): Promise<{ missing: number }> {
  const { store, reader } = context;
  const muster = findMuster(store, musterId);
  if (muster === null) throw new ProblemError('not-found', 'muster');
  const result = await reader.read('musterResult', musterId);
  store.transaction(() => {
    if (findMuster(store, musterId)?.endedAt !== null) return;
    const { at } = appendEvent(store, { type: 'muster-ended', actor, payload: { musterId, ...result, missing: result.missing.map(({ kind, code }) => `${kind} ${code}`) } });
    endMusterRow(store, musterId, at, actor);
  });
  changed(context, null);
  return { missing: result.missing.length };
}

/** Tells every page. */
export function changed({ emit, nudgeSync }: Pick<MusterContext, 'emit' | 'nudgeSync'>, musterId: string | null): void {
  emit('muster/changed', { running: musterId !== null, musterId });
  nudgeSync();
}
