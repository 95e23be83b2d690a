import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { concat, fromBigInt, toBigInt } from '../bytes.ts';
import { hash, type HashName } from '../ciphers.ts';
import { curveByOid, curveByParameters, type NamedCurve } from '../curves.ts';
import { oidText, readTlv, smallInteger } from '../tlv.ts';
import { bitString, Fields, oidOf, sequenceIn, tags } from './der.ts';
import { verifyPss, type PssParameters } from './rsa-pss.ts';

/** A public key as a certificate or DG15 holds it (SubjectPublicKeyInfo, RFC 5280 clause 4.1.2.7). */
export interface PublicKey {
  /** Object identifier of the kind of key. */
  algorithm: string;
  /** Its parameters as they stand, such as the curve; null when absent. */
  parameters: Uint8Array | null;
  /** The key itself: a point, or an RSAPublicKey. */
  bits: Uint8Array;
}

export type SignatureAlgorithm =
  | { kind: 'rsa-pkcs1' | 'ecdsa'; hashName: HashName }
  | { kind: 'rsa-pss' } & PssParameters;

const rsaEncryption = '1.2.840.113549.1.1.1';
const rsaPss = '1.2.840.113549.1.1.10';
const ecPublicKey = '1.2.840.10045.2.1';
const mgf1 = '1.2.840.113549.1.1.8';

const hashByOid: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const fixedAlgorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.5': { kind: 'rsa-pkcs1', hashName: 'sha1' },
  '1.2.840.113549.1.1.14': { kind: 'rsa-pkcs1', hashName: 'sha224' },
  '1.2.840.113549.1.1.11': { kind: 'rsa-pkcs1', hashName: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa-pkcs1', hashName: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa-pkcs1', hashName: 'sha512' },
  '1.2.840.10045.4.1': { kind: 'ecdsa', hashName: 'sha1' },
  '1.2.840.10045.4.3.1': { kind: 'ecdsa', hashName: 'sha224' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', hashName: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', hashName: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', hashName: 'sha512' },
};

/** @throws ProblemError `card-file-invalid` for a hash that is not one of SHA-1 to SHA-512 */
export function hashNameOf(oid: string): HashName {
  const name = hashByOid[oid];
  if (!name) throw new ProblemError('card-file-invalid', `hash ${oid}`);
  return name;
}

/** A SubjectPublicKeyInfo, DER. @throws ProblemError `card-file-invalid` */
export function parsePublicKey(der: Uint8Array): PublicKey {
  const outer = new Fields(sequenceIn(der, 'public key'), 'public key');
  const identifier = new Fields(outer.need(tags.sequence).value, 'public key');
  const algorithm = oidOf(identifier.need(tags.oid));
  const parameters = identifier.optional()?.raw ?? null;
  return { algorithm, parameters, bits: bitString(outer.need(tags.bits), 'public key') };
}

/**
 * What a signature AlgorithmIdentifier says. `digest` is what a SignerInfo names beside it, for the identifiers that
 * leave the hash open. @throws ProblemError `card-file-invalid` when it is none that we can check
 */
export function signatureAlgorithm(oid: string, parameters: Uint8Array | null, digest?: HashName): SignatureAlgorithm {
  if (oid === rsaEncryption && digest) return { kind: 'rsa-pkcs1', hashName: digest };
  if (oid === ecPublicKey && digest) return { kind: 'ecdsa', hashName: digest };
  if (oid === rsaPss) return pssAlgorithm(parameters);
  const fixed = fixedAlgorithms[oid];
  if (!fixed) throw new ProblemError('card-file-invalid', `signature ${oid}`);
  return fixed;
}

/** RSASSA-PSS-params (RFC 4055 clause 3.1); defaults SHA-1, MGF1 with SHA-1, a salt of 20. */
function pssAlgorithm(parameters: Uint8Array | null): SignatureAlgorithm {
  const fields = new Fields(parameters ? sequenceIn(parameters, 'pss') : new Uint8Array(0), 'pss');
  const named = fields.optional(0xa0);
  const mask = fields.optional(0xa1);
  const salt = fields.optional(0xa2);
  const hashName = named ? hashNameIn(sequenceIn(named.value, 'pss hash')) : 'sha1';
  const saltLength = salt ? smallInteger(readTlv(salt.value).value, 'pss salt') : 20;
  let maskHash: HashName = 'sha1';
  if (mask) {
    const generator = new Fields(sequenceIn(mask.value, 'pss mask'), 'pss mask');
    if (oidOf(generator.need(tags.oid)) !== mgf1) throw new ProblemError('card-file-invalid', 'pss mask');
    maskHash = hashNameIn(generator.need(tags.sequence).value);
  }
  return { kind: 'rsa-pss', hashName, maskHash, saltLength };
}

function hashNameIn(algorithm: Uint8Array): HashName {
  return hashNameOf(oidText(new Fields(algorithm, 'hash').need(tags.oid).value));
}

/**
 * Checks a signature. A key that does not fit the algorithm makes it false.
 * @throws ProblemError `card-file-invalid` for a key that we cannot use
 */
export function verifySignature(algorithm: SignatureAlgorithm, key: PublicKey, signed: Uint8Array, signature: Uint8Array): boolean {
  if ((algorithm.kind === 'ecdsa') !== (key.algorithm === ecPublicKey)) return false;
  return algorithm.kind === 'ecdsa'
    ? verifyEcdsa(algorithm.hashName, key, signed, signature)
    : verifyRsa(algorithm, key, signed, signature);
}

function verifyRsa(algorithm: SignatureAlgorithm, publicKey: PublicKey, signed: Uint8Array, signature: Uint8Array): boolean {
  const key = rsaKey(publicKey);
  try {
    return algorithm.kind === 'rsa-pss'
      ? verifyPss(algorithm, key, signed, signature)
      : verify(algorithm.hashName, signed, key, signature);
  } catch {
    // A modulus or an exponent that the engine will not work with: it can be no one's signature.
    return false;
  }
}

/** An RSA key for node:crypto. @throws ProblemError `card-file-invalid` */
export function rsaKey({ algorithm, bits }: PublicKey): KeyObject {
  try {
    // From the bare PKCS#1 key: BoringSSL refuses a key whose own identifier is RSASSA-PSS.
    if (algorithm === rsaEncryption || algorithm === rsaPss) return createPublicKey({ key: Buffer.from(bits), format: 'der', type: 'pkcs1' });
  } catch {
    // falls through: what the engine says of a malformed key differs from engine to engine
  }
  throw new ProblemError('card-file-invalid', 'rsa key');
}

/** The curve of an EC key, named or written out. @throws ProblemError `card-file-invalid` */
export function curveOfKey({ algorithm, parameters }: PublicKey): NamedCurve {
  if (algorithm !== ecPublicKey || !parameters) throw new ProblemError('card-file-invalid', 'ec key');
  const node = readTlv(parameters);
  const curve = node.tag === tags.oid ? curveByOid(oidText(node.value)) : curveByParameters(parameters);
  if (!curve) throw new ProblemError('card-file-invalid', 'ec curve');
  return curve;
}

function verifyEcdsa(hashName: HashName, key: PublicKey, signed: Uint8Array, signature: Uint8Array): boolean {
  const { point } = curveOfKey(key);
  const size = Math.ceil(point.Fn.ORDER.toString(2).length / 8);
  try {
    const fields = new Fields(sequenceIn(signature, 'ecdsa'), 'ecdsa');
    const r = toBigInt(fields.need(tags.integer).value);
    const s = toBigInt(fields.need(tags.integer).value);
    const compact = concat(fromBigInt(r, size), fromBigInt(s, size));
    // The hash is ours (prehash off), so the hash that the helper is built with plays no part.
    return ecdsa(point, sha256).verify(compact, hash(hashName, signed), key.bits, { prehash: false, lowS: false });
  } catch {
    return false;
  }
}

/** For people: `ECDSA brainpoolP512r1` or `RSA 4096`. */
export function keyText(key: PublicKey): string {
  try {
    if (key.algorithm === ecPublicKey) return `ECDSA ${curveOfKey(key).name}`;
    return `RSA ${rsaBits(key)}`;
  } catch (error) {
    if (error instanceof ProblemError) return key.algorithm === ecPublicKey ? 'ECDSA' : key.algorithm;
    throw error;
  }
}

/** For people, to follow the key: ` PSS (SHA-256)`, ` (SHA-512)`; empty for a signature that we do not know. */
export function signatureText(oid: string, parameters: Uint8Array | null): string {
  try {
    const { kind, hashName } = signatureAlgorithm(oid, parameters);
    return `${kind === 'rsa-pss' ? ' PSS' : ''} (SHA-${hashName.slice(3)})`;
  } catch (error) {
    if (error instanceof ProblemError) return '';
    throw error;
  }
}

function rsaBits({ algorithm, bits }: PublicKey): number {
  if (algorithm !== rsaEncryption && algorithm !== rsaPss) throw new ProblemError('card-file-invalid', 'rsa key');
  return toBigInt(new Fields(sequenceIn(bits, 'rsa key'), 'rsa key').need(tags.integer).value).toString(2).length;
}
