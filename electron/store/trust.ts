import type { TrustCertificate, TrustCrl, TrustOrigin } from '../../shared/contracts/trust.ts';
import { crlStanding, type CrlStanding } from '../../shared/domain/trust.ts';
import { fold } from '../../shared/domain/vietnamese.ts';
import type { Store } from './store.ts';

/** An entry with the bytes that chips are checked against. */
export type WithDer<T> = T & { der: Uint8Array };
export type StoredCertificate = TrustCertificate & TrustOrigin;
export type StoredCrl = TrustCrl & TrustOrigin;

/** What every reading is checked against, each as DER. */
export interface StoredAnchors { certificates: Uint8Array[]; crls: Uint8Array[] }

interface EntryRow { fingerprint: string; country: string; issuer: string; signature_ok: number | null; signature_reason: string; origin_file: string; imported_at: string; imported_by: string }
interface CertificateRow extends EntryRow { subject: string; serial: string; not_before: string; not_after: string; algorithm: string; self_signed: number }
interface CrlRow extends EntryRow { this_update: string; next_update: string | null; revoked: number }

const shared = (table: string): string => `${table}.fingerprint, country, issuer, signature_ok, signature_reason, origin_file, imported_at,
  coalesce((select display_name from user where user_id = imported_by), imported_by) as imported_by`;
const certificateColumns = `${shared('trust_certificate')}, subject, serial, not_before, not_after, algorithm, self_signed`;
const crlColumns = `${shared('trust_crl')}, this_update, next_update, revoked`;

/**
 * Stores a certificate; one that is there stays as it is, but for what was found of its signature: its issuer may have
 * come since. Inside the transaction of its event.
 */
export function saveTrustCertificate(store: Store, c: WithDer<TrustCertificate>, origin: TrustOrigin): 'imported' | 'already' {
  if (hasTrustCertificate(store, c.fingerprint)) {
    store.sql<[number | null, string, string]>('update trust_certificate set signature_ok = ?, signature_reason = ? where fingerprint = ? and signature_ok is null')
      .run(bit(c.signature.ok), c.signature.reason, c.fingerprint);
    return 'already';
  }
  store.sql<unknown[]>(`
    insert into trust_certificate (fingerprint, der, country, subject, issuer, serial, not_before, not_after, algorithm, self_signed,
      signature_ok, signature_reason, origin_file, imported_at, imported_by, search_text)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    c.fingerprint, c.der, c.country, c.subject, c.issuer, c.serial, c.notBefore, c.notAfter, c.algorithm, bit(c.selfSigned),
    bit(c.signature.ok), c.signature.reason, origin.file, origin.importedAt, origin.importedBy,
    fold([c.country, c.subject, c.issuer, c.serial, c.fingerprint, c.algorithm, origin.file].join(' ')));
  return 'imported';
}

/** True where an issuer's certificate with this fingerprint (SHA-256, hex) is kept. */
export function hasTrustCertificate(store: Store, fingerprint: string): boolean {
  return store.sql<[string], { n: number }>('select 1 as n from trust_certificate where fingerprint = ?').get(fingerprint) !== undefined;
}

/** How a CRL stands to what is stored of its issuer, and which it would replace. */
export function standingOfCrl(store: Store, crl: TrustCrl): { standing: CrlStanding; known: StoredCrl | null } {
  const row = store.sql<[string], CrlRow>(`select ${crlColumns} from trust_crl where issuer = ?`).get(crl.issuer);
  const known = row === undefined ? null : crlOf(row);
  return { standing: crlStanding(known, crl), known };
}

/** Stores a CRL that is `new` or `newer`, in place of what its issuer had; any other stays out. Inside the transaction of its event. */
export function saveTrustCrl(store: Store, c: WithDer<TrustCrl>, origin: TrustOrigin): { standing: CrlStanding; replaced: string | null } {
  const { standing, known } = standingOfCrl(store, c);
  if (standing !== 'new' && standing !== 'newer') return { standing, replaced: null };
  store.sql<[string]>('delete from trust_crl where issuer = ?').run(c.issuer);
  store.sql<unknown[]>(`
    insert into trust_crl (fingerprint, der, country, issuer, this_update, next_update, revoked, signature_ok, signature_reason,
      origin_file, imported_at, imported_by, search_text)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    c.fingerprint, c.der, c.country, c.issuer, c.thisUpdate, c.nextUpdate, c.revoked, bit(c.signature.ok), c.signature.reason,
    origin.file, origin.importedAt, origin.importedBy, fold([c.country, c.issuer, c.fingerprint, origin.file].join(' ')));
  return { standing, replaced: known?.fingerprint ?? null };
}

export interface TrustQuery {
  /** Words of subject, issuer, serial, fingerprint, algorithm or file, with or without accents; empty for all. */
  query: string;
  /** Two letters; empty list for all. */
  countries: readonly string[];
  offset: number;
  limit: number;
}

/** Certificates by country and name, a page at a time, with the count of all that fit. */
export function listTrustCertificates(store: Store, query: TrustQuery): { total: number; certificates: StoredCertificate[] } {
  if (!hasTrustTables(store)) return { total: 0, certificates: [] };
  const { where, params } = filter(query);
  const total = store.sql<string[], { n: number }>(`select count(*) as n from trust_certificate where ${where}`).get(...params)?.n ?? 0;
  const rows = store.sql<(string | number)[], CertificateRow>(`
    select ${certificateColumns} from trust_certificate where ${where} order by country, subject, not_after, fingerprint limit ? offset ?`)
    .all(...params, query.limit, query.offset);
  return { total, certificates: rows.map(certificateOf) };
}

/** CRLs by country and issuer; there is one an issuer. */
export function listTrustCrls(store: Store, query: TrustQuery): { total: number; crls: StoredCrl[] } {
  if (!hasTrustTables(store)) return { total: 0, crls: [] };
  const { where, params } = filter(query);
  const total = store.sql<string[], { n: number }>(`select count(*) as n from trust_crl where ${where}`).get(...params)?.n ?? 0;
  const rows = store.sql<(string | number)[], CrlRow>(`select ${crlColumns} from trust_crl where ${where} order by country, issuer limit ? offset ?`)
    .all(...params, query.limit, query.offset);
  return { total, crls: rows.map(crlOf) };
}

/** The countries of which there is a certificate or a CRL, with the number of certificates. */
export function trustCountries(store: Store): { country: string; certificates: number }[] {
  return store.sql<[], { country: string; certificates: number }>(`
    select country, count(fingerprint) as certificates from (
      select country, fingerprint from trust_certificate union all select country, null from trust_crl)
    group by country order by country`).all();
}

/** Deletes a certificate or a CRL; what it was, or null where there is none. Inside the transaction of its event. */
export function removeTrust(store: Store, fingerprint: string): { kind: 'certificate' | 'crl'; country: string; subject: string } | null {
  type Removed = { country: string; subject: string };
  const certificate = store.sql<[string], Removed>('delete from trust_certificate where fingerprint = ? returning country, subject').get(fingerprint);
  if (certificate !== undefined) return { kind: 'certificate', ...certificate };
  const crl = store.sql<[string], Removed>('delete from trust_crl where fingerprint = ? returning country, issuer as subject').get(fingerprint);
  return crl === undefined ? null : { kind: 'crl', ...crl };
}

/** Everything that is trusted, as DER; nothing in a store that an older program made and nobody has opened since. */
export function trustAnchors(store: Store): StoredAnchors {
  if (!hasTrustTables(store)) return { certificates: [], crls: [] };
  const derOf = (table: 'trust_certificate' | 'trust_crl'): Uint8Array[] => (
    store.sql<[], { der: Buffer }>(`select der from ${table} order by fingerprint`).all().map(({ der }) => new Uint8Array(der)));
  return { certificates: derOf('trust_certificate'), crls: derOf('trust_crl') };
}

/** A store opened to be read is not migrated. */
function hasTrustTables(store: Store): boolean {
  return !store.readOnly || (store.db.pragma('user_version', { simple: true }) as number) >= 4;
}

function filter({ query, countries }: TrustQuery): { where: string; params: string[] } {
  const words = fold(query).split(' ').filter((word) => word !== '');
  const parts = words.map(() => "search_text like ? escape '\\'");
  if (countries.length > 0) parts.push('country in (select value from json_each(?))');
  return {
    where: parts.length === 0 ? '1' : parts.join(' and '),
    params: [...words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`), ...(countries.length > 0 ? [JSON.stringify(countries)] : [])],
  };
}

function bit(value: boolean | null): 0 | 1 | null {
  if (value === null) return null;
  return value ? 1 : 0;
}

function entryOf(row: EntryRow) {
  return {
    fingerprint: row.fingerprint, country: row.country, issuer: row.issuer,
    signature: { ok: row.signature_ok === null ? null : row.signature_ok === 1, reason: row.signature_reason },
    file: row.origin_file, importedAt: row.imported_at, importedBy: row.imported_by,
  };
}

function certificateOf(row: CertificateRow): StoredCertificate {
  const { subject, serial, not_before: notBefore, not_after: notAfter, algorithm } = row;
  return { ...entryOf(row), subject, serial, notBefore, notAfter, algorithm, selfSigned: row.self_signed === 1 };
}

function crlOf(row: CrlRow): StoredCrl {
  return { ...entryOf(row), thisUpdate: row.this_update, nextUpdate: row.next_update, revoked: row.revoked };
}
