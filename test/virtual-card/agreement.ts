import { invert, mod, pow } from '@noble/curves/abstract/modular.js';
import { fromBigInt, toBigInt } from '../../electron/card/bytes.ts';
import { standardCurves, type Curve } from '../../electron/card/curves.ts';
import { standardGroups } from '../../electron/card/dh-group.ts';

export type Random = (length: number) => Uint8Array;

/**
 * A group in which the chip agrees on keys, ECDH or DH alike (BSI TR-03111 clause 4.3, ICAO 9303-11 clause 9.4): public
 * keys as they cross the line, the shared secret as it goes into the key derivation.
 */
export interface AgreementGroup {
  elliptic: boolean;
  order: bigint;
  base: GroupElement;
  /** @throws Error for bytes that are no element of the group */
  parse(bytes: Uint8Array): GroupElement;
}

export interface GroupElement {
  bytes: Uint8Array;
  /** x coordinate, or the number itself, as long as the field. */
  secret: Uint8Array;
  times(scalar: bigint): GroupElement;
  plus(other: GroupElement): GroupElement;
}

const bytesOf = (n: bigint): number => Math.ceil(n.toString(2).length / 8);

/** The group of a standardised domain parameter id: 0 to 2 MODP, 8 to 18 curves. */
export function agreementGroup(parameterId: number): AgreementGroup {
  const curve = standardCurves[parameterId]?.point;
  return curve ? ellipticGroup(curve) : primeGroup(parameterId);
}

function ellipticGroup(curve: Curve): AgreementGroup {
  type Point = InstanceType<Curve>;
  const points = new WeakMap<GroupElement, Point>();
  const element = (point: Point): GroupElement => {
    const bytes = point.toBytes(false);
    const made: GroupElement = {
      bytes,
      secret: bytes.slice(1, 1 + (bytes.length - 1) / 2),
      times: (scalar) => element(point.multiply(scalar)),
      plus: (other) => element(point.add(points.get(other)!)),
    };
    points.set(made, point);
    return made;
  };
  return {
    elliptic: true,
    order: curve.Fn.ORDER,
    base: element(curve.BASE),
    parse: (bytes) => {
      const point = curve.fromBytes(bytes);
      point.assertValidity();
      return element(point);
    },
  };
}

function primeGroup(parameterId: number): AgreementGroup {
  const { p, g, q } = standardGroups[parameterId]!;
  if (q === null) throw new Error('a standard group has an order');
  const element = (value: bigint): GroupElement => ({
    bytes: fromBigInt(value, bytesOf(p)),
    secret: fromBigInt(value, bytesOf(p)),
    times: (scalar) => element(pow(value, scalar, p)),
    plus: (other) => element(mod(value * toBigInt(other.bytes), p)),
  });
  return {
    elliptic: false,
    order: q,
    base: element(g),
    parse: (bytes) => {
      const value = toBigInt(bytes);
      if (value < 2n || value > p - 2n || pow(value, q, p) !== 1n) throw new Error('not in the group');
      return element(value);
    },
  };
}

/** A private key in 1 … n-1; the extra 8 bytes make the bias of the reduction negligible (FIPS 186-5 A.2.1). */
export function randomScalar(group: AgreementGroup, random: Random): bigint {
  return (toBigInt(random(bytesOf(group.order) + 8)) % (group.order - 1n)) + 1n;
}

/** 1/a modulo the group's order. */
export function inverse(group: AgreementGroup, a: bigint): bigint {
  return invert(a, group.order);
}

/** A number as an octet string as long as the group's order. */
export function scalarBytes(group: AgreementGroup, a: bigint): Uint8Array {
  return fromBigInt(a, bytesOf(group.order));
}
