import type { Citizen } from '../../shared/contracts/identity.ts';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';

/** A QR opens the chip of a card that comes on the reader within this time. */
const qrOpensChipMs = 30_000;

/** Remembers for a short time whose QR was shown, in memory only. */
export interface IdentitySeen {
  note(text: string): void;
  recent(): Citizen | null;
}

export function createIdentitySeen(monoMs: () => number): IdentitySeen {
  let last: { text: string; at: number } | null = null;
  return {
    note: (text) => {
      last = { text, at: monoMs() };
    },
    recent: () => (last !== null && monoMs() - last.at <= qrOpensChipMs ? parseIdentityQr(last.text).citizen : null),
  };
}
