import { LocalDate } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { parseIdentityQr } from '../../shared/domain/identity-qr.ts';
import { parseMrz } from '../../shared/domain/mrz.ts';
import type { CardKey } from '../card/card-key.ts';
import { UsageError, withLineBreaks } from './io.ts';

/** What `motcua card` may be given to open a chip with. */
export type CardKeyOptions = Partial<Record<'can' | 'mrz' | 'document' | 'birth' | 'expiry' | 'qr', string>>;

/**
 * The one key that the options give; a problem when the QR is no identity, the MRZ none, or there is no key at all.
 * @throws UsageError
 */
export function cardKeyOf(usage: string, { can, mrz, document, birth, expiry, qr }: CardKeyOptions): CardKey | ProblemError {
  const ways = [can, mrz, document ?? birth ?? expiry, qr].filter((value) => value !== undefined);
  if (ways.length > 1) throw new UsageError(usage, 'Chỉ dùng một loại khóa (only one kind of key).');
  if (can !== undefined) {
    // A chip counts wrong tries: what cannot be a CAN is not tried.
    if (!/^\d{6}$/.test(can)) throw new UsageError(usage, '--can: 6 chữ số (digits).');
    return { can };
  }
  if (mrz !== undefined) {
    const lines = withLineBreaks(mrz);
    return parseMrz(lines) ? { mrz: lines } : new ProblemError('mrz-not-found');
  }
  if (qr !== undefined) {
    const { citizen, problem } = parseIdentityQr(qr);
    return citizen ? { qr: citizen } : new ProblemError(problem?.code ?? 'qr-not-identity');
  }
  if (ways.length === 0) return new ProblemError('card-key-needed');
  if (document === undefined || birth === undefined || expiry === undefined) {
    throw new UsageError(usage, '--document, --birth, --expiry đi cùng nhau (belong together).');
  }
  // Some old people's cards give only the year of birth.
  const dates = [...(/^\d{4}$/.test(birth) ? [] : [birth]), ...(expiry === 'no-expiry' ? [] : [expiry])];
  if (dates.some((date) => !LocalDate.safeParse(date).success)) throw new UsageError(usage, 'Ngày theo dạng (date form) YYYY-MM-DD.');
  return { documentNumber: document.trim().toUpperCase(), birthDate: birth, expiryDate: expiry };
}
