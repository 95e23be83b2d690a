import { ProblemError } from '../../shared/contracts/problems.ts';
import { endOfFile, ok, selectApplication, selectFile, selectMasterFile, swText, type Command } from './apdu.ts';
import { runBac, type Random } from './bac.ts';
import { concat } from './bytes.ts';
import type { Password } from './card-key.ts';
import type { CardChannel } from './channel.ts';
import { runPace } from './pace.ts';
import { paceOffers, type PaceOffer } from './security-info.ts';
import { tlvHeader } from './tlv.ts';

export type AccessName = 'pace-can' | 'pace-mrz' | 'bac';

/** How the chip was opened, enough to open it again when the channel breaks over a length that the card cannot do. */
export interface Opened {
  access: AccessName;
  password: Password;
  offer: PaceOffer | null;
}

const cardAccessFile = 0x011c;
const cardAccessShortId = 0x1c;
const maxCardAccess = 4_096;

// Where EF.CardAccess may be reached, in order. Vietnamese cards were seen to refuse SELECT MF (6D00) and still to give
// the file to a direct SELECT; others want the application first, or a read by short identifier.
const placesOfCardAccess: readonly { name: string; before: Command | null; select: Command | null }[] = [
  { name: 'under the master file', before: selectMasterFile, select: selectFile(cardAccessFile) },
  { name: 'by short identifier', before: null, select: null },
  { name: 'under the application', before: selectApplication, select: selectFile(cardAccessFile) },
];

/** EF.CardAccess, unprotected, from wherever the card gives it; null when it has none (then it knows only BAC). */
export async function readCardAccess(channel: CardChannel): Promise<Uint8Array | null> {
  for (const { before, select } of placesOfCardAccess) {
    if (before) await channel.send(before);
    if (select && (await channel.send(select)).sw !== ok) continue;
    const bytes = await readWhole(channel, select ? 0 : 0x80 | cardAccessShortId);
    if (bytes) return bytes;
  }
  return null;
}

async function readWhole(channel: CardChannel, p1: number): Promise<Uint8Array | null> {
  const first = await channel.send({ cla: 0, ins: 0xb0, p1, p2: 0, le: 256 });
  if ((first.sw !== ok && first.sw !== endOfFile) || first.data.length < 2) return null;
  const { headerLength, valueLength } = tlvHeader(first.data);
  const length = headerLength + valueLength;
  if (length > maxCardAccess) throw new ProblemError('card-file-invalid', 'EF.CardAccess too long');
  let bytes = first.data;
  while (bytes.length < length) {
    const more = await channel.send({ cla: 0, ins: 0xb0, p1: bytes.length >> 8, p2: bytes.length & 0xff, le: Math.min(256, length - bytes.length) });
    if ((more.sw !== ok && more.sw !== endOfFile) || more.data.length === 0) return null;
    bytes = concat(bytes, more.data);
  }
  return bytes.subarray(0, length);
}

/**
 * Opens the chip: PACE with each password, else BAC with each that comes from an MRZ; then the eMRTD application is
 * selected. Tries are bounded by the list; a password that PACE found wrong is not tried again by BAC.
 * @throws ProblemError `card-key-wrong`, `card-key-needed`, `card-blocked`, `card-not-identity`, `card-protocol`
 */
export async function openChip(channel: CardChannel, passwords: readonly Password[], random: Random): Promise<Opened> {
  const cardAccess = await readCardAccess(channel);
  const offers = cardAccess ? readOffers(cardAccess) : [];
  const offer = offers[0] ?? null;
  let wrong: ProblemError | null = null;
  let forBac = passwords.filter(({ kind }) => kind === 'mrz');
  if (offer) {
    for (const password of passwords) {
      try {
        return await open(channel, { access: password.kind === 'can' ? 'pace-can' : 'pace-mrz', password, offer }, random, offers);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (error.code === 'card-key-wrong') {
          wrong = error;
          forBac = forBac.filter((other) => other !== password);
        } else if (error.code === 'card-protocol' && !channel.protected) {
          // The card offers PACE but cannot do it with this password: BAC is still open.
          wrong ??= null;
        } else throw error;
      }
    }
  }
  if (forBac.length === 0) {
    await needApplication(channel);
    throw wrong ?? new ProblemError('card-key-needed', offer ? 'pace failed' : 'chip offers no pace');
  }
  for (const password of forBac) {
    try {
      return await open(channel, { access: 'bac', password, offer: null }, random, offers);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'card-key-wrong') throw error;
      wrong = error;
    }
  }
  throw wrong ?? new ProblemError('card-key-wrong');
}

/** Opens the chip once more in the way that worked before. */
export async function reopenChip(channel: CardChannel, opened: Opened, random: Random): Promise<void> {
  channel.unprotect();
  if (opened.offer) await channel.send(selectMasterFile);
  await open(channel, opened, random, []);
}

async function open(channel: CardChannel, way: Opened, random: Random, offers: readonly PaceOffer[]): Promise<Opened> {
  if (way.offer) {
    const { oid } = way.offer;
    const ambiguous = offers.filter((other) => other.oid === oid).length > 1;
    channel.protect((await runPace(channel, way.offer, way.password, random, ambiguous)).keys);
    await needApplication(channel);
  } else {
    await needApplication(channel);
    channel.protect(await runBac(channel, way.password.secret, random));
  }
  return way;
}

async function needApplication(channel: CardChannel): Promise<void> {
  const { sw } = await channel.send(selectApplication);
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
