import { LocalDate } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import type { CardKey } from '../../card/card-key.ts';
import { failedReading, readCard } from '../../card/read-card.ts';
import { PcscReaders } from '../../devices/pcsc.ts';
import { parseOptions, UsageError, type Io } from '../io.ts';

const usage = 'card [--reader NAME] [--can N | --mrz "…" | --document N --birth YYYY-MM-DD --expiry YYYY-MM-DD | --qr TEXT] [--timeout S]';
const defaultSeconds = 15;
const maxSeconds = 3_600;

/** `motcua card`: reads and checks the card that is, or within the time-out comes, on a reader; one CardReading. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usage, args, {
    reader: { type: 'string' }, can: { type: 'string' }, mrz: { type: 'string' }, document: { type: 'string' },
    birth: { type: 'string' }, expiry: { type: 'string' }, qr: { type: 'string' }, timeout: { type: 'string' },
  });
  const seconds = values.timeout === undefined ? defaultSeconds : Number(values.timeout);
  if (!(seconds >= 0 && seconds <= maxSeconds)) throw new UsageError(usage, `--timeout: 0 … ${maxSeconds}`);
  const key = keyOf(values);
  const readers = new PcscReaders();
  const code = await read(readers, key, values.reader, seconds * 1_000, io);
  readers.close();
  if (readers.hanging) endAtOnce(code);
  return code;
}

async function read(readers: PcscReaders, key: CardKey | ProblemError, reader: string | undefined, timeoutMs: number, io: Io): Promise<number> {
  try {
    const reading = await readers.withCard({ reader, timeoutMs }, (card, name) => {
      io.err(name);
      return key instanceof ProblemError ? Promise.resolve(failedReading(key)) : readCard(card, key);
    });
    io.out(reading);
    return reading.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.out(failedReading(error));
    return 1;
  }
}

/**
 * Leaves the process while a stalled reader still holds one of its threads: an ordinary exit would wait for the reader,
 * however long. Where there is no execve (Windows), it waits.
 */
function endAtOnce(code: number): void {
  if (process.platform === 'win32') return;
  process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], process.env);
}

type Values = Partial<Record<'can' | 'mrz' | 'document' | 'birth' | 'expiry' | 'qr', string>>;

/** The one key that the options give; a problem when the QR is no identity, or there is no key at all. */
function keyOf({ can, mrz, document, birth, expiry, qr }: Values): CardKey | ProblemError {
  const ways = [can, mrz, document ?? birth ?? expiry, qr].filter((value) => value !== undefined);
  if (ways.length > 1) throw new UsageError(usage, 'Chỉ dùng một loại khóa (only one kind of key).');
  if (can !== undefined) {
    // A chip counts wrong tries: what cannot be a CAN is not tried.
    if (!/^\d{6}$/.test(can)) throw new UsageError(usage, '--can: 6 chữ số (digits).');
    return { can };
  }
  if (mrz !== undefined) return { mrz };
  if (qr !== undefined) {
    const { citizen, problem } = parseIdentityQr(qr);
    return citizen ? { qr: citizen } : new ProblemError(problem?.code ?? 'qr-not-identity');
  }
  if (ways.length === 0) return new ProblemError('card-key-needed');
  if (document === undefined || birth === undefined || expiry === undefined) {
    throw new UsageError(usage, '--document, --birth, --expiry đi cùng nhau (belong together).');
  }
  const dates = [birth, ...(expiry === 'no-expiry' ? [] : [expiry])];
  if (dates.some((date) => !LocalDate.safeParse(date).success)) throw new UsageError(usage, 'Ngày theo dạng (date form) YYYY-MM-DD.');
  return { documentNumber: document, birthDate: birth, expiryDate: expiry };
}
