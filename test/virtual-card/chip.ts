import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { bacKeys } from '../../electron/card/bac.ts';
import { ascii, concat, sameBytes, toBigInt, toHex } from '../../electron/card/bytes.ts';
import { deriveKey, hash, suites, zeroIv } from '../../electron/card/ciphers.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import { readTlv, tlv } from '../../electron/card/tlv.ts';
import { ChipChannel } from './chip-channel.ts';
import { parseCommand, type ChipCommand } from './chip-command.ts';
import { ChipPace, type Reply } from './chip-pace.ts';
import type { IssuedCard } from './issue.ts';

type Random = (length: number) => Uint8Array;
const application = 'A0000002471001';
const cardAccessId = 0x011c;
const gone = new Uint8Array(0);

/**
 * The chip of an issued card: a state machine over bytes. It is a reader's `Transceiver` itself, so that tests need no
 * PC/SC; the same object answers behind vpcd's socket.
 */
export class VirtualChip implements Transceiver {
  readonly card: IssuedCard;
  readonly #random: Random;
  #apdus = 0;
  #removed = false;
  #application = false;
  #selected: number | null = null;
  #channel: ChipChannel | null = null;
  #pace: ChipPace | null = null;
  #challenge: Uint8Array | null = null;
  #rest: Uint8Array | null = null;

  constructor(card: IssuedCard, random: Random = (length) => Uint8Array.from(randomBytes(length))) {
    this.card = card;
    this.#random = random;
  }

  /** Commands answered or refused since the card was made. */
  get apdus(): number {
    return this.#apdus;
  }

  get removed(): boolean {
    return this.#removed;
  }

  remove(): void {
    this.#removed = true;
  }

  /** Power-up or reset: all that was selected or agreed is gone. */
  power(): void {
    this.#application = false;
    this.#selected = null;
    this.#channel = null;
    this.#pace = null;
    this.#challenge = null;
    this.#rest = null;
  }

  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    const { faults } = this.card.profile;
    if (this.#removed || (faults.removeAfter !== null && this.#apdus >= faults.removeAfter)) {
      this.#removed = true;
      return gone;
    }
    this.#apdus += 1;
    if (faults.stallAt === this.#apdus) await wait(faults.stallMs);
    if (faults.garbageAt === this.#apdus) return this.#random(40);
    return this.#answer(apdu);
  }

  #answer(apdu: Uint8Array): Uint8Array {
    const command = parseCommand(apdu);
    if (!command) return status(0x6700);
    const { faults } = this.card.profile;
    if (command.ins === 0xc0 && this.#rest) return this.#piece(this.#rest, command.le);
    if (command.extended && faults.noExtended) return this.#refuseLength(command);
    if ((command.cla & 0x0c) === 0x0c) return this.#protectedAnswer(command);
    this.#channel = null;
    if (command.cla !== 0 && command.cla !== 0x10) return status(0x6e00);
    const reply = this.#plain(command);
    const { keys } = reply;
    const data = (reply.data ?? gone).subarray(0, command.le);
    if (faults.wrongLe && command.le > data.length && data.length > 0 && command.ins === 0xb0) return status(0x6c00 | data.length);
    if (keys) this.#channel = new ChipChannel(keys, faults);
    return this.#whole(concat(data, status(reply.sw)));
  }

  #refuseLength(command: ChipCommand): Uint8Array {
    const { faults } = this.card.profile;
    const channel = this.#channel;
    if (channel && !faults.refusalsAreBare && channel.open(command)) return channel.close(gone, 0x6700, false);
    this.#channel = null;
    return status(0x6700);
  }

  #protectedAnswer(command: ChipCommand): Uint8Array {
    const channel = this.#channel;
    const plain = channel ? openOrNull(channel, command) : null;
    if (!channel || !plain) {
      this.#channel = null;
      return status(channel ? 0x6988 : 0x6982);
    }
    const { faults } = this.card.profile;
    if (faults.maxLe !== null && plain.le > faults.maxLe) {
      if (!faults.refusalsAreBare) return channel.close(gone, 0x6700, false);
      this.#channel = null;
      return status(0x6700);
    }
    const room = channel.room(command.extended ? 65_535 : 258);
    const reply = this.#inApplication({ ...plain, le: Math.min(plain.le, room) });
    return this.#whole(channel.close(reply.data ?? gone, reply.sw, command.ins % 2 === 1));
  }

  /** Hands an answer out at once, or in pieces for GET RESPONSE. */
  #whole(answer: Uint8Array): Uint8Array {
    const { getResponse } = this.card.profile.faults;
    if (getResponse === null || answer.length - 2 <= getResponse) return answer;
    this.#rest = answer;
    return status(0x6100 | Math.min(255, getResponse));
  }

  #piece(rest: Uint8Array, le: number): Uint8Array {
    const data = rest.subarray(0, -2);
    const size = Math.min(le, this.card.profile.faults.getResponse ?? 255);
    if (data.length <= size) {
      this.#rest = null;
      return rest;
    }
    this.#rest = rest.subarray(size);
    return concat(data.subarray(0, size), status(0x6100 | Math.min(255, data.length - size)));
  }

  #plain(command: ChipCommand): Reply & { keys?: SessionKeys } {
    const { profile } = this.card;
    if (command.ins === 0x22 && command.p1 === 0xc1 && command.p2 === 0xa4 && profile.pace) {
      this.#pace = new ChipPace(this.card, this.#random);
      return { sw: this.#pace.set(command) };
    }
    if (command.ins === 0x86 && this.#pace) {
      try {
        return this.#pace.step(command);
      } catch {
        return { sw: 0x6a80 };
      }
    }
    if (command.ins === 0x84 && profile.bac && this.#application) {
      this.#challenge = Uint8Array.from(this.#random(8));
      return { data: this.#challenge, sw: 0x9000 };
    }
    if (command.ins === 0x82 && profile.bac && this.#application) return this.#authenticate(command);
    if (command.ins === 0xa4) return this.#select(command);
    if (command.ins === 0xb0) return this.#readPlain(command);
    return { sw: 0x6d00 };
  }

  /** BAC's EXTERNAL AUTHENTICATE (ICAO 9303-11 clause 4.3.1). */
  #authenticate({ data }: ChipCommand): Reply & { keys?: SessionKeys } {
    const challenge = this.#challenge;
    const { faults } = this.card.profile;
    this.#challenge = null;
    if (faults.blocked) return { sw: 0x6983 };
    if (!challenge || data.length !== 40) return { sw: 0x6985 };
    const suite = suites['3des'];
    const keys = bacKeys(hash('sha1', ascii(this.card.mrzInformation)));
    if (!sameBytes(suite.mac(keys.mac, data.subarray(0, 32)), data.subarray(32))) return { sw: 0x6300 };
    const plain = suite.decrypt(keys.encryption, zeroIv(suite), data.subarray(0, 32));
    if (!sameBytes(plain.subarray(8, 16), challenge)) return { sw: 0x6300 };
    const own = this.#random(16);
    const readerNonce = concat(plain.subarray(0, 8));
    if (faults.bacNonceWrong) readerNonce[0]! ^= 1;
    const cryptogram = suite.encrypt(keys.encryption, zeroIv(suite), concat(challenge, readerNonce, own));
    const seed = own.map((byte, i) => byte ^ plain[16 + i]!);
    return {
      data: concat(cryptogram, suite.mac(keys.mac, cryptogram)), sw: 0x9000,
      keys: {
        suite: '3des', encryption: deriveKey('3des', seed, 'encryption'), mac: deriveKey('3des', seed, 'mac'),
        counter: toBigInt(concat(challenge.subarray(4), plain.subarray(4, 8))),
      },
    };
  }

  #select({ p1, p2, data }: ChipCommand): Reply {
    if (p1 === 0x04 && toHex(data) === application) {
      this.#application = true;
      this.#selected = null;
      return { sw: 0x9000 };
    }
    if (p1 === 0 && p2 === 0x0c && toHex(data) === '3F00') {
      if (this.card.profile.faults.refuseMasterFile) return { sw: 0x6d00 };
      this.#application = false;
      this.#selected = null;
      return { sw: 0x9000 };
    }
    if (p1 !== 0x02 || data.length !== 2) return { sw: 0x6a82 };
    return this.#selectFile(data[0]! * 256 + data[1]!);
  }

  #selectFile(id: number): Reply {
    const place = this.#application ? 'application' : 'master-file';
    const found = id === cardAccessId
      ? this.card.cardAccess !== null && this.card.profile.faults.cardAccess === place
      : this.#application && this.card.files.has(id);
    if (!found) return { sw: 0x6a82 };
    if (id !== cardAccessId && !this.#channel) return { sw: 0x6982 };
    if (this.#isDenied(id)) return { sw: 0x6982 };
    this.#selected = id;
    return { sw: 0x9000 };
  }

  #isDenied(id: number): boolean {
    return this.card.profile.faults.denied.some((group) => Number(group.slice(2)) === (id & 0xff));
  }

  #readPlain({ p1, p2, le }: ChipCommand): Reply {
    const { cardAccess } = this.card;
    const byShortId = p1 === 0x9c && this.card.profile.faults.cardAccess === 'short-id';
    if (!cardAccess || !(byShortId || this.#selected === cardAccessId)) return { sw: p1 >= 0x80 ? 0x6a82 : 0x6982 };
    return cut(cardAccess, byShortId ? p2 : p1 * 256 + p2, le);
  }

  #inApplication(command: ChipCommand): Reply {
    const { ins, p1, p2, le, data } = command;
    const { shortReads, noShortIds } = this.card.profile.faults;
    if (ins === 0xa4) return this.#select(command);
    if (ins !== 0xb0 && ins !== 0xb1) return { sw: 0x6d00 };
    if (ins === 0xb0 && p1 >= 0x80) {
      const id = 0x0100 | (p1 & 0x1f);
      if (noShortIds) return { sw: 0x6a86 };
      const { sw } = this.#selectFile(id);
      if (sw !== 0x9000) return { sw };
      return cut(this.card.files.get(id)!, p2, Math.min(le, shortReads ?? le));
    }
    const file = this.#selected === null ? undefined : this.card.files.get(this.#selected);
    if (!file) return { sw: 0x6986 };
    if (ins === 0xb0) return cut(file, p1 * 256 + p2, Math.min(le, shortReads ?? le));
    const offset = readTlv(data);
    const part = cut(file, Number(toBigInt(offset.value)), Math.min(le - 4, shortReads ?? le));
    return part.data ? { data: tlv(0x53, part.data), sw: part.sw } : part;
  }
}

function status(sw: number): Uint8Array {
  return Uint8Array.of(sw >> 8, sw & 0xff);
}

function cut(file: Uint8Array, offset: number, le: number): Reply {
  if (offset >= file.length) return { sw: 0x6b00 };
  return { data: file.subarray(offset, offset + le), sw: offset + le > file.length ? 0x6282 : 0x9000 };
}

function openOrNull(channel: ChipChannel, command: ChipCommand): ChipCommand | null {
  try {
    return channel.open(command);
  } catch {
    return null;
  }
}
