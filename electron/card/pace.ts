import { ProblemError } from '../../shared/contracts/problems.ts';
import { ok, swText, type Answer } from './apdu.ts';
import type { Random } from './bac.ts';
import { concat, sameBytes, toBigInt } from './bytes.ts';
import type { Password } from './card-key.ts';
import type { CardChannel } from './channel.ts';
import { deriveKey, suites, zeroIv, type SuiteName } from './ciphers.ts';
import { pointFromBytes, xCoordinate, type Curve, type Point } from './curves.ts';
import type { SessionKeys } from './secure-messaging.ts';
import type { PaceOffer } from './security-info.ts';
import { oidBytes, readTlv, readTlvs, tlv } from './tlv.ts';

const passwordReference: Record<Password['kind'], number> = { mrz: 1, can: 2 };

/** A private key in 1 … n-1; the extra 8 bytes make the bias of the reduction negligible (FIPS 186-5 A.2.1). */
export function privateKey(curve: Curve, random: Random): bigint {
  const order = curve.Fn.ORDER;
  return (toBigInt(random(Math.ceil(order.toString(2).length / 8) + 8)) % (order - 1n)) + 1n;
}

/** Generic mapping (9303-11 clause 4.4.3.3.1): G' = s·G + H. @throws ProblemError `card-protocol` at infinity */
export function mapGenerator(curve: Curve, nonce: Uint8Array, shared: Point): Point {
  const s = toBigInt(nonce) % curve.Fn.ORDER;
  const mapped = s === 0n ? shared : curve.BASE.multiply(s).add(shared);
  if (shared.is0() || mapped.is0()) throw new ProblemError('card-protocol', 'pace mapping');
  return mapped;
}

/** Authentication token (9303-11 clause 4.4.3.4): MAC over 7F49 { OID, public key of the other side }. */
export function authenticationToken(suite: SuiteName, macKey: Uint8Array, oid: string, publicKey: Uint8Array): Uint8Array {
  return suites[suite].mac(macKey, tlv(0x7f49, tlv(0x06, oidBytes(oid)), tlv(0x86, publicKey)));
}

/**
 * PACE with ECDH and generic mapping (ICAO 9303-11 clause 4.4), the reader's side.
 * @throws ProblemError `card-key-wrong`, `card-blocked`, `card-protocol`
 */
export async function runPace(
  channel: CardChannel, offer: PaceOffer, password: Password, random: Random, ambiguous = false,
): Promise<SessionKeys> {
  const suite = suites[offer.suite];
  const curve = offer.curve.point;

  const set = await channel.send({
    cla: 0, ins: 0x22, p1: 0xc1, p2: 0xa4,
    data: concat(
      tlv(0x80, oidBytes(offer.oid)), tlv(0x83, Uint8Array.of(passwordReference[password.kind])),
      ambiguous ? tlv(0x84, Uint8Array.of(offer.parameterId)) : new Uint8Array(0),
    ),
  });
  // 63Cx here is a warning: so many tries are left.
  if (set.sw !== ok && set.sw >> 4 !== 0x63c) throw refused('set', set);

  const cryptogram = await step(channel, 'nonce', new Uint8Array(0), 0x80);
  if (cryptogram.length === 0 || cryptogram.length > 32 || cryptogram.length % suite.block !== 0) throw new ProblemError('card-protocol', 'pace nonce');
  const nonce = suite.decrypt(deriveKey(offer.suite, password.secret, 'password'), zeroIv(suite), cryptogram);

  const mapPrivate = privateKey(curve, random);
  const mapAnswer = await step(channel, 'map', tlv(0x81, curve.BASE.multiply(mapPrivate).toBytes(false)), 0x82);
  const generator = mapGenerator(curve, nonce, pointFromBytes(curve, mapAnswer).multiply(mapPrivate));

  const ownPrivate = privateKey(curve, random);
  const ownPublic = generator.multiply(ownPrivate).toBytes(false);
  const cardPublic = await step(channel, 'key', tlv(0x83, ownPublic), 0x84);
  if (sameBytes(ownPublic, cardPublic)) throw new ProblemError('card-protocol', 'pace keys equal');
  const secret = xCoordinate(pointFromBytes(curve, cardPublic).multiply(ownPrivate));
  const keys = { encryption: deriveKey(offer.suite, secret, 'encryption'), mac: deriveKey(offer.suite, secret, 'mac') };

  const ownToken = authenticationToken(offer.suite, keys.mac, offer.oid, cardPublic);
  const cardToken = await step(channel, 'token', tlv(0x85, ownToken), 0x86, true);
  if (!sameBytes(cardToken, authenticationToken(offer.suite, keys.mac, offer.oid, ownPublic))) {
    throw new ProblemError('card-key-wrong', 'pace token');
  }
  return { suite: offer.suite, ...keys, counter: 0n };
}

async function step(channel: CardChannel, name: string, data: Uint8Array, tag: number, last = false): Promise<Uint8Array> {
  const answer = await channel.send({ cla: last ? 0 : 0x10, ins: 0x86, p1: 0, p2: 0, data: tlv(0x7c, data), le: 256 });
  if (answer.sw !== ok) throw refused(name, answer);
  try {
    const outer = readTlv(answer.data);
    const inner = outer.tag === 0x7c ? readTlvs(outer.value).find((node) => node.tag === tag) : undefined;
    if (inner) return inner.value;
  } catch {
    // falls through: told as the protocol fault it is here, not as a damaged file
  }
  throw new ProblemError('card-protocol', `pace ${name}`);
}

function refused(name: string, answer: Answer): ProblemError {
  if (answer.sw === 0x6983 || answer.sw === 0x63c0) return new ProblemError('card-blocked', `pace ${swText(answer.sw)}`);
  // Only the token proves the password; 6300 or 63Cx before it would be a fault of the card.
  const wrongKey = name === 'token' && (answer.sw >> 8 === 0x63 || answer.sw === 0x6982 || answer.sw === 0x6988);
  return new ProblemError(wrongKey ? 'card-key-wrong' : 'card-protocol', `pace ${name} ${swText(answer.sw)}`);
}
