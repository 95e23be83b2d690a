import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { encodeCommand, ok, swText, type Answer, type Command } from './apdu.ts';
import { concat } from './bytes.ts';
import { SecureMessaging, type SessionKeys } from './secure-messaging.ts';

/** Bounds of one read. Times in milliseconds. */
export interface ChannelLimits {
  /** The longest wait for one answer. Slow cards need up to two seconds for one step of PACE. */
  answerMs: number;
  /** The longest whole read. */
  totalMs: number;
  /** The most commands of one read: a face of 64 kB in reads of 160 bytes is 410. */
  apdus: number;
  signal?: AbortSignal;
}

const defaultLimits: ChannelLimits = { answerMs: 4_000, totalMs: 60_000, apdus: 1_000 };

/** The card answered a protected command with a bare status: the channel is gone, the status says why. */
export class ChannelClosed extends ProblemError {
  readonly sw: number;

  constructor(sw: number) {
    super('card-channel-broken', `bare status ${swText(sw)}`);
    this.sw = sw;
  }
}

const maxAnswer = 65_538;
const maxGetResponse = 300;

/**
 * The line to the card: counts and bounds what crosses, follows 61xx and 6Cxx, and protects commands once keys are set.
 * Nothing that crosses is logged or kept.
 */
export class CardChannel {
  readonly #transceiver: Transceiver;
  readonly #limits: ChannelLimits;
  readonly #started = performance.now();
  #secure: SecureMessaging | null = null;
  #apdus = 0;

  constructor(transceiver: Transceiver, limits: Partial<ChannelLimits> = {}) {
    this.#transceiver = transceiver;
    this.#limits = { ...defaultLimits, ...limits };
  }

  get apdus(): number {
    return this.#apdus;
  }

  get elapsedMs(): number {
    return performance.now() - this.#started;
  }

  get protected(): boolean {
    return this.#secure !== null;
  }

  protect(keys: SessionKeys): void {
    this.#secure = new SecureMessaging(keys);
  }

  unprotect(): void {
    this.#secure = null;
  }

  /**
   * Sends a command, protected when keys are set. `extended` lets the answer be longer than 256 bytes.
   * @throws ProblemError `card-removed`, `card-timeout`, `card-channel-broken`, `card-protocol`, `cancelled`
   */
  async send(command: Command, extended = false): Promise<Answer> {
    if (!this.#secure) return this.#exchange(encodeCommand(command, extended));
    const wrapped = this.#secure.wrap(command, extended);
    const answer = await this.#exchange(encodeCommand(wrapped, extended));
    if (answer.data.length === 0) {
      // A bare status is not protected: the card has closed the channel (ICAO 9303-11 clause 9.8.5). Only a refusal may
      // be told so; good news without a MAC is a lie.
      this.#secure = null;
      if (answer.sw === ok) throw new ProblemError('card-channel-broken', 'bare success');
      throw new ChannelClosed(answer.sw);
    }
    return this.#secure.unwrap(answer, command.ins % 2 === 1);
  }

  async #exchange(apdu: Uint8Array): Promise<Answer> {
    let answer = await this.#transmit(apdu);
    if (answer.sw >> 8 === 0x6c && answer.data.length === 0) {
      // Wrong Le: the card names the right one; the last byte of our command is Le. Said under protection it speaks of
      // the Le inside, and has used up its counter.
      const again = apdu.slice();
      again[again.length - 1] = answer.sw & 0xff;
      answer = await this.#transmit(again);
    }
    const parts = [answer.data];
    let length = answer.data.length;
    for (let i = 0; answer.sw >> 8 === 0x61; i += 1) {
      if (i >= maxGetResponse || length > maxAnswer) throw new ProblemError('card-protocol', 'answer without end');
      answer = await this.#transmit(Uint8Array.of(apdu[0]! & 0xf0, 0xc0, 0, 0, answer.sw & 0xff));
      parts.push(answer.data);
      length += answer.data.length;
    }
    return parts.length === 1 ? answer : { data: concat(...parts), sw: answer.sw };
  }

  async #transmit(apdu: Uint8Array): Promise<Answer> {
    if (this.#limits.signal?.aborted) throw new ProblemError('cancelled');
    if (this.#apdus >= this.#limits.apdus) throw new ProblemError('card-protocol', 'too many commands');
    const left = this.#limits.totalMs - this.elapsedMs;
    if (left <= 0) throw new ProblemError('card-timeout', 'whole read');
    this.#apdus += 1;
    const bytes = await this.#withTimeout(async () => this.#transceiver.transmit(apdu), Math.min(left, this.#limits.answerMs));
    if (bytes.length < 2) throw new ProblemError('card-removed');
    if (bytes.length > maxAnswer) throw new ProblemError('card-protocol', 'answer too long');
    return { data: bytes.subarray(0, -2), sw: bytes.at(-2)! * 256 + bytes.at(-1)! };
  }

  async #withTimeout(ask: () => Promise<Uint8Array>, ms: number): Promise<Uint8Array> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let onAbort: (() => void) | undefined;
    const { signal } = this.#limits;
    const guard = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ProblemError('card-timeout')), ms);
      onAbort = () => reject(new ProblemError('cancelled'));
      signal?.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([ask(), guard]);
    } catch (error) {
      // A reader that fails in the middle of a command has lost its card: drivers have no common word for it.
      throw error instanceof ProblemError ? error : new ProblemError('card-removed', 'transmit failed');
    } finally {
      clearTimeout(timer);
      if (onAbort) signal?.removeEventListener('abort', onAbort);
    }
  }
}
