import type { Citizen } from '../../../shared/contracts/identity.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';

/** A QR opens the chip of a card that comes on the reader within this time. */
const qrOpensChipMs = 30_000;
/** With several lanes the next worker's QR may be read before the first one's card lies on the reader. */
const mostPeople = 3;

/** Remembers for a short time whose QR was shown, in memory only. */
export interface IdentitySeen {
  note(text: string): void;
  /** Different people, the latest first, three at most. */
  recent(): Citizen[];
}

export function createIdentitySeen(monoMs: () => number): IdentitySeen {
  let seen: { citizen: Citizen; at: number }[] = [];
  return {
    note: (text) => {
      const { citizen } = parseIdentityQr(text);
      if (citizen === null) return;
      const others = seen.filter((one) => one.citizen.personalId !== citizen.personalId);
      seen = [{ citizen, at: monoMs() }, ...others].slice(0, mostPeople);
    },
    recent: () => {
      seen = seen.filter(({ at }) => monoMs() - at <= qrOpensChipMs);
      return seen.map(({ citizen }) => citizen);
    },
  };
}
