import type { Verdict } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Opened } from './access.ts';
import { sameBytes, toBigInt } from './bytes.ts';
import { pointFromBytes, type NamedCurve } from './curves.ts';
import type { ChipMapping } from './pace.ts';
import type { TrustAnchors } from './pki/anchors.ts';
import { checkChain } from './pki/chain.ts';
import { checkCmsSignature, cmsSigner, parseSignedCms } from './pki/cms.ts';
import { chipSecurity, type ChipKey, type ChipSecurity } from './security-info.ts';

/**
 * Whether the chip that ran PACE with chip authentication mapping holds the private key of this public one
 * (ICAO 9303-11 clause 4.4.3.5.2): CA_IC times the static key must be the card's key of the mapping. It proves the chip
 * only as far as the key itself is signed by the issuer.
 */
export function chipHoldsKey({ mapKey, proof }: ChipMapping, curve: NamedCurve, publicKey: Uint8Array): boolean {
  const { point } = curve;
  const factor = toBigInt(proof);
  if (factor <= 0n || factor >= point.Fn.ORDER) return false;
  try {
    return sameBytes(pointFromBytes(point, publicKey).multiply(factor).toBytes(false), mapKey);
  } catch {
    return false;
  }
}

/** id-SecurityObject: what the CMS of EF.CardSecurity must hold (BSI TR-03110 part 3 annex A.1.2). */
const securityObject = '0.4.0.127.0.7.3.2.1';
const proved: Verdict = { ok: true, reason: 'Chip chứng minh được khóa riêng khi mở kênh (PACE-CAM).' };

/**
 * What PACE with chip authentication mapping proves. A key that DG14 holds counts as DG14 is signed; a key of
 * EF.CardSecurity counts when that file's own signature holds and its signer comes from a trusted authority: `keySigned`.
 * Null when the chip was not opened so; a verdict of null when the key cannot be judged, and Chip Authentication is left.
 */
export function proveByMapping(
  { opened, cardSecurity, anchors, today }: { opened: Opened; cardSecurity: Uint8Array | null; anchors: TrustAnchors; today: string },
  dg14: ChipSecurity | null,
): { verdict: Verdict; keySigned: boolean } | null {
  const { chipMapping } = opened;
  if (!chipMapping) return null;
  const holds = (keys: readonly ChipKey[]): boolean => keys.some(({ key }) => key !== null && key.curve !== null && chipHoldsKey(chipMapping, key.curve, key.publicKey));
  if (dg14 && holds(dg14.keys)) return { verdict: proved, keySigned: false };
  const unknown = { verdict: { ok: null, reason: 'Chưa xác nhận được khóa PACE-CAM của chip.' }, keySigned: false };
  try {
    const cms = cardSecurity ? parseSignedCms(cardSecurity) : null;
    const signer = cms && cmsSigner(cms);
    if (!cms || !signer || cms.contentType !== securityObject || checkCmsSignature(cms) !== 'valid') return unknown;
    if (checkChain(signer, { anchors, today, others: cms.certificates }).ok !== true) return unknown;
    return holds(chipSecurity(cms.content).keys)
      ? { verdict: proved, keySigned: true }
      : { verdict: { ok: false, reason: 'Chip không chứng minh được khóa riêng khi mở kênh (PACE-CAM): có thể là chip sao chép.' }, keySigned: false };
  } catch (error) {
    if (error instanceof ProblemError) return unknown;
    throw error;
  }
}
