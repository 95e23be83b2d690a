import { constants, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { concat, fromBigInt, sameBytes, toBigInt } from './bytes.ts';
import { hash, type HashName } from './ciphers.ts';
import { curveByOid, curveByParameters, type NamedCurve } from './curves.ts';
import { hashNameOf, ldsSecurityObject, signerCertificate, type Sod } from './sod.ts';
import { childOf, oidText, readTlv, readTlvs, smallInteger } from './tlv.ts';

export interface SignatureAlgorithm {
  kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
  hashName: HashName;
  saltLength?: number;
}

const rsaEncryption = '1.2.840.113549.1.1.1';
const rsaPss = '1.2.840.113549.1.1.10';
const ecPublicKey = '1.2.840.10045.2.1';
const fixedAlgorithms: Record<string, SignatureAlgorithm> = {
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

/**
 * What a signature AlgorithmIdentifier says. `digest` is what the SignerInfo names beside it, for the identifiers that
 * leave the hash open. @throws ProblemError `card-file-invalid` when it is none that we can check
 */
export function signatureAlgorithm(oid: string, parameters: Uint8Array | null, digest: HashName): SignatureAlgorithm {
  if (oid === rsaEncryption) return { kind: 'rsa-pkcs1', hashName: digest };
  if (oid === ecPublicKey) return { kind: 'ecdsa', hashName: digest };
  if (oid === rsaPss) return pssAlgorithm(parameters);
  const fixed = fixedAlgorithms[oid];
  if (!fixed) throw new ProblemError('card-file-invalid', `signature ${oid}`);
  return fixed;
}

/** RSASSA-PSS-params (RFC 4055 clause 3.1); defaults SHA-1 and a salt of 20. */
function pssAlgorithm(parameters: Uint8Array | null): SignatureAlgorithm {
  const fields = parameters ? readTlvs(readTlv(parameters).value) : [];
  const hashField = childOf(fields, 0xa0);
  const saltField = childOf(fields, 0xa2);
  const oid = hashField ? childOf(readTlvs(readTlv(hashField.value).value), 0x06) : undefined;
  return {
    kind: 'rsa-pss',
    hashName: oid ? hashNameOf(oidText(oid.value)) : 'sha1',
    saltLength: saltField ? smallInteger(readTlv(saltField.value).value, 'pss salt') : 20,
  };
}

/** Checks a signature by a key as a certificate holds it. @throws ProblemError `card-file-invalid` for an unknown key */
export function verifySignature(
  algorithm: SignatureAlgorithm, publicKey: SubjectPublicKeyInfo, signed: Uint8Array, signature: Uint8Array,
): boolean {
  return algorithm.kind === 'ecdsa'
    ? verifyEcdsa(algorithm.hashName, publicKey, signed, signature)
    : verifyRsa(algorithm, publicKey, signed, signature);
}

function verifyRsa(algorithm: SignatureAlgorithm, publicKey: SubjectPublicKeyInfo, signed: Uint8Array, signature: Uint8Array): boolean {
  const { kind, hashName, saltLength = 0 } = algorithm;
  const key = rsaKey(new Uint8Array(publicKey.subjectPublicKey));
  return kind === 'rsa-pss'
    ? verify(hashName, signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
    : verify(hashName, signed, key, signature);
}

function rsaKey(pkcs1: Uint8Array): KeyObject {
  try {
    // From the bare PKCS#1 key: BoringSSL refuses a key whose own identifier is RSASSA-PSS.
    return createPublicKey({ key: Buffer.from(pkcs1), format: 'der', type: 'pkcs1' });
  } catch {
    throw new ProblemError('card-file-invalid', 'rsa key');
  }
}

/** The curve of an EC key, named or written out. @throws ProblemError `card-file-invalid` */
export function curveOfKey(publicKey: SubjectPublicKeyInfo): NamedCurve {
  const { algorithm, parameters } = publicKey.algorithm;
  if (algorithm !== ecPublicKey || !parameters) throw new ProblemError('card-file-invalid', 'ec key');
  const bytes = new Uint8Array(parameters);
  const node = readTlv(bytes);
  const curve = node.tag === 0x06 ? curveByOid(oidText(node.value)) : curveByParameters(bytes);
  if (!curve) throw new ProblemError('card-file-invalid', 'ec curve');
  return curve;
}

function verifyEcdsa(hashName: HashName, publicKey: SubjectPublicKeyInfo, signed: Uint8Array, signature: Uint8Array): boolean {
  const { point } = curveOfKey(publicKey);
  const size = Math.ceil(point.Fn.ORDER.toString(2).length / 8);
  try {
    const [r, s] = readTlvs(readTlv(signature).value);
    if (!r || !s) return false;
    const compact = concat(fromBigInt(toBigInt(r.value), size), fromBigInt(toBigInt(s.value), size));
    // The hash is ours (prehash off), so the hash that the helper is built with plays no part.
    return ecdsa(point, sha256).verify(compact, hash(hashName, signed), new Uint8Array(publicKey.subjectPublicKey), { prehash: false, lowS: false });
  } catch {
    return false;
  }
}

export type SodSignature = 'valid' | 'invalid' | 'no-certificate' | 'wrong-content';

/**
 * Checks the SOD's signature by the certificate inside it (RFC 5652 clause 5.4 over signed attributes): it says that
 * nothing was changed since signing, not who signed.
 * @throws ProblemError `card-file-invalid` for algorithms that we do not know
 */
export function checkSodSignature(sod: Sod): SodSignature {
  const certificate = signerCertificate(sod);
  if (!certificate) return 'no-certificate';
  const { signer } = sod;
  const digest = hashNameOf(signer.digestAlgorithm.algorithm);
  let signed = sod.content;
  if (sod.signedAttributes) {
    const attribute = (oid: string): Uint8Array | null => {
      const value = signer.signedAttrs?.find(({ attrType }) => attrType === oid)?.attrValues[0];
      return value ? readTlv(new Uint8Array(value)).value : null;
    };
    const messageDigest = attribute('1.2.840.113549.1.9.4');
    const contentType = attribute('1.2.840.113549.1.9.3');
    if (!messageDigest || !sameBytes(messageDigest, hash(digest, sod.content))) return 'wrong-content';
    if (!contentType || oidText(contentType) !== sod.contentType || sod.contentType !== ldsSecurityObject) return 'wrong-content';
    // What is signed is the SET itself, not its [0] form in the file.
    signed = sod.signedAttributes.slice();
    signed[0] = 0x31;
  }
  const { algorithm, parameters } = signer.signatureAlgorithm;
  const how = signatureAlgorithm(algorithm, parameters ? new Uint8Array(parameters) : null, digest);
  const good = verifySignature(how, certificate.tbsCertificate.subjectPublicKeyInfo, signed, new Uint8Array(signer.signature.buffer));
  return good ? 'valid' : 'invalid';
}
