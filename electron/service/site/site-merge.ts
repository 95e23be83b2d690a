import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { SitePage, type SitePart } from '../../../shared/contracts/site.ts';
import { checkPart, settleSite, takeSitePart, takeTold, type HeardBy, type Store } from '../../store/index.ts';
import { settlePresence } from './site-presence.ts';

/** So many events are stored in one transaction: a scan may have to wait for two of them. */
const sliceEvents = 25;

export interface Merged { events: number; quarantined: number }

/**
 * Takes what another gate, the hub or a file tells, in short slices that let scans in between, and works out what
 * follows for the workers that it touches. The same again, or in another order, changes nothing. Broken off anywhere,
 * the rest is worked out at the next call. `from`: who brings it; null is the hub. Problem: `site-part-invalid`, then
 * nothing of the page is taken.
 */
export async function mergePage(store: Store, page: unknown, heard: { by: HeardBy; from: string | null }): Promise<Merged> {
  const { told, parts } = readPage(page, heard.from);
  const total: Merged = { events: 0, quarantined: 0 };
  for (const part of parts) {
    for (const slice of slicesOf(part)) {
      const { events, quarantined } = takeSitePart(store, slice);
      total.events += events;
      total.quarantined += quarantined;
      await setImmediate();
    }
  }
  // Only now: a gate's word that it has told everything counts once everything is here.
  takeTold(store, told, heard);
  await settleAll(store);
  return total;
}

/** Parses and checks a page whole, before any of it is taken. */
export function readPage(page: unknown, from: string | null): SitePage {
  const parsed = SitePage.safeParse(page);
  if (!parsed.success) throw new ProblemError('site-part-invalid', parsed.error.issues.slice(0, 3).map(({ path }) => path.join('.')).join(' '));
  for (const part of parsed.data.parts) checkPart(part, from);
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
