import { emptiedOf } from '../../../shared/contracts/erasure.ts';
import { maskCardNumber } from '../../../shared/domain/factory-card.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import {
  appendEvent, dropPhotoBytes, emptyEvents, eraseWorker, findWorkerByNo, insertErasure, readWorkerPhoto, type ErasureRun, type ErasureTarget, type Store,
} from '../../store/index.ts';
import type { Reader } from '../reader.ts';
import { surelyPast } from '../site/clock-watch.ts';
import { inSlices } from './roster-commit.ts';
import { readPeopleSettings } from './people-settings.ts';

/** Events emptied in one transaction: few, because a scan may have to wait for them. */
const sliceEvents = 200;
/** Workers of one run; the next run takes the next. */
const mostWorkers = 2_000;
const basis = 'Luật 91/2025/QH15';

/** Before which end date people are due; null where nothing is erased by itself, or nobody knows what day it is. ISO. */
export function erasureDate(store: Store): string | null {
  const { erasureDays } = readPeopleSettings(store);
  const past = surelyPast(store);
  return erasureDays === null || past === null ? null : addDays(workDateOf(past), -erasureDays);
}

/**
 * Erases the personal data of those who left longer ago than the setting says (Luật 91/2025/QH15 art. 25): the row, the
 * payloads of their events, the photo, with the setting their scans too. The chain of events stays whole. Events `worker-erased`
 * name which were emptied, by their numbers, so that the hub and the other gates empty them too (`shared/contracts/erasure.ts`);
 * the last one is the proof, with counts. Finding them runs beside the writer. Null: nobody was due.
 */
export async function eraseDueWorkers(store: Store, reader: Reader, actor: string): Promise<(ErasureRun & { position: number }) | null> {
  const before = erasureDate(store);
  if (before === null) return null;
  const { erasureDays, keepTimesheet } = readPeopleSettings(store);
  const targets = (await reader.read('erasureTargets', before)).slice(0, mostWorkers);
  if (targets.length === 0) return null;
  const positions = await reader.read('erasableEvents', { workers: targets, scans: !keepTimesheet });
  const run: ErasureRun = { workers: 0, events: 0, scans: 0, photos: 0, days: erasureDays ?? 0, keptTimesheet: keepTimesheet, erased: [] };
  for (const target of targets) {
    if (!isDue(store, target, before)) continue;
    // Payloads first: where it is cut short, the worker is still due and the next run goes on.
    await inSlices(store, slices(positions.get(target.workerNo) ?? []), (slice) => emptyAndTell(store, slice, actor), (emptied) => { run.events += emptied; });
    await eraseOne(store, target, before, run);
  }
  if (run.workers === 0) return null;
  return store.transaction(() => {
    const { erased: _, ...counts } = run;
    const { position } = appendEvent(store, { type: 'worker-erased', actor, payload: { ...counts, before, basis } });
    insertErasure(store, position, run);
    return { ...run, position };
  });
}

/** What was emptied is told in the same transaction: cut short anywhere, nothing is emptied that nobody else hears of. */
function emptyAndTell(store: Store, positions: readonly number[], actor: string): number {
  const emptied = emptyEvents(store, positions);
  if (emptied.length > 0) appendEvent(store, { type: 'worker-erased', actor, payload: { emptied: emptiedOf(emptied), basis } });
  return emptied.length;
}

/** Not where the worker came back while others were erased. */
function isDue(store: Store, { workerNo }: ErasureTarget, before: string): boolean {
  const endDate = findWorkerByNo(store, workerNo)?.endDate ?? null;
  return endDate !== null && endDate < before;
}

async function eraseOne(store: Store, target: ErasureTarget, before: string, run: ErasureRun): Promise<void> {
  const photo = readWorkerPhoto(store, target.workerNo);
  const done = store.transaction(() => {
    if (!isDue(store, target, before)) return null;
    return eraseWorker(store, target, run.keptTimesheet);
  });
  if (done === null) return;
  if (photo !== null) await dropPhotoBytes(store, photo.sha256);
  run.workers += 1;
  run.scans += done.scans;
  run.photos += photo === null ? 0 : 1;
  run.erased.push({ code: maskCardNumber(target.workerId), endDate: target.endDate });
}

function slices(positions: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(positions.length / sliceEvents) }, (_, at) => positions.slice(at * sliceEvents, (at + 1) * sliceEvents));
}
