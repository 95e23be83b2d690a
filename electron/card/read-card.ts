import { randomBytes } from 'node:crypto';
import type { CardWarning } from '../../shared/contracts/card-warnings.ts';
import type { CardReading, ChipPerson } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Transceiver } from '../../shared/contracts/transceiver.ts';
import { todayInVietnam } from '../../shared/domain/local-day.ts';
import type { Mrz } from '../../shared/domain/mrz.ts';
import { openChip, reopenChip, type Opened } from './access.ts';
import type { Random } from './bac.ts';
import { passwordsFor, type CardKey } from './card-key.ts';
import { CardChannel, type ChannelLimits } from './channel.ts';
import { comparePrintedMrz, compareQrWithChip } from './cross-check.ts';
import { parseDg1 } from './dg1.ts';
import { parseCom } from './ef-com.ts';
import { parseDg2, type FacePicture } from './dg2.ts';
import { FileReader, type FileName } from './files.ts';
import { factsOf, hasVietnameseFields } from './lds.ts';
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

/** All that a card may hold for us besides DG1 and DG13. */
export const otherGroups: readonly FileName[] = ['DG2', 'DG11', 'DG12', 'DG14', 'DG15'];

/** Everything read from one card, before and after it is understood. */
interface Session {
  channel: CardChannel;
  opened: Opened | null;
  reads: { file: string; bytes: number }[];
  files: Map<FileName, Uint8Array>;
  warnings: Set<CardWarning>;
  trust: Trust;
}

/**
 * Reads an identity card over any reader: opens it with the key, reads what is needed, compares it with what was signed.
 * Resolves always: an expected failure stands in `problem` with `ok` false, whatever was read until then beside it.
 * A forged card is `ok` with verdicts false. Times in milliseconds.
 */
export async function readCard(transceiver: Transceiver, key: CardKey, options: ReadOptions = {}): Promise<CardReading> {
  const today = options.today ?? todayInVietnam();
  const session: Session = {
    channel: new CardChannel(transceiver, limitsOf(options)), opened: null, reads: [], files: new Map(), warnings: new Set(),
    trust: nothingChecked(),
  };
  try {
    await readSteps(session, key, options, today);
    return answer(session, null, today);
  } catch (error) {
    // Anything that is no coded problem is a fault of ours; a card must still not be able to stop the service with it.
    return answer(session, error instanceof ProblemError ? error : new ProblemError('card-protocol', `unexpected ${errorName(error)}`), today);
  }
}

/** The answer when there was no card to read. */
export function failedReading(failure: ProblemError): CardReading {
  return { ok: false, chip: null, person: null, document: null, face: null, trust: nothingChecked(), warnings: [], problem: failure.toProblem() };
}

async function readSteps(session: Session, key: CardKey, options: ReadOptions, today: string): Promise<void> {
  const { channel, files, warnings } = session;
  const random: Random = options.random ?? ((length) => Uint8Array.from(randomBytes(length)));

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
  const dg1 = await need(session, reader, 'DG1');
  // One that is no MRZ is a problem only once all is judged: it may have been changed, and then the hashes say so.
  const holder = orNull(() => parseDg1(dg1));
  if (holder && hasVietnameseFields(holder, isListed('DG13', listed, sod))) await take(session, reader, 'DG13');
  for (const name of options.also ?? []) {
    if (isListed(name, listed, sod)) await take(session, reader, name);
    if (name === 'DG2') showFace(files.get('DG2'), options.onFace);
  }

  const proof = await proveChip({
    channel, files, random, cardSecurity, opened: session.opened, extended: reader.extended, today, anchors: options.anchors ?? noAnchors,
    reopen: () => reopen(session, random),
  });
  if (proof.derSignature) warnings.add('active-signature-form');
  if (proof.offerDiffers) warnings.add('card-access-differs');
  session.trust = judge(sod, files, { anchors: options.anchors ?? noAnchors, today, ...proof.verdicts });
  for (const name of files.keys()) {
    const number = groupNumber(name);
    if (sod && number !== null && !sod.hashes.has(number)) warnings.add('not-in-sod');
  }
  const { mrz, dg13, warnings: remarks } = factsOf(files, today);
  for (const warning of [...remarks, ...(mrz ? differencesFromKey(key, mrz, dg13, today) : [])]) warnings.add(warning);
  if (proof.fault) throw proof.fault;
}

/** What the paper that opened the chip says otherwise. */
function differencesFromKey(key: CardKey, mrz: Mrz, dg13: ChipPerson | null, today: string): CardWarning[] {
  if ('mrz' in key) return comparePrintedMrz(key.mrz, mrz);
  return 'qr' in key ? compareQrWithChip(key.qr, dg13, mrz, today) : [];
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

function showFace(file: Uint8Array | undefined, onFace: ReadOptions['onFace']): void {
  const face = file && orNull(() => parseDg2(file));
  if (face) onFace?.(face);
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
  const bytes = await takeList(session, reader);
  const listed = bytes && orNull(() => parseCom(bytes));
  if (!listed) session.warnings.add('com-missing');
  return listed;
}

async function takeList(session: Session, reader: FileReader): Promise<Uint8Array | null> {
  try {
    return await take(session, reader, 'COM');
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'card-file-invalid') return null;
    throw error;
  }
}

async function readSod(session: Session, reader: FileReader): Promise<Sod | null> {
  const bytes = await take(session, reader, 'SOD');
  const sod = bytes ? orNull(() => parseSod(bytes)) : null;
  if (!sod) session.warnings.add('sod-missing');
  return sod;
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

/** What was read until now, whether or not it is all. */
function answer(session: Session, failure: ProblemError | null, today: string): CardReading {
  const { channel, opened, reads, files, trust, warnings } = session;
  const facts = orNull(() => factsOf(files, today));
  return {
    ok: failure === null,
    chip: channel.apdus === 0 ? null : { access: opened?.access ?? 'none', reads, apdus: channel.apdus, ms: Math.round(channel.elapsedMs * 10) / 10 },
    person: facts?.person ?? null,
    document: facts?.document ?? null,
    face: facts?.face ? { ...facts.face, bytes: facts.face.bytes.length } : null,
    trust,
    warnings: [...warnings],
    problem: failure?.toProblem() ?? null,
  };
}
