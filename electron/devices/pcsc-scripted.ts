import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { fittingReaders } from '../../shared/domain/card-reader.ts';
import type { CardReaders, CardWait, ReaderEvent, ReaderProbe } from './card-readers.ts';

/** Readers without hardware, for tests: cards are put in and taken out by calls. */
export class ScriptedReaders implements CardReaders {
  #service = true;
  #closed = false;
  readonly #slots = new Map<string, Transceiver | null>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  readonly #waiting = new Set<() => void>();

  constructor(readers: readonly string[] = ['Scripted reader 00']) {
    for (const name of readers) this.#slots.set(name, null);
  }

  setService(running: boolean): void {
    this.#service = running;
    this.#tell({ type: running ? 'service-found' : 'service-lost' });
  }

  plugIn(reader: string): void {
    this.#slots.set(reader, null);
    this.#tell({ type: 'reader-added', reader });
  }

  unplug(reader: string): void {
    this.take(reader);
    this.#slots.delete(reader);
    this.#tell({ type: 'reader-removed', reader });
  }

  insert(card: Transceiver, reader = [...this.#slots.keys()][0] ?? ''): void {
    this.#slots.set(reader, card);
    this.#tell({ type: 'card-inserted', reader });
  }

  /** Takes the card away; a read in progress gets answers of zero bytes from then on. */
  take(reader = [...this.#slots.keys()][0] ?? ''): void {
    if (!this.#slots.get(reader)) return;
    this.#slots.set(reader, null);
    this.#tell({ type: 'card-removed', reader });
  }

  async probe(): Promise<ReaderProbe> {
    if (!this.#service) return { service: false, readers: [] };
    return { service: true, readers: [...this.#slots].map(([name, card]) => ({ name, cardPresent: card !== null })) };
  }

  watch(onEvent: (event: ReaderEvent) => void): () => void {
    this.#listeners.add(onEvent);
    if (this.#service) onEvent({ type: 'service-found' });
    for (const [reader, card] of this.#slots) {
      onEvent({ type: 'reader-added', reader });
      if (card) onEvent({ type: 'card-inserted', reader, already: true });
    }
    return () => {
      this.#listeners.delete(onEvent);
    };
  }

  async withCard<T>(wait: CardWait, use: (card: Transceiver, reader: string, answerToReset: Uint8Array) => Promise<T>): Promise<T> {
    const [name, card] = await this.#awaitCard(wait);
    return use({ transmit: async (apdu) => (this.#slots.get(name) === card ? card.transmit(apdu) : new Uint8Array(0)) }, name, new Uint8Array(0));
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#wake();
  }

  async #awaitCard({ reader, timeoutMs, signal }: CardWait): Promise<[string, Transceiver]> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      if (signal?.aborted || this.#closed) throw new ProblemError('cancelled');
      if (!this.#service) throw new ProblemError('reader-service-missing');
      const fitting = fittingReaders([...this.#slots.keys()], reader);
      for (const name of fitting) {
        const card = this.#slots.get(name);
        if (card) return [name, card];
      }
      const left = until - performance.now();
      if (left <= 0) throw new ProblemError(fitting.length > 0 ? 'card-missing' : 'reader-missing');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        const wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        this.#waiting.add(wake);
        signal?.addEventListener('abort', wake, { once: true });
      });
    }
  }

  #tell(event: ReaderEvent): void {
    for (const listener of this.#listeners) listener(event);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
