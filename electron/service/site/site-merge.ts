import { setImmediate } from 'node:timers/promises';
import { ProblemError, type ProblemCode } from '../../../shared/contracts/problems.ts';
import { SitePage, type SitePart } from '../../../shared/contracts/site.ts';
import { faultOfRun, hasRoomFor, quarantineRun, settleSite, takeProof, takeSitePart, takeTold, type HeardBy, type Store } from '../../store/index.ts';
import { settlePresence } from './site-presence.ts';

/** So many events are stored in one transaction: a scan may have to wait for two of them. */
const sliceEvents = 25;

/** What came of it. `problem`: runs were kept apart because their own gate has not signed them; the others were taken. */
export interface Merged { events: number; quarantined: number; problem: ProblemCode | null }

/**
 * Takes what another gate, the hub or a file tells, in short slices that let scans in between, and works out what
 * follows for the workers that it touches. The same again, or in another order, changes nothing. Broken off anywhere,
 * the rest is worked out at the next call. `from`: who brings it; null is the hub. A run counts once its own gate's
 * signature is checked; from the hub, which has checked the gate itself, it needs none. What is not proven goes to
 * quarantine whole, is not asked for less, and is told as `site-run-unproven`. Problem: `site-part-invalid` where the page has
 * no known form, or the hub tells runs that are none; then nothing of it is taken.
 */
export async function mergePage(store: Store, page: unknown, heard: { by: HeardBy; from: string | null }): Promise<Merged> {
  const { told, parts } = readPage(page);
  const total: Merged = { events: 0, quarantined: 0, problem: null };
  for (const part of parts) {
    // Nobody tells a gate of its own.
    if (part.device === store.device.id) continue;
    const fault = faultOfRun(part, heard.from === null ? 'hub' : 'gate') ?? (hasRoomFor(store, part.device, part.epoch) ? null : 'gates');
    if (fault !== null) {
      if (heard.from === null) throw new ProblemError('site-part-invalid', fault);
      total.quarantined += quarantineRun(store, part, fault, heard.from);
      total.problem = 'site-run-unproven';
      await setImmediate();
      continue;
    }
    for (const slice of slicesOf(part)) {
      const { events, quarantined } = takeSitePart(store, slice, heard.from);
      total.events += events;
      total.quarantined += quarantined;
      await setImmediate();
    }
    takeProof(store, part);
  }
  // Only now: a gate's word that it has told everything counts once everything is here.
  takeTold(store, told, heard);
  await settleAll(store);
  return total;
}

/** Parses a page whole, before any of it is taken. Problem: `site-part-invalid`. */
export function readPage(page: unknown): SitePage {
  const parsed = SitePage.safeParse(page);
  if (!parsed.success) throw new ProblemError('site-part-invalid', parsed.error.issues.slice(0, 3).map(({ path }) => path.join('.')).join(' '));
  return parsed.data;
}

/** Works out all that waits, a little at a time. */
export async function settleAll(store: Store): Promise<void> {
  while (settleSite(store)) await setImmediate();
  while (settlePresence(store)) await setImmediate();
}

function* slicesOf(part: SitePart): Generator<SitePart> {
  let { after } = part;
  for (let i = 0; i + sliceEvents < part.events.length; i += sliceEvents) {
    const events = part.events.slice(i, i + sliceEvents);
    const through = events.at(-1)!.seq;
    yield { ...part, after, through, events };
    after = through;
  }
  yield { ...part, after, events: part.events.filter(({ seq }) => seq > after) };
}
