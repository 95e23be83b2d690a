import type { Verdict } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { isWrongLength, ok, swText, type Answer } from './apdu.ts';
import type { Random } from './bac.ts';
import { concat, fromBigInt, toBigInt } from './bytes.ts';
import { ChannelClosed, type CardChannel } from './channel.ts';
import { hash, type HashName } from './ciphers.ts';
import type { NamedCurve } from './curves.ts';
import type { ActiveKey, RsaKey } from './dg15.ts';
import { modPow } from './dh-group.ts';
import { signedByIso9796 } from './iso-9796.ts';
import { readTlv, readTlvs } from './tlv.ts';

const challengeLength = 8;
/** The longest signature whose protected answer fits the 256 bytes of a short one. */
const longestShort = 223;

// Tried in this order where DG14 does not name the hash of an elliptic key: what cards without the entry were made with.
const hashesWithoutName: readonly HashName[] = ['sha256', 'sha1', 'sha384', 'sha512', 'sha224'];

export interface ActiveResult {
  verdict: Verdict;
  /** The signature was written as a DER structure instead of r and s side by side: true to no standard, and seen. */
  derSignature: boolean;
  /** The card refused the length that was asked for. */
  wrongLength: boolean;
}

/**
 * Active Authentication (ICAO 9303-11 clause 6.1): the chip signs a fresh challenge with the key of DG15. It proves the
 * chip only as far as DG15 is signed.
 * @param hashName hash of an elliptic key, from DG14's ActiveAuthenticationInfo; null when not given
 * @param extended whether the card was seen to answer at extended length
 * @throws ProblemError those of the channel, when the card goes or stalls or breaks the standard
 */
export async function runActiveAuthentication(
  channel: CardChannel, key: ActiveKey, hashName: HashName | null, random: Random, extended: boolean,
): Promise<ActiveResult> {
  const challenge = random(challengeLength);
  const answer = await sign(channel, challenge, extended && signatureLength(key) > longestShort);
  if (answer.sw !== ok) {
    return {
      verdict: { ok: null, reason: `Chip không thực hiện xác thực chủ động (mã ${swText(answer.sw)}).` },
      derSignature: false, wrongLength: isWrongLength(answer.sw),
    };
  }
  const compact = key.kind === 'ecdsa' ? compactSignature(key.curve, answer.data) : null;
  const good = key.kind === 'rsa'
    ? signedByRsa(key, challenge, answer.data)
    : compact !== null && signedByCurve(key, compact, challenge, hashName);
  return {
    verdict: good
      ? { ok: true, reason: 'Chip chứng minh được khóa riêng (Active Authentication).' }
      : { ok: false, reason: 'Chip trả lời sai phép thử khóa riêng (Active Authentication): có thể là chip sao chép.' },
    derSignature: compact !== null && compact !== answer.data, wrongLength: false,
  };
}

/** INTERNAL AUTHENTICATE. A bare status, which closes the channel, is an answer too: cards without the command give it. */
async function sign(channel: CardChannel, challenge: Uint8Array, extended: boolean): Promise<Answer> {
  try {
    return await channel.send({ cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le: extended ? 65_536 : 256 }, extended);
  } catch (error) {
    if (error instanceof ChannelClosed) return { data: new Uint8Array(0), sw: error.sw };
    throw error;
  }
}

function signatureLength(key: ActiveKey): number {
  return key.kind === 'rsa' ? key.length : 2 * orderLength(key.curve);
}

function orderLength({ point }: NamedCurve): number {
  return Math.ceil(point.Fn.ORDER.toString(2).length / 8);
}

function signedByRsa({ modulus, exponent, length }: RsaKey, challenge: Uint8Array, signature: Uint8Array): boolean {
  const value = toBigInt(signature);
  if (signature.length > length || value >= modulus) return false;
  const opened = modPow(value, exponent, modulus);
  // ISO/IEC 9796-2 annex B lets the signer send the smaller of s and n - s.
  return [opened, modulus - opened].some((number) => signedByIso9796(fromBigInt(number, length), challenge));
}

/** r and s side by side in the length of the order (BSI TR-03111 clause 5.2.1); null when it is neither that nor DER. */
function compactSignature(curve: NamedCurve, signature: Uint8Array): Uint8Array | null {
  const size = orderLength(curve);
  if (signature.length === 2 * size) return signature;
  try {
    const [r, s] = readTlvs(readTlv(signature).value).map(({ value }) => toBigInt(value));
    return r === undefined || s === undefined || r >= curve.point.Fn.ORDER || s >= curve.point.Fn.ORDER ? null : concat(fromBigInt(r, size), fromBigInt(s, size));
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function signedByCurve({ curve, publicKey }: ActiveKey & { kind: 'ecdsa' }, signature: Uint8Array, challenge: Uint8Array, hashName: HashName | null): boolean {
  const scheme = ecdsa(curve.point, sha256);
  return (hashName ? [hashName] : hashesWithoutName).some((name) => {
    try {
      return scheme.verify(signature, hash(name, challenge), publicKey, { prehash: false, lowS: false });
    } catch {
      return false;
    }
  });
}
