import type { Verdict } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { TrustCertificate, TrustCrl } from '../../../shared/contracts/trust.ts';
import type { TrustAnchors } from './anchors.ts';

/** A file of trust opened: what it holds, each entry with what was found of its signature, and what could not be read. */
export interface TrustFile {
  kind: 'certificates' | 'master-list' | 'crl' | 'mixed';
  certificates: (TrustCertificate & { der: Uint8Array })[];
  crls: (TrustCrl & { der: Uint8Array })[];
  /** Who signed a master list, and whether that holds; null for files without a signature of their own. */
  list: { signer: string; verdict: Verdict } | null;
  /** Entries that could not be read: place in the file, from 0, and the reason in Vietnamese. */
  rejected: { index: number; reason: string }[];
}

/**
 * Opens a file that an administrator wants to import: certificates in DER or PEM, an ICAO master list (Doc 9303-12
 * clause 9), an LDIF of the ICAO PKD, or CRLs in DER or PEM. `known` are certificates trusted already, `today` an ISO date.
 * @throws ProblemError `trust-file-invalid` when the file is none of these or beyond every bound
 */
export function parseTrustFile(_bytes: Uint8Array, _context: { known: TrustAnchors; today: string }): TrustFile {
  throw new ProblemError('trust-file-invalid', 'empty');
}
