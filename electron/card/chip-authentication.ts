import type { Verdict } from '../../shared/contracts/identity.ts';
import { ok, selectFile, swText } from './apdu.ts';
import type { Random } from './bac.ts';
import { concat, sameBytes } from './bytes.ts';
import { ChannelClosed, type CardChannel } from './channel.ts';
import { deriveKey } from './ciphers.ts';
import { cardFiles } from './files.ts';
import type { AgreementKey } from './agreement-key.ts';
import { WrongMac } from './secure-messaging.ts';
import { select } from './select.ts';
import type { ChipAuthenticationOffer, ChipSecurity } from './security-info.ts';
import { oidBytes, tlv } from './tlv.ts';

const notProved: Verdict = { ok: false, reason: 'Chip không chứng minh được khóa riêng (Chip Authentication): có thể là chip sao chép.' };

/**
 * The answer under the new keys came with a wrong MAC. A chip without the private key cannot have checked the command and
 * would have refused it; so this is a broken channel or a liar, and in either case the chip is not proved.
 */
export class NotProved extends WrongMac {
  readonly verdict = notProved;
}

/** Which commands carry it: one template (3DES only), or two steps. */
export type ChipAuthenticationWay = 'key-agreement-template' | 'general-authenticate';

// 3DES cards were made for the first; some know only the second (both are in ICAO 9303-11 clause 6.2.4).
const waysOf3des: readonly ChipAuthenticationWay[] = ['key-agreement-template', 'general-authenticate'];
const waysOfAes: readonly ChipAuthenticationWay[] = ['general-authenticate'];

// Keys of a number field of 2,048 bits fit no short command.
const longestShort = 200;

/** An offer with the key that belongs to it. */
interface Choice {
  offer: ChipAuthenticationOffer;
  key: AgreementKey;
}

/** First bytes of statuses that find fault with a command, not with its protection: they say nothing of the key. */
const ofTheCommand: ReadonlySet<number> = new Set([0x67, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e]);

/** A card with several keys may hold back one of them; more are not asked for. */
const maxChoices = 3;

/**
 * The offers that have a key, best first. A key without any offer, as French passports were seen to have it, is one for
 * 3DES; a key without a number is that of any offer of its kind which no other key belongs to.
 */
export function chipAuthenticationChoices({ offers, keys }: ChipSecurity): Choice[] {
  const implied = keys.map(({ kind, keyId }): ChipAuthenticationOffer => ({ oid: `0.4.0.127.0.7.2.2.3.${kind === 'dh' ? 1 : 2}.1`, kind, suite: '3des', keyId }));
  return (offers.length > 0 ? offers : implied).flatMap((offer): Choice[] => {
    const usable = keys.filter((one) => one.kind === offer.kind && one.key !== null);
    const { key } = usable.find(({ keyId }) => sameKeyId(offer.keyId, keyId)) ?? usable.find(({ keyId }) => keyId === null) ?? { key: null };
    return key ? [{ offer, key }] : [];
  }).slice(0, maxChoices);
}

function sameKeyId(offered: Uint8Array | null, own: Uint8Array | null): boolean {
  return offered === null || (own !== null && sameBytes(offered, own));
}

/**
 * Chip Authentication (ICAO 9303-11 clause 6.2), on an open channel: agrees on new keys with the chip's static key and
 * has one command protected by them. After `ok` true the channel goes on under the new keys; after anything else it
 * must not be used. It proves the chip only as far as DG14 is signed.
 * @throws ProblemError those of the channel, when the card goes or stalls or breaks the standard; `NotProved`
 */
export async function runChipAuthentication(
  channel: CardChannel, security: ChipSecurity, random: Random, ways?: readonly ChipAuthenticationWay[],
): Promise<Verdict> {
  if (security.keys.length === 0) return { ok: null, reason: 'Chip không có khóa để xác thực chip (Chip Authentication).' };
  const choices = chipAuthenticationChoices(security);
  if (choices.length === 0) return { ok: null, reason: 'Chip dùng khóa xác thực mà phiên bản này chưa hỗ trợ.' };
  let sw = 0;
  for (const { offer, key } of choices) {
    const own = key.domain.privateKey(random);
    const publicKey = key.domain.publicKey(own);
    for (const way of ways ?? (offer.suite === '3des' ? waysOf3des : waysOfAes)) {
      try {
        sw = await agree(channel, way, offer, publicKey);
      } catch (error) {
        if (!(error instanceof ChannelClosed)) throw error;
        return refused(error.sw);
      }
      if (sw === ok) return prove(channel, offer, key.domain.secret(own, key.publicKey));
    }
  }
  return refused(sw);
}

function refused(sw: number): Verdict {
  return { ok: null, reason: `Chip không thực hiện xác thực chip (mã ${swText(sw)}).` };
}

/** Sends the ephemeral key. */
async function agree(channel: CardChannel, way: ChipAuthenticationWay, { oid, keyId }: ChipAuthenticationOffer, publicKey: Uint8Array): Promise<number> {
  const reference = keyId ? tlv(0x84, keyId) : new Uint8Array(0);
  const extended = publicKey.length > longestShort;
  if (way === 'key-agreement-template') {
    return (await channel.send({ cla: 0, ins: 0x22, p1: 0x41, p2: 0xa6, data: concat(tlv(0x91, publicKey), reference) }, extended)).sw;
  }
  const set = await channel.send({ cla: 0, ins: 0x22, p1: 0x41, p2: 0xa4, data: concat(tlv(0x80, oidBytes(oid)), reference) });
  if (set.sw !== ok) return set.sw;
  return (await channel.send({ cla: 0, ins: 0x86, p1: 0, p2: 0, data: tlv(0x7c, tlv(0x80, publicKey)), le: 256 }, extended)).sw;
}

/** Restarts secure messaging under the new keys; a chip without the private key cannot answer under them. */
async function prove(channel: CardChannel, { suite }: ChipAuthenticationOffer, secret: Uint8Array): Promise<Verdict> {
  channel.protect({ suite, encryption: deriveKey(suite, secret, 'encryption'), mac: deriveKey(suite, secret, 'mac'), counter: 0n });
  try {
    await select(channel, selectFile(cardFiles.DG14.id));
    return { ok: true, reason: 'Chip chứng minh được khóa riêng (Chip Authentication).' };
  } catch (error) {
    if (error instanceof WrongMac) throw new NotProved();
    if (!(error instanceof ChannelClosed)) throw error;
    return ofTheCommand.has(error.sw >> 8) ? refused(error.sw) : notProved;
  }
}
