import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { fittingReaders, readerKind } from '../../shared/domain/card-reader.ts';

export interface ReaderState {
  name: string;
  cardPresent: boolean;
}

export interface ReaderProbe {
  /** Whether the reader service of the system (pcscd, Windows' Smart Card service) answers. */
  service: boolean;
  readers: ReaderState[];
}

export type ReaderEvent =
  | { type: 'service-found' | 'service-lost' }
  | { type: 'reader-added' | 'reader-removed' | 'card-removed'; reader: string }
  /** `already`: it lay there when the reader was found. */
  | { type: 'card-inserted'; reader: string; already?: true };

export interface CardWait {
  /** Exact name, or a part of it; any reader that a citizen's card may be laid on when not given (fittingReaders). */
  reader?: string | undefined;
  /** How long to wait for a card, in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** The port to card readers: the true form is pcsc.ts, the scripted one pcsc-scripted.ts. */
export interface CardReaders {
  /** What is there now. Never throws for missing parts: it tells of them. */
  probe(): Promise<ReaderProbe>;
  /** Tells of changes until the returned function is called; what is there already comes first. */
  watch(onEvent: (event: ReaderEvent) => void): () => void;
  /**
   * Waits for a card, connects, gives it to `use` with the reader's name and the card's answer to reset (empty where
   * it is not known), and lets it go whatever happens.
   * @throws ProblemError `reader-service-missing`, `reader-missing`, `card-missing`, `card-mute`, `cancelled`, and what `use` throws
   */
  withCard<T>(wait: CardWait, use: (card: Transceiver, reader: string, answerToReset: Uint8Array) => Promise<T>): Promise<T>;
  /** Lets the service go; waiting calls end with `cancelled`. */
  close(): void;
}

/** Readers that operating systems invent (sign-in by PIN, phone or SIM): no citizen's card is ever in them. */
export function isInvented(name: string): boolean {
  return readerKind(name) === 'invented';
}

/** Whether a reader is the one asked for, seen alone. */
export function isReader(name: string, wanted: string | undefined): boolean {
  return fittingReaders([name], wanted).length > 0;
}
