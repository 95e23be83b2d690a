import type { CardKind, CardProbe } from '../../../shared/contracts/requests/reader.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Transceiver } from '../../../shared/contracts/transceiver.ts';
import { readCardAccess } from '../../card/access.ts';
import { ok, selectApplication, type Answer, type Command } from '../../card/apdu.ts';
import { CardChannel } from '../../card/channel.ts';
import { paceOffers } from '../../card/security-info.ts';

const limits = { answerMs: 2_000, totalMs: 8_000, apdus: 30 };
const challengeBytes = 8;
const getChallenge: Command = { cla: 0, ins: 0x84, p1: 0, p2: 0, le: challengeBytes };

/** Directories of payment cards, without and with contacts (EMV book 1 clause 12.2, EMV contactless book B). */
const payment = ['2PAY.SYS.DDF01', '1PAY.SYS.DDF01'];
/** What a reader makes up as answer to reset for a card that only stores (PC/SC part 3 clause 3.1.3.2.3.2). */
const storageCard = /804f0ca000000306/;
/** The same for cards without historical bytes, as DESFire of bus and metro cards. */
const bareContactless = /^3b8180018080$/;

/**
 * What the card on a reader is and can, without a key and without personal data: its application, PACE, BAC, extended
 * length. The card must have just been connected.
 * @throws ProblemError `card-removed`, `card-mute`, `card-timeout`
 */
export async function probeCard(card: Transceiver, answerToReset: Uint8Array): Promise<CardProbe> {
  const channel = new CardChannel(card, limits);
  const pace = await offersPace(channel);
  if ((await channel.send(selectApplication)).sw !== ok) {
    return { kind: await otherKind(channel, answerToReset), pace: false, bac: false, extendedLength: null };
  }
  const challenge = await channel.send(getChallenge);
  const bac = isChallenge(challenge);
  return { kind: 'identity', pace, bac, extendedLength: bac ? await answersExtended(channel) : null };
}

/** What a card is that is no identity card; never throws: the card may be gone by now. */
export async function kindOfOther(card: Transceiver, answerToReset: Uint8Array): Promise<CardKind> {
  try {
    return await otherKind(new CardChannel(card, limits), answerToReset);
  } catch (error) {
    if (error instanceof ProblemError) return 'unknown';
    throw error;
  }
}

async function otherKind(channel: CardChannel, answerToReset: Uint8Array): Promise<CardKind> {
  const reset = Buffer.from(answerToReset).toString('hex');
  if (storageCard.test(reset)) return 'storage';
  for (const name of payment) {
    const answer = await channel.send({ cla: 0, ins: 0xa4, p1: 0x04, p2: 0, data: Buffer.from(name, 'latin1'), le: 256 });
    if (answer.sw === ok) return 'bank';
  }
  return bareContactless.test(reset) ? 'storage' : 'unknown';
}

async function offersPace(channel: CardChannel): Promise<boolean> {
  try {
    const file = await readCardAccess(channel);
    return file !== null && paceOffers(file).length > 0;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'card-file-invalid') return false;
    throw error;
  }
}

/** A card or a reader that cannot do extended length refuses it, stays silent or drops the card: each is a no. */
async function answersExtended(channel: CardChannel): Promise<boolean> {
  try {
    return isChallenge(await channel.send(getChallenge, true));
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

function isChallenge({ sw, data }: Answer): boolean {
  return sw === ok && data.length === challengeBytes;
}
