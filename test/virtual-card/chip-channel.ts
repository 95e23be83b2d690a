import { concat, fromBigInt, sameBytes } from '../../electron/card/bytes.ts';
import { pad, suites, unpad, type Suite } from '../../electron/card/ciphers.ts';
import type { SessionKeys } from '../../electron/card/secure-messaging.ts';
import { readTlvs, tlv } from '../../electron/card/tlv.ts';
import type { ChipCommand } from './chip-command.ts';
import type { Faults } from './profile.ts';

/** What one card counts over all its channels since power-up. */
export interface AnswerCount {
  protected: number;
  last: Uint8Array | null;
}

/** Secure messaging, the card's side (ICAO 9303-11 clause 9.8), with its faults. */
export class ChipChannel {
  readonly #suite: Suite;
  readonly #keys: SessionKeys;
  readonly #faults: Faults;
  readonly #count: AnswerCount;
  #counter: bigint;

  constructor(keys: SessionKeys, faults: Faults, count: AnswerCount) {
    this.#suite = suites[keys.suite];
    this.#keys = keys;
    this.#faults = faults;
    this.#count = count;
    this.#counter = keys.counter;
  }

  #next(): Uint8Array {
    this.#counter += 1n;
    return fromBigInt(this.#counter, this.#suite.block);
  }

  /** The plain command inside, or null when the MAC is wrong or the objects are not what they must be. */
  open(command: ChipCommand): ChipCommand | null {
    const counter = this.#next();
    const nodes = readTlvs(command.data);
    const mac = nodes.find(({ tag }) => tag === 0x8e);
    if (!mac) return null;
    const header = Uint8Array.of(command.cla, command.ins, command.p1, command.p2);
    const covered = concat(...nodes.filter(({ tag }) => tag !== 0x8e).map(({ raw }) => raw));
    if (!sameBytes(mac.value, this.#suite.seal(this.#keys.mac, concat(counter, pad(header, this.#suite.block), covered)))) return null;
    const cryptogram = nodes.find(({ tag }) => tag === 0x87 || tag === 0x85);
    const le = nodes.find(({ tag }) => tag === 0x97)?.value;
    const hidden = cryptogram?.tag === 0x87 ? cryptogram.value.subarray(1) : cryptogram?.value;
    const data = hidden
      ? unpad(this.#suite.decrypt(this.#keys.encryption, this.#suite.iv(this.#keys.encryption, counter), hidden))
      : new Uint8Array(0);
    const wanted = le === undefined ? 0 : le.length === 1 ? le[0]! || 256 : (le[0]! * 256 + le[1]!) || 65_536;
    return { ...command, cla: command.cla & ~0x0c, data, le: wanted };
  }

  /** How much data fits an answer of so many bytes. */
  room(answerBytes: number): number {
    return Math.floor((answerBytes - 2 - 4 - 10 - 5) / this.#suite.block) * this.#suite.block - 1;
  }

  close(data: Uint8Array, sw: number, oddIns: boolean): Uint8Array {
    const counter = this.#next();
    this.#count.protected += 1;
    const at = (n: number | null): boolean => n === this.#count.protected;
    const faults = this.#faults;
    if (at(faults.plainAt)) return concat(data, Uint8Array.of(sw >> 8, sw & 0xff));
    const { block } = this.#suite;
    const padded = at(faults.paddingAt) ? new Uint8Array(Math.max(block, data.length - (data.length % block))).fill(0x41) : pad(data, block);
    const encrypted = data.length === 0 ? null : this.#suite.encrypt(this.#keys.encryption, this.#suite.iv(this.#keys.encryption, counter), padded);
    const cryptogram = encrypted === null ? new Uint8Array(0) : oddIns ? tlv(0x85, encrypted) : tlv(0x87, Uint8Array.of(1), encrypted);
    const inner = at(faults.otherStatusAt) ? 0x6f00 : sw;
    const status = at(faults.missingStatusAt) ? new Uint8Array(0) : tlv(0x99, Uint8Array.of(inner >> 8, inner & 0xff));
    const extra = at(faults.extraObjectAt) ? tlv(0x81, Uint8Array.of(1, 2, 3)) : new Uint8Array(0);
    const mac = this.#suite.seal(this.#keys.mac, concat(counter, cryptogram, extra, status));
    if (at(faults.wrongMacAt)) mac[0]! ^= 1;
    if (at(faults.bitAt)) (encrypted === null ? mac : cryptogram)[4]! ^= 1;
    const seal = at(faults.missingMacAt) ? new Uint8Array(0) : tlv(0x8e, mac);
    const bytes = concat(cryptogram, extra, status, seal, Uint8Array.of(sw >> 8, sw & 0xff));
    const { last } = this.#count;
    this.#count.last = bytes;
    return at(faults.replayAt) && last ? last : bytes;
  }
}
