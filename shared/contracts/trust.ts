import { z } from 'zod';
import { Instant, LocalDate, Verdict } from './identity.ts';

/** SHA-256 of the DER bytes, lower-case hex: what a certificate or a CRL is named by. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** A country's signing certificate (CSCA, also a link certificate) as the trust store shows it (ICAO 9303-12 clause 7.1). */
export const TrustCertificate = z.object({
  fingerprint: Fingerprint,
  /** Two letters of the subject's C, upper case; empty when it has none. */
  country: z.string().max(3),
  subject: z.string().max(500),
  issuer: z.string().max(500),
  /** Hex. */
  serial: z.string().max(80),
  notBefore: LocalDate,
  notAfter: LocalDate,
  /** Such as `ECDSA brainpoolP512r1 (SHA-512)` or `RSA 4096 PSS (SHA-256)`. */
  algorithm: z.string().max(80),
  selfSigned: z.boolean(),
  /** Whether its signature was made by its issuer, itself or another certificate at hand; null where the issuer is not. */
  signature: Verdict,
});
export type TrustCertificate = z.infer<typeof TrustCertificate>;

/** A list of revoked signer certificates (RFC 5280 clause 5). */
export const TrustCrl = z.object({
  fingerprint: Fingerprint,
  country: z.string().max(3),
  issuer: z.string().max(500),
  thisUpdate: LocalDate,
  nextUpdate: LocalDate.nullable(),
  revoked: z.number().int().nonnegative(),
  signature: Verdict,
});
export type TrustCrl = z.infer<typeof TrustCrl>;

/** How an entry came into the store. */
export const TrustOrigin = z.object({ file: z.string().max(200), importedAt: Instant, importedBy: z.string().max(200) });
export type TrustOrigin = z.infer<typeof TrustOrigin>;

/** What an administrator can bring in (`mixed`: an LDIF with certificates and CRLs). */
export const TrustFileKind = z.enum(['certificates', 'master-list', 'crl', 'mixed']);
export type TrustFileKind = z.infer<typeof TrustFileKind>;

/**
 * Who signed a master list, and whether that holds. `known`: the signer comes from a certificate that was trusted before;
 * a list can vouch for itself by bringing the CSCA of its own signer along, which shows no more than that nobody changed it.
 */
export const TrustList = z.object({ signer: z.string().max(500), verdict: Verdict, known: z.boolean() });
export type TrustList = z.infer<typeof TrustList>;

/** An entry of a file that is not let in. `index`: its place in the file, from 0, where it could not even be read. */
export const TrustRejected = z.object({
  index: z.number().int().nullable(),
  fingerprint: Fingerprint.nullable(),
  subject: z.string().max(500).nullable(),
  reason: z.string().max(500),
});
export type TrustRejected = z.infer<typeof TrustRejected>;
