import { describe, expect, it } from 'vitest';
import vectors from '../../fixtures/card/icao-9303-11.json' with { type: 'json' };
import { encodeCommand } from '../../../electron/card/apdu.ts';
import { bacKeys, runBac } from '../../../electron/card/bac.ts';
import { ascii, fromBigInt, fromHex, toBigInt, toHex } from '../../../electron/card/bytes.ts';
import { mrzPassword } from '../../../electron/card/card-key.ts';
import { CardChannel } from '../../../electron/card/channel.ts';
import { deriveKey, hash, suites, zeroIv } from '../../../electron/card/ciphers.ts';
import { mapGenerator } from '../../../electron/card/key-agreement.ts';
import { runPace } from '../../../electron/card/pace.ts';
import { pointFromBytes, standardCurves } from '../../../electron/card/curves.ts';
import { SecureMessaging } from '../../../electron/card/secure-messaging.ts';
import { paceOffers } from '../../../electron/card/security-info.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';
import { scriptedCard } from '../../fixtures/card/scripted-card.ts';

const { bac, paceEcdhGm: pace, secureMessaging3des } = vectors;

/** Random bytes of the example, in the order in which they are asked for. */
function replay(...values: readonly string[]): (length: number) => Uint8Array {
  const left = [...values];
  return (length) => fromBigInt(BigInt(`0x${left.shift() ?? '0'}`), length);
}

/** What our key generation must be given to come to this private key: it adds one. */
const forKey = (hex: string): string => (BigInt(`0x${hex}`) - 1n).toString(16);

describe('ICAO 9303-11 appendix D: BAC', () => {
  it('keys_fromMrz_areThoseOfTheStandard', () => {
    const { secret } = mrzPassword(bac.mrzInformation);
    expect(toHex(secret.subarray(0, 16))).toBe(bac.kSeed);
    const keys = bacKeys(secret);
    expect([toHex(keys.encryption), toHex(keys.mac)]).toEqual([bac.kEnc, bac.kMac]);
  });

  it('authentication_replayed_sendsAndAgreesAsPrinted', async () => {
    const card = scriptedCard([
      ['challenge', '0084000008', `${bac.rndIC}9000`],
      ['authenticate', `0082000028${bac.eIFD}${bac.mIFD}28`, `${bac.eIC}${bac.mIC}9000`],
    ]);
    const session = await runBac(new CardChannel(card), mrzPassword(bac.mrzInformation).secret, replay(bac.rndIFD, bac.kIFD));
    expect(card.unexpected).toEqual([]);
    expect([toHex(session.encryption), toHex(session.mac), session.counter]).toEqual([bac.ksEnc, bac.ksMac, BigInt(`0x${bac.ssc}`)]);
  });

  it('virtualCard_replayed_answersAsPrinted', async () => {
    const chip = new VirtualChip({ ...issueCard({ pace: null }), mrzInformation: bac.mrzInformation }, replay(bac.rndIC, bac.kIC));
    await chip.transmit(fromHex('00A4040C07A0000002471001'));
    expect(toHex(await chip.transmit(fromHex('0084000008')))).toBe(`${bac.rndIC}9000`);
    const answer = await chip.transmit(fromHex(`0082000028${bac.eIFD}${bac.mIFD}28`));
    expect(toHex(answer)).toBe(`${bac.eIC}${bac.mIC}9000`);
  });
});

describe('ICAO 9303-11 appendix D: secure messaging', () => {
  it('threeCommands_wrappedAndUnwrapped_areThoseOfTheStandard', () => {
    const messaging = new SecureMessaging({
      suite: '3des', encryption: fromHex(bac.ksEnc), mac: fromHex(bac.ksMac), counter: BigInt(`0x${bac.ssc}`),
    });
    const commands = [
      { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: fromHex('011E') },
      { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 },
      { cla: 0, ins: 0xb0, p1: 0, p2: 4, le: 18 },
    ];
    const seen = commands.map((command, i) => {
      const sent = toHex(encodeCommand(messaging.wrap(command)));
      const answer = fromHex(secureMessaging3des[i]!.rapdu);
      const { data, sw } = messaging.unwrap({ data: answer.subarray(0, -2), sw: 0x9000 });
      return { sent, data: toHex(data), sw };
    });
    expect(seen).toEqual(secureMessaging3des.map(({ capdu, data = '' }) => ({ sent: capdu, data, sw: 0x9000 })));
  });
});

describe('ICAO 9303-11 appendix G.1: PACE, ECDH, generic mapping', () => {
  const [offer] = paceOffers(fromHex(pace.efCardAccess));
  const password = mrzPassword(pace.mrzInformation);

  it('cardAccess_parsed_offersBrainpool256WithAes128', () => {
    expect(offer).toMatchObject({ oid: pace.oid, suite: 'aes-128', parameterId: pace.parameterId, mapping: 'generic' });
  });

  it('password_derived_opensTheNonce', () => {
    expect(toHex(password.secret)).toBe(pace.kPassword_sha1);
    const key = deriveKey('aes-128', password.secret, 'password');
    expect(toHex(key)).toBe(pace.kPi);
    const suite = suites['aes-128'];
    expect(toHex(suite.decrypt(key, zeroIv(suite), fromHex(pace.z)))).toBe(pace.s);
  });

  it('generator_mapped_isTheOnePrinted', () => {
    const curve = standardCurves[pace.parameterId]!.point;
    const shared = pointFromBytes(curve, fromHex(pace.pkMapIC)).multiply(toBigInt(fromHex(pace.skMapIFD)));
    expect(toHex(shared.toBytes(false))).toBe(pace.H);
    expect(toHex(mapGenerator(curve, fromHex(pace.s), shared).toBytes(false))).toBe(pace.mappedG);
  });

  it('wholeRun_replayed_sendsEveryCommandAsPrinted', async () => {
    const card = scriptedCard(pace.apdus.map(([command, answer], i) => [`step ${i}`, command!, answer!] as const));
    const { keys: session } = await runPace(new CardChannel(card), offer!, password, replay(forKey(pace.skMapIFD), forKey(pace.skEphIFD)));
    expect(card.unexpected).toEqual([]);
    expect(card.left).toEqual([]);
    expect([toHex(session.encryption), toHex(session.mac), session.counter]).toEqual([pace.ksEnc, pace.ksMac, 0n]);
  });

  it('virtualCard_replayed_answersEveryCommandAsPrinted', async () => {
    const issued = issueCard({ pace: { suite: 'aes-128', parameterId: 13 } });
    const chip = new VirtualChip({ ...issued, mrzInformation: pace.mrzInformation }, replay(pace.s, forKey(pace.skMapIC), forKey(pace.skEphIC)));
    const answers: string[] = [];
    for (const [command] of pace.apdus) answers.push(toHex(await chip.transmit(fromHex(command!))));
    expect(answers).toEqual(pace.apdus.map(([, answer]) => answer));
  });
});

describe('the Vietnamese specimen of the research notes', () => {
  it('keys_fromMrzAndCan_areThoseComputedByHand', () => {
    expect(toHex(mrzPassword('090012345090091763009174').secret)).toBe('2F376C1BE471BA6FA914A4DD9E9B02F752F9E5C6');
    expect(toHex(deriveKey('aes-128', ascii('012345'), 'password'))).toBe('5E5CD537047973C8F8BFDEA168324EC0');
    expect(toHex(hash('sha1', ascii('090012345090091763009174')).subarray(0, 16))).toBe('2F376C1BE471BA6FA914A4DD9E9B02F7');
  });
});
