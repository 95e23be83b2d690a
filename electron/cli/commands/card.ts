import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { CardKey } from '../../card/card-key.ts';
import type { TrustAnchors } from '../../card/pki/anchors.ts';
import { failedReading, otherGroups, readCard } from '../../card/read-card.ts';
import { PcscReaders } from '../../devices/pcsc.ts';
import { cardKeyOf } from '../card-key-options.ts';
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
  if (values.timeout?.trim() === '' || !(seconds >= 0 && seconds <= maxSeconds)) throw new UsageError(usage, `--timeout: 0 … ${maxSeconds}`);
  const key = cardKeyOf(usage, values);
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
