import { createCipheriv, createDecipheriv } from 'node:crypto';
import { cbc, cmac, ecb } from '@noble/ciphers/aes.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { concat } from './bytes.ts';

// node:crypto serves here only under the one name that OpenSSL 3 and Electron's BoringSSL both know: des-ede3-cbc.
// Single DES is the same with one key three times. Everything else is @noble, which is the same code everywhere.

const zero8 = new Uint8Array(8);
const zero16 = new Uint8Array(16);

export type SuiteName = '3des' | 'aes-128' | 'aes-192' | 'aes-256';
export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

const hashes = { sha1, sha224, sha256, sha384, sha512 } as const;

/** The digest of all parts behind one another. */
export function hash(name: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  return hashes[name](concat(...parts));
}

/** Padding method 2 of ISO/IEC 9797-1: 80, then zeros up to the block. */
export function pad(data: Uint8Array, block: number): Uint8Array {
  const out = new Uint8Array(data.length + block - (data.length % block));
  out.set(data);
  out[data.length] = 0x80;
  return out;
}

/** Takes padding method 2 away. @throws ProblemError `card-channel-broken` when there is none */
export function unpad(data: Uint8Array): Uint8Array {
  let end = data.length - 1;
  while (end >= 0 && data[end] === 0) end -= 1;
  if (end < 0 || data[end] !== 0x80) throw new ProblemError('card-channel-broken', 'padding');
  return data.subarray(0, end);
}

function key24(key: Uint8Array): Uint8Array {
  if (key.length === 8) return concat(key, key, key);
  return key.length === 16 ? concat(key, key.subarray(0, 8)) : key;
}

function des3(key: Uint8Array, iv: Uint8Array, data: Uint8Array, way: 'encrypt' | 'decrypt'): Uint8Array {
  const make = way === 'encrypt' ? createCipheriv : createDecipheriv;
  const cipher = make('des-ede3-cbc', key24(key), iv);
  cipher.setAutoPadding(false);
  return Uint8Array.from(Buffer.concat([cipher.update(data), cipher.final()]));
}

/** Retail MAC: ISO/IEC 9797-1 MAC algorithm 3 with DES, IV zero, over data that is already padded. */
function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  const left = key.subarray(0, 8);
  const right = key.subarray(8, 16);
  const last = des3(left, zero8, padded, 'encrypt').subarray(-8);
  return des3(left, zero8, des3(right, zero8, last, 'decrypt'), 'encrypt');
}

/** What PACE, BAC and secure messaging need of one cipher (ICAO 9303-11 clauses 9.7 and 9.8). */
export interface Suite {
  name: SuiteName;
  block: 8 | 16;
  /** CBC with the IV given; data in whole blocks. */
  encrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array;
  decrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array;
  /** 8-byte MAC over unpadded data (padding inside for 3DES, CMAC pads by itself). */
  mac(key: Uint8Array, data: Uint8Array): Uint8Array;
  /**
   * 8-byte MAC of secure messaging: the data is padded to whole blocks by method 2 with AES too (9303-11 clause 9.8),
   * unlike in the tokens of PACE.
   */
  seal(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** IV of a secure-messaging block: zero for 3DES, E(KSenc, SSC) for AES (9303-11 clause 9.8.6). */
  iv(key: Uint8Array, counter: Uint8Array): Uint8Array;
}

const tripleDes: Suite = {
  name: '3des',
  block: 8,
  encrypt: (key, iv, data) => des3(key, iv, data, 'encrypt'),
  decrypt: (key, iv, data) => des3(key, iv, data, 'decrypt'),
  mac: (key, data) => retailMac(key, pad(data, 8)),
  seal: (key, data) => retailMac(key, pad(data, 8)),
  iv: () => zero8,
};

function aes(name: SuiteName): Suite {
  return {
    name,
    block: 16,
    encrypt: (key, iv, data) => cbc(key, iv, { disablePadding: true }).encrypt(data),
    decrypt: (key, iv, data) => cbc(key, iv, { disablePadding: true }).decrypt(data),
    mac: (key, data) => cmac(data, key).subarray(0, 8),
    seal: (key, data) => cmac(pad(data, 16), key).subarray(0, 8),
    iv: (key, counter) => ecb(key, { disablePadding: true }).encrypt(counter),
  };
}

export const suites: Record<SuiteName, Suite> = {
  '3des': tripleDes,
  'aes-128': aes('aes-128'),
  'aes-192': aes('aes-192'),
  'aes-256': aes('aes-256'),
};

export const zeroIv = (suite: Suite): Uint8Array => (suite.block === 8 ? zero8 : zero16);

export type KeyUse = 'encryption' | 'mac' | 'password';
const useCounter: Record<KeyUse, number> = { encryption: 1, mac: 2, password: 3 };

/** Key derivation function of ICAO 9303-11 clause 9.7.1; DES keys get odd parity. */
export function deriveKey(suite: SuiteName, secret: Uint8Array, use: KeyUse): Uint8Array {
  const input = concat(secret, Uint8Array.of(0, 0, 0, useCounter[use]));
  if (suite === 'aes-256') return hash('sha256', input);
  if (suite === 'aes-192') return hash('sha256', input).subarray(0, 24);
  const key = hash('sha1', input).slice(0, 16);
  return suite === '3des' ? key.map(oddParity) : key;
}

function oddParity(byte: number): number {
  let ones = 0;
  for (let bits = byte >> 1; bits > 0; bits >>= 1) ones += bits & 1;
  return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
}
