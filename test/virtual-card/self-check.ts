import vectors from '../fixtures/card/icao-9303-11.json' with { type: 'json' };
import { fromBigInt, fromHex, toHex } from '../../electron/card/bytes.ts';
import { mrzPassword } from '../../electron/card/card-key.ts';
import { CardChannel } from '../../electron/card/channel.ts';
import { runBac } from '../../electron/card/bac.ts';
import { encodeCommand } from '../../electron/card/apdu.ts';
import { runPace } from '../../electron/card/pace.ts';
import { SecureMessaging } from '../../electron/card/secure-messaging.ts';
import { paceOffers } from '../../electron/card/security-info.ts';
import { readCard } from '../../electron/card/read-card.ts';
import { scriptedCard } from '../fixtures/card/scripted-card.ts';
import { VirtualChip } from './chip.ts';
import { issueCard } from './issue.ts';
import type { CardProfileInput } from './profile.ts';

// Bundled to one file and run inside Electron too, whose crypto is BoringSSL: what OpenSSL can do proves nothing there.

export interface Check {
  name: string;
  ok: boolean;
}

const { bac, paceEcdhGm: pace } = vectors;

function replay(...values: readonly string[]): (length: number) => Uint8Array {
  const left = [...values];
  return (length) => fromBigInt(BigInt(`0x${left.shift() ?? '0'}`), length);
}

async function bacVector(): Promise<boolean> {
  const card = scriptedCard([
    ['challenge', '0084000008', `${bac.rndIC}9000`],
    ['authenticate', `0082000028${bac.eIFD}${bac.mIFD}28`, `${bac.eIC}${bac.mIC}9000`],
  ]);
  const keys = await runBac(new CardChannel(card), mrzPassword(bac.mrzInformation).secret, replay(bac.rndIFD, bac.kIFD));
  const sent = encodeCommand(new SecureMessaging(keys).wrap({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: fromHex('011E') }));
  return toHex(keys.encryption) === bac.ksEnc && toHex(sent) === vectors.secureMessaging3des[0]!.capdu;
}

async function paceVector(): Promise<boolean> {
  const [offer] = paceOffers(fromHex(pace.efCardAccess));
  const card = scriptedCard(pace.apdus.map(([command, answer]) => ['step', command!, answer!] as const));
  const before = (hex: string): string => (BigInt(`0x${hex}`) - 1n).toString(16);
  const { keys } = await runPace(new CardChannel(card), offer!, mrzPassword(pace.mrzInformation), replay(before(pace.skMapIFD), before(pace.skEphIFD)));
  return card.unexpected.length === 0 && toHex(keys.mac) === pace.ksMac;
}

async function wholeRead(profile: CardProfileInput): Promise<boolean> {
  const card = issueCard(profile);
  const { ok, trust } = await readCard(new VirtualChip(card), { mrz: card.mrz.join('') }, { also: ['DG2'] });
  return ok && trust.hashes.ok === true && trust.signature.ok === true;
}

const reads: Record<string, CardProfileInput> = {
  'BAC, RSA': { pace: null, signer: 'rsa' },
  'PACE 3DES, RSA-PSS': { pace: { suite: '3des' }, signer: 'rsa-pss' },
  'PACE AES-128 brainpoolP256r1, ECDSA explicit brainpool': { pace: { suite: 'aes-128', parameterId: 13 }, signer: 'ecdsa-brainpool-explicit' },
  'PACE AES-192 P-384': { pace: { suite: 'aes-192', parameterId: 15 } },
  'PACE AES-256 brainpoolP512r1': { pace: { suite: 'aes-256', parameterId: 17 } },
};

/** Every cipher, hash, curve and signature of the card code once, by the standard's examples and by whole reads. */
export async function selfCheck(): Promise<Check[]> {
  const checks: Check[] = [
    { name: 'ICAO 9303-11 D: BAC and secure messaging', ok: await bacVector() },
    { name: 'ICAO 9303-11 G.1: PACE', ok: await paceVector() },
  ];
  for (const [name, profile] of Object.entries(reads)) checks.push({ name, ok: await wholeRead(profile) });
  return checks;
}
