import { describe, expect, it } from 'vitest';
import vectors from '../../fixtures/card/icao-9303-11-chip.json' with { type: 'json' };
import { runActiveAuthentication } from '../../../electron/card/active-authentication.ts';
import { fromBigInt, fromHex, toHex } from '../../../electron/card/bytes.ts';
import { mrzPassword } from '../../../electron/card/card-key.ts';
import { CardChannel } from '../../../electron/card/channel.ts';
import { runChipAuthentication, type ChipAuthenticationWay } from '../../../electron/card/chip-authentication.ts';
import { chipHoldsKey } from '../../../electron/card/chip-mapping.ts';
import { deriveKey, hash, suites, zeroIv, type SuiteName } from '../../../electron/card/ciphers.ts';
import { parseDg15 } from '../../../electron/card/dg15.ts';
import { recover, signedByIso9796 } from '../../../electron/card/iso-9796.ts';
import { runPace } from '../../../electron/card/pace.ts';
import { chipSecurity, paceOffers, parseDg14 } from '../../../electron/card/security-info.ts';
import type { SessionKeys } from '../../../electron/card/secure-messaging.ts';
import { scriptedCard } from '../../fixtures/card/scripted-card.ts';

function replay(...values: readonly string[]): (length: number) => Uint8Array {
  const left = [...values];
  return (length) => fromBigInt(BigInt(`0x${left.shift() ?? '0'}`), length);
}

/** What our key generation must be given to come to this private key: it adds one. */
const forKey = (hex: string): string => (BigInt(`0x${hex}`) - 1n).toString(16);
const script = (apdus: readonly (readonly string[])[]) => scriptedCard(apdus.map(([command, answer], i) => [`step ${i}`, command!, answer!] as const));

function session({ cipher, enc, mac, ssc }: { cipher: string; enc: string; mac: string; ssc: string }): SessionKeys {
  const suite: SuiteName = cipher === 'TDES' ? '3des' : enc.length === 64 ? 'aes-256' : enc.length === 48 ? 'aes-192' : 'aes-128';
  return { suite, encryption: fromHex(enc), mac: fromHex(mac), counter: BigInt(`0x${ssc}`) };
}

describe('ICAO 9303-11 appendix G.2: PACE, DH, generic mapping', () => {
  const pace = vectors.paceDhGm;
  const [offer] = paceOffers(fromHex(pace.efCardAccess));
  const password = mrzPassword(pace.mrzInformation);

  it('password_opensTheNonce', () => {
    const suite = suites['aes-128'];
    expect(offer).toMatchObject({ suite: 'aes-128', mapping: 'generic', parameterId: 0, domain: { kind: 'dh' } });
    const key = deriveKey('aes-128', password.secret, 'password');
    expect([toHex(key), toHex(suite.decrypt(key, zeroIv(suite), fromHex(pace.z)))]).toEqual([pace.kPi, pace.s]);
  });

  it('wholeRun_replayed_sendsEveryCommandAsPrinted', async () => {
    const card = script(pace.apdus);
    const { keys, chipMapping } = await runPace(new CardChannel(card), offer!, password, replay(forKey(pace.skMapIFD), forKey(pace.skEphIFD)));
    expect([card.unexpected, card.left, chipMapping]).toEqual([[], [], null]);
    expect(toHex(keys.encryption)).toBe(toHex(deriveKey('aes-128', fromHex(pace.K), 'encryption')));
  });
});

describe('ICAO 9303-11 appendix I: PACE, chip authentication mapping', () => {
  const pace = vectors.paceEcdhCam;
  const [offer] = paceOffers(fromHex(pace.efCardAccess));

  async function run(channel: CardChannel) {
    return runPace(channel, offer!, mrzPassword(pace.mrzInformation), replay(forKey(pace.skMapIFD), forKey(pace.skEphIFD)));
  }

  /** The chip's keys, from the EF.CardSecurity that the example reads. */
  async function cardKeys() {
    const card = script([...pace.apdus, ...pace.cardSecurity]);
    const channel = new CardChannel(card);
    const result = await run(channel);
    channel.protect(result.keys);
    await channel.send({ cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: fromHex('011D') });
    const head = await channel.send({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 });
    const rest = await channel.send({ cla: 0, ins: 0xb0, p1: 0, p2: 4, le: 0x62 });
    expect(card.unexpected).toEqual([]);
    return { result, file: Uint8Array.from([...head.data, ...rest.data]) };
  }

  it('wholeRun_replayed_sendsEveryCommandAsPrinted', async () => {
    const card = script(pace.apdus);
    const { keys, chipMapping } = await run(new CardChannel(card));
    expect([card.unexpected, card.left]).toEqual([[], []]);
    expect([toHex(keys.encryption), toHex(keys.mac), chipMapping !== null]).toEqual([pace.ksEnc, pace.ksMac, true]);
  });

  it('chipData_againstTheKeyOfCardSecurity_provesTheChip', async () => {
    const { result, file } = await cardKeys();
    const key = chipSecurity(file).keys[0]!.key!;
    expect(chipHoldsKey(result.chipMapping!, key.curve!, key.publicKey)).toBe(true);
    const bent = { ...result.chipMapping!, proof: result.chipMapping!.proof.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) };
    expect(chipHoldsKey(bent, key.curve!, key.publicKey)).toBe(false);
    expect(chipHoldsKey(result.chipMapping!, key.curve!, result.chipMapping!.mapKey)).toBe(false);
    expect(chipHoldsKey({ ...result.chipMapping!, proof: new Uint8Array(32) }, key.curve!, key.publicKey)).toBe(false);
  });
});

describe('Chip Authentication as passports did it', () => {
  it.each(vectors.chipAuthentication)('$name, replayed_isProved', async ({ name, dg14, privateKey, before, after, apdus }) => {
    const card = script(apdus);
    const channel = new CardChannel(card);
    channel.protect(session(before));
    const ways: ChipAuthenticationWay[] | undefined = name.includes('GENERAL') ? ['general-authenticate'] : undefined;
    const verdict = await runChipAuthentication(channel, parseDg14(fromHex(dg14)), replay(forKey(privateKey)), ways);
    expect([card.unexpected, card.left, verdict.ok]).toEqual([[], [], true]);
    expect(after.ssc).toMatch(/2$/);
  });

  it('answerUnderOtherKeys_isABrokenChannelWithAFalseVerdict', async () => {
    const { dg14, privateKey, before, apdus } = vectors.chipAuthentication[0]!;
    const answer = fromHex(apdus[2]![1]!);
    answer[6]! ^= 1;
    const channel = new CardChannel(script([...apdus.slice(0, 2), [apdus[2]![0]!, toHex(answer)]]));
    channel.protect(session(before));
    await expect(runChipAuthentication(channel, parseDg14(fromHex(dg14)), replay(forKey(privateKey))))
      .rejects.toMatchObject({ code: 'card-channel-broken', verdict: { ok: false } });
  });

  it.each([['6988', false], ['6982', false], ['6F00', false], ['6A86', null], ['6D00', null]] as const)('bareStatus%sUnderTheNewKeys_is_%s', async (status, ok) => {
    const { dg14, privateKey, before, apdus } = vectors.chipAuthentication[0]!;
    const channel = new CardChannel(script([...apdus.slice(0, 2), [apdus[2]![0]!, status]]));
    channel.protect(session(before));
    expect((await runChipAuthentication(channel, parseDg14(fromHex(dg14)), replay(forKey(privateKey)))).ok).toBe(ok);
  });
});

describe('Active Authentication as a passport did it', () => {
  const { dg15, challenge, before, apdus } = vectors.activeAuthentication;

  async function run(random: string) {
    const channel = new CardChannel(script(apdus));
    channel.protect(session(before));
    return runActiveAuthentication(channel, parseDg15(fromHex(dg15))!, null, replay(random), false);
  }

  it('rsa_replayed_isProved', async () => {
    expect(await run(challenge)).toMatchObject({ verdict: { ok: true }, derSignature: false });
  });

  it.each(vectors.iso9796)('recovered $digest, isTakenApart', ({ recovered, m1, digest }) => {
    const found = recover(fromHex(recovered))!;
    expect([toHex(found.recoverable), toHex(found.digest)]).toEqual([m1, digest]);
    expect(toHex(hash(found.hashName, found.recoverable, fromHex('0102030405060708')))).toBe(digest);
    expect([signedByIso9796(fromHex(recovered), fromHex('0102030405060708')), signedByIso9796(fromHex(recovered), fromHex('0102030405060709'))]).toEqual([true, false]);
  });

  it.each(['', 'BC', '6ABC', '6A0000CC', '6B000000', '4A1234BC', '6BBBBB12BC'])('noSignature_%s_isRefused', (text) => {
    expect(recover(fromHex(text))).toBeNull();
  });
});
