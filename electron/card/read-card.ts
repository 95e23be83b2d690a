import { randomBytes } from 'node:crypto';
import type { CardWarning } from '../../shared/contracts/card-warnings.ts';
import type { CardReading, ChipPerson } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { todayInVietnam } from '../../shared/domain/card-date.ts';
import { mrzExpiry, type Mrz } from '../../shared/domain/mrz.ts';
import { openChip, reopenChip, type Opened } from './access.ts';
import type { Random } from './bac.ts';
import { passwordsFor, type CardKey } from './card-key.ts';
import { CardChannel, type ChannelLimits } from './channel.ts';
import { compareMrzWithDg13, comparePrintedMrz, compareQrWithChip, compareWithNumber } from './cross-check.ts';
import { parseDg1 } from './dg1.ts';
import { hasUnknownFields, parseDg13, personFromDg13 } from './dg13.ts';
import { parseCom } from './ef-com.ts';
import { parseDg11, parseDg12 } from './dg11.ts';
import { parseDg2, type FacePicture } from './dg2.ts';
import { FileReader, type FileName } from './files.ts';
import { personFromMrz } from './mrz-person.ts';
import { noAnchors, type TrustAnchors } from './pki/anchors.ts';
import { proveChip } from './prove-chip.ts';
import { parseSod, type Sod } from './sod.ts';
import { groupNumber, judge, nothingChecked, type Trust } from './trust.ts';

export interface ReadOptions extends Partial<ChannelLimits> {
  /**
   * Data groups beyond DG1 and DG13, in this order, each only if the card lists it: `otherGroups` is all of them. With
   * DG15 Active Authentication is done, with DG14 Chip Authentication. DG3 is never asked for: it needs the state's own
   * terminals.
   */
  also?: readonly FileName[];
  /** Certificates and CRLs that the chain is checked against; none when not given. */
  anchors?: TrustAnchors;
  /** The face as soon as it is there. It is no part of the answer and is kept by nobody here. */
  onFace?: (picture: FacePicture) => void;
  /** Bytes of a file read so far, for a progress bar. */
  onProgress?: (file: FileName, bytes: number, of: number) => void;
  /** The day, ISO, for expiry and centuries; the system's day when not given. */
  today?: string;
  random?: Random;
  /** Answer lengths to ask for, longest first (files.ts). */
  lengths?: readonly number[];
}

const vietnam = 'VNM';

/** All that a card may hold for us besides DG1 and DG13. */
export const otherGroups: readonly FileName[] = ['DG2', 'DG11', 'DG12', 'DG14', 'DG15'];

/** Everything read from one card, before and after it is understood. */
interface Session {
  channel: CardChannel;
  opened: Opened | null;
  reads: { file: string; bytes: number }[];
  files: Map<FileName, Uint8Array>;
  warnings: Set<CardWarning>;
  person: ChipPerson | null;
  document: CardReading['document'];
  face: FacePicture | null;
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
    person: null, document: null, face: null, trust: nothingChecked(),
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

  const reader = new FileReader(channel, () => reopen(session, random), {
    ...(options.lengths ? { lengths: options.lengths } : {}), onProgress: options.onProgress,
  });
  let cardSecurity: Uint8Array | null = null;
  session.opened = await openChip(channel, passwordsFor(key), random, async (opened) => {
    session.opened = opened;
    cardSecurity = opened.chipMapping ? await readCardSecurity(reader) : null;
    if (cardSecurity) session.reads.push({ file: 'CardSecurity', bytes: cardSecurity.length });
  });

  const listed = await readList(session, reader);
  const sod = await readSod(session, reader);
  const mrz = parseDg1(await need(session, reader, 'DG1'));
  session.document = { mrz: mrz.lines.join('\n'), number: mrz.documentNumber, expiry: mrzExpiry(mrz) ?? '' };
  if (Object.values(mrz.checks).includes(false)) warnings.add('mrz-check-digit');

  const dg13 = await readDg13(session, reader, mrz, listed, sod);
  session.person = dg13 ?? personFromMrz(mrz, null, null, today);
  for (const name of options.also ?? []) {
    if (isListed(name, listed, sod)) await take(session, reader, name);
  }
  showFace(session, options.onFace);
  if (!dg13) session.person = personFromMrz(mrz, readable(files.get('DG11'), parseDg11), readable(files.get('DG12'), parseDg12), today);

  const proof = await proveChip({
    channel, files, random, cardSecurity, opened: session.opened, extended: reader.extended, today, anchors: options.anchors ?? noAnchors,
    reopen: () => reopen(session, random),
  });
  if (proof.derSignature) warnings.add('active-signature-form');
  if (proof.offerDiffers) warnings.add('card-access-differs');
  session.trust = judge(sod, files, { anchors: options.anchors ?? noAnchors, today, ...proof.verdicts });
  crossCheck(session, key, mrz, dg13, sod, today);
}

/** Compares all that tells who this is, and the day. */
function crossCheck({ files, warnings, person, document }: Session, key: CardKey, mrz: Mrz, dg13: ChipPerson | null, sod: Sod | null, today: string): void {
  for (const name of files.keys()) {
    const number = groupNumber(name);
    if (sod && number !== null && !sod.hashes.has(number)) warnings.add('not-in-sod');
  }
  const differences = [
    ...(dg13 ? compareMrzWithDg13(mrz, dg13, today) : []),
    ...(person ? compareWithNumber(person) : []),
    ...('mrz' in key ? comparePrintedMrz(key.mrz, mrz) : []),
    ...('qr' in key ? compareQrWithChip(key.qr, dg13, mrz, today) : []),
  ];
  differences.forEach((warning) => warnings.add(warning));
  const expiry = person?.expiresOn ?? document?.expiry ?? '';
  if (/^\d/.test(expiry) && expiry < today) warnings.add('expired');
}

async function reopen({ channel, opened }: Session, random: Random): Promise<void> {
  if (!opened) throw new ProblemError('card-channel-broken', 'closed while it was opened');
  await reopenChip(channel, opened, random);
}

/** EF.CardSecurity; a card that does not give it has only no key there to be proved by. */
async function readCardSecurity(reader: FileReader): Promise<Uint8Array | null> {
  try {
    const reading = await reader.readCardSecurity();
    return reading.state === 'read' ? reading.bytes : null;
  } catch (error) {
    if (error instanceof ProblemError && (error.code === 'card-file-invalid' || error.code === 'card-protocol')) return null;
    throw error;
  }
}

/** Whether a group is worth asking for: EF.COM lists it, or the signed list does; anything may be there when both are missing. */
function isListed(name: FileName, listed: readonly FileName[] | null, sod: Sod | null): boolean {
  if (listed === null && sod === null) return true;
  const number = groupNumber(name);
  return listed?.includes(name) === true || (number !== null && sod?.hashes.has(number) === true);
}

function showFace(session: Session, onFace: ReadOptions['onFace']): void {
  const file = session.files.get('DG2');
  if (!file) return;
  session.face = orNull(() => parseDg2(file));
  if (session.face) onFace?.(session.face);
  else session.warnings.add('face-unreadable');
}

function readable<T>(file: Uint8Array | undefined, parse: (file: Uint8Array) => T): T | null {
  return file ? orNull(() => parse(file)) : null;
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

/**
 * The Vietnamese fields; a DG13 that is not what we know is a warning, never a failed read. A foreign document that does
 * not list it has none to miss; whatever it keeps there is its own.
 */
async function readDg13(session: Session, reader: FileReader, mrz: Mrz, listed: readonly FileName[] | null, sod: Sod | null): Promise<ChipPerson | null> {
  if (mrz.issuer !== vietnam || (mrz.personalId === null && !isListed('DG13', listed, sod))) return null;
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
  const { channel, opened, reads, person, document, face, trust, warnings } = session;
  return {
    ok: failure === null,
    chip: channel.apdus === 0 ? null : { access: opened?.access ?? 'none', reads, apdus: channel.apdus, ms: Math.round(channel.elapsedMs * 10) / 10 },
    person,
    document,
    face: face && { ...face, bytes: face.bytes.length },
    trust,
    warnings: [...warnings],
    problem: failure?.toProblem() ?? null,
  };
}
