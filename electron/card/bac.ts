import { ProblemError } from '../../shared/contracts/problems.ts';
import { ok, swText, triesLeft } from './apdu.ts';
import { concat, sameBytes, toBigInt } from './bytes.ts';
import { WrongKey } from './card-key.ts';
import type { CardChannel } from './channel.ts';
import { deriveKey, suites, zeroIv } from './ciphers.ts';
import type { SessionKeys } from './secure-messaging.ts';

/** Random bytes, given in so that the worked examples of the standard can be replayed. */
export type Random = (length: number) => Uint8Array;

const suite = suites['3des'];

/** Keys of the authentication from the SHA-1 of the MRZ information (ICAO 9303-11 clause 9.7.2, Kseed = first 16 bytes). */
export function bacKeys(secret: Uint8Array): { encryption: Uint8Array; mac: Uint8Array } {
  const seed = secret.subarray(0, 16);
  return { encryption: deriveKey('3des', seed, 'encryption'), mac: deriveKey('3des', seed, 'mac') };
}

/**
 * Basic Access Control (ICAO 9303-11 clause 4.3), on the selected application.
 * @returns keys and counter of the 3DES secure messaging that begins with the next command
 * @throws ProblemError `card-key-wrong` when the card or we find the other's MAC wrong, `card-protocol`
 */
export async function runBac(channel: CardChannel, secret: Uint8Array, random: Random): Promise<SessionKeys> {
  const keys = bacKeys(secret);
  const challenge = await channel.send({ cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 });
  if (challenge.sw !== ok || challenge.data.length !== 8) throw new ProblemError('card-protocol', `bac challenge ${swText(challenge.sw)}`);
  const cardNonce = challenge.data;
  const ourNonce = random(8);
  const ourKey = random(16);
  const cryptogram = suite.encrypt(keys.encryption, zeroIv(suite), concat(ourNonce, cardNonce, ourKey));
  const answer = await channel.send({
    cla: 0, ins: 0x82, p1: 0, p2: 0, data: concat(cryptogram, suite.mac(keys.mac, cryptogram)), le: 40,
  });
  // Cards name a wrong key in different ways (6300, 63Cx, 6982, 6988): every refusal here is taken as one.
  if (answer.sw === 0x6983 || answer.sw === 0x63c0) throw new ProblemError('card-blocked', `bac ${swText(answer.sw)}`);
  if (answer.sw !== ok) throw new WrongKey(`bac ${swText(answer.sw)}`, triesLeft(answer.sw));
  if (answer.data.length !== 40) throw new ProblemError('card-protocol', 'bac answer');
  const theirs = answer.data.subarray(0, 32);
  if (!sameBytes(suite.mac(keys.mac, theirs), answer.data.subarray(32))) throw new ProblemError('card-key-wrong', 'bac mac');
  const plain = suite.decrypt(keys.encryption, zeroIv(suite), theirs);
  if (!sameBytes(plain.subarray(0, 8), cardNonce) || !sameBytes(plain.subarray(8, 16), ourNonce)) {
    throw new ProblemError('card-protocol', 'bac nonces');
  }
  const seed = ourKey.map((byte, i) => byte ^ plain[16 + i]!);
  return {
    suite: '3des',
    encryption: deriveKey('3des', seed, 'encryption'),
    mac: deriveKey('3des', seed, 'mac'),
    counter: toBigInt(concat(cardNonce.subarray(4), ourNonce.subarray(4))),
  };
}
