/**
 * What is still missing to open a chip. `qr-or-can`: nothing is known yet. `expiry`: the QR was read, which does not hold
 * the date. `mrz`: all three lines, from which every key follows. `stop`: too many wrong keys for this card.
 */
export type MissingKey = 'qr-or-can' | 'expiry' | 'mrz' | 'stop';

/** What a read was given to open the chip with. */
export interface GivenKey {
  qr: boolean;
  can: boolean;
  document: boolean;
  mrz: boolean;
}

/** Chips slow down with each wrong key, some close for ever: after so many reads the card is looked at by eye. */
export const mostWrongKeys = 5;
/** So often the six digits are asked for before the other way is taken. */
const mostCanTries = 2;

/**
 * What to ask for after a read that the chip did not open to, so that each question is another one than the last: from the
 * QR the number and the computed dates were tried, so the printed date is asked for; where that is wrong too, the MRZ.
 * Null where no key helps. `wrongKeys`: reads with a wrong key since this card came, this one included.
 */
export function missingKey(given: GivenKey, code: string, wrongKeys: number): MissingKey | null {
  if (code !== 'card-key-needed' && code !== 'card-key-wrong') return null;
  if (wrongKeys >= mostWrongKeys) return 'stop';
  if (given.mrz || given.document) return 'mrz';
  if (given.can) return code === 'card-key-wrong' && wrongKeys < mostCanTries ? 'qr-or-can' : given.qr ? 'expiry' : 'mrz';
  return given.qr ? 'expiry' : 'qr-or-can';
}
