import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { TrustStanding } from '../../../shared/contracts/requests/trust.ts';
import type { TrustCertificate, TrustCrl, TrustFileKind, TrustList, TrustOrigin, TrustRejected } from '../../../shared/contracts/trust.ts';
import {
  appendEvent, hasTrustCertificate, removeTrust, saveTrustCertificate, saveTrustCrl, standingOfCrl, type Store, type WithDer,
} from '../../store/index.ts';
import { readTrustFile } from './trust-file.ts';

type Certificate = WithDer<TrustCertificate> & { kind: 'certificate' };
type Crl = WithDer<TrustCrl> & { kind: 'crl' };

/** A file that was opened and judged, not stored. */
export interface OpenedTrustFile {
  /** Its name without folders. */
  file: string;
  kind: TrustFileKind;
  list: TrustList | null;
  /** What may come in: certificates first, since they prove the CRLs. No entry twice. */
  entries: (Certificate | Crl)[];
  /** What may not, whatever the store holds. */
  rejected: TrustRejected[];
}

export interface TrustImport { imported: number; already: number; rejected: TrustRejected[] }

export interface ImportOptions {
  /** Two letters each; null: all. */
  countries: readonly string[] | null;
  /** Somebody answers for a list whose signer was not trusted before. */
  confirmed: boolean;
  actor: string;
}

/** Entries of one event; a slice of more time than this lets scans in. */
const mostOfSlice = 100;
const sliceMs = 5;
/** Longest subject or reason that is told. */
const mostText = 500;

const crlReasons = {
  older: 'Kho đã có danh sách thu hồi mới hơn của cùng nơi cấp.',
  unproven: 'Chưa kiểm được chữ ký của danh sách thu hồi này, trong khi kho đã có danh sách kiểm được của cùng nơi cấp.',
} as const;

/** Opens and judges a file. Problems: `trust-file-too-large`, `trust-file-invalid`. */
export async function openTrustFile(store: Store, { fileName, content }: { fileName: string; content: Uint8Array }): Promise<OpenedTrustFile> {
  const { kind, list, certificates, crls, rejected } = await readTrustFile(store, content);
  const all: OpenedTrustFile['entries'] = [
    ...certificates.map((certificate) => ({ kind: 'certificate' as const, ...certificate })), ...crls.map((crl) => ({ kind: 'crl' as const, ...crl })),
  ];
  const entries = new Map(all.filter(({ signature }) => signature.ok !== false).map((entry) => [entry.fingerprint, entry]));
  return {
    file: basename(fileName).normalize('NFC').slice(0, 200), kind, list, entries: [...entries.values()],
    rejected: [
      ...rejected.map(({ index, reason }) => ({ index, fingerprint: null, subject: null, reason: reason.slice(0, mostText) })),
      // An entry that its own issuer never signed is damaged or forged, whoever brings it.
      ...all.filter(({ signature }) => signature.ok === false).map((entry) => rejection(entry, entry.signature.reason)),
    ],
  };
}

/** How an entry stands to the store as it is now; a refusal where it may not come in. */
export function standingOf(store: Store, entry: Certificate | Crl): TrustStanding | TrustRejected {
  if (entry.kind === 'certificate') return hasTrustCertificate(store, entry.fingerprint) ? 'already' : 'new';
  const { standing } = standingOfCrl(store, entry);
  return standing === 'older' || standing === 'unproven' ? rejection(entry, crlReasons[standing]) : standing;
}

/**
 * Stores what a file brings, in short slices, each with its event in one transaction: cut short, the same file again
 * brings the rest. Problems: `trust-list-forged`; without `confirmed`, `trust-list-unchained`.
 */
export async function importTrust(store: Store, opened: OpenedTrustFile, { countries, confirmed, actor }: ImportOptions): Promise<TrustImport> {
  const { file, list } = opened;
  if (list?.verdict.ok === false) throw new ProblemError('trust-list-forged', list.verdict.reason);
  if (list?.known === false && !confirmed) throw new ProblemError('trust-list-unchained');
  const entries = opened.entries.filter(({ country }) => countries === null || countries.includes(country));
  const total: TrustImport = { imported: 0, already: 0, rejected: [...opened.rejected] };
  const importId = randomUUID();
  const about = { importId, file, kind: opened.kind, list: list === null ? null : { signer: list.signer, ok: list.verdict.ok, known: list.known } };
  for (let next = 0; next < entries.length;) {
    const origin: TrustOrigin = { file, importedAt: new Date(store.clock.now()).toISOString(), importedBy: actor };
    const slice = store.transaction(() => saveSlice(store, entries, next, origin, (saved) => {
      appendEvent(store, { type: 'trust-imported', actor, payload: { ...about, entries: saved } });
    }));
    total.imported += slice.imported;
    total.already += slice.already;
    total.rejected.push(...slice.rejected);
    next += slice.done;
    await setImmediate();
  }
  return total;
}

interface Saved { kind: 'certificate' | 'crl'; fingerprint: string; country: string; subject: string; replaced?: string }

function saveSlice(
  store: Store, entries: OpenedTrustFile['entries'], from: number, origin: TrustOrigin, tell: (saved: Saved[]) => void,
): TrustImport & { done: number } {
  const slice: TrustImport & { done: number } = { imported: 0, already: 0, rejected: [], done: 0 };
  const saved: Saved[] = [];
  const until = performance.now() + sliceMs;
  do {
    const entry = entries[from + slice.done]!;
    slice.done += 1;
    const outcome = saveEntry(store, entry, origin);
    if (outcome === 'already') slice.already += 1;
    else if ('reason' in outcome) slice.rejected.push(outcome);
    else saved.push(outcome);
  } while (performance.now() < until && saved.length < mostOfSlice && from + slice.done < entries.length);
  if (saved.length > 0) tell(saved);
  return { ...slice, imported: saved.length };
}

function saveEntry(store: Store, entry: Certificate | Crl, origin: TrustOrigin): Saved | TrustRejected | 'already' {
  const { kind, fingerprint, country } = entry;
  const saved: Saved = { kind, fingerprint, country, subject: nameOf(entry) };
  if (entry.kind === 'certificate') return saveTrustCertificate(store, entry, origin) === 'already' ? 'already' : saved;
  const { standing, replaced } = saveTrustCrl(store, entry, origin);
  if (standing === 'already') return 'already';
  if (standing === 'older' || standing === 'unproven') return rejection(entry, crlReasons[standing]);
  return replaced === null ? saved : { ...saved, replaced };
}

/** Takes a certificate or a CRL out, with the event that names it. Problem: `not-found`. */
export function removeTrusted(store: Store, fingerprint: string, actor: string): { kind: 'certificate' | 'crl'; country: string; subject: string } {
  return store.transaction(() => {
    const removed = removeTrust(store, fingerprint);
    if (removed === null) throw new ProblemError('not-found');
    appendEvent(store, { type: 'trust-removed', actor, payload: { fingerprint, ...removed } });
    return removed;
  });
}

function rejection(entry: Certificate | Crl, reason: string): TrustRejected {
  return { index: null, fingerprint: entry.fingerprint, subject: nameOf(entry), reason: reason.slice(0, mostText) };
}

function nameOf(entry: Certificate | Crl): string {
  return (entry.kind === 'certificate' ? entry.subject : entry.issuer).slice(0, mostText);
}
