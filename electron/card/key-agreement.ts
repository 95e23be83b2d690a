import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Random } from './bac.ts';
import { toBigInt } from './bytes.ts';
import { pointFromBytes, xCoordinate, type Curve, type Point } from './curves.ts';
import { dhBytes, dhPublic, modPow, type DhGroup } from './dh-group.ts';

/** A group for Diffie-Hellman, elliptic or not, so that PACE and Chip Authentication need not know which. */
export interface Domain {
  kind: 'ecdh' | 'dh';
  /** A fresh private key. */
  privateKey(random: Random): bigint;
  /** The public key as it is sent: uncompressed point, or number in the length of p. */
  publicKey(privateKey: bigint): Uint8Array;
  /**
   * The shared secret as octets: x coordinate, or number in the length of p (BSI TR-03111 clause 4.3).
   * @throws ProblemError `card-protocol` when the other's key is not in the group
   */
  secret(privateKey: bigint, other: Uint8Array): Uint8Array;
  /**
   * The domain with the generator of the generic mapping (ICAO 9303-11 clause 4.4.3.3.1).
   * @throws ProblemError `card-protocol`
   */
  mapped(nonce: Uint8Array, privateKey: bigint, other: Uint8Array): Domain;
}

// With more bits than the order the bias of the reduction is negligible (FIPS 186-5 A.2.1).
const extraBytes = 8;
// Exponent length where the order is not given: twice the strength of the greatest group.
const exponentBytes = 64;

function below(order: bigint, random: Random): bigint {
  return (toBigInt(random(Math.ceil(order.toString(2).length / 8) + extraBytes)) % (order - 1n)) + 1n;
}

/** A private key in 1 … n-1. */
export function privateKey(curve: Curve, random: Random): bigint {
  return below(curve.Fn.ORDER, random);
}

/** Generic mapping: G' = s·G + H. @throws ProblemError `card-protocol` at infinity */
export function mapGenerator(curve: Curve, nonce: Uint8Array, shared: Point): Point {
  const s = toBigInt(nonce) % curve.Fn.ORDER;
  const mapped = s === 0n ? shared : curve.BASE.multiply(s).add(shared);
  if (shared.is0() || mapped.is0()) throw new ProblemError('card-protocol', 'pace mapping');
  return mapped;
}

/** Key agreement on a curve; after PACE's mapping with another generator. */
export function ecDomain(curve: Curve, generator: Point = curve.BASE): Domain {
  return {
    kind: 'ecdh',
    privateKey: (random) => privateKey(curve, random),
    publicKey: (own) => generator.multiply(own).toBytes(false),
    secret: (own, other) => xCoordinate(pointFromBytes(curve, other).multiply(own)),
    mapped: (nonce, own, other) => ecDomain(curve, mapGenerator(curve, nonce, pointFromBytes(curve, other).multiply(own))),
  };
}

/** Key agreement in a group of numbers; after PACE's mapping with another generator. */
export function dhDomain(group: DhGroup, generator = group.g): Domain {
  const { p, q } = group;
  return {
    kind: 'dh',
    privateKey: (random) => (q === null ? (toBigInt(random(exponentBytes)) % (p - 2n)) + 1n : below(q, random)),
    publicKey: (own) => dhBytes(group, modPow(generator, own, p)),
    secret: (own, other) => dhBytes(group, modPow(dhPublic(group, other), own, p)),
    mapped: (nonce, own, other) => {
      const shared = modPow(dhPublic(group, other), own, p);
      const mapped = (modPow(generator, toBigInt(nonce), p) * shared) % p;
      if (mapped <= 1n || mapped === p - 1n) throw new ProblemError('card-protocol', 'pace mapping');
      return dhDomain(group, mapped);
    },
  };
}
