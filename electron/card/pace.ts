import { ProblemError } from '../../shared/contracts/problems.ts';
import { ok, swText, triesLeft, type Answer } from './apdu.ts';
import type { Random } from './bac.ts';
import { concat, sameBytes } from './bytes.ts';
import { WrongKey, type Password } from './card-key.ts';
import type { CardChannel } from './channel.ts';
import { deriveKey, suites, unpad, zeroIv, type Suite, type SuiteName } from './ciphers.ts';
import type { SessionKeys } from './secure-messaging.ts';
import type { PaceOffer } from './security-info.ts';
import { childOf, oidBytes, readTlv, readTlvs, tlv, type Tlv } from './tlv.ts';

// A group of 2,048 bits gives keys that fit no short command.
const longestShort = 240;
/** Wrong data, or reference not found: what a card may say that wants its parameters named. */
const wantsParameters: ReadonlySet<number> = new Set([0x6a80, 0x6a88]);
/** Object identifiers of PACE over a number field, whose public keys have another tag. */
const finiteField = /^0\.4\.0\.127\.0\.7\.2\.2\.4\.[13]\./;
const passwordReference: Record<Password['kind'], number> = { mrz: 1, can: 2 };

/** Authentication token (9303-11 clause 4.4.3.4): MAC over 7F49 { OID, public key of the other side }. */
function authenticationToken(suite: SuiteName, macKey: Uint8Array, oid: string, publicKey: Uint8Array): Uint8Array {
  const keyTag = finiteField.test(oid) ? 0x84 : 0x86;
  return suites[suite].mac(macKey, tlv(0x7f49, tlv(0x06, oidBytes(oid)), tlv(keyTag, publicKey)));
}

/** What PACE with chip authentication mapping gives to prove the chip by: see chip-mapping.ts. */
export interface ChipMapping {
  /** The card's public key of the mapping. */
  mapKey: Uint8Array;
  /** What the card sent encrypted with its token: CA_IC. */
  proof: Uint8Array;
}

export interface PaceResult {
  keys: SessionKeys;
  chipMapping: ChipMapping | null;
}

/**
 * PACE with generic or chip authentication mapping (ICAO 9303-11 clause 4.4), the reader's side.
 * @throws ProblemError `card-key-wrong`, `card-blocked`, `card-protocol`
 */
export async function runPace(
  channel: CardChannel, offer: PaceOffer, password: Password, random: Random, ambiguous = false,
): Promise<PaceResult> {
  const suite = suites[offer.suite];
  const { domain } = offer;

  const template = concat(tlv(0x80, oidBytes(offer.oid)), tlv(0x83, Uint8Array.of(passwordReference[password.kind])));
  const withParameters = concat(template, tlv(0x84, Uint8Array.of(offer.parameterId)));
  const setTemplate = (data: Uint8Array): Promise<Answer> => channel.send({ cla: 0, ins: 0x22, p1: 0xc1, p2: 0xa4, data });
  let set = await setTemplate(ambiguous ? withParameters : template);
  // The parameters need naming only where there is a choice; a card that misses them is told all the same.
  if (!ambiguous && wantsParameters.has(set.sw)) set = await setTemplate(withParameters);
  // 63Cx here is a warning: so many tries are left.
  if (set.sw !== ok && triesLeft(set.sw) === null) throw refused('set', set);

  const cryptogram = value(await step(channel, 'nonce', new Uint8Array(0)), 0x80, 'nonce');
  if (cryptogram.length === 0 || cryptogram.length > 32 || cryptogram.length % suite.block !== 0) throw new ProblemError('card-protocol', 'pace nonce');
  const nonce = suite.decrypt(deriveKey(offer.suite, password.secret, 'password'), zeroIv(suite), cryptogram);

  const mapPrivate = domain.privateKey(random);
  const mapKey = value(await step(channel, 'map', tlv(0x81, domain.publicKey(mapPrivate))), 0x82, 'map');
  const mapped = domain.mapped(nonce, mapPrivate, mapKey);

  const ownPrivate = mapped.privateKey(random);
  const ownPublic = mapped.publicKey(ownPrivate);
  const cardPublic = value(await step(channel, 'key', tlv(0x83, ownPublic)), 0x84, 'key');
  if (sameBytes(ownPublic, cardPublic)) throw new ProblemError('card-protocol', 'pace keys equal');
  const secret = mapped.secret(ownPrivate, cardPublic);
  const keys = { encryption: deriveKey(offer.suite, secret, 'encryption'), mac: deriveKey(offer.suite, secret, 'mac') };

  const ownToken = authenticationToken(offer.suite, keys.mac, offer.oid, cardPublic);
  const last = await step(channel, 'token', tlv(0x85, ownToken), true);
  if (!sameBytes(value(last, 0x86, 'token'), authenticationToken(offer.suite, keys.mac, offer.oid, ownPublic))) {
    throw new ProblemError('card-key-wrong', 'pace token');
  }
  return {
    keys: { suite: offer.suite, ...keys, counter: 0n },
    chipMapping: offer.mapping === 'chip-authentication' ? { mapKey, proof: openProof(suite, keys.encryption, last) } : null,
  };
}

/** The encrypted chip authentication data (clause 4.4.3.5): its IV is the encrypted block of all ones. */
function openProof(suite: Suite, key: Uint8Array, objects: readonly Tlv[]): Uint8Array {
  const encrypted = value(objects, 0x8a, 'chip data');
  if (encrypted.length === 0 || encrypted.length % suite.block !== 0) throw new ProblemError('card-protocol', 'pace chip data');
  const ones = new Uint8Array(suite.block).fill(0xff);
  try {
    return unpad(suite.decrypt(key, suite.iv(key, ones), encrypted));
  } catch {
    throw new ProblemError('card-protocol', 'pace chip data');
  }
}

async function step(channel: CardChannel, name: string, data: Uint8Array, last = false): Promise<Tlv[]> {
  const answer = await channel.send({ cla: last ? 0 : 0x10, ins: 0x86, p1: 0, p2: 0, data: tlv(0x7c, data), le: 256 }, data.length > longestShort);
  if (answer.sw !== ok) throw refused(name, answer);
  try {
    const outer = readTlv(answer.data);
    if (outer.tag === 0x7c) return readTlvs(outer.value);
  } catch {
    // falls through: told as the protocol fault it is here, not as a damaged file
  }
  throw new ProblemError('card-protocol', `pace ${name}`);
}

function value(objects: readonly Tlv[], tag: number, name: string): Uint8Array {
  const found = childOf(objects, tag);
  if (!found) throw new ProblemError('card-protocol', `pace ${name}`);
  return found.value;
}

function refused(name: string, answer: Answer): ProblemError {
  if (answer.sw === 0x6983 || answer.sw === 0x63c0) return new ProblemError('card-blocked', `pace ${swText(answer.sw)}`);
  // Only the token proves the password; 6300 or 63Cx before it would be a fault of the card.
  const wrongKey = name === 'token' && (answer.sw >> 8 === 0x63 || answer.sw === 0x6982 || answer.sw === 0x6988);
  const detail = `pace ${name} ${swText(answer.sw)}`;
  return wrongKey ? new WrongKey(detail, triesLeft(answer.sw)) : new ProblemError('card-protocol', detail);
}
