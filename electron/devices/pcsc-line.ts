import { setTimeout as wait } from 'node:timers/promises';
import type { Card, CardDisposition } from 'pcsc-mini';
import { ProblemError } from '../../shared/contracts/problems.ts';

/** How long one call may take before the reader is given up; electron/card has its own, shorter patience. */
export const watchdogMs = 10_000;
const answerBytes = 65_538;

// Words of pcsc-mini for what PC/SC says, folded into what a person can do about it.
export const removedCodes: ReadonlySet<string> = new Set([
  'RemovedCard', 'ResetCard', 'NoSmartCard', 'UnpoweredCard', 'NotTransacted', 'CommError', 'NoCardConnection', 'ReaderUnavailable', 'UnknownReader',
]);

/** The code of an error of PC/SC; empty where it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** What `work` gives, or what `otherwise` does when that takes longer than `ms`. */
export async function within<T>(ms: number, work: Promise<T>, otherwise: () => T): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([work, wait(ms, undefined, { signal: late.signal }).then(otherwise)]);
  } finally {
    late.abort();
  }
}

/** A connected card, with the exchange that a stalled reader may still be busy with. */
export class PcscLine {
  readonly #card: Card;
  #pending: Promise<unknown> = Promise.resolve();

  constructor(card: Card) {
    this.#card = card;
  }

  /** One exchange; an empty answer means that the card has gone, however the driver says it. */
  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    try {
      const answer = this.#card.transmit(apdu, new ArrayBuffer(answerBytes));
      this.#pending = answer.catch(() => undefined);
      return await within(watchdogMs, answer, () => { throw new ProblemError('card-timeout'); });
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      const code = codeOf(error);
      if (removedCodes.has(code)) return new Uint8Array(0);
      throw new ProblemError('card-mute', code);
    }
  }

  /** Ends the connection, once the reader is no longer busy. Never rejects: a card that has gone cannot be let go. */
  async end(then: CardDisposition): Promise<void> {
    await this.#pending;
    await this.#card.disconnect(then).catch(() => undefined);
  }
}
