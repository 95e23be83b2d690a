import { readCard, type ReadOptions } from '../../../electron/card/read-card.ts';
import type { CardKey } from '../../../electron/card/card-key.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard, type IssuedCard } from '../../virtual-card/issue.ts';
import type { CardProfileInput } from '../../virtual-card/profile.ts';

/** The date on which these cards are read. */
export const today = '2026-01-15';
export const mrzOf = (card: IssuedCard): CardKey => ({ mrz: card.mrz.join('\n') });
export const canOf = (card: IssuedCard): CardKey => ({ can: card.can });

/** A card issued by a profile, read through its virtual chip with the key that `key` takes from it. */
export async function read(profile: CardProfileInput, key: (card: IssuedCard) => CardKey = canOf, options: ReadOptions = {}) {
  const card = issueCard(profile);
  const chip = new VirtualChip(card);
  const reading = await readCard(chip, key(card), { today, ...options });
  return { card, chip, reading };
}

/** The holder of a card whose profile names nobody else, as the chip tells it. */
export const person = {
  personalId: '001090012345', fullName: 'Nguyễn Văn An', birthDate: '1990-09-17', sex: 'Nam', nationality: 'Việt Nam',
  ethnicity: 'Kinh', religion: 'Không', origin: 'Gia Bình, Bắc Ninh', residence: 'Thôn 1, An Bình, Gia Bình, Bắc Ninh',
  features: 'Nốt ruồi C: 1cm trên sau đuôi mắt trái', issuedOn: '2021-05-10', expiresOn: '2030-09-17',
  father: 'Nguyễn Văn Bình', mother: 'Trần Thị Cúc', spouses: [], oldId: '012345678',
};
