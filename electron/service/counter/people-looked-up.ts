import type { CitizenFields } from '../../../shared/contracts/dossier.ts';
import { ProblemError, waitDetail } from '../../../shared/contracts/problems.ts';
import { lookUpWaitMs, lookUpsLeft } from '../../../shared/domain/purpose.ts';
import { personalHash, recentLookUps, recordLookUp, type LookUp, type Store } from '../../store/index.ts';

/** How long what was read from a card counts as read, in milliseconds. */
const readingGoodForMs = 30 * 60_000;

/** Look-ups of citizens: counted against the limit of an hour, written down, and what a chip said kept for a while. */
export interface PeopleLookedUp {
  /** Before reading: problem `look-up-limit` where somebody new would be one too many. */
  admit(actor: string, subject: string, perHour: number): void;
  /** After reading, inside a transaction. */
  record(lookUp: LookUp): void;
  left(actor: string, perHour: number): number;
  /** Keeps in memory what a card said, so that a page cannot call its own text signed. */
  keep(fields: CitizenFields): void;
  /** Whether a card or QR of this number was read here not long ago. */
  wasRead(personalId: string): boolean;
  /** The fields with `signed` only where a card read here not long ago says the same. */
  withoutFalseTrust(fields: CitizenFields): CitizenFields;
}

export function createPeopleLookedUp(store: Store): PeopleLookedUp {
  const readings = new Map<string, { fields: CitizenFields; at: number }>();
  const left = (actor: string, perHour: number): number => (
    lookUpsLeft(recentLookUps(store, actor).map(({ at }) => at), store.clock.now(), perHour));
  const reading = (personalId: string | undefined): CitizenFields | null => {
    const found = personalId === undefined ? undefined : readings.get(personalId);
    return found !== undefined && store.clock.monoMs() - found.at <= readingGoodForMs ? found.fields : null;
  };
  return {
    admit: (actor, subject, perHour) => {
      const hash = personalHash(store, subject);
      const made = recentLookUps(store, actor);
      if (made.some(({ subject: known }) => known === hash)) return;
      const wait = lookUpWaitMs(made.map(({ at }) => at), store.clock.now(), perHour);
      if (wait > 0) throw new ProblemError('look-up-limit', waitDetail(wait));
    },
    record: (lookUp) => recordLookUp(store, lookUp),
    left,
    keep: (fields) => {
      for (const [id, { at }] of readings) if (store.clock.monoMs() - at > readingGoodForMs) readings.delete(id);
      if (fields.personalId !== undefined) readings.set(fields.personalId.value, { fields, at: store.clock.monoMs() });
    },
    wasRead: (personalId) => reading(personalId) !== null,
    withoutFalseTrust: (fields) => {
      const known = reading(fields.personalId?.value);
      return Object.fromEntries(Object.entries(fields).map(([name, field]) => {
        const said = known?.[name as keyof CitizenFields];
        const isSigned = field.trust === 'signed' && !field.edited && said?.trust === 'signed' && said.value === field.value;
        return [name, field.trust === 'signed' && !isSigned ? { ...field, trust: 'claimed' } : field];
      }));
    },
  };
}
