import { ProblemError } from '../../../shared/contracts/problems.ts';
import { toHex } from '../bytes.ts';
import { parseCertificate, usageBit, type Algorithm, type X509 } from './certificate.ts';
import { parseCrl, type Crl } from './crl.ts';
import type { TrustAnchors } from './anchors.ts';
import { signatureAlgorithm, verifySignature, type PublicKey } from './public-key.ts';

/** Something that an authority signed and that names it: a certificate or a CRL. */
export interface Signed {
  signed: Uint8Array;
  issuer: { key: string };
  issuerKeyId: string | null;
  algorithm: Algorithm;
  signature: Uint8Array;
}

/** Certificates by the name of their subject, each only once. */
export class Issuers {
  readonly #bySubject = new Map<string, X509[]>();

  constructor(certificates: Iterable<X509>) {
    for (const certificate of certificates) {
      const same = this.#bySubject.get(certificate.subject.key);
      if (same) same.push(certificate);
      else this.#bySubject.set(certificate.subject.key, [certificate]);
    }
  }

  /** Those of the issuer's name; first the ones with the key that is named, if any. */
  of({ issuer, issuerKeyId }: Pick<Signed, 'issuer' | 'issuerKeyId'>): X509[] {
    const named = this.#bySubject.get(issuer.key) ?? [];
    return [...named.filter((one) => hasKey(one, issuerKeyId)), ...named.filter((one) => !hasKey(one, issuerKeyId))];
  }
}

/** Whether a certificate's key is the one named; a certificate without an identifier may have any. */
export function hasKey(certificate: X509, keyId: string | null): boolean {
  return keyId !== null && certificate.keyId === keyId;
}

export type Signing = 'valid' | 'invalid' | 'unsupported';

/** Whether a key made a signature. */
export function signedBy(item: Signed, { publicKey }: X509): Signing {
  try {
    const how = signatureAlgorithm(item.algorithm.oid, item.algorithm.parameters);
    return verifySignature(how, publicKey, item.signed, item.signature) ? 'valid' : 'invalid';
  } catch (error) {
    if (error instanceof ProblemError) return 'unsupported';
    throw error;
  }
}

/** A key as text: the same key may be in several certificates (link, roll-over), and need be tried only once. */
export function keyMark({ publicKey }: X509): string {
  const known = marks.get(publicKey);
  if (known !== undefined) return known;
  const mark = `${publicKey.algorithm} ${toHex(publicKey.bits)}`;
  marks.set(publicKey, mark);
  return mark;
}

const marks = new WeakMap<PublicKey, string>();

/** Whether a certificate may sign others, as far as it says (RFC 5280 clauses 4.2.1.3 and 4.2.1.9). */
export function maySignCertificates({ isCa, usage, issuer, subject }: X509): boolean {
  if (usage && !usage[usageBit.keyCertSign]) return false;
  return isCa ?? (usage !== null || issuer.key === subject.key);
}

/** Trust anchors opened; what cannot be read is left out. */
export interface OpenAnchors {
  certificates: readonly X509[];
  issuers: Issuers;
  /** By the issuer's name. */
  crls: ReadonlyMap<string, Crl[]>;
}

const opened = new WeakMap<TrustAnchors, OpenAnchors>();

/** Opens anchors once for each object that holds them: many cards are checked against the same. */
export function openAnchors(anchors: TrustAnchors): OpenAnchors {
  const known = opened.get(anchors);
  if (known) return known;
  const crls = new Map<string, Crl[]>();
  for (const crl of anchors.crls.flatMap((der) => orNone(() => parseCrl(der)))) {
    crls.set(crl.issuer.key, [...crls.get(crl.issuer.key) ?? [], crl]);
  }
  const certificates = anchors.certificates.flatMap((der) => orNone(() => parseCertificate(der)));
  const made = { certificates, issuers: new Issuers(certificates), crls };
  opened.set(anchors, made);
  return made;
}

function orNone<T>(parse: () => T): T[] {
  try {
    return [parse()];
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}
