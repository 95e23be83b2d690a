import { sameBytes, toBigInt } from './bytes.ts';
import { pointFromBytes, type NamedCurve } from './curves.ts';
import type { ChipMapping } from './pace.ts';

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
