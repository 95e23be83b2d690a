import type { Citizen } from '../../../shared/contracts/identity.ts';
import { isProblemCode, ProblemError, type ProblemCode } from '../../../shared/contracts/problems.ts';
import type { Transceiver } from '../../../shared/contracts/transceiver.ts';
import { chipTrust } from '../../../shared/domain/chip-trust.ts';
import { isRandomUidBytes } from '../../../shared/domain/factory-card.ts';
import type { CardKey } from '../../card/card-key.ts';
import { expiryCandidates } from '../../card/expiry.ts';
import type { TrustAnchors } from '../../card/pki/anchors.ts';
import { readCard } from '../../card/read-card.ts';

/** Reads the number of a contactless card; PC/SC part 3 section 3.2.2.1.3. */
const getUid = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);

export interface GateCode {
  /** Personal number of a chip, number of a factory card, empty with a problem. */
  code: string;
  problem: ProblemCode | null;
  /** As a chip says. */
  fullName: string | null;
}

/**
 * What a card on the reader of a gate says: a chip that one of the QRs just shown opens, else a factory card by its
 * number. A chip says who somebody is only when it was read whole, all of it is what was signed, and nothing that was
 * checked is false. Its issuer need not be known: Vietnam's passports and its cards may come from different CSCAs, and a
 * store that has only the first must not lock everybody out. Whether a chip is a copy is not asked: the gate takes the QR
 * too, and that is copied more easily.
 * Problems `card-key-needed` (nobody's QR of the last moments is of this card), `card-not-trusted`, those of a failed read.
 */
export async function readGateCard(card: Transceiver, people: readonly Citizen[], anchors: TrustAnchors): Promise<GateCode> {
  if (people.length === 0) return readUid(card);
  for (const key of keysOf(people)) {
    const { ok, person, trust, warnings, problem } = await readCard(card, key, { anchors });
    if (ok) {
      const isSigned = trust.hashes.ok === true && !warnings.includes('not-in-sod');
      if (!isSigned || chipTrust(trust).state === 'failed') return unread('card-not-trusted');
      return person?.personalId ? { code: person.personalId, problem: null, fullName: person.fullName } : unread('card-not-identity');
    }
    const code = isProblemCode(problem?.code) ? problem.code : 'card-protocol';
    if (code === 'card-not-identity') return readUid(card);
    if (code !== 'card-key-wrong' && code !== 'card-key-needed') return unread(code);
  }
  return unread('card-key-needed');
}

function unread(problem: ProblemCode): GateCode {
  return { code: '', problem, fullName: null };
}

/**
 * One person's QR: all that it may open. Of several each one's likeliest number first, then each one's likeliest MRZ
 * for chips without that number: never more tries than for one, since chips slow down after wrong ones.
 */
function keysOf(people: readonly Citizen[]): CardKey[] {
  const [only, ...others] = people;
  if (only !== undefined && others.length === 0) return [{ qr: only }];
  return [
    ...people.map(({ personalId }) => ({ can: personalId.slice(-6) })),
    ...people.flatMap(({ personalId, birthDate, issuedOn }) => (
      expiryCandidates(birthDate, issuedOn).slice(0, 1).map((expiryDate) => ({ documentNumber: personalId, birthDate, expiryDate })))),
  ];
}

async function readUid(card: Transceiver): Promise<GateCode> {
  const uid = await cardUid(card);
  // An identity card draws its number anew at each tap.
  return uid !== null && !isRandomUidBytes(uid) ? { code: uidText(uid), problem: null, fullName: null } : unread('card-key-needed');
}

/** The number of a contactless card; null where it tells none. Problem `card-removed`. */
export async function cardUid(card: Transceiver): Promise<Uint8Array | null> {
  const answer = await card.transmit(getUid);
  if (answer.length < 2) throw new ProblemError('card-removed');
  const uid = answer.subarray(0, -2);
  return answer.at(-2) === 0x90 && answer.at(-1) === 0x00 && uid.length >= 4 ? uid : null;
}

/** A card's number as readers of the gate print it: capital hex digits. */
export function uidText(uid: Uint8Array): string {
  return Buffer.from(uid).toString('hex').toUpperCase();
}
