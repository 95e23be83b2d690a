import chipVectors from '../fixtures/card/icao-9303-11-chip.json' with { type: 'json' };
import vectors from '../fixtures/card/icao-9303-11.json' with { type: 'json' };
import { runActiveAuthentication } from '../../electron/card/active-authentication.ts';
import { encodeCommand } from '../../electron/card/apdu.ts';
import { runBac } from '../../electron/card/bac.ts';
import { fromBigInt, fromHex, toHex } from '../../electron/card/bytes.ts';
import { mrzPassword } from '../../electron/card/card-key.ts';
import { CardChannel } from '../../electron/card/channel.ts';
import { runChipAuthentication, type ChipAuthenticationWay } from '../../electron/card/chip-authentication.ts';
import { chipHoldsKey } from '../../electron/card/chip-mapping.ts';
import type { SuiteName } from '../../electron/card/ciphers.ts';
import { parseDg15 } from '../../electron/card/dg15.ts';
import { runPace } from '../../electron/card/pace.ts';
import { SecureMessaging, type SessionKeys } from '../../electron/card/secure-messaging.ts';
import { chipSecurity, paceOffers, parseDg14 } from '../../electron/card/security-info.ts';
import { scriptedCard, type ScriptedCard } from '../fixtures/card/scripted-card.ts';
import { VirtualChip } from './chip.ts';
import { issueCard } from './issue.ts';

/** The worked examples of the standard and the transcripts of true documents, replayed. Each says whether it came out. */

type Apdus = readonly (readonly string[])[];

function replay(...values: readonly string[]): (length: number) => Uint8Array {
  const left = [...values];
  return (length) => fromBigInt(BigInt(`0x${left.shift() ?? '0'}`), length);
}

/** What the key generation must be given to come to this private key: it adds one. */
const forKey = (hex: string): string => (BigInt(`0x${hex}`) - 1n).toString(16);
const script = (apdus: Apdus): ScriptedCard => scriptedCard(apdus.map(([command, answer]) => ['step', command!, answer!] as const));
const done = (card: ScriptedCard): boolean => card.unexpected.length === 0 && card.left.length === 0;

function session({ cipher, enc, mac, ssc }: { cipher: string; enc: string; mac: string; ssc: string }): SessionKeys {
  const suite: SuiteName = cipher === 'TDES' ? '3des' : enc.length === 64 ? 'aes-256' : enc.length === 48 ? 'aes-192' : 'aes-128';
  return { suite, encryption: fromHex(enc), mac: fromHex(mac), counter: BigInt(`0x${ssc}`) };
}

async function bacExample(): Promise<boolean> {
  const { bac } = vectors;
  const card = scriptedCard([
    ['challenge', '0084000008', `${bac.rndIC}9000`],
    ['authenticate', `0082000028${bac.eIFD}${bac.mIFD}28`, `${bac.eIC}${bac.mIC}9000`],
  ]);
  const keys = await runBac(new CardChannel(card), mrzPassword(bac.mrzInformation).secret, replay(bac.rndIFD, bac.kIFD));
  const sent = encodeCommand(new SecureMessaging(keys).wrap({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: fromHex('011E') }));
  return toHex(keys.encryption) === bac.ksEnc && toHex(sent) === vectors.secureMessaging3des[0]!.capdu;
}

interface PaceExample {
  efCardAccess: string;
  mrzInformation: string;
  skMapIFD: string;
  skEphIFD: string;
  apdus: Apdus;
}

async function paceRun(pace: PaceExample) {
  const [offer] = paceOffers(fromHex(pace.efCardAccess));
  const card = script(pace.apdus);
  const result = await runPace(new CardChannel(card), offer!, mrzPassword(pace.mrzInformation), replay(forKey(pace.skMapIFD), forKey(pace.skEphIFD)));
  return { ...result, done: done(card) };
}

async function mappingExample(): Promise<boolean> {
  const pace = chipVectors.paceEcdhCam;
  const { keys, chipMapping, done: complete } = await paceRun(pace);
  const card = script(pace.cardSecurity);
  const channel = new CardChannel(card);
  channel.protect(keys);
  await channel.send({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: fromHex('011D') });
  const head = await channel.send({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 });
  const rest = await channel.send({ cla: 0, ins: 0xb0, p1: 0, p2: 4, le: 0x62 });
  const key = chipSecurity(Uint8Array.from([...head.data, ...rest.data])).keys[0]?.key;
  return complete && done(card) && key?.curve !== undefined && key.curve !== null && chipHoldsKey(chipMapping!, key.curve, key.publicKey);
}

/** The chip's side of generic mapping over DH, byte for byte but for the certification authority that it also names. */
async function chipExample(): Promise<boolean> {
  const pace = chipVectors.paceDhGm;
  const issued = issueCard({ pace: { suite: 'aes-128', parameterId: 0 } });
  const chip = new VirtualChip({ ...issued, mrzInformation: pace.mrzInformation }, replay(pace.s, forKey(pace.skMapIC), forKey(pace.skEphIC)));
  for (const [command, answer] of pace.apdus as Apdus) {
    const printed = answer!.replace(/^7C1B(8608.{16})870F.{30}9000$/, '7C0A$19000');
    if (toHex(await chip.transmit(fromHex(command!))) !== printed) return false;
  }
  return true;
}

async function chipAuthentication({ name, dg14, privateKey, before, apdus }: typeof chipVectors.chipAuthentication[number]): Promise<boolean> {
  const card = script(apdus);
  const channel = new CardChannel(card);
  channel.protect(session(before));
  const ways: ChipAuthenticationWay[] | undefined = name.includes('GENERAL') ? ['general-authenticate'] : undefined;
  const verdict = await runChipAuthentication(channel, parseDg14(fromHex(dg14)), replay(forKey(privateKey)), ways);
  return verdict.ok === true && done(card);
}

async function activeAuthentication(): Promise<boolean> {
  const { dg15, challenge, before, apdus } = chipVectors.activeAuthentication;
  const channel = new CardChannel(script(apdus));
  channel.protect(session(before));
  return (await runActiveAuthentication(channel, parseDg15(fromHex(dg15))!, null, replay(challenge), false)).verdict.ok === true;
}

export const vectorChecks: Record<string, () => Promise<boolean>> = {
  'ICAO 9303-11 D: BAC and secure messaging': bacExample,
  'ICAO 9303-11 G.1: PACE, ECDH': async () => {
    const { keys, done: complete } = await paceRun(vectors.paceEcdhGm as PaceExample);
    return complete && toHex(keys.mac) === vectors.paceEcdhGm.ksMac;
  },
  'ICAO 9303-11 G.2: PACE, DH': async () => (await paceRun(chipVectors.paceDhGm)).done,
  'ICAO 9303-11 G.2: the side of the chip': chipExample,
  'ICAO 9303-11 I: PACE, chip authentication mapping': mappingExample,
  ...Object.fromEntries(chipVectors.chipAuthentication.map((vector) => [`Chip Authentication: ${vector.name}`, () => chipAuthentication(vector)])),
  [`Active Authentication: ${chipVectors.activeAuthentication.name}`]: activeAuthentication,
};
