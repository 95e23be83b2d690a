import { ascii, concat, sameBytes, toBigInt } from '../../electron/card/bytes.ts';
import { deriveKey, hash, pad, suites, zeroIv } from '../../electron/card/ciphers.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import { oidBytes, readTlv, readTlvs, tlv } from '../../electron/card/tlv.ts';
import { agreementGroup, inverse, randomScalar, scalarBytes, type AgreementGroup, type GroupElement, type Random } from './agreement.ts';
import type { ChipCommand, Reply } from './chip-command.ts';
import type { IssuedCard } from './issue.ts';
import type { PaceWay } from './security-infos.ts';

/** PACE with generic or chip authentication mapping, ECDH or DH (ICAO 9303-11 clause 4.4), the card's side: one object per run. */
export class ChipPace {
  readonly #card: IssuedCard;
  readonly #random: Random;
  readonly #group: AgreementGroup;
  #way: PaceWay | null = null;
  #secret: Uint8Array | null = null;
  #password: 'can' | 'mrz' | null = null;
  #nonce = new Uint8Array(0);
  #mapScalar = 0n;
  #generator: GroupElement | null = null;
  #readerKey = new Uint8Array(0);
  #ownKey = new Uint8Array(0);
  #keys: SessionKeys | null = null;

  constructor(card: IssuedCard, random: Random) {
    this.#card = card;
    this.#random = random;
    this.#group = agreementGroup(card.profile.pace!.parameterId);
  }

  /** The password that this run is about, once it was named. */
  get password(): 'can' | 'mrz' | null {
    return this.#password;
  }

  /** MSE:Set AT. */
  set({ data }: ChipCommand): number {
    const { faults, pace } = this.#card.profile;
    const nodes = readTlvs(data);
    const oid = nodes.find(({ tag }) => tag === 0x80)?.value;
    const reference = nodes.find(({ tag }) => tag === 0x83)?.value[0];
    const parameter = nodes.find(({ tag }) => tag === 0x84)?.value;
    if (faults.blocked) return 0x6983;
    this.#way = this.#card.paceWays.find((way) => oid !== undefined && sameBytes(oid, oidBytes(way.oid))) ?? null;
    if (faults.paceRefused || !this.#way) return 0x6a80;
    if (parameter !== undefined && !sameBytes(parameter, Uint8Array.of(pace!.parameterId))) return 0x6a88;
    this.#password = reference === 1 ? 'mrz' : reference === 2 ? 'can' : null;
    if (this.#password === null) return 0x6a88;
    this.#secret = this.#password === 'mrz' ? hash('sha1', ascii(this.#card.mrzInformation)) : ascii(this.#card.can);
    return 0x9000;
  }

  /**
   * GENERAL AUTHENTICATE, each step known by the object that it carries. Keys once the last one was right; `wrongKey`
   * where the reader's token shows another password.
   */
  step({ data }: ChipCommand): Reply & { keys?: SessionKeys; wrongKey?: boolean } {
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

  /** Generic mapping (clause 4.4.3.3.1): G' = s·G + H, in DH g^s · h; the chip authentication mapping is the same here. */
  #map(readerKey: Uint8Array): Reply {
    const { base, order } = this.#group;
    this.#mapScalar = randomScalar(this.#group, this.#random);
    const shared = this.#group.parse(readerKey).times(this.#mapScalar);
    this.#generator = base.times(toBigInt(this.#nonce) % order).plus(shared);
    const answer = concat(base.times(this.#mapScalar).bytes);
    if (this.#card.profile.faults.pacePointOffCurve) answer[answer.length - 1]! ^= 1;
    return { data: tlv(0x7c, tlv(0x82, answer)), sw: 0x9000 };
  }

  #agree(readerKey: Uint8Array): Reply {
    if (!this.#generator) return { sw: 0x6985 };
    const { suite } = this.#card.profile.pace!;
    const own = randomScalar(this.#group, this.#random);
    const shared = concat(this.#group.parse(readerKey).times(own).secret);
    this.#readerKey = Uint8Array.from(readerKey);
    this.#ownKey = Uint8Array.from(this.#generator.times(own).bytes);
    this.#keys = { suite, encryption: deriveKey(suite, shared, 'encryption'), mac: deriveKey(suite, shared, 'mac'), counter: 0n };
    return { data: tlv(0x7c, tlv(0x84, this.#card.profile.faults.paceEchoesKey ? readerKey : this.#ownKey)), sw: 0x9000 };
  }

  /** Authentication token (clause 4.4.3.4): MAC over 7F49 { OID, public key }; tag 86 for a point, 84 for a number. */
  #token(keys: SessionKeys, publicKey: Uint8Array): Uint8Array {
    const content = tlv(0x7f49, tlv(0x06, oidBytes(this.#way!.oid)), tlv(this.#group.elliptic ? 0x86 : 0x84, publicKey));
    return concat(suites[keys.suite].mac(keys.mac, content));
  }

  #finish(token: Uint8Array): Reply & { keys?: SessionKeys; wrongKey?: boolean } {
    const keys = this.#keys;
    if (!keys) return { sw: 0x6985 };
    this.#keys = null;
    if (!sameBytes(token, this.#token(keys, this.#ownKey))) return { sw: 0x6300, wrongKey: true };
    const answer = this.#token(keys, this.#readerKey);
    const { faults } = this.#card.profile;
    if (faults.paceTokenWrong) answer[0]! ^= 1;
    const proof = this.#way!.mapping === 'cam' && !faults.camDataMissing ? tlv(0x8a, this.#chipData(keys)) : new Uint8Array(0);
    return { data: tlv(0x7c, tlv(0x86, answer), proof), sw: 0x9000, keys };
  }

  /**
   * Encrypted chip authentication data (clauses 4.4.3.3.3 and 4.4.3.5): CA = SK.IC^-1 · SK.Map mod n, padded, under
   * KS.Enc with the IV E(KS.Enc, -1).
   */
  #chipData(keys: SessionKeys): Uint8Array {
    const suite = suites[keys.suite];
    const data = scalarBytes(this.#group, (inverse(this.#group, this.#card.camSecret!) * this.#mapScalar) % this.#group.order);
    const iv = suite.iv(keys.encryption, new Uint8Array(suite.block).fill(0xff));
    return suite.encrypt(keys.encryption, iv, pad(data, suite.block));
  }
}
