import { constants, generateKeyPairSync, sign as signByNode } from 'node:crypto';
import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { concat, fromBigInt, toBigInt } from '../../electron/card/bytes.ts';
import { hash, type HashName } from '../../electron/card/ciphers.ts';
import { standardCurves, type Curve } from '../../electron/card/curves.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import type { SignatureKind } from './profile.ts';

/** A key, how certificates speak of it, and how what it signs names the algorithm. */
export interface SigningKey {
  publicKeyInfo: SubjectPublicKeyInfo;
  algorithm(hashName: HashName): AlgorithmIdentifier;
  sign(hashName: HashName, data: Uint8Array): Uint8Array;
}

const derNull = Uint8Array.of(5, 0);
export const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

export const hashOids: Record<HashName, string> = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};
const hashBytes: Record<HashName, number> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };
/** RFC 5758 clause 3.2 (ANSI X9.62 for SHA-1), RFC 8017 appendix C. */
const ecdsaOids: Record<HashName, string> = {
  sha1: '1.2.840.10045.4.1', sha224: '1.2.840.10045.4.3.1', sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha512: '1.2.840.10045.4.3.4',
};
const rsaOids: Record<HashName, string> = {
  sha1: '1.2.840.113549.1.1.5', sha224: '1.2.840.113549.1.1.14', sha256: '1.2.840.113549.1.1.11', sha384: '1.2.840.113549.1.1.12', sha512: '1.2.840.113549.1.1.13',
};

/** INTEGER of a number that is not negative. */
export function derInteger(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const bytes = fromBigInt(value, Math.ceil(hex.length / 2));
  return tlv(0x02, bytes[0]! >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes);
}

/** ECParameters in full (RFC 3279 clause 2.3.5). */
export function explicitParameters(curve: Curve): Uint8Array {
  const c = curve.CURVE();
  const size = Math.ceil(c.p.toString(2).length / 8);
  return tlv(0x30,
    derInteger(1n), tlv(0x30, tlv(0x06, oidBytes('1.2.840.10045.1.1')), derInteger(c.p)),
    tlv(0x30, tlv(0x04, fromBigInt(c.a, size)), tlv(0x04, fromBigInt(c.b, size))),
    tlv(0x04, curve.BASE.toBytes(false)), derInteger(c.n), derInteger(c.h));
}

/** SubjectPublicKeyInfo of a point, DER. */
export function ecPublicKeyInfo(parameters: Uint8Array, point: Uint8Array): Uint8Array {
  return publicKeyInfo('1.2.840.10045.2.1', parameters, point);
}

export function publicKeyInfo(algorithm: string, parameters: Uint8Array, key: Uint8Array): Uint8Array {
  return tlv(0x30, tlv(0x30, tlv(0x06, oidBytes(algorithm)), parameters), tlv(0x03, Uint8Array.of(0), key));
}

function ecKey(parameterId: number, explicit: boolean): SigningKey {
  const { oid, point } = standardCurves[parameterId]!;
  const scheme = ecdsa(point, sha256);
  const { secretKey, publicKey } = scheme.keygen();
  const parameters = explicit ? explicitParameters(point) : tlv(0x06, oidBytes(oid));
  return {
    publicKeyInfo: AsnConvert.parse(ecPublicKeyInfo(parameters, point.fromBytes(publicKey).toBytes(false)), SubjectPublicKeyInfo),
    algorithm: (hashName) => new AlgorithmIdentifier({ algorithm: ecdsaOids[hashName] }),
    sign: (hashName, data) => {
      const compact = scheme.sign(hash(hashName, data), secretKey, { prehash: false });
      const half = compact.length / 2;
      return tlv(0x30, derInteger(toBigInt(compact.subarray(0, half))), derInteger(toBigInt(compact.subarray(half))));
    },
  };
}

/** RSASSA-PSS-params with MGF1 of the same hash and a salt as long as it (RFC 4055 clause 3.1). */
function pssParameters(hashName: HashName): Uint8Array {
  const hashId = tlv(0x30, tlv(0x06, oidBytes(hashOids[hashName])), derNull);
  return tlv(0x30,
    tlv(0xa0, hashId), tlv(0xa1, tlv(0x30, tlv(0x06, oidBytes('1.2.840.113549.1.1.8')), hashId)), tlv(0xa2, derInteger(BigInt(hashBytes[hashName]))));
}

function rsaKey(bits: number, pss: boolean): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return {
    publicKeyInfo: AsnConvert.parse(publicKey.export({ format: 'der', type: 'spki' }), SubjectPublicKeyInfo),
    algorithm: (hashName) => (pss
      ? new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.10', parameters: buffer(pssParameters(hashName)) })
      : new AlgorithmIdentifier({ algorithm: rsaOids[hashName], parameters: buffer(derNull) })),
    sign: (hashName, data) => Uint8Array.from(signByNode(hashName, data, pss
      ? { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: hashBytes[hashName] }
      : privateKey)),
  };
}

const makers: Record<SignatureKind, () => SigningKey> = {
  'ecdsa-p256': () => ecKey(12, false),
  'ecdsa-p256-explicit': () => ecKey(12, true),
  'ecdsa-p384': () => ecKey(15, false),
  'ecdsa-p521': () => ecKey(18, false),
  'ecdsa-brainpool': () => ecKey(13, false),
  'ecdsa-brainpool-explicit': () => ecKey(13, true),
  'ecdsa-brainpool-384': () => ecKey(16, false),
  'ecdsa-brainpool-512': () => ecKey(17, false),
  'ecdsa-brainpool-512-explicit': () => ecKey(17, true),
  rsa: () => rsaKey(2048, false),
  'rsa-3072': () => rsaKey(3072, false),
  'rsa-4096': () => rsaKey(4096, false),
  'rsa-pss': () => rsaKey(2048, true),
};

const made = new Map<string, SigningKey>();

/**
 * The test key of that kind and use, made once a process: RSA keys take long, and a test makes hundreds of cards. Nothing
 * of it outlives the process.
 */
export function signingKey(kind: SignatureKind, use: string): SigningKey {
  const name = `${kind} ${use}`;
  const key = made.get(name) ?? makers[kind]();
  made.set(name, key);
  return key;
}
