import { sha256 } from '@noble/hashes/sha2.js';
import type { Verdict } from '../../../shared/contracts/identity.ts';
import type { TrustCertificate, TrustCrl } from '../../../shared/contracts/trust.ts';
import { toHex } from '../bytes.ts';
import { usageBit, type Algorithm, type X509 } from './certificate.ts';
import type { Crl } from './crl.ts';
import { hasKey, keyMark, maySignCertificates, signedBy, type Issuers } from './issuers.ts';
import { keyText, signatureText, type PublicKey } from './public-key.ts';

const maxSerial = 80;
const maxText = 80;
/** Tries of keys for one entry, and for all of a file: a file of many equal names must end in time. */
const maxKeys = 8;
const maxTries = 4_000;

/** How many signatures may still be tried. */
export interface Budget {
  left: number;
}

export const fullBudget = (): Budget => ({ left: maxTries });

/** A certificate as the trust store shows it, with what was found of its signature. */
export function certificateEntry(certificate: X509, issuers: Issuers, budget: Budget): TrustCertificate & { der: Uint8Array } {
  const { der, subject, issuer, serial, notBefore, notAfter, publicKey, algorithm } = certificate;
  const { selfSigned, verdict } = certificateSignature(certificate, issuers, budget);
  return {
    der, fingerprint: fingerprintOf(der), country: subject.country || issuer.country, subject: subject.text, issuer: issuer.text,
    serial: serial.slice(0, maxSerial), notBefore: notBefore.slice(0, 10), notAfter: notAfter.slice(0, 10),
    algorithm: algorithmText(publicKey, algorithm), selfSigned,
    signature: maySignCertificates(certificate) ? verdict : { ok: verdict.ok, reason: `${verdict.reason} Không phải chứng thư CA nên không dùng để xác nhận chip.` },
  };
}

/** A list of revoked certificates as the trust store shows it. */
export function crlEntry(crl: Crl, issuers: Issuers, budget: Budget): TrustCrl & { der: Uint8Array } {
  const authorities = issuers.of(crl).filter((one) => maySignCertificates(one) && (one.usage?.[usageBit.crlSign] ?? true));
  return {
    der: crl.der, fingerprint: fingerprintOf(crl.der), country: crl.issuer.country, issuer: crl.issuer.text,
    thisUpdate: crl.thisUpdate.slice(0, 10), nextUpdate: crl.nextUpdate?.slice(0, 10) ?? null, revoked: crl.revoked,
    signature: signatureAmong(crl, authorities, budget),
  };
}

/** SHA-256 in lower-case hex. */
function fingerprintOf(der: Uint8Array): string {
  return toHex(sha256(der)).toLowerCase();
}

function algorithmText(key: PublicKey, algorithm: Algorithm): string {
  return `${keyText(key)}${signatureText(algorithm.oid, algorithm.parameters)}`.slice(0, maxText);
}

function certificateSignature(certificate: X509, issuers: Issuers, budget: Budget): { selfSigned: boolean; verdict: Verdict } {
  const { issuer, subject, keyId, issuerKeyId } = certificate;
  const sameName = issuer.key === subject.key;
  if (sameName && (issuerKeyId === null || keyId === null || issuerKeyId === keyId)) {
    budget.left -= 1;
    const own = signedBy(certificate, certificate);
    if (own === 'valid') return { selfSigned: true, verdict: { ok: true, reason: 'Tự ký, chữ ký đúng.' } };
    const verdict = signatureAmong(certificate, issuers.of(certificate), budget);
    // Without identifiers, an older key of the same name may have signed it: a link certificate.
    return { selfSigned: verdict.ok !== true, verdict };
  }
  return { selfSigned: false, verdict: signatureAmong(certificate, issuers.of(certificate), budget) };
}

function signatureAmong(item: X509 | Crl, authorities: readonly X509[], budget: Budget): Verdict {
  if (authorities.length === 0) return { ok: null, reason: 'Chưa có chứng thư của nơi ký nên chưa kiểm được chữ ký.' };
  const tried = new Set<string>();
  let isUnsupported = false;
  for (const authority of authorities) {
    const mark = keyMark(authority);
    if (tried.has(mark)) continue;
    if (tried.size >= maxKeys || budget.left <= 0) return { ok: null, reason: 'Có quá nhiều chứng thư cùng tên nên chưa kiểm được chữ ký.' };
    tried.add(mark);
    budget.left -= 1;
    const result = signedBy(item, authority);
    if (result === 'valid') return { ok: true, reason: `Chữ ký đúng, do ${authority.subject.short} ký.` };
    isUnsupported ||= result === 'unsupported';
  }
  if (isUnsupported) return { ok: null, reason: 'Chữ ký dùng thuật toán mà phần mềm chưa hỗ trợ.' };
  if (item.issuerKeyId !== null && !authorities.some((one) => hasKey(one, item.issuerKeyId))) {
    return { ok: null, reason: 'Chưa có chứng thư chứa khóa đã ký nên chưa kiểm được chữ ký.' };
  }
  return { ok: false, reason: 'Chữ ký sai: không phải do nơi ký ghi trong đó ký.' };
}
