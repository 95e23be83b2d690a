import { randomBytes } from 'node:crypto';
import type { CardWarning } from '../../shared/contracts/card-warnings.ts';
import type { CardReading, ChipPerson, Verdict } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { todayInVietnam } from '../../shared/domain/card-date.ts';
import { mrzBirthDate, mrzExpiry, type Mrz } from '../../shared/domain/mrz.ts';
import { openChip, reopenChip, type Opened } from './access.ts';
import type { Random } from './bac.ts';
import { passwordsFor, type CardKey } from './card-key.ts';
import { CardChannel, type ChannelLimits } from './channel.ts';
import { compareMrzWithDg13, compareQrWithChip } from './cross-check.ts';
import { parseDg1 } from './dg1.ts';
import { hasUnknownFields, parseDg13, personFromDg13 } from './dg13.ts';
import { parseCom } from './ef-com.ts';
import { FileReader, type FileName } from './files.ts';
import { parseSod, type Sod } from './sod.ts';
import { noAnchors } from './pki/anchors.ts';
import { groupNumber, judge, nothingChecked, type Trust } from './trust.ts';

export interface ReadOptions extends Partial<ChannelLimits> {
  /** Data groups beyond DG1 and DG13, such as DG2. DG3 is never asked for: it needs the state's own terminals. */
  also?: readonly FileName[];
  /** Bytes of a file read so far, for a progress bar. */
  onProgress?: (file: FileName, bytes: number, of: number) => void;
  /** The day, ISO, for expiry and centuries; the system's day when not given. */
  today?: string;
  random?: Random;
  /** Answer lengths to ask for, longest first (files.ts). */
  lengths?: readonly number[];
}

const notAsked: Verdict = { ok: null, reason: 'Chưa kiểm tra chip có bị sao chép hay không.' };

/** Everything read from one card, before and after it is understood. */
interface Session {
  channel: CardChannel;
  opened: Opened | null;
  reads: { file: string; bytes: number }[];
  files: Map<FileName, Uint8Array>;
  warnings: Set<CardWarning>;
  person: ChipPerson | null;
  document: CardReading['document'];
  trust: Trust;
}

/**
 * Reads an identity card over any reader: opens it with the key, reads what is needed, compares it with what was signed.
 * Resolves always: an expected failure stands in `problem` with `ok` false, whatever was read until then beside it.
 * A forged card is `ok` with verdicts false. Times in milliseconds.
 */
export async function readCard(transceiver: Transceiver, key: CardKey, options: ReadOptions = {}): Promise<CardReading> {
  const session: Session = {
    channel: new CardChannel(transceiver, limitsOf(options)), opened: null, reads: [], files: new Map(), warnings: new Set(),
    person: null, document: null, trust: nothingChecked(),
  };
  try {
    await readSteps(session, key, options);
    return answer(session, null);
  } catch (error) {
    // Anything that is no coded problem is a fault of ours; a card must still not be able to stop the service with it.
    return answer(session, error instanceof ProblemError ? error : new ProblemError('card-protocol', `unexpected ${errorName(error)}`));
  }
}

/** The answer when there was no card to read. */
export function failedReading(failure: ProblemError): CardReading {
  return { ok: false, chip: null, person: null, document: null, face: null, trust: nothingChecked(), warnings: [], problem: failure.toProblem() };
}

async function readSteps(session: Session, key: CardKey, options: ReadOptions): Promise<void> {
  const { channel, files, warnings } = session;
  const random: Random = options.random ?? ((length) => Uint8Array.from(randomBytes(length)));
  const today = options.today ?? todayInVietnam();

  const opened = await openChip(channel, passwordsFor(key), random);
  session.opened = opened;
  const reader = new FileReader(channel, () => reopenChip(channel, opened, random), {
    ...(options.lengths ? { lengths: options.lengths } : {}), onProgress: options.onProgress,
  });

  const listed = await readList(session, reader);
  const sod = await readSod(session, reader);
  const mrz = parseDg1(await need(session, reader, 'DG1'));
  session.document = { mrz: mrz.lines.join('\n'), number: mrz.documentNumber, expiry: mrzExpiry(mrz) ?? '' };
  if (Object.values(mrz.checks).includes(false)) warnings.add('mrz-check-digit');

  const dg13 = await readDg13(session, reader);
  session.person = dg13 ?? personFromMrz(mrz, today);
  if (dg13) compareMrzWithDg13(mrz, dg13, today).forEach((warning) => warnings.add(warning));
  for (const name of options.also ?? []) {
    if (listed === null || listed.includes(name)) await take(session, reader, name);
  }

  session.trust = judge(sod, files, { anchors: noAnchors, today, active: notAsked, chip: notAsked });
  for (const name of files.keys()) {
    const number = groupNumber(name);
    if (sod && number !== null && !sod.hashes.has(number)) warnings.add('not-in-sod');
  }
  if ('qr' in key && session.person) compareQrWithChip(key.qr, session.person).forEach((warning) => warnings.add(warning));
  const expiry = session.person?.expiresOn ?? session.document.expiry;
  if (/^\d/.test(expiry) && expiry < today) warnings.add('expired');
}

/** Reads a file if the card has it and gives it. */
async function take(session: Session, reader: FileReader, name: FileName): Promise<Uint8Array | null> {
  const reading = await reader.read(name);
  if (reading.state === 'denied') session.warnings.add('not-allowed-to-read');
  if (reading.state !== 'read') return null;
  session.files.set(name, reading.bytes);
  session.reads.push({ file: name, bytes: reading.bytes.length });
  return reading.bytes;
}

async function need(session: Session, reader: FileReader, name: FileName): Promise<Uint8Array> {
  const bytes = await take(session, reader, name);
  if (!bytes) throw new ProblemError('card-file-missing', name);
  return bytes;
}

/** What EF.COM lists; null when it is missing or unreadable, which is no reason to stop. */
async function readList(session: Session, reader: FileReader): Promise<FileName[] | null> {
  const bytes = await take(session, reader, 'COM');
  if (!bytes) session.warnings.add('com-missing');
  return bytes ? orNull(() => parseCom(bytes)) : null;
}

async function readSod(session: Session, reader: FileReader): Promise<Sod | null> {
  const bytes = await take(session, reader, 'SOD');
  const sod = bytes ? orNull(() => parseSod(bytes)) : null;
  if (!sod) session.warnings.add('sod-missing');
  return sod;
}

/** The Vietnamese fields; a DG13 that is not what we know is a warning, never a failed read. */
async function readDg13(session: Session, reader: FileReader): Promise<ChipPerson | null> {
  const bytes = await take(session, reader, 'DG13');
  if (!bytes) {
    session.warnings.add('dg13-missing');
    return null;
  }
  const dg13 = orNull(() => parseDg13(bytes));
  const person = dg13 ? personFromDg13(dg13) : null;
  if (!dg13 || !person) session.warnings.add('dg13-unreadable');
  if (dg13?.damaged) session.warnings.add('dg13-field-damaged');
  if (dg13 && hasUnknownFields(dg13)) session.warnings.add('dg13-field-unknown');
  return person;
}

/** What an MRZ alone tells: the name without marks. Null for a document without the twelve-digit number. */
function personFromMrz(mrz: Mrz, today: string): ChipPerson | null {
  if (mrz.personalId === null) return null;
  return {
    personalId: mrz.personalId,
    fullName: `${mrz.surname} ${mrz.givenNames}`.trim(),
    birthDate: mrzBirthDate(mrz, today) ?? '',
    sex: mrz.sex === 'M' ? 'Nam' : mrz.sex === 'F' ? 'Nữ' : null,
    nationality: mrz.nationality, ethnicity: null, religion: null, origin: null, residence: null, features: null,
    issuedOn: null, expiresOn: mrzExpiry(mrz), father: null, mother: null, spouses: [], oldId: null,
  };
}

function orNull<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function limitsOf({ answerMs, totalMs, apdus, signal }: ReadOptions): Partial<ChannelLimits> {
  return Object.fromEntries(Object.entries({ answerMs, totalMs, apdus, signal }).filter(([, value]) => value !== undefined));
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function answer(session: Session, failure: ProblemError | null): CardReading {
  const { channel, opened, reads, person, document, trust, warnings } = session;
  return {
    ok: failure === null,
    chip: channel.apdus === 0 ? null : { access: opened?.access ?? 'none', reads, apdus: channel.apdus, ms: Math.round(channel.elapsedMs * 10) / 10 },
    person,
    document,
    face: null,
    trust,
    warnings: [...warnings],
    problem: failure?.toProblem() ?? null,
  };
}
