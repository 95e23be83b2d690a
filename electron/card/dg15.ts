import { ProblemError } from '../../shared/contracts/problems.ts';
import { agreementKey } from './agreement-key.ts';
import { toBigInt } from './bytes.ts';
import type { NamedCurve } from './curves.ts';
import { needChild, oidText, readTlv, readTlvs } from './tlv.ts';

export interface RsaKey {
  kind: 'rsa';
  modulus: bigint;
  exponent: bigint;
  /** Of the modulus, in bytes. */
  length: number;
}

/** The public key of Active Authentication. */
export type ActiveKey = RsaKey | { kind: 'ecdsa'; curve: NamedCurve; publicKey: Uint8Array };

const rsaEncryption = '1.2.840.113549.1.1.1';
const maxModulus = 1_024;
const maxExponent = 8;

/**
 * DG15: 6F { SubjectPublicKeyInfo } (ICAO 9303-10 clause 4.7.15). Null for a kind of key or a curve that we do not know.
 * @throws ProblemError `card-file-invalid`
 */
export function parseDg15(file: Uint8Array): ActiveKey | null {
  const info = needChild(readTlvs(readTlv(file).value), 0x30, 'DG15');
  const [algorithm, bits] = readTlvs(info.value);
  if (algorithm?.tag !== 0x30 || bits?.tag !== 0x03 || bits.value[0] !== 0) throw new ProblemError('card-file-invalid', 'DG15: key');
  if (oidText(needChild(readTlvs(algorithm.value), 0x06, 'DG15').value) === rsaEncryption) return rsaKey(bits.value.subarray(1));
  const key = agreementKey(info);
  return key?.curve ? { kind: 'ecdsa', curve: key.curve, publicKey: key.publicKey } : null;
}

/** RSAPublicKey of PKCS#1; its sizes are bounded, because computing with a hostile one costs time. */
function rsaKey(bytes: Uint8Array): RsaKey {
  const [n, e] = readTlvs(readTlv(bytes).value);
  if (n?.tag !== 0x02 || e?.tag !== 0x02 || n.value.length > maxModulus + 1 || e.value.length > maxExponent) throw new ProblemError('card-file-invalid', 'DG15: rsa');
  const modulus = toBigInt(n.value);
  const exponent = toBigInt(e.value);
  if (modulus % 2n === 0n || modulus < 3n || exponent < 3n) throw new ProblemError('card-file-invalid', 'DG15: rsa');
  return { kind: 'rsa', modulus, exponent, length: Math.ceil(modulus.toString(16).length / 2) };
}
