import { constants, createPublicKey, generateKeyPairSync, privateEncrypt, type KeyObject } from 'node:crypto';
import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromBigInt, toBigInt } from '../../electron/card/bytes.ts';
import { hash, type HashName } from '../../electron/card/ciphers.ts';
import { standardCurves } from '../../electron/card/curves.ts';
import { standardGroups } from '../../electron/card/dh-group.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import { agreementGroup, randomScalar, type AgreementGroup, type Random } from './agreement.ts';
import type { Active, Chip } from './profile.ts';
import { derInteger, ecPublicKeyInfo, explicitParameters, publicKeyInfo } from './signing-key.ts';

/** The private key of active authentication; `publicKeyInfo` is what DG15 holds. */
export interface ActiveKey {
  publicKeyInfo: Uint8Array;
  /** Signature over the reader's challenge. `random` gives the chip's own part of an RSA message. */
  sign(challenge: Uint8Array, random: Random, trailerWrong: boolean): Uint8Array;
}

/** A static key of chip authentication or of PACE with chip authentication mapping. */
export interface AgreementKey {
  group: AgreementGroup;
  secret: bigint;
  publicKeyInfo: Uint8Array;
}

const made = new Map<string, unknown>();

/** Made once a process (RSA keys take long); `use` keeps a clone's keys apart from the card's own. */
function once<T>(name: string, make: () => T): T {
  if (!made.has(name)) made.set(name, make());
  return made.get(name) as T;
}

export function activeKey(active: Active, use: string): ActiveKey {
  return active.kind === 'ecdsa' ? ecdsaKey(active, use) : rsaKey(active, use);
}

function ecdsaKey({ parameterId, explicit, hash: hashName, der }: Active, use: string): ActiveKey {
  const { oid, point } = standardCurves[parameterId]!;
  const scheme = ecdsa(point, sha256);
  const { secretKey, publicKey } = once(`active ${use} ${parameterId}`, () => scheme.keygen());
  const parameters = explicit ? explicitParameters(point) : tlv(0x06, oidBytes(oid));
  return {
    publicKeyInfo: ecPublicKeyInfo(parameters, point.fromBytes(publicKey).toBytes(false)),
    sign: (challenge) => {
      const plain = scheme.sign(hash(hashName, challenge), secretKey, { prehash: false });
      const half = plain.length / 2;
      return der ? tlv(0x30, derInteger(toBigInt(plain.subarray(0, half))), derInteger(toBigInt(plain.subarray(half)))) : plain;
    },
  };
}

/** Trailers of ISO/IEC 9796-2 clause 8.1.2 with the hash identifiers of ISO/IEC 10118-3. */
const trailers: Record<HashName, number> = { sha1: 0x33, sha224: 0x38, sha256: 0x34, sha384: 0x36, sha512: 0x35 };

function rsaKey(active: Active, use: string): ActiveKey {
  const bits = Number(active.kind.slice(4));
  const { publicKey, privateKey } = once(`active ${use} ${active.kind}`, () => generateKeyPairSync('rsa', { modulusLength: bits }));
  return {
    publicKeyInfo: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' })),
    sign: (challenge, random, trailerWrong) => signWithRecovery(active, privateKey, bits / 8, challenge, random, trailerWrong),
  };
}

/**
 * Digital signature scheme 1 of ISO/IEC 9796-2 with partial recovery (ICAO 9303-11 clause 6.1): the recoverable part is
 * the chip's own nonce M1, the rest M2 is the reader's challenge; F = 6A || M1 || H(M1 || M2) || trailer.
 */
function signWithRecovery(active: Active, key: KeyObject, size: number, challenge: Uint8Array, random: Random, trailerWrong: boolean): Uint8Array {
  const { hash: hashName, longTrailer, smaller } = active;
  const trailer = hashName === 'sha1' && !longTrailer ? Uint8Array.of(0xbc) : Uint8Array.of(trailers[hashName], 0xcc);
  if (trailerWrong) trailer[trailer.length - 1] = 0xbd;
  const digestLength = hash(hashName, challenge).length;
  const nonce = random(size - 1 - digestLength - trailer.length);
  const message = concat(Uint8Array.of(0x6a), nonce, hash(hashName, nonce, challenge), trailer);
  const signature = Uint8Array.from(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, message));
  if (!smaller) return signature;
  const modulus = toBigInt(Uint8Array.from(Buffer.from(createPublicKey(key).export({ format: 'jwk' }).n!, 'base64url')));
  const value = toBigInt(signature);
  return value < modulus - value ? signature : fromBigInt(modulus - value, size);
}

/** `standardizedDomainParameters` of BSI TR-03110-3 clause A.2.1.1: a number in the place of curve or prime. */
const standardisedParameters = '0.4.0.127.0.7.1.2';
const dhPublicNumber = '1.2.840.10046.2.1';

export function agreementKey(parameterId: number, parameters: Chip['parameters'], use: string): AgreementKey {
  const group = agreementGroup(parameterId);
  const secret = once(`agreement ${use} ${parameterId}`, () => randomScalar(group, (length) => crypto.getRandomValues(new Uint8Array(length))));
  const { bytes } = group.base.times(secret);
  return { group, secret, publicKeyInfo: agreementKeyInfo(parameterId, parameters, bytes) };
}

function agreementKeyInfo(parameterId: number, parameters: Chip['parameters'], key: Uint8Array): Uint8Array {
  const curve = standardCurves[parameterId];
  if (parameters === 'standardised') return publicKeyInfo(standardisedParameters, derInteger(BigInt(parameterId)), curve ? key : derInteger(toBigInt(key)));
  if (curve) return ecPublicKeyInfo(parameters === 'named' ? tlv(0x06, oidBytes(curve.oid)) : explicitParameters(curve.point), key);
  // X9.42: DomainParameters p, g, q; the key itself an INTEGER (RFC 3279 clause 2.3.3). DH has no names.
  const { p, g, q } = standardGroups[parameterId]!;
  return publicKeyInfo(dhPublicNumber, tlv(0x30, derInteger(p), derInteger(g), derInteger(q!)), derInteger(toBigInt(key)));
}
