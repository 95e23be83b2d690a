import type { CardReading } from '../../../shared/contracts/identity.ts';
import type { Input } from '../../../shared/contracts/requests/index.ts';
import type { CardKind } from '../../../shared/contracts/requests/reader.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import type { CardKey } from '../../card/card-key.ts';
import type { FacePicture as ChipFace } from '../../card/dg2.ts';
import { otherGroups, readCard } from '../../card/read-card.ts';
import { kindOfOther, probeCard } from './card-probe.ts';
import type { ServiceContext } from '../context.ts';
import { showableFace, type FacePicture } from './face-hold.ts';

/** How long the counter waits for a card to be put on the reader, in milliseconds. */
const waitForCardMs = 20_000;

export interface CardRead {
  reading: CardReading;
  /** Null where the card holds none that can be shown. */
  face: FacePicture | null;
  /** What lies there in place of an identity card; null where it is one, or was not looked at. */
  otherKind: CardKind | null;
}

/** The port of the counter to the chip: a card on a reader goes in as a key, a reading comes out. Scripted in tests. */
export interface CardPort {
  /**
   * Reads the card that is or comes on the reader; a read that is still going on is cancelled. Problems of the reader are
   * thrown; those of the chip stand in the reading.
   */
  read(key: CardKey): Promise<CardRead>;
  /** What lies on the reader, where nothing is there to open it with. As `read`, but a missing card is not waited for. */
  look(): Promise<CardKind>;
  /** Ends the read that goes on with `cancelled`. */
  cancel(): void;
}

/** The true port, over the readers of the service: one read at a time. */
export function createCardPort(context: Pick<ServiceContext, 'cards' | 'readerDesk' | 'trustAnchors' | 'emit'>): CardPort {
  let current = new AbortController();
  const begin = (timeoutMs: number): { reader: string | undefined; timeoutMs: number; signal: AbortSignal } => {
    current.abort();
    current = new AbortController();
    return { reader: context.readerDesk.wanted(), timeoutMs, signal: current.signal };
  };
  return {
    cancel: () => current.abort(),
    look: () => context.cards.withCard(begin(0), async (card, _reader, answerToReset) => (await probeCard(card, answerToReset)).kind),
    read: (key) => {
      const wait = begin(waitForCardMs);
      return context.cards.withCard(wait, async (card, _reader, answerToReset): Promise<CardRead> => {
        const faces: ChipFace[] = [];
        const reading = await readCard(card, key, {
          signal: wait.signal, also: groups, anchors: context.trustAnchors(), onProgress: progressTo(context.emit), onFace: (face) => void faces.push(face),
        });
        const isOther = reading.problem?.code === 'card-not-identity';
        const [face] = faces;
        return { reading, face: face === undefined ? null : await showableFace(face), otherKind: isOther ? await kindOfOther(card, answerToReset) : null };
      });
    },
  };
}

/** The face for the eye of the officer, and what proves the chip. DG11 and DG12 tell nothing that the counter needs. */
const groups = otherGroups.filter((name) => name !== 'DG11' && name !== 'DG12');

/** Adds the files of one card up; the end is told only while the face is read, which is most of it. */
function progressTo(emit: ServiceContext['emit']): (file: string, bytes: number, of: number) => void {
  const done = new Map<string, number>();
  return (file, bytes, of) => {
    const before = [...done].reduce((sum, [name, count]) => (name === file ? sum : sum + count), 0);
    done.set(file, bytes);
    emit('card/progress', { bytes: before + bytes, of: file === 'DG2' ? before + of : null });
  };
}

type Opening = Pick<Input<'citizen/from-card'>, 'can' | 'document' | 'mrz' | 'qrText'>;

/** What opens the chip, from what the page gives: the number on the card, its printed data, its MRZ, or its QR; null where nothing does. */
export function cardKeyOf({ can, document, mrz, qrText }: Opening): CardKey | null {
  if (can !== null) return { can };
  if (typeof mrz === 'string') return { mrz };
  if (document !== null) return { documentNumber: document.number, birthDate: document.birthDate, expiryDate: document.expiryDate };
  const citizen = qrText === null ? null : parseIdentityQr(qrText).citizen;
  return citizen === null ? null : { qr: citizen };
}
