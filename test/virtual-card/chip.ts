import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { bacKeys } from '../../electron/card/bac.ts';
import { ascii, concat, sameBytes, toBigInt, toHex } from '../../electron/card/bytes.ts';
import { deriveKey, hash, suites, zeroIv } from '../../electron/card/ciphers.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import { readTlv, tlv } from '../../electron/card/tlv.ts';
import type { Random } from './agreement.ts';
import { ChipAuthentication } from './chip-authentication.ts';
import { ChipChannel, type AnswerCount } from './chip-channel.ts';
import { parseCommand, type ChipCommand } from './chip-command.ts';
import { ChipPace, type Reply } from './chip-pace.ts';
import type { IssuedCard } from './issue.ts';

const application = 'A0000002471001';
/** Files under the master file; EF.CardSecurity shares its identifier with the application's EF.SOD. */
const masterFiles = { cardAccess: 0x011c, cardSecurity: 0x011d } as const;
const gone = new Uint8Array(0);
const firstTries = 3;
const largestShort = 258;

type Place = 'master-file' | 'application';
type Selected = { place: Place; id: number };

/**
 * The chip of an issued card: a state machine over bytes. It is a reader's `Transceiver` itself, so that tests need no
 * PC/SC; the same object answers behind vpcd's socket.
 */
export class VirtualChip implements Transceiver {
  readonly card: IssuedCard;
  readonly #random: Random;
  #apdus = 0;
  #sincePower = 0;
  #removed = false;
  /** Tries left, by password; BAC uses the MRZ. */
  readonly #tries = { can: firstTries, mrz: firstTries };
  #place: Place = 'master-file';
  #selected: Selected | null = null;
  #channel: ChipChannel | null = null;
  #count: AnswerCount = { protected: 0, last: null };
  #pace: ChipPace | null = null;
  #authentication: ChipAuthentication | null = null;
  #recorded: Uint8Array | null = null;
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

  /** Answers under secure messaging since power-up, over all channels. */
  get protectedAnswers(): number {
    return this.#count.protected;
  }

  get removed(): boolean {
    return this.#removed;
  }

  remove(): void {
    this.#removed = true;
  }

  /** Power-up or reset: all that was selected or agreed is gone, and counting begins anew. */
  power(): void {
    this.#sincePower = 0;
    this.#count = { protected: 0, last: null };
    this.#place = 'master-file';
    this.#selected = null;
    this.#channel = null;
    this.#pace = null;
    this.#authentication = null;
    this.#challenge = null;
    this.#rest = null;
  }

  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    const { faults } = this.card.profile;
    if (this.#removed || (faults.removeAfter !== null && this.#sincePower >= faults.removeAfter)) {
      this.#removed = true;
      return gone;
    }
    this.#apdus += 1;
    this.#sincePower += 1;
    const now = this.#sincePower;
    if (faults.slowMs !== null) await wait(faults.slowMs);
    if (faults.stallAt === now) await wait(faults.stallMs);
    if (faults.garbageAt === now) return this.#random(40);
    if (faults.emptyAt === now) return gone;
    if (faults.statusAt === now) return status(Number.parseInt(faults.status, 16));
    const answer = this.#answer(apdu);
    return faults.cutAt === now ? answer.subarray(0, Math.floor(answer.length / 2)) : answer;
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
    const data = reply.data ?? gone;
    if (faults.wrongLe && command.le > data.length && data.length > 0 && command.ins === 0xb0) return status(0x6c00 | data.length);
    if (keys) this.#channel = new ChipChannel(keys, faults, this.#count);
    return this.#whole(concat(data, status(reply.sw)), command.extended);
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
    const reads = command.ins === 0xb0 || command.ins === 0xb1;
    if (faults.maxLe !== null && reads && plain.le > faults.maxLe) {
      if (!faults.refusalsAreBare) return channel.close(gone, 0x6700, false);
      this.#channel = null;
      return status(0x6700);
    }
    const room = channel.room(command.extended ? 65_535 : 258);
    const reply = this.#protected({ ...plain, le: Math.min(plain.le, room) });
    const answer = channel.close(reply.data ?? gone, reply.sw, command.ins % 2 === 1);
    // The answer that ends chip authentication still goes out under the old keys (9303-11 clause 6.2.4).
    if (reply.keys) this.#channel = new ChipChannel(reply.keys, faults, this.#count);
    return this.#whole(answer, command.extended);
  }

  /** Hands an answer out at once, or in pieces for GET RESPONSE: so too what is too long for a short command. */
  #whole(answer: Uint8Array, extended: boolean): Uint8Array {
    const { getResponse } = this.card.profile.faults;
    const room = getResponse ?? (extended || answer.length <= largestShort ? answer.length : 256);
    if (answer.length - 2 <= room) return answer;
    this.#rest = answer;
    return status(0x6100 | (room & 0xff));
  }

  #piece(rest: Uint8Array, le: number): Uint8Array {
    const data = rest.subarray(0, -2);
    const size = Math.min(le, this.card.profile.faults.getResponse ?? 256);
    if (data.length <= size) {
      this.#rest = null;
      return rest;
    }
    this.#rest = rest.subarray(size);
    return concat(data.subarray(0, size), status(0x6100 | (data.length - size >= 256 ? 0 : data.length - size)));
  }

  #plain(command: ChipCommand): Reply & { keys?: SessionKeys } {
    const { profile } = this.card;
    if (command.ins === 0x22 && command.p1 === 0xc1 && command.p2 === 0xa4 && profile.pace) {
      const pace = new ChipPace(this.card, this.#random);
      this.#pace = pace;
      return attempt(() => {
        const sw = pace.set(command);
        return { sw: pace.password !== null && this.#tries[pace.password] <= 0 ? 0x6983 : sw };
      });
    }
    if (command.ins === 0x86 && this.#pace) {
      const pace = this.#pace;
      const reply = attempt(() => pace.step(command));
      return 'wrongKey' in reply && reply.wrongKey ? { sw: this.#wrongKey(pace.password ?? 'mrz') } : reply;
    }
    if (command.ins === 0x84 && profile.bac && this.#place === 'application') {
      this.#challenge = Uint8Array.from(this.#random(8));
      return { data: this.#challenge, sw: 0x9000 };
    }
    if (command.ins === 0x82 && profile.bac && this.#place === 'application') return this.#authenticate(command);
    if (command.ins === 0xa4) return this.#select(command);
    if (command.ins === 0xb0) return this.#readPlain(command);
    return { sw: 0x6d00 };
  }

  /** BAC's EXTERNAL AUTHENTICATE (ICAO 9303-11 clause 4.3.1). */
  #authenticate({ data }: ChipCommand): Reply & { keys?: SessionKeys } {
    const challenge = this.#challenge;
    const { faults } = this.card.profile;
    this.#challenge = null;
    if (faults.blocked || this.#tries.mrz <= 0) return { sw: 0x6983 };
    if (!challenge || data.length !== 40) return { sw: 0x6985 };
    const suite = suites['3des'];
    const keys = bacKeys(hash('sha1', ascii(this.card.mrzInformation)));
    if (!sameBytes(suite.mac(keys.mac, data.subarray(0, 32)), data.subarray(32))) return { sw: this.#wrongKey('mrz') };
    const plain = suite.decrypt(keys.encryption, zeroIv(suite), data.subarray(0, 32));
    if (!sameBytes(plain.subarray(8, 16), challenge)) return { sw: this.#wrongKey('mrz') };
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

  /** The status for a wrong password; the counting kind blocks after the last try. */
  #wrongKey(password: 'can' | 'mrz'): number {
    const { wrongKey } = this.card.profile.faults;
    if (wrongKey !== '63Cx') return Number.parseInt(wrongKey, 16);
    this.#tries[password] -= 1;
    return 0x63c0 | this.#tries[password];
  }

  #select({ p1, p2, data }: ChipCommand): Reply {
    if (p1 === 0x04 && toHex(data) === application) return this.#enter('application');
    if (p1 === 0 && p2 === 0x0c && toHex(data) === '3F00') {
      return this.card.profile.faults.refuseMasterFile ? { sw: 0x6d00 } : this.#enter('master-file');
    }
    if (p1 !== 0x02 || data.length !== 2) return { sw: 0x6a82 };
    return this.#selectFile(data[0]! * 256 + data[1]!);
  }

  #enter(place: Place): Reply {
    this.#place = place;
    this.#selected = null;
    return { sw: 0x9000 };
  }

  /** The file of that identifier where the card stands now. */
  #fileAt({ place, id }: Selected): Uint8Array | undefined {
    const { cardAccess, cardSecurity, files, profile } = this.card;
    if (id === masterFiles.cardAccess) return profile.faults.cardAccess === place ? cardAccess ?? undefined : undefined;
    if (place === 'application') return files.get(id);
    return id === masterFiles.cardSecurity ? cardSecurity ?? undefined : undefined;
  }

  #selectFile(id: number): Reply {
    const wanted: Selected = { place: this.#place, id };
    if (!this.#fileAt(wanted)) return { sw: 0x6a82 };
    if (id !== masterFiles.cardAccess && !this.#channel) return { sw: 0x6982 };
    if (this.#place === 'application' && this.#isDenied(id)) return { sw: 0x6982 };
    this.#selected = wanted;
    return { sw: 0x9000 };
  }

  #isDenied(id: number): boolean {
    return this.card.profile.faults.denied.some((group) => Number(group.slice(2)) === (id & 0xff));
  }

  #readPlain({ p1, p2, le }: ChipCommand): Reply {
    const { cardAccess } = this.card;
    const byShortId = p1 === 0x9c && this.card.profile.faults.cardAccess === 'short-id';
    if (!cardAccess || !(byShortId || this.#selected?.id === masterFiles.cardAccess)) return { sw: p1 >= 0x80 ? 0x6a82 : 0x6982 };
    return cut(cardAccess, byShortId ? p2 : p1 * 256 + p2, le);
  }

  /** What the card does once a channel stands. */
  #protected(command: ChipCommand): Reply & { keys?: SessionKeys } {
    const { ins, p1, p2 } = command;
    if (ins === 0xa4) return this.#select(command);
    if (ins === 0xb0 || ins === 0xb1) return this.#read(command);
    if (this.#place !== 'application') return { sw: 0x6d00 };
    if (ins === 0x88) return this.#sign(command);
    if (ins === 0x22 && p1 === 0x41 && (p2 === 0xa4 || p2 === 0xa6)) return this.#setChip(command);
    if (ins === 0x86 && this.#authentication) {
      const authentication = this.#authentication;
      return attempt(() => authentication.authenticate(command));
    }
    return { sw: 0x6d00 };
  }

  #setChip(command: ChipCommand): Reply & { keys?: SessionKeys } {
    const { chipKeys, profile: { chip, faults } } = this.card;
    if (faults.chipStatus) return { sw: Number.parseInt(faults.chipStatus, 16) };
    if (!chip) return { sw: 0x6d00 };
    const authentication = new ChipAuthentication(chip, chipKeys);
    if (command.p2 === 0xa6) return attempt(() => authentication.setKey(command));
    this.#authentication = authentication;
    return attempt(() => ({ sw: authentication.setTemplate(command) }));
  }

  /** INTERNAL AUTHENTICATE (ICAO 9303-11 clause 6.1.3): eight bytes from the reader. */
  #sign({ data, p1, p2 }: ChipCommand): Reply {
    const { active, profile: { faults } } = this.card;
    if (faults.activeStatus) return { sw: Number.parseInt(faults.activeStatus, 16) };
    if (!active) return { sw: 0x6d00 };
    if (p1 !== 0 || p2 !== 0) return { sw: 0x6a86 };
    if (data.length !== 8) return { sw: 0x6700 };
    if (faults.activeReplay && this.#recorded) return { data: this.#recorded, sw: 0x9000 };
    const challenge = faults.activeReplay ? this.#random(8) : data;
    this.#recorded = active.sign(challenge, this.#random, faults.activeTrailerWrong);
    return { data: this.#recorded, sw: 0x9000 };
  }

  #read({ ins, p1, p2, le, data }: ChipCommand): Reply {
    const { noShortIds } = this.card.profile.faults;
    if (ins === 0xb0 && p1 >= 0x80) {
      const id = 0x0100 | (p1 & 0x1f);
      if (noShortIds) return { sw: 0x6a86 };
      const { sw } = this.#selectFile(id);
      return sw === 0x9000 ? this.#part(this.#fileAt({ place: this.#place, id })!, p2, le) : { sw };
    }
    const file = this.#selected === null ? undefined : this.#fileAt(this.#selected);
    if (!file) return { sw: 0x6986 };
    if (ins === 0xb0) return this.#part(file, p1 * 256 + p2, le);
    return attempt(() => {
      const part = this.#part(file, Number(toBigInt(readTlv(data).value)), le - 4);
      return part.data ? { data: tlv(0x53, part.data), sw: part.sw } : part;
    });
  }

  #part(file: Uint8Array, offset: number, le: number): Reply {
    const { shortReads, shortReadsWarn } = this.card.profile.faults;
    const part = cut(file, offset, Math.min(le, shortReads ?? le));
    return shortReadsWarn && part.data && part.data.length < le ? { ...part, sw: 0x6282 } : part;
  }
}

function status(sw: number): Uint8Array {
  return Uint8Array.of(sw >> 8, sw & 0xff);
}

function cut(file: Uint8Array, offset: number, le: number): Reply {
  if (offset >= file.length) return { sw: 0x6b00 };
  return { data: file.subarray(offset, offset + le), sw: offset + le > file.length ? 0x6282 : 0x9000 };
}

/** A command whose data make no sense is refused, it never stops the card. */
function attempt<T extends Reply>(answer: () => T): T | Reply {
  try {
    return answer();
  } catch {
    return { sw: 0x6a80 };
  }
}

function openOrNull(channel: ChipChannel, command: ChipCommand): ChipCommand | null {
  try {
    return channel.open(command);
  } catch {
    return null;
  }
}
