import { ProblemError } from '../../shared/contracts/problems.ts';
import { endOfFile, isWrongLength, ok, selectApplication, selectFile, selectMasterFile, swText, type Answer, type Command } from './apdu.ts';
import { runBac, type Random } from './bac.ts';
import { concat } from './bytes.ts';
import { WrongKey, type Password } from './card-key.ts';
import type { CardChannel } from './channel.ts';
import { runPace, type ChipMapping } from './pace.ts';
import { paceOffers, type PaceOffer } from './security-info.ts';
import { select } from './select.ts';
import { tlvHeader } from './tlv.ts';

export type AccessName = 'pace-can' | 'pace-mrz' | 'bac';

/** How the chip was opened, enough to open it again when the channel breaks over a length that the card cannot do. */
export interface Opened {
  access: AccessName;
  password: Password;
  offer: PaceOffer | null;
  /** What PACE with chip authentication mapping gave to prove the chip by. */
  chipMapping: ChipMapping | null;
}

/** A way to try: everything of `Opened` but what comes of it. */
type Way = Omit<Opened, 'chipMapping'>;

const cardAccessFile = 0x011c;
const cardAccessShortId = 0x1c;
const maxCardAccess = 4_096;
/** Answer lengths to ask for here, without protection; few cards refuse the first. */
const plainLengths: readonly number[] = [256, 223, 160];

// Where EF.CardAccess may be reached, in order. Vietnamese cards were seen to refuse SELECT MF (6D00) and still to give
// the file to a direct SELECT; others want the application first, or a read by short identifier.
const placesOfCardAccess: readonly { name: string; before: Command | null; file: Command | null }[] = [
  { name: 'under the master file', before: selectMasterFile, file: selectFile(cardAccessFile) },
  { name: 'by short identifier', before: null, file: null },
  { name: 'under the application', before: selectApplication, file: selectFile(cardAccessFile) },
  { name: 'by short identifier under the application', before: null, file: null },
];

/** EF.CardAccess, unprotected, from wherever the card gives it; null when it has none (then it knows only BAC). */
export async function readCardAccess(channel: CardChannel): Promise<Uint8Array | null> {
  for (const { before, file } of placesOfCardAccess) {
    if (before) await select(channel, before);
    if (file && (await select(channel, file)).sw !== ok) continue;
    const bytes = await readWhole(channel, file ? 0 : 0x80 | cardAccessShortId);
    if (bytes) return bytes;
  }
  return null;
}

async function readWhole(channel: CardChannel, p1: number): Promise<Uint8Array | null> {
  const { answer: first, most } = await readFirst(channel, p1);
  if ((first.sw !== ok && first.sw !== endOfFile) || first.data.length < 2) return null;
  const { headerLength, valueLength } = tlvHeader(first.data);
  const length = headerLength + valueLength;
  if (length > maxCardAccess) throw new ProblemError('card-file-invalid', 'EF.CardAccess too long');
  let bytes = first.data;
  while (bytes.length < length) {
    const more = await channel.send({ cla: 0, ins: 0xb0, p1: bytes.length >> 8, p2: bytes.length & 0xff, le: Math.min(most, length - bytes.length) });
    if ((more.sw !== ok && more.sw !== endOfFile) || more.data.length === 0) return null;
    bytes = concat(bytes, more.data);
  }
  return bytes.subarray(0, length);
}

async function readFirst(channel: CardChannel, p1: number): Promise<{ answer: Answer; most: number }> {
  for (let i = 0; ; i += 1) {
    const most = plainLengths[i]!;
    const answer = await channel.send({ cla: 0, ins: 0xb0, p1, p2: 0, le: most });
    if (!isWrongLength(answer.sw) || i + 1 === plainLengths.length) return { answer, most };
  }
}

/** Called once PACE has proved the password, before the application is selected: EF.CardSecurity can be read then. */
export type InMasterFile = (opened: Opened) => Promise<void>;

/** A card that counts is never brought to its last try by a guess: its holder needs that one. */
const triesToLeave = 1;

/** So many of a card's offers are tried with one password: the second only when the first breaks off before its proof. */
const maxOffers = 2;

/**
 * Opens the chip: PACE with each password, else BAC with each that comes from an MRZ; then the eMRTD application is
 * selected. Tries are bounded by the list; a password that PACE found wrong is not tried again by BAC; a kind of password
 * that is blocked, or near it by the card's own count, is not tried further.
 * @throws ProblemError `card-key-wrong`, `card-key-needed`, `card-blocked`, `card-not-identity`, `card-protocol`
 */
export async function openChip(
  channel: CardChannel, passwords: readonly Password[], random: Random, inMasterFile: InMasterFile = () => Promise.resolve(),
): Promise<Opened> {
  const cardAccess = await readCardAccess(channel);
  const offers = cardAccess ? readOffers(cardAccess) : [];
  const tries = new Tries();
  for (const password of offers.length > 0 ? passwords : []) {
    if (tries.isStopped(password)) continue;
    const opened = await tryOffers(channel, password, offers, random, tries, inMasterFile);
    if (opened) return opened;
  }
  const forBac = passwords.filter((password) => password.kind === 'mrz' && !tries.isRefused(password));
  if (forBac.length === 0) await needApplication(channel);
  for (const password of forBac) {
    const opened = await tries.attempt(password, () => open(channel, { access: 'bac', password, offer: null }, random, offers, inMasterFile));
    if (opened) return opened;
  }
  throw tries.failure ?? new ProblemError('card-key-needed', offers.length > 0 ? 'pace failed' : 'chip offers no pace');
}

async function tryOffers(
  channel: CardChannel, password: Password, offers: readonly PaceOffer[], random: Random, tries: Tries, inMasterFile: InMasterFile,
): Promise<Opened | null> {
  const access = password.kind === 'can' ? 'pace-can' : 'pace-mrz';
  for (const offer of offers.slice(0, maxOffers)) {
    try {
      const opened = await tries.attempt(password, () => open(channel, { access, password, offer }, random, offers, inMasterFile));
      if (opened || tries.isRefused(password)) return opened;
    } catch (error) {
      // The card offers PACE but cannot do it this way: another offer, another password, and BAC are still open.
      if (!(error instanceof ProblemError) || error.code !== 'card-protocol' || channel.protected) throw error;
    }
  }
  return null;
}

/** What was tried so far, so that nothing wrong is tried twice and the worst news is the one that is told. */
class Tries {
  readonly #refused = new Set<Password>();
  readonly #stopped = new Set<Password['kind']>();
  failure: ProblemError | null = null;

  isRefused(password: Password): boolean {
    return this.#refused.has(password) || this.isStopped(password);
  }

  isStopped({ kind }: Password): boolean {
    return this.#stopped.has(kind);
  }

  /** Null when the password was wrong or is blocked; other problems are thrown. */
  async attempt(password: Password, run: () => Promise<Opened>): Promise<Opened | null> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ProblemError) || (error.code !== 'card-key-wrong' && error.code !== 'card-blocked')) throw error;
      this.#refused.add(password);
      const nearEnd = error instanceof WrongKey && error.left !== null && error.left <= triesToLeave;
      if (error.code === 'card-blocked' || nearEnd) this.#stopped.add(password.kind);
      if (this.failure?.code !== 'card-blocked') this.failure = error;
      return null;
    }
  }
}

/** Opens the chip once more in the way that worked before. */
export async function reopenChip(channel: CardChannel, opened: Opened, random: Random): Promise<void> {
  channel.unprotect();
  if (opened.offer) await channel.send(selectMasterFile);
  await open(channel, opened, random, [], () => Promise.resolve());
}

async function open(channel: CardChannel, way: Way, random: Random, offers: readonly PaceOffer[], inMasterFile: InMasterFile): Promise<Opened> {
  const { access, password, offer } = way;
  if (!offer) {
    await needApplication(channel);
    channel.protect(await runBac(channel, password.secret, random));
    return { access, password, offer, chipMapping: null };
  }
  const ambiguous = offers.filter((other) => other.oid === offer.oid).length > 1;
  const { keys, chipMapping } = await runPace(channel, offer, password, random, ambiguous);
  channel.protect(keys);
  const opened = { access, password, offer, chipMapping };
  await inMasterFile(opened);
  await needApplication(channel);
  return opened;
}

async function needApplication(channel: CardChannel): Promise<void> {
  const { sw } = await select(channel, selectApplication);
  if (sw !== ok) throw new ProblemError('card-not-identity', `select application ${swText(sw)}`);
}

function readOffers(cardAccess: Uint8Array): PaceOffer[] {
  try {
    return paceOffers(cardAccess);
  } catch {
    // A file that we cannot read offers nothing that we can do; BAC is tried.
    return [];
  }
}
