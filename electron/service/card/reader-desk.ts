import type { ReadersNow } from '../../../shared/contracts/requests/reader.ts';
import { fittingReaders, readersNow } from '../../../shared/domain/card-reader.ts';
import type { ReaderEvent } from '../../devices/card-readers.ts';

/** The card readers as this place uses them: which are there, which is read, how often a wrong key was tried. */
export interface ReaderDesk {
  /** Takes note of what a reader did, and tells every page. */
  note(event: ReaderEvent): void;
  now(): ReadersNow;
  /** Tells every page, after another reader was chosen. */
  tell(): void;
  /** The reader to be read, as `withCard` takes it: the chosen one under the name it has now; undefined for any. */
  wanted(): string | undefined;
  /** Reads with a wrong key since a card was last put in or taken out. */
  wrongKeys(): number;
  countWrongKey(): void;
  /** Whether the next card belongs to who waits for it by name, and is no scan of the gate. */
  claimed: boolean;
}

interface ReaderDeskOptions {
  chosen(): string | null;
  emit(name: 'reader/state', now: ReadersNow): void;
}

export function createReaderDesk({ chosen, emit }: ReaderDeskOptions): ReaderDesk {
  const readers = new Map<string, boolean>();
  let service = false;
  let wrongKeys = 0;
  const now = (): ReadersNow => readersNow({ service, chosen: chosen(), readers: [...readers].map(([name, card]) => ({ name, card })) });
  const desk: ReaderDesk = {
    note: (event) => {
      if ('reader' in event) {
        if (event.type === 'reader-removed') readers.delete(event.reader);
        else readers.set(event.reader, event.type === 'card-inserted');
        if (event.type !== 'reader-added') wrongKeys = 0;
      } else {
        service = event.type === 'service-found';
        if (!service) readers.clear();
      }
      desk.tell();
    },
    now,
    tell: () => emit('reader/state', now()),
    wanted: () => {
      const name = chosen();
      return name === null ? undefined : fittingReaders([...readers.keys()], name)[0] ?? name;
    },
    wrongKeys: () => wrongKeys,
    countWrongKey: () => { wrongKeys += 1; },
    claimed: false,
  };
  return desk;
}
