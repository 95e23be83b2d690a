import { setTimeout as wait } from 'node:timers/promises';
import type { Client, Reader, ReaderStatusFlags } from 'pcsc-mini';
import type { ReaderEvent } from './card-readers.ts';

export type Pcsc = typeof import('pcsc-mini');

export interface SeenReader {
  reader: Reader;
  present: boolean;
  /** Whether it has told yet what lies on it. */
  told: boolean;
  /** Of the card inside; empty without one. */
  answerToReset: Uint8Array;
}

/** pcsc-mini tells of readers by events and has no "that was all": so long without one means there are no more. */
const settleMs = 250;
/** A reader that flaps must not hold anyone up. */
const longestSettleMs = 2_000;
/** How often a service that is not there is looked for while somebody watches. */
const retryMs = 1_000;

/**
 * The process's one connection to the reader service, made when first needed and again when lost, so that starting pcscd
 * or plugging a reader in later needs nothing from the user.
 *
 * It is never stopped while it runs. pcsc-mini 0.1.3 ends its thread by SCardCancel and waits for it; a cancel that falls
 * between two waits of that thread is lost, and `stop` then blocks the event loop for ever (seen within a dozen to some
 * hundred rounds of start and stop). So those who are done only stop listening, and a process that has used readers ends by
 * `process.exit`.
 */
class PcscMonitor {
  readonly seen = new Map<string, SeenReader>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  #pcsc: Pcsc | null = null;
  #client: Client | null = null;
  #startedAt = 0;
  #lastEventAt = 0;
  #watchers = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;

  /** Whether the service answers. */
  get service(): boolean {
    return this.#client !== null;
  }

  /** The loaded module; only there once the service was. */
  get pcsc(): Pcsc {
    if (!this.#pcsc) throw new Error('pcsc-mini is not loaded');
    return this.#pcsc;
  }

  /** Every change from now on, until the returned function is called. */
  listen(onEvent: (event: ReaderEvent) => void): () => void {
    this.#listeners.add(onEvent);
    return () => {
      this.#listeners.delete(onEvent);
    };
  }

  /** As `listen`, and looks for a missing service all the while. */
  watch(onEvent: (event: ReaderEvent) => void): () => void {
    const silence = this.listen(onEvent);
    this.#watchers += 1;
    if (this.#watchers === 1) void this.#keepConnected();
    let watching = true;
    return () => {
      if (!watching) return;
      watching = false;
      silence();
      this.#watchers -= 1;
      if (this.#watchers === 0 && this.#retry) clearTimeout(this.#retry);
    };
  }

  /** Connects if needed and waits until the first readers have been told of. */
  async settled(): Promise<void> {
    await this.#start();
    const now = (): number => performance.now();
    while (this.service && now() - this.#lastEventAt < settleMs && now() - this.#startedAt < longestSettleMs) await wait(settleMs / 5);
  }

  async #start(): Promise<void> {
    this.#pcsc ??= await loadPcsc();
    // A second caller may have connected while this one loaded.
    if (this.#client || !this.#pcsc) return;
    const client = new this.#pcsc.Client();
    client.on('reader', (reader) => this.#onReader(reader));
    client.on('error', () => this.#onLost(client));
    try {
      client.start();
    } catch {
      return;
    }
    this.#client = client;
    this.#startedAt = performance.now();
    this.#lastEventAt = this.#startedAt;
    this.#tell({ type: 'service-found' });
  }

  async #keepConnected(): Promise<void> {
    await this.#start();
    if (this.#watchers === 0) return;
    this.#retry = setTimeout(() => void this.#keepConnected(), retryMs);
    this.#retry.unref();
  }

  /** The service went away: the thread has ended by its own error, so here `stop` has nothing to wait for. */
  #onLost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    for (const name of this.seen.keys()) this.#onReaderGone(name);
    try {
      client.stop();
    } catch {
      // A service that has gone cannot be taken leave of.
    }
    this.#tell({ type: 'service-lost' });
  }

  #onReader(reader: Reader): void {
    const name = reader.name();
    this.#lastEventAt = performance.now();
    this.seen.set(name, { reader, present: false, told: false, answerToReset: new Uint8Array(0) });
    this.#tell({ type: 'reader-added', reader: name });
    reader.on('change', (status, answerToReset) => this.#onChange(name, status, answerToReset));
    reader.on('disconnect', () => this.#onReaderGone(name));
  }

  #onReaderGone(name: string): void {
    const seen = this.seen.get(name);
    if (!seen) return;
    this.seen.delete(name);
    if (seen.present) this.#tell({ type: 'card-removed', reader: name });
    this.#tell({ type: 'reader-removed', reader: name });
  }

  #onChange(name: string, status: ReaderStatusFlags, answerToReset: Uint8Array): void {
    const seen = this.seen.get(name);
    if (!seen) return;
    this.#lastEventAt = performance.now();
    const [before, isFirst] = [seen.present, !seen.told];
    seen.told = true;
    seen.present = status.has(this.pcsc.ReaderStatus.PRESENT);
    seen.answerToReset = seen.present ? Uint8Array.from(answerToReset) : new Uint8Array(0);
    if (seen.present === before) return;
    this.#tell(seen.present ? { type: 'card-inserted', reader: name, ...(isFirst && { already: true }) } : { type: 'card-removed', reader: name });
  }

  #tell(event: ReaderEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The native part loads when first needed; where it cannot, the service counts as missing and the rest of the program runs. */
async function loadPcsc(): Promise<Pcsc | null> {
  try {
    const module = await import('pcsc-mini') as Pcsc & { default?: Pcsc };
    return module.default ?? module;
  } catch {
    return null;
  }
}

export const pcscMonitor = new PcscMonitor();
