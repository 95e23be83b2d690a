import { ascii, concat, sameBytes, toBigInt } from '../../electron/card/bytes.ts';
import { deriveKey, hash, suites, zeroIv } from '../../electron/card/ciphers.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import type { Random } from './agreement.ts';
import type { ChipCommand, Reply } from './chip-command.ts';
import type { IssuedCard } from './issue.ts';

const suite = suites['3des'];

/** Basic access control, the card's side (ICAO 9303-11 clause 4.3): a challenge serves one try. */
export class ChipBac {
  readonly #card: IssuedCard;
  readonly #random: Random;
  #challenge: Uint8Array | null = null;

  constructor(card: IssuedCard, random: Random) {
    this.#card = card;
    this.#random = random;
  }

  /** GET CHALLENGE. */
  challenge(): Reply {
    this.#challenge = Uint8Array.from(this.#random(8));
    return { data: this.#challenge, sw: 0x9000 };
  }

  /** EXTERNAL AUTHENTICATE. `wrongKey` where the reader's message shows another MRZ. */
  authenticate({ data }: ChipCommand): Reply & { keys?: SessionKeys; wrongKey?: boolean } {
    const challenge = this.#challenge;
    this.#challenge = null;
    if (!challenge || data.length !== 40) return { sw: 0x6985 };
    const seed = hash('sha1', ascii(this.#card.mrzInformation)).subarray(0, 16);
    const encryption = deriveKey('3des', seed, 'encryption');
    const mac = deriveKey('3des', seed, 'mac');
    const message = data.subarray(0, 32);
    if (!sameBytes(suite.mac(mac, message), data.subarray(32))) return { sw: 0x6300, wrongKey: true };
    const plain = suite.decrypt(encryption, zeroIv(suite), message);
    if (!sameBytes(plain.subarray(8, 16), challenge)) return { sw: 0x6300, wrongKey: true };
    const own = this.#random(16);
    const readerNonce = concat(plain.subarray(0, 8));
    if (this.#card.profile.faults.bacNonceWrong) readerNonce[0]! ^= 1;
    const cryptogram = suite.encrypt(encryption, zeroIv(suite), concat(challenge, readerNonce, own));
    const shared = own.map((byte, i) => byte ^ plain[16 + i]!);
    return {
      data: concat(cryptogram, suite.mac(mac, cryptogram)), sw: 0x9000,
      keys: {
        suite: '3des', encryption: deriveKey('3des', shared, 'encryption'), mac: deriveKey('3des', shared, 'mac'),
        counter: toBigInt(concat(challenge.subarray(4), plain.subarray(4, 8))),
      },
    };
  }
}
