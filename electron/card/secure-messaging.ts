import { ProblemError } from '../../shared/contracts/problems.ts';
import { swText, type Answer, type Command } from './apdu.ts';
import { concat, fromBigInt, sameBytes } from './bytes.ts';
import { pad, suites, unpad, type Suite, type SuiteName } from './ciphers.ts';
import { readTlvs, tlv } from './tlv.ts';

/** Keys and send sequence counter that BAC or PACE agreed on. */
export interface SessionKeys {
  suite: SuiteName;
  encryption: Uint8Array;
  mac: Uint8Array;
  /** Send sequence counter before the first command. */
  counter: bigint;
}

/** An answer whose MAC is not by the keys of the session: changed on its way, or by a card that does not have them. */
export class WrongMac extends ProblemError {
  constructor() {
    super('card-channel-broken', 'mac');
  }
}

const tagCryptogram = 0x87;
const tagCryptogramOdd = 0x85;
const tagLe = 0x97;
const tagStatus = 0x99;
const tagMac = 0x8e;

/**
 * Secure messaging of ICAO 9303-11 clause 9.8, the reader's side. One object per session; any fault ends it, because
 * the counters of the two sides may then differ.
 */
export class SecureMessaging {
  readonly #suite: Suite;
  readonly #keys: SessionKeys;
  #counter: bigint;

  constructor(keys: SessionKeys) {
    this.#suite = suites[keys.suite];
    this.#keys = keys;
    this.#counter = keys.counter;
  }

  #nextCounter(): Uint8Array {
    const bits = BigInt(8 * this.#suite.block);
    this.#counter = (this.#counter + 1n) % (1n << bits);
    return fromBigInt(this.#counter, this.#suite.block);
  }

  /** The protected form of a command; its outer Le asks for all that comes. */
  wrap(command: Command, extended = false): Command {
    const { block } = this.#suite;
    const counter = this.#nextCounter();
    const header = Uint8Array.of(command.cla | 0x0c, command.ins, command.p1, command.p2);
    const data = command.data ?? new Uint8Array(0);
    const le = command.le ?? 0;
    const parts: Uint8Array[] = [];
    if (data.length > 0) {
      const cipherText = this.#suite.encrypt(this.#keys.encryption, this.#suite.iv(this.#keys.encryption, counter), pad(data, block));
      // An odd INS carries BER-TLV data, which DO'85' holds without a padding indicator (ISO/IEC 7816-4 clause 6.4).
      parts.push(command.ins % 2 === 1 ? tlv(tagCryptogramOdd, cipherText) : tlv(tagCryptogram, Uint8Array.of(1), cipherText));
    }
    if (le > 0) parts.push(tlv(tagLe, le > 256 ? Uint8Array.of((le >> 8) & 0xff, le & 0xff) : Uint8Array.of(le & 0xff)));
    const body = concat(...parts);
    const mac = this.#suite.seal(this.#keys.mac, concat(counter, pad(header, block), body));
    return {
      cla: command.cla | 0x0c, ins: command.ins, p1: command.p1, p2: command.p2,
      data: concat(body, tlv(tagMac, mac)),
      le: extended ? 65_536 : 256,
    };
  }

  /**
   * Checks and opens a protected answer: DO'99' and DO'8E' must be there, in order, the MAC right, the status inside
   * equal to the status outside.
   * @throws ProblemError `card-channel-broken`
   */
  unwrap(answer: Answer, oddIns = false): Answer {
    const counter = this.#nextCounter();
    const nodes = this.#nodes(answer.data);
    const expected = [oddIns ? tagCryptogramOdd : tagCryptogram, tagStatus, tagMac];
    if (nodes.length === 2) expected.shift();
    if (nodes.length !== expected.length || nodes.some((node, i) => node.tag !== expected[i])) {
      throw new ProblemError('card-channel-broken', `objects, status ${swText(answer.sw)}`);
    }
    const mac = nodes.at(-1)!.value;
    const status = nodes.at(-2)!.value;
    const covered = concat(...nodes.slice(0, -1).map((node) => node.raw));
    if (!sameBytes(mac, this.#suite.seal(this.#keys.mac, concat(counter, covered)))) {
      throw new WrongMac();
    }
    if (status.length !== 2 || status[0]! * 256 + status[1]! !== answer.sw) {
      throw new ProblemError('card-channel-broken', 'status');
    }
    return { data: nodes.length === 3 ? this.#open(nodes[0]!.value, oddIns, counter) : new Uint8Array(0), sw: answer.sw };
  }

  #nodes(data: Uint8Array) {
    try {
      return readTlvs(data);
    } catch {
      throw new ProblemError('card-channel-broken', 'tlv');
    }
  }

  #open(value: Uint8Array, oddIns: boolean, counter: Uint8Array): Uint8Array {
    const cipherText = oddIns ? value : value.subarray(1);
    if ((!oddIns && value[0] !== 1) || cipherText.length === 0 || cipherText.length % this.#suite.block !== 0) {
      throw new ProblemError('card-channel-broken', 'cryptogram');
    }
    return unpad(this.#suite.decrypt(this.#keys.encryption, this.#suite.iv(this.#keys.encryption, counter), cipherText));
  }
}
