import { constants, publicDecrypt, type KeyObject } from 'node:crypto';
import { concat, sameBytes } from '../bytes.ts';
import { hash, type HashName } from '../ciphers.ts';

/** Parameters of RSASSA-PSS (RFC 4055 clause 3.1). */
export interface PssParameters {
  hashName: HashName;
  /** Hash of the mask generation function: node:crypto knows only that of the message, signers in the field others too. */
  maskHash: HashName;
  saltLength: number;
}

/** RSASSA-PSS verification (RFC 8017 clauses 8.1.2 and 9.1.2). The key's own operation is the engine's. */
export function verifyPss({ hashName, maskHash, saltLength }: PssParameters, key: KeyObject, signed: Uint8Array, signature: Uint8Array): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (signature.length !== Math.ceil(bits / 8)) return false;
  const whole = Uint8Array.from(publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature));
  const length = Math.ceil((bits - 1) / 8);
  const encoded = whole.subarray(whole.length - length);
  const digest = hash(hashName, signed);
  const maskedLength = length - digest.length - 1;
  if (maskedLength < saltLength + 1 || whole.length - length > 1 || (whole.length > length && whole[0] !== 0) || encoded.at(-1) !== 0xbc) return false;
  const unused = 8 * length - (bits - 1);
  if ((encoded[0]! >> (8 - unused)) !== 0) return false;
  const proof = encoded.subarray(maskedLength, -1);
  const mask = generateMask(maskHash, proof, maskedLength);
  const block = encoded.subarray(0, maskedLength).map((byte, i) => byte ^ mask[i]!);
  block[0]! &= 0xff >> unused;
  const padding = maskedLength - saltLength - 1;
  if (block[padding] !== 1 || block.subarray(0, padding).some((byte) => byte !== 0)) return false;
  return sameBytes(proof, hash(hashName, new Uint8Array(8), digest, block.subarray(padding + 1)));
}

/** MGF1 (RFC 8017 clause B.2.1). */
function generateMask(hashName: HashName, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let made = 0, counter = 0; made < length; counter += 1) {
    const block = hash(hashName, seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff));
    blocks.push(block);
    made += block.length;
  }
  return concat(...blocks).subarray(0, length);
}
