import { concat, sameBytes } from './bytes.ts';
import { hash, type HashName } from './ciphers.ts';

// Trailers of ISO/IEC 9796-2 clause 8.1.4 with the hash numbers of ISO/IEC 10118-3; BC stands for SHA-1 by agreement
// (ICAO 9303-11 clause 6.1.2).
const shortTrailer = 0xbc;
const longTrailer = 0xcc;
const hashByNumber: Record<number, HashName> = { 0x33: 'sha1', 0x38: 'sha224', 0x34: 'sha256', 0x36: 'sha384', 0x35: 'sha512' };
const lengths: Record<HashName, number> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

/** What digital signature scheme 1 of ISO/IEC 9796-2 holds: the recoverable part of the message and the hash. */
export interface Recovered {
  hashName: HashName;
  /** M1: the part that the card made up. */
  recoverable: Uint8Array;
  digest: Uint8Array;
}

/** Takes an opened signature apart, partial recovery; null when it is not of that form. */
export function recover(opened: Uint8Array): Recovered | null {
  const last = opened.at(-1);
  const trailer = last === shortTrailer ? 1 : last === longTrailer ? 2 : 0;
  const hashName = trailer === 1 ? 'sha1' : hashByNumber[opened.at(-2) ?? 0];
  if (trailer === 0 || hashName === undefined) return null;
  const header = headerLength(opened);
  const end = opened.length - trailer - lengths[hashName];
  if (header === null || end < header) return null;
  return { hashName, recoverable: opened.subarray(header, end), digest: opened.subarray(end, opened.length - trailer) };
}

/** 6A, or 6B BB … BA with padding: bits 01, partial recovery, then padding up to a nibble A. */
function headerLength(opened: Uint8Array): number | null {
  if (opened[0] === 0x6a) return 1;
  if (opened[0] !== 0x6b) return null;
  const end = opened.findIndex((byte, i) => i > 0 && byte !== 0xbb);
  return end > 0 && opened[end] === 0xba ? end + 1 : null;
}

/** Whether the opened signature is one over M1 and then this message. */
export function signedByIso9796(opened: Uint8Array, message: Uint8Array): boolean {
  const found = recover(opened);
  return found !== null && sameBytes(found.digest, hash(found.hashName, concat(found.recoverable, message)));
}
