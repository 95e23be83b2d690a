import type { Card, Reader } from 'pcsc-mini';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { fittingReaders } from '../../shared/domain/card-reader.ts';
import type { CardReaders, CardWait, ReaderEvent, ReaderProbe } from './card-readers.ts';
import { codeOf, PcscLine, removedCodes, watchdogMs, within } from './pcsc-line.ts';
import { pcscMonitor as monitor, type SeenReader } from './pcsc-monitor.ts';

/** How long an answer is held back for a disconnect: a stalled reader must not make a clear problem late. */
const disconnectMs = 300;
/** How often a connection to a card that had already gone is made anew, and after what wait. */
const staleConnections = 3;
const staleMs = 400;
const lookAgainMs = 1_000;
/** How long another card is waited for where the first one went before its first answer; shorter than electron/card's patience. */
const replacedMs = 2_000;
const serviceCodes = new Set(['NoService', 'ServiceStopped']);

/** Card readers over PC/SC by pcsc-mini. Nothing that crosses is logged. */
export class PcscReaders implements CardReaders {
  readonly #closing = new AbortController();
  readonly #watches = new Set<() => void>();
  #releasing: Promise<void> = Promise.resolve();
  #unreleased = 0;

  async probe(): Promise<ReaderProbe> {
    await monitor.settled();
    return { service: monitor.service, readers: [...monitor.seen].map(([name, { present }]) => ({ name, cardPresent: present })) };
  }

  watch(onEvent: (event: ReaderEvent) => void): () => void {
    if (monitor.service) onEvent({ type: 'service-found' });
    for (const [reader, { present }] of monitor.seen) {
      onEvent({ type: 'reader-added', reader });
      if (present) onEvent({ type: 'card-inserted', reader, already: true });
    }
    const stop = monitor.watch(onEvent);
    this.#watches.add(stop);
    return () => {
      this.#watches.delete(stop);
      stop();
    };
  }

  async withCard<T>(asked: CardWait, use: (card: Transceiver, reader: string, answerToReset: Uint8Array) => Promise<T>): Promise<T> {
    await monitor.settled();
    const until = performance.now() + asked.timeoutMs;
    const budget = { again: staleConnections };
    let { card, name } = await this.#connectCard(asked, until, budget);
    let answered = false;
    let gone = false;
    // Whoever uses the line may give up while it still looks for the next card: nobody would let that one go again.
    const over = new AbortController();
    const again: CardWait = { ...asked, signal: asked.signal ? AbortSignal.any([asked.signal, over.signal]) : over.signal };
    const line: Transceiver = {
      transmit: async (apdu) => {
        for (;;) {
          const answer = await card.transmit(apdu);
          gone = answer.length < 2;
          answered ||= !gone;
          if (answered || budget.again === 0 || over.signal.aborted) return answer;
          // A card that never answered had gone before we came: see connectCard.
          budget.again -= 1;
          await this.#release(card, gone);
          await this.#change(staleMs, again.signal);
          const next = await this.#replacement(again, Math.min(until, performance.now() + replacedMs), budget);
          if (next === null) return answer;
          ({ card, name } = next);
          if (over.signal.aborted) await this.#release(card, false);
        }
      },
    };
    try {
      return await use(line, name, monitor.seen.get(name)?.answerToReset ?? new Uint8Array(0));
    } finally {
      over.abort();
      await this.#release(card, gone);
    }
  }

  /** The card that took the place of one that went, or null when none came. */
  async #replacement(asked: CardWait, until: number, budget: { again: number }): Promise<{ card: PcscLine; name: string } | null> {
    try {
      return await this.#connectCard(asked, until, budget);
    } catch (error) {
      if (error instanceof ProblemError && (error.code === 'card-missing' || error.code === 'card-removed')) return null;
      throw error;
    }
  }

  /** Whether a reader still sits on a command: a thread of ours waits with it, and so would the end of the process. */
  get hanging(): boolean {
    return this.#unreleased > 0;
  }

  close(): void {
    this.#closing.abort();
    for (const stop of this.#watches) stop();
    this.#watches.clear();
  }

  async #awaitCard({ reader: wanted, signal }: CardWait, until: number): Promise<SeenReader> {
    for (;;) {
      if (signal?.aborted || this.#closing.signal.aborted) throw new ProblemError('cancelled');
      if (!monitor.service) throw new ProblemError('reader-service-missing');
      const fitting = fittingReaders([...monitor.seen.keys()], wanted).flatMap((name) => monitor.seen.get(name) ?? []);
      const found = fitting.find(({ present }) => present);
      if (found) return found;
      const left = until - performance.now();
      if (left <= 0) throw new ProblemError(fitting.length > 0 ? 'card-missing' : 'reader-missing');
      await this.#change(Math.min(left, lookAgainMs), signal);
    }
  }

  /** Ends at the next change of any reader, at an abort, or after `ms`. */
  #change(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const ends = [this.#closing.signal, ...(signal ? [signal] : [])];
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const silence = monitor.listen(done);
      function done(): void {
        clearTimeout(timer);
        silence();
        for (const end of ends) end.removeEventListener('abort', done);
        resolve();
      }
      for (const end of ends) end.addEventListener('abort', done, { once: true });
      if (ends.some(({ aborted }) => aborted)) done();
    });
  }

  /**
   * Connects to a card that is or comes. The service notices a removal up to half a second late, so a card that cannot
   * be connected to may have gone already, and the one that has taken its place, or will, is the one that is meant.
   */
  async #connectCard(asked: CardWait, until: number, budget: { again: number }): Promise<{ card: PcscLine; name: string }> {
    for (;;) {
      const { reader } = await this.#awaitCard(asked, Math.max(until, performance.now()));
      try {
        return { card: new PcscLine(await this.#connect(reader)), name: reader.name() };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        // Another program's read ends by itself, as a rule: as long as there is time, it is waited for.
        const busy = error.code === 'reader-in-use' && performance.now() < until;
        if (!busy && (error.code !== 'card-removed' || budget.again === 0)) throw error;
        if (!busy) budget.again -= 1;
        await this.#change(staleMs, asked.signal);
      }
    }
  }

  async #connect(reader: Reader): Promise<Card> {
    const { CardDisposition, CardMode } = monitor.pcsc;
    await within(watchdogMs, this.#releasing, () => undefined);
    // Exclusive, so that no other program speaks between two of our commands; shared where one holds the card already.
    const connecting = reader.connect(CardMode.EXCLUSIVE).catch((error: unknown) => {
      if (codeOf(error) === 'SharingViolation') return reader.connect(CardMode.SHARED);
      throw error;
    });
    try {
      return await within(watchdogMs, connecting, () => { throw new ProblemError('card-timeout', 'connect'); });
    } catch (error) {
      if (error instanceof ProblemError) {
        this.#account(connecting.then((card) => card.disconnect(CardDisposition.LEAVE)));
        throw error;
      }
      const code = codeOf(error);
      if (serviceCodes.has(code)) throw new ProblemError('reader-service-missing');
      if (code === 'SharingViolation') throw new ProblemError('reader-in-use');
      throw new ProblemError(removedCodes.has(code) ? 'card-removed' : 'card-mute', code);
    }
  }

  /** Lets a card go. A reader that hangs is not waited for here, but before the next connection. */
  async #release(card: PcscLine, gone: boolean): Promise<void> {
    const { LEAVE, RESET } = monitor.pcsc.CardDisposition;
    // Reset, so that the next read starts from a card that has forgotten this one. Not where the card has gone: pcscd
    // then takes the slot for empty until the next removal, and would not see a card that was put in at once.
    this.#releasing = this.#account(card.end(gone ? LEAVE : RESET));
    await within(disconnectMs, this.#releasing, () => undefined);
  }

  /** Counts a native call that may outlive its use. */
  async #account(call: Promise<void>): Promise<void> {
    this.#unreleased += 1;
    await call.catch(() => undefined);
    this.#unreleased -= 1;
  }
}

/** What `doctor` asks: is the service there, which readers, is a card in them. */
export async function probeReaders(): Promise<ReaderProbe> {
  const readers = new PcscReaders();
  try {
    return await readers.probe();
  } finally {
    readers.close();
  }
}
