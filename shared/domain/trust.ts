import type { TrustCertificate, TrustCrl } from '../contracts/trust.ts';

/** What has to be known of a CRL to say whether it may take another's place. */
export type CrlAge = Pick<TrustCrl, 'fingerprint' | 'thisUpdate' | 'revoked' | 'signature'>;

/** `new`: nothing of this issuer is there; `newer`: takes the place of what is; `already`: is what is there. */
export type CrlStanding = 'new' | 'newer' | 'already' | 'older' | 'unproven';

/**
 * Whether a CRL may be stored where the issuer's `known` one stands. An older one would bring revoked signers back, and
 * one that nobody proves must not drive out one that is proven; proven beats unproven whatever the dates. Dates have no
 * time of day: of two of one day the one that revokes more is the newer, since entries stay (RFC 5280 clause 3.3).
 */
export function crlStanding(known: CrlAge | null, given: CrlAge): CrlStanding {
  if (known === null) return 'new';
  if (known.fingerprint === given.fingerprint) return 'already';
  const isKnownProven = known.signature.ok === true;
  const isGivenProven = given.signature.ok === true;
  if (isKnownProven !== isGivenProven) return isGivenProven ? 'newer' : 'unproven';
  if (given.thisUpdate === known.thisUpdate) return given.revoked >= known.revoked ? 'newer' : 'older';
  return given.thisUpdate > known.thisUpdate ? 'newer' : 'older';
}

/** How the time stands with something that ends: `ending` from 90 days before. `today` is an ISO date. */
export type Validity = 'not-yet' | 'valid' | 'ending' | 'ended';

const endingDays = 90;
const dayMs = 86_400_000;

/** Where today lies in the validity of a certificate. Dates ISO, the last day still counts. */
export function certificateValidity({ notBefore, notAfter }: Pick<TrustCertificate, 'notBefore' | 'notAfter'>, today: string): Validity {
  if (today < notBefore) return 'not-yet';
  if (today > notAfter) return 'ended';
  return Date.parse(notAfter) - Date.parse(today) <= endingDays * dayMs ? 'ending' : 'valid';
}

/** Whether a CRL should have been followed by another by now; one that names no next issue never is (RFC 5280 clause 5.1.2.5). */
export function isCrlOverdue({ nextUpdate }: Pick<TrustCrl, 'nextUpdate'>, today: string): boolean {
  return nextUpdate !== null && today > nextUpdate;
}
