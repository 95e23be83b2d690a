import { randomUUID } from 'node:crypto';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import type { TrustPreview } from '../../../shared/contracts/requests/trust.ts';
import type { TrustRejected } from '../../../shared/contracts/trust.ts';
import { listTrustCertificates, listTrustCrls, trustCountries, type Store } from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { importTrust, openTrustFile, removeTrusted, standingOf, type OpenedTrustFile } from '../card/trust-import.ts';

type TrustHandlers = Pick<Handlers, 'trust/preview' | 'trust/import' | 'trust/list' | 'trust/remove'>;

/** A screen shows no more of a file than these; counted are all. */
const mostShown = 2_000;
const mostRejectedShown = 500;
/** A file waits for its import no longer than this: its bytes are in memory. */
const previewMs = 15 * 60_000;

/** The trust store: one file at a time is opened and shown, then brought in; what is there is listed and taken out. */
export function trustHandlers(context: ServiceContext): TrustHandlers {
  const { store, clock } = context;
  // One file at a time: each takes a thread and the memory of its certificates.
  let opening: Promise<unknown> = Promise.resolve();
  let waiting: { token: string; opened: OpenedTrustFile; until: number } | null = null;
  return {
    'trust/preview': async ({ fileName, content }) => {
      waiting = null;
      const mine = opening.then(() => openTrustFile(store, { fileName, content }));
      opening = mine.catch(() => undefined);
      const opened = await mine;
      waiting = { token: randomUUID(), opened, until: clock.monoMs() + previewMs };
      return previewOf(store, waiting.token, opened);
    },
    'trust/import': async ({ token, countries, confirmed }) => {
      if (waiting === null || waiting.token !== token || clock.monoMs() > waiting.until) throw new ProblemError('trust-preview-gone');
      try {
        const { imported, already, rejected } = await importTrust(store, waiting.opened, { countries, confirmed, actor: context.requireUser().userId });
        waiting = null;
        return { imported, already, rejected: rejected.length };
      } finally {
        // Cut short, some of it is there.
        context.trustChanged();
        context.nudgeSync();
      }
    },
    'trust/list': async ({ query, country, offset, limit }) => {
      const asked = { query, countries: country === null ? [] : [country], offset, limit };
      const { total, certificates } = listTrustCertificates(store, asked);
      const { total: crlTotal, crls } = listTrustCrls(store, asked);
      return { total, certificates, crlTotal, crls, countries: trustCountries(store) };
    },
    'trust/remove': async ({ fingerprint }) => {
      const { kind } = removeTrusted(store, fingerprint, context.requireUser().userId);
      context.trustChanged();
      context.nudgeSync();
      return { kind };
    },
  };
}

function previewOf(store: Store, token: string, { file, kind, list, entries, rejected: unfit }: OpenedTrustFile): TrustPreview {
  const rejected: TrustRejected[] = [...unfit];
  const certificates: TrustPreview['certificates'] = [];
  const crls: TrustPreview['crls'] = [];
  const countries = new Map<string, { fresh: number; already: number }>();
  for (const entry of entries) {
    const standing = standingOf(store, entry);
    if (typeof standing === 'object') {
      rejected.push(standing);
      continue;
    }
    const count = countries.get(entry.country) ?? { fresh: 0, already: 0 };
    count[standing === 'already' ? 'already' : 'fresh'] += 1;
    countries.set(entry.country, count);
    // The bytes stay here; the schema of the answer drops what it does not name.
    if (entry.kind === 'certificate') certificates.push({ ...entry, standing });
    else crls.push({ ...entry, standing });
  }
  const sum = (key: 'fresh' | 'already'): number => [...countries.values()].reduce((total, count) => total + count[key], 0);
  const byCountry = (a: { country: string }, b: { country: string }): number => (a.country < b.country ? -1 : Number(a.country > b.country));
  return {
    token, file, kind, list, fresh: sum('fresh'), already: sum('already'),
    countries: [...countries].map(([country, count]) => ({ country, ...count })).toSorted(byCountry),
    certificates: certificates.toSorted(byCountry).slice(0, mostShown), crls: crls.toSorted(byCountry).slice(0, mostShown),
    rejected: rejected.slice(0, mostRejectedShown), rejectedTotal: rejected.length,
  };
}
