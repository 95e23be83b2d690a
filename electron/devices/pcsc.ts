import { setTimeout as wait } from 'node:timers/promises';
import type { Card, CardDisposition, Client, Reader, ReaderStatusFlags } from 'pcsc-mini';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { isInvented, isReader, type CardReaders, type CardWait, type ReaderEvent, type ReaderProbe } from './card-readers.ts';

type Pcsc = typeof import('pcsc-mini');

/** How long one command may take before the reader is given up; electron/card has its own, shorter patience. */
const watchdogMs = 10_000;
/** pcsc-mini tells of readers by events and has no "that was all": so long without one means there are no more. */
const settleMs = 250;
/** How often a service that is not there is looked for while somebody watches or waits. */
const retryMs = 1_000;
/** How long an answer is held back for a disconnect: a stalled reader must not make a clear problem late. */
const disconnectMs = 300;
const answerBytes = 65_538;
/** How often a connection to a card that had already gone is made anew, and after what wait. */
const staleConnections = 3;
const staleMs = 400;

interface Seen {
  reader: Reader;
  present: boolean;
}

// Words of pcsc-mini for what PC/SC says, folded into what a person can do about it.
const removedCodes = new Set(['RemovedCard', 'ResetCard', 'NoSmartCard', 'UnpoweredCard', 'NotTransacted', 'CommError', 'NoCardConnection', 'ReaderUnavailable', 'UnknownReader']);
const serviceCodes = new Set(['NoService', 'ServiceStopped']);

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/**
 * Card readers over PC/SC by pcsc-mini. The connection to the service is made when first needed and again when lost, so
 * that starting pcscd or plugging a reader in later needs nothing from the user. Nothing that crosses is logged.
 */
export class PcscReaders implements CardReaders {
  #pcsc: Pcsc | null = null;
  #client: Client | null = null;
  #service = false;
  #lastEventAt = 0;
  #closed = false;
  readonly #seen = new Map<string, Seen>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  readonly #waiting = new Set<() => void>();
  #retry: ReturnType<typeof setTimeout> | null = null;
  #releasing: Promise<void> = Promise.resolve();
  #unreleased = 0;

  async probe(): Promise<ReaderProbe> {
    await this.#settled();
    return { service: this.#service, readers: [...this.#seen].map(([name, { present }]) => ({ name, cardPresent: present })) };
  }

  watch(onEvent: (event: ReaderEvent) => void): () => void {
    this.#listeners.add(onEvent);
    if (this.#service) onEvent({ type: 'service-found' });
    for (const [reader, { present }] of this.#seen) {
      onEvent({ type: 'reader-added', reader });
      if (present) onEvent({ type: 'card-inserted', reader });
    }
    void this.#keepConnected();
    return () => {
      this.#listeners.delete(onEvent);
    };
  }

  async withCard<T>(asked: CardWait, use: (card: Transceiver, reader: string) => Promise<T>): Promise<T> {
    await this.#settled();
    const until = performance.now() + asked.timeoutMs;
    const budget = { again: staleConnections };
    let { card, name } = await this.#connectCard(asked, until, budget);
    let answered = false;
    let gone = false;
    const line: Transceiver = {
      transmit: async (apdu) => {
        for (;;) {
          const answer = await card.transmit(apdu);
          gone = answer.length < 2;
          answered ||= !gone;
          if (answered || budget.again === 0) return answer;
          // A card that never answered had gone before we came: see connectCard.
          budget.again -= 1;
          await this.#release(card, gone);
          await this.#change(staleMs, asked.signal);
          ({ card, name } = await this.#connectCard(asked, until, budget));
        }
      },
    };
    try {
      return await use(line, name);
    } finally {
      await this.#release(card, gone);
    }
  }

  /** Whether a reader still sits on a command: a thread of ours waits with it, and so would the end of the process. */
  get hanging(): boolean {
    return this.#unreleased > 0;
  }

  close(): void {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#listeners.clear();
    this.#drop();
    this.#wake();
  }

  /** Connects if needed and waits until the first readers have been told of. */
  async #settled(): Promise<void> {
    await this.#start();
    while (this.#service && performance.now() - this.#lastEventAt < settleMs) await wait(settleMs / 5);
  }

  async #start(): Promise<boolean> {
    if (this.#client || this.#closed) return this.#service;
    this.#pcsc ??= await loadPcsc();
    // A second caller may have connected while this one loaded.
    if (this.#client || !this.#pcsc || this.#closed) return this.#service;
    const client = new this.#pcsc.Client();
    client.on('reader', (reader) => this.#onReader(reader));
    client.on('error', () => this.#drop());
    try {
      client.start();
    } catch {
      return false;
    }
    this.#client = client;
    this.#service = true;
    this.#lastEventAt = performance.now();
    this.#tell({ type: 'service-found' });
    return true;
  }

  async #keepConnected(): Promise<void> {
    if (this.#closed || this.#listeners.size === 0) return;
    await this.#start();
    this.#retry = setTimeout(() => void this.#keepConnected(), retryMs);
    this.#retry.unref();
  }

  /** The service went away, or is let go. */
  #drop(): void {
    const client = this.#client;
    this.#client = null;
    if (!client) return;
    this.#service = false;
    for (const name of this.#seen.keys()) this.#onReaderGone(name);
    try {
      client.stop();
    } catch {
      // A service that has gone cannot be taken leave of.
    }
    this.#tell({ type: 'service-lost' });
  }

  #onReader(reader: Reader): void {
    const name = reader.name();
    if (isInvented(name)) return;
    this.#lastEventAt = performance.now();
    this.#seen.set(name, { reader, present: false });
    this.#tell({ type: 'reader-added', reader: name });
    reader.on('change', (status) => this.#onChange(name, status));
    reader.on('disconnect', () => this.#onReaderGone(name));
  }

  #onReaderGone(name: string): void {
    const seen = this.#seen.get(name);
    if (!seen) return;
    this.#seen.delete(name);
    if (seen.present) this.#tell({ type: 'card-removed', reader: name });
    this.#tell({ type: 'reader-removed', reader: name });
  }

  #onChange(name: string, status: ReaderStatusFlags): void {
    const seen = this.#seen.get(name);
    const flags = this.#pcsc?.ReaderStatus;
    if (!seen || !flags) return;
    this.#lastEventAt = performance.now();
    const before = seen.present;
    seen.present = status.has(flags.PRESENT);
    if (seen.present && !before) this.#tell({ type: 'card-inserted', reader: name });
    if (!seen.present && before) this.#tell({ type: 'card-removed', reader: name });
    this.#wake();
  }

  #tell(event: ReaderEvent): void {
    for (const listener of this.#listeners) listener(event);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  async #awaitCard({ reader: wanted, signal }: CardWait, until: number): Promise<Seen> {
    for (;;) {
      if (signal?.aborted || this.#closed) throw new ProblemError('cancelled');
      if (!this.#service) throw new ProblemError('reader-service-missing');
      const fitting = [...this.#seen].filter(([name]) => isReader(name, wanted)).map(([, seen]) => seen);
      const found = fitting.find(({ present }) => present);
      if (found) return found;
      const left = until - performance.now();
      if (left <= 0) throw new ProblemError(fitting.length > 0 ? 'card-missing' : 'reader-missing');
      await this.#change(Math.min(left, retryMs), signal);
    }
  }

  /** Ends at the next change of any reader, at an abort, or after `ms`. */
  #change(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const waiting = this.#waiting;
      function done(): void {
        clearTimeout(timer);
        waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      waiting.add(done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }

  /**
   * Connects to a card that is or comes. The service notices a removal up to half a second late, so a card that cannot
   * be connected to may have gone already, and the one that has taken its place, or will, is the one that is meant.
   */
  async #connectCard(asked: CardWait, until: number, budget: { again: number }): Promise<{ card: Line; name: string }> {
    for (;;) {
      const { reader } = await this.#awaitCard(asked, Math.max(until, performance.now()));
      try {
        return { card: new Line(await this.#connect(reader)), name: reader.name() };
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
    const { CardMode } = this.#pcsc!;
    await within(watchdogMs, this.#releasing, () => undefined);
    try {
      // Exclusive, so that no other program speaks between two of our commands; shared where one holds the card already.
      return await reader.connect(CardMode.EXCLUSIVE).catch((error: unknown) => {
        if (codeOf(error) === 'SharingViolation') return reader.connect(CardMode.SHARED);
        throw error;
      });
    } catch (error) {
      const code = codeOf(error);
      if (serviceCodes.has(code)) throw new ProblemError('reader-service-missing');
      if (code === 'SharingViolation') throw new ProblemError('reader-in-use');
      throw new ProblemError(removedCodes.has(code) ? 'card-removed' : 'card-mute', code);
    }
  }

  /** Lets a card go. A reader that hangs is not waited for here, but before the next connection. */
  async #release(card: Line, gone: boolean): Promise<void> {
    const { LEAVE, RESET } = this.#pcsc!.CardDisposition;
    // Reset, so that the next read starts from a card that has forgotten this one. Not where the card has gone: pcscd
    // then takes the slot for empty until the next removal, and would not see a card that was put in at once.
    this.#unreleased += 1;
    const released = card.end(gone ? LEAVE : RESET).finally(() => {
      this.#unreleased -= 1;
    });
    this.#releasing = released;
    await within(disconnectMs, released, () => undefined);
  }
}

/** A connected card, with the exchange that a stalled reader may still be busy with. */
class Line {
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

/** The native part loads when first needed; where it cannot, readers count as missing and the rest of the program runs. */
async function loadPcsc(): Promise<Pcsc | null> {
  try {
    const module = await import('pcsc-mini') as Pcsc & { default?: Pcsc };
    return module.default ?? module;
  } catch {
    return null;
  }
}

/** What `work` gives, or what `otherwise` does when that takes longer than `ms`. */
async function within<T>(ms: number, work: Promise<T>, otherwise: () => T): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([work, wait(ms, undefined, { signal: late.signal }).then(otherwise)]);
  } finally {
    late.abort();
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
