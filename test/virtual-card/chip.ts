import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { concat } from '../../electron/card/bytes.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import type { Random } from './agreement.ts';
import { ChipAuthentication } from './chip-authentication.ts';
import { ChipBac } from './chip-bac.ts';
import { ChipChannel, type AnswerCount } from './chip-channel.ts';
import { attempt, parseCommand, type ChipCommand, type Reply } from './chip-command.ts';
import { ChipFiles } from './chip-files.ts';
import { ChipPace } from './chip-pace.ts';
import type { IssuedCard } from './issue.ts';

const gone = new Uint8Array(0);
const firstTries = 3;
const largestShort = 258;

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
  #files: ChipFiles;
  #bac: ChipBac;
  #channel: ChipChannel | null = null;
  #count: AnswerCount = { protected: 0, last: null };
  #pace: ChipPace | null = null;
  #authentication: ChipAuthentication | null = null;
  #recorded: Uint8Array | null = null;
  #rest: Uint8Array | null = null;

  constructor(card: IssuedCard, random: Random = (length) => Uint8Array.from(randomBytes(length))) {
    this.card = card;
    this.#random = random;
    this.#files = new ChipFiles(card);
    this.#bac = new ChipBac(card, random);
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
    this.#files = new ChipFiles(this.card);
    this.#bac = new ChipBac(this.card, this.#random);
    this.#channel = null;
    this.#pace = null;
    this.#authentication = null;
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
    if (faults.refusalsAreBare && reply.sw >> 8 !== 0x90 && reply.sw >> 8 !== 0x62) {
      this.#channel = null;
      return status(reply.sw);
    }
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
    const bac = profile.bac && this.#files.inApplication;
    if (command.ins === 0x84 && bac) return this.#bac.challenge();
    if (command.ins === 0x82 && bac) return this.#authenticate(command);
    if (command.ins === 0xa4) return this.#files.select(command, false);
    if (command.ins === 0xb0) return this.#files.readPlain(command);
    return { sw: 0x6d00 };
  }

  #authenticate(command: ChipCommand): Reply & { keys?: SessionKeys } {
    if (this.card.profile.faults.blocked || this.#tries.mrz <= 0) return { sw: 0x6983 };
    const reply = this.#bac.authenticate(command);
    return reply.wrongKey ? { sw: this.#wrongKey('mrz') } : reply;
  }

  /** The status for a wrong password; the counting kind blocks after the last try. */
  #wrongKey(password: 'can' | 'mrz'): number {
    const { wrongKey } = this.card.profile.faults;
    if (wrongKey !== '63Cx') return Number.parseInt(wrongKey, 16);
    this.#tries[password] -= 1;
    return 0x63c0 | this.#tries[password];
  }

  /** What the card does once a channel stands. */
  #protected(command: ChipCommand): Reply & { keys?: SessionKeys } {
    const { ins, p1, p2 } = command;
    if (ins === 0xa4) return this.#files.select(command, true);
    if (ins === 0xb0 || ins === 0xb1) return this.#files.read(command);
    if (!this.#files.inApplication) return { sw: 0x6d00 };
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
}

function status(sw: number): Uint8Array {
  return Uint8Array.of(sw >> 8, sw & 0xff);
}

function openOrNull(channel: ChipChannel, command: ChipCommand): ChipCommand | null {
  try {
    return channel.open(command);
  } catch {
    return null;
  }
}
