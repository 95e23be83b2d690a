import { usageBit, type X509 } from './certificate.ts';
import { revokedOn, type Crl } from './crl.ts';
import { maySignCertificates, signedBy } from './issuers.ts';
import { shownDay } from './time.ts';

/** Why something is not to be relied on: false for known to be bad, null for not known. */
export interface Fault {
  ok: false | null;
  reason: string;
}

/** Whose signature of a CRL was found good, kept because a CRL is long and asked for each card. */
const signers = new WeakMap<Crl, X509>();

function hasValidSignature(crl: Crl, authorities: readonly X509[]): boolean {
  const known = signers.get(crl);
  if (known && authorities.includes(known)) return true;
  const signer = authorities.find((one) => maySignCertificates(one) && (one.usage?.[usageBit.crlSign] ?? true) && signedBy(crl, one) === 'valid');
  if (signer) signers.set(crl, signer);
  return signer !== undefined;
}

/**
 * Looks a certificate up in the CRLs of its issuer (RFC 5280 clause 6.3, ICAO 9303-12 clause 7.1.4: after a change of keys
 * one list, signed by the new key, speaks for all of a name). The newest list with a good signature speaks; one that is
 * overdue still does. `note` says in Vietnamese how far that goes.
 */
export function revocation(
  certificate: X509, authorities: readonly X509[], lists: ReadonlyMap<string, Crl[]>, today: string,
): { fault: Fault | null; note: string } {
  const crls = lists.get(certificate.issuer.key) ?? [];
  const signed = crls.filter((crl) => hasValidSignature(crl, authorities)).sort((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : -1));
  const whole = signed.find(({ complete }) => complete);
  // A partial list says who is revoked, not who is not.
  for (const crl of signed.filter((one) => one === whole || !one.complete)) {
    const since = revokedOn(crl, certificate.serial);
    if (since) return { fault: { ok: false, reason: `Chứng thư của đơn vị ký đã bị thu hồi ngày ${shownDay(since)}.` }, note: '' };
  }
  if (!whole) return { fault: null, note: crls.length > 0 ? '; danh sách thu hồi trong kho không dùng được (chữ ký sai hoặc không đầy đủ)' : '; chưa có danh sách thu hồi để đối chiếu' };
  const overdue = whole.nextUpdate !== null && whole.nextUpdate.slice(0, 10) < today;
  return {
    fault: null,
    note: `; không bị thu hồi theo danh sách ngày ${shownDay(whole.thisUpdate)}${overdue ? `, danh sách này đã quá hạn cập nhật (${shownDay(whole.nextUpdate!)}), hãy nhập bản mới` : ''}`,
  };
}
