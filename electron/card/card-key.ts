import type { Citizen } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { mrzDate, mrzKey, parseMrz } from '../../shared/domain/mrz.ts';
import { ascii } from './bytes.ts';
import { hash } from './ciphers.ts';
import { expiryCandidates } from './expiry.ts';

/** What the person or the QR gives to open the chip. Dates ISO; `documentNumber` 9 or 12 digits; `mrz` lines joined or not. */
export type CardKey =
  | { can: string }
  | { mrz: string }
  | { documentNumber: string; birthDate: string; expiryDate: string }
  | { qr: Citizen };

/** One password for PACE or BAC, ready to use. Never printed, never kept. */
export interface Password {
  kind: 'can' | 'mrz';
  /** The bytes that go into the key derivation for PACE: CAN text, or SHA-1 of the MRZ information (9303-11 clause 4.4.4.1). */
  secret: Uint8Array;
}

/** The card found the password wrong; it may have said how many tries are left. */
export class WrongKey extends ProblemError {
  readonly left: number | null;

  constructor(detail: string, left: number | null = null) {
    super('card-key-wrong', detail);
    this.left = left;
  }
}

// At most this many passwords are tried with one card: some chips slow down after each wrong one.
const maxPasswords = 6;

function canPassword(can: string): Password {
  return { kind: 'can', secret: ascii(can) };
}

/** From the MRZ information: number, birth date, expiry date, each with its check digit. */
export function mrzPassword(information: string): Password {
  return { kind: 'mrz', secret: hash('sha1', ascii(information)) };
}

/**
 * The passwords to try, in order.
 * From a QR alone: the last six digits of the personal number as CAN (the usual statement about Vietnamese cards, not
 * confirmed by a primary source), then the MRZ key with each expiry date that the law allows for this birth and issue date.
 * @throws ProblemError `card-key-needed` when the key cannot be one
 */
export function passwordsFor(key: CardKey): Password[] {
  if ('can' in key) {
    if (!/^\d{6}$/.test(key.can)) throw new ProblemError('card-key-needed', 'can has six digits');
    return [canPassword(key.can)];
  }
  if ('mrz' in key) {
    const mrz = parseMrz(key.mrz);
    if (!mrz) throw new ProblemError('card-key-needed', 'mrz');
    return [mrzPassword(mrz.keyInformation)];
  }
  if ('documentNumber' in key) {
    const { documentNumber, birthDate, expiryDate } = key;
    return [mrzPassword(needMrzKey(documentNumber, birthDate, expiryDate))];
  }
  const { personalId, birthDate, issuedOn } = key.qr;
  const expiries = expiryCandidates(birthDate, issuedOn);
  const passwords = expiries.map((expiry) => mrzPassword(needMrzKey(personalId, birthDate, expiry)));
  return [canPassword(personalId.slice(-6)), ...passwords].slice(0, maxPasswords);
}

function needMrzKey(documentNumber: string, birthDate: string, expiryDate: string): string {
  // A Vietnamese card's document number is the last nine of the twelve digits.
  const number = /^\d{12}$/.test(documentNumber) ? documentNumber.slice(-9) : documentNumber;
  const birth = mrzDate(birthDate);
  const expiry = expiryDate === 'no-expiry' ? '991231' : mrzDate(expiryDate);
  if (!/^[A-Z0-9<]{1,24}$/.test(number) || !birth || !expiry) throw new ProblemError('card-key-needed', 'document number or dates');
  return mrzKey(number, birth, expiry);
}
