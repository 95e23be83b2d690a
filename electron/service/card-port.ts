import type { z } from 'zod';
import type { CardReading } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Input } from '../../shared/contracts/requests/index.ts';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import type { CardKey } from '../card/card-key.ts';
import { readCard } from '../card/read-card.ts';
import type { ServiceContext } from './context.ts';

/** How long the counter waits for a card to be put on the reader, in milliseconds. */
const waitForCardMs = 20_000;

/** The port of the counter to the chip: a card on a reader goes in as a key, a reading comes out. Scripted in tests. */
export interface CardPort {
  /** Reads the card that is or comes on the reader. Problems of the reader are thrown; those of the chip stand in the reading. */
  read(key: CardKey): Promise<z.infer<typeof CardReading>>;
}

export function createCardPort(context: Pick<ServiceContext, 'cards' | 'settings' | 'emit'>): CardPort {
  return {
    read: (key) => context.cards.withCard({ reader: context.settings().readerName ?? undefined, timeoutMs: waitForCardMs }, (card) => (
      readCard(card, key, { onProgress: (_file, bytes, of) => context.emit('card/progress', { bytes, of }) }))),
  };
}

/** What opens the chip, from what the page gives: the number on the card, its printed data, or its QR. Problem `card-key-needed`. */
export function cardKeyOf({ can, document, qrText }: Pick<Input<'citizen/from-card'>, 'can' | 'document' | 'qrText'>): CardKey {
  if (can !== null) return { can };
  if (document !== null) return { documentNumber: document.number, birthDate: document.birthDate, expiryDate: document.expiryDate };
  const citizen = qrText === null ? null : parseIdentityQr(qrText).citizen;
  if (citizen === null) throw new ProblemError('card-key-needed');
  return { qr: citizen };
}
