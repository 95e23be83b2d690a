import { LocalDate } from '../../../shared/contracts/identity.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import type { CardKey } from '../../card/card-key.ts';
import type { TrustAnchors } from '../../card/pki/anchors.ts';
import { failedReading, otherGroups, readCard } from '../../card/read-card.ts';
import { PcscReaders } from '../../devices/pcsc.ts';
import { apartCscaFiles, withCscaFiles } from '../csca-files.ts';
import { parseOptions, pathFrom, UsageError, type Io } from '../io.ts';
import { anchorsOf } from '../trust-anchors.ts';

const usage = 'card [--reader NAME] [--qr TEXT | --can N | --mrz "…" | --document N --birth YYYY-MM-DD --expiry YYYY-MM-DD] [--csca FILE…] [--store DIR] [--timeout S]';
const defaultSeconds = 15;
const maxSeconds = 3_600;

/**
 * `motcua card`: reads and checks the card that is, or within the time-out comes, on a reader; one CardReading. It is
 * checked against the trust store of the kiosk, where that can be read, and the files of `--csca`, for this call only.
 */
export async function run(args: string[], io: Io): Promise<number> {
  const { values } = parseOptions(usage, apartCscaFiles(args), {
    csca: { type: 'string', multiple: true }, store: { type: 'string' },
    reader: { type: 'string' }, can: { type: 'string' }, mrz: { type: 'string' }, document: { type: 'string' },
    birth: { type: 'string' }, expiry: { type: 'string' }, qr: { type: 'string' }, timeout: { type: 'string' },
  });
  const seconds = values.timeout === undefined ? defaultSeconds : Number(values.timeout);
  if (!(seconds >= 0 && seconds <= maxSeconds)) throw new UsageError(usage, `--timeout: 0 … ${maxSeconds}`);
  const key = keyOf(values);
  const anchors = await trusted(values.csca ?? [], values.store, io);
  if (anchors instanceof ProblemError) {
    io.out(failedReading(anchors));
    return 1;
  }
  const readers = new PcscReaders();
  const code = await read(readers, { key, anchors, reader: values.reader, timeoutMs: seconds * 1_000 }, io);
  readers.close();
  if (readers.hanging) endAtOnce(code);
  return code;
}

async function trusted(files: readonly string[], store: string | undefined, io: Io): Promise<TrustAnchors | ProblemError> {
  try {
    const own = await anchorsOf(store === undefined ? undefined : pathFrom(io, store));
    return withCscaFiles(own, files.map((file) => pathFrom(io, file)));
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

interface Asked {
  key: CardKey | ProblemError;
  anchors: TrustAnchors;
  reader: string | undefined;
  timeoutMs: number;
}

async function read(readers: PcscReaders, { key, anchors, reader, timeoutMs }: Asked, io: Io): Promise<number> {
  try {
    const reading = await readers.withCard({ reader, timeoutMs }, (card, name) => {
      io.err(name);
      return key instanceof ProblemError ? Promise.resolve(failedReading(key)) : readCard(card, key, { also: otherGroups, anchors });
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
  // Some old people's cards give only the year of birth.
  const dates = [...(/^\d{4}$/.test(birth) ? [] : [birth]), ...(expiry === 'no-expiry' ? [] : [expiry])];
  if (dates.some((date) => !LocalDate.safeParse(date).success)) throw new UsageError(usage, 'Ngày theo dạng (date form) YYYY-MM-DD.');
  return { documentNumber: document, birthDate: birth, expiryDate: expiry };
}
