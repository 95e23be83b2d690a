import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { Fingerprint, TrustCertificate, TrustCrl, TrustFileKind, TrustList, TrustOrigin, TrustRejected } from '../trust.ts';
import { admin, type RequestShape } from './define.ts';

/** Two letters, or none where a certificate names no country. */
const Country = z.string().max(3);
const Countries = z.array(Country).max(300);

/** How an entry of a file stands to what is in the store. */
export const TrustStanding = z.enum(['new', 'newer', 'already']);
export type TrustStanding = z.infer<typeof TrustStanding>;

/** A file as it would come in. Only what stands here can then be imported, by the token. */
export const TrustPreview = z.object({
  token: z.uuid(),
  file: z.string().max(200),
  kind: TrustFileKind,
  list: TrustList.nullable(),
  /** Of all certificates and CRLs that may come in. */
  fresh: z.number().int(),
  already: z.number().int(),
  countries: z.array(z.object({ country: Country, fresh: z.number().int(), already: z.number().int() })),
  /** The first of them, by country; counted are all. */
  certificates: z.array(TrustCertificate.extend({ standing: TrustStanding })),
  crls: z.array(TrustCrl.extend({ standing: TrustStanding })),
  rejected: z.array(TrustRejected),
  rejectedTotal: z.number().int(),
});
export type TrustPreview = z.infer<typeof TrustPreview>;

/** The administrator's trust store: what chip signatures are chained to. */
export const trustRequests = {
  /** Problems: `trust-file-too-large`, `trust-file-invalid`. A forged list is shown, so that it can be told, and never imported. */
  'trust/preview': { input: z.object({ fileName: z.string().max(255), content: Bytes }), output: TrustPreview, access: admin },
  /**
   * Problems: `trust-preview-gone`, `trust-list-forged`; `trust-list-unchained` where the list's signer was not trusted before
   * and `confirmed` does not say that the file's source was compared.
   */
  'trust/import': {
    input: z.object({ token: z.uuid(), countries: Countries.nullable(), confirmed: z.boolean() }),
    output: z.object({ imported: z.number().int(), already: z.number().int(), rejected: z.number().int() }),
    access: admin,
  },
  'trust/list': {
    input: z.object({ query: z.string().max(100), country: Country.nullable(), offset: z.number().int().nonnegative(), limit: z.number().int().min(1).max(500) }),
    output: z.object({
      total: z.number().int(),
      certificates: z.array(TrustCertificate.extend(TrustOrigin.shape)),
      crlTotal: z.number().int(),
      crls: z.array(TrustCrl.extend(TrustOrigin.shape)),
      countries: z.array(z.object({ country: Country, certificates: z.number().int() })),
    }),
    access: admin,
  },
  /** A certificate or a CRL. Problem: `not-found`. */
  'trust/remove': { input: z.object({ fingerprint: Fingerprint }), output: z.object({ kind: z.enum(['certificate', 'crl']) }), access: admin },
} as const satisfies Record<string, RequestShape>;
