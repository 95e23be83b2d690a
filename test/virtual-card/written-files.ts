import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IssuedCard } from './issue.ts';

/** Paths of what a card's issuer and its chip hold, outside of the card. */
export interface WrittenFiles {
  csca: string;
  crl: string;
  signer: string;
  /** A folder of EF_*.bin, the files of the chip as they are. */
  lds: string;
}

const names = new Map<number, string>([
  [0x011e, 'COM'], [0x011d, 'SOD'], ...[1, 2, 3, 11, 12, 13, 14, 15].map((group): [number, string] => [0x0100 | group, `DG${group}`]),
]);

/** Writes the test CSCA, its CRL, the document signer (all DER) and the files of the chip into `folder`. */
export function writeFiles(card: IssuedCard, folder: string): WrittenFiles {
  const at = (...parts: string[]): string => path.join(folder, ...parts);
  const written: WrittenFiles = { csca: at('csca.cer'), crl: at('csca.crl'), signer: at('signer.cer'), lds: at('lds') };
  mkdirSync(written.lds, { recursive: true });
  writeFileSync(written.csca, card.csca);
  writeFileSync(written.crl, card.crl);
  writeFileSync(written.signer, card.signer);
  for (const [id, bytes] of card.files) writeFileSync(path.join(written.lds, `EF_${names.get(id) ?? id.toString(16)}.bin`), bytes);
  if (card.cardAccess) writeFileSync(path.join(written.lds, 'EF_CardAccess.bin'), card.cardAccess);
  if (card.cardSecurity) writeFileSync(path.join(written.lds, 'EF_CardSecurity.bin'), card.cardSecurity);
  return written;
}
