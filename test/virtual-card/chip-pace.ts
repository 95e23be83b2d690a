import { ascii, concat, sameBytes } from '../../electron/card/bytes.ts';
import { deriveKey, hash, suites, zeroIv } from '../../electron/card/ciphers.ts';
import { pointFromBytes, standardCurves, xCoordinate, type Curve, type Point } from '../../electron/card/curves.ts';
import { authenticationToken, mapGenerator, privateKey } from '../../electron/card/pace.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import { oidBytes, readTlv, readTlvs, tlv } from '../../electron/card/tlv.ts';
import type { ChipCommand } from './chip-command.ts';
import type { IssuedCard } from './issue.ts';

export type Reply = { data?: Uint8Array; sw: number };
type Random = (length: number) => Uint8Array;

/** PACE with ECDH and generic mapping (ICAO 9303-11 clause 4.4), the card's side: one object per run. */
export class ChipPace {
  readonly #card: IssuedCard;
  readonly #random: Random;
  readonly #curve: Curve;
  #secret: Uint8Array | null = null;
  #nonce = new Uint8Array(0);
  #generator: Point | null = null;
  #readerKey = new Uint8Array(0);
  #ownKey = new Uint8Array(0);
  #keys: SessionKeys | null = null;

  constructor(card: IssuedCard, random: Random) {
    this.#card = card;
    this.#random = random;
    this.#curve = standardCurves[card.profile.pace!.parameterId]!.point;
  }

  /** MSE:Set AT. */
  set({ data }: ChipCommand): number {
    const nodes = readTlvs(data);
    const oid = nodes.find(({ tag }) => tag === 0x80);
    const reference = nodes.find(({ tag }) => tag === 0x83)?.value[0];
    if (this.#card.profile.faults.blocked) return 0x6983;
    if (this.#card.profile.faults.paceRefused || !oid || !sameBytes(oid.value, oidBytes(this.#card.paceOid!))) return 0x6a80;
    if (reference === 1) this.#secret = hash('sha1', ascii(this.#card.mrzInformation));
    else if (reference === 2) this.#secret = ascii(this.#card.can);
    else return 0x6a88;
    return 0x9000;
  }

  /** GENERAL AUTHENTICATE, each step known by the object that it carries. Keys once the last one was right. */
  step({ data }: ChipCommand): Reply & { keys?: SessionKeys } {
    if (!this.#secret) return { sw: 0x6985 };
    const outer = readTlv(data);
    const [inner] = outer.tag === 0x7c ? readTlvs(outer.value) : [];
    if (outer.tag !== 0x7c) return { sw: 0x6a80 };
    if (!inner) return this.#sendNonce(this.#secret);
    if (inner.tag === 0x81) return this.#map(inner.value);
    if (inner.tag === 0x83) return this.#agree(inner.value);
    return inner.tag === 0x85 ? this.#finish(inner.value) : { sw: 0x6a80 };
  }

  #sendNonce(secret: Uint8Array): Reply {
    const { suite: name } = this.#card.profile.pace!;
    const suite = suites[name];
    this.#nonce = Uint8Array.from(this.#random(16));
    const key = deriveKey(name, secret, 'password');
    return { data: tlv(0x7c, tlv(0x80, suite.encrypt(key, zeroIv(suite), this.#nonce))), sw: 0x9000 };
  }

  #map(readerKey: Uint8Array): Reply {
    const own = privateKey(this.#curve, this.#random);
    this.#generator = mapGenerator(this.#curve, this.#nonce, pointFromBytes(this.#curve, readerKey).multiply(own));
    const answer = this.#curve.BASE.multiply(own).toBytes(false);
    if (this.#card.profile.faults.pacePointOffCurve) answer[answer.length - 1]! ^= 1;
    return { data: tlv(0x7c, tlv(0x82, answer)), sw: 0x9000 };
  }

  #agree(readerKey: Uint8Array): Reply {
    if (!this.#generator) return { sw: 0x6985 };
    const { suite } = this.#card.profile.pace!;
    const own = privateKey(this.#curve, this.#random);
    const shared = xCoordinate(pointFromBytes(this.#curve, readerKey).multiply(own));
    this.#readerKey = Uint8Array.from(readerKey);
    this.#ownKey = Uint8Array.from(this.#generator.multiply(own).toBytes(false));
    this.#keys = { suite, encryption: deriveKey(suite, shared, 'encryption'), mac: deriveKey(suite, shared, 'mac'), counter: 0n };
    return { data: tlv(0x7c, tlv(0x84, this.#card.profile.faults.paceEchoesKey ? readerKey : this.#ownKey)), sw: 0x9000 };
  }

  #finish(token: Uint8Array): Reply & { keys?: SessionKeys } {
    const keys = this.#keys;
    if (!keys) return { sw: 0x6985 };
    const oid = this.#card.paceOid!;
    if (!sameBytes(token, authenticationToken(keys.suite, keys.mac, oid, this.#ownKey))) return { sw: 0x6300 };
    const answer = concat(authenticationToken(keys.suite, keys.mac, oid, this.#readerKey));
    if (this.#card.profile.faults.paceTokenWrong) answer[0]! ^= 1;
    return { data: tlv(0x7c, tlv(0x86, answer)), sw: 0x9000, keys };
  }
}
