import { describe, expect, it } from 'vitest';
import { openChip, type Opened } from '../../../electron/card/access.ts';
import { runActiveAuthentication } from '../../../electron/card/active-authentication.ts';
import { passwordsFor } from '../../../electron/card/card-key.ts';
import { CardChannel } from '../../../electron/card/channel.ts';
import { runChipAuthentication } from '../../../electron/card/chip-authentication.ts';
import { chipHoldsKey } from '../../../electron/card/chip-mapping.ts';
import { parseDg15 } from '../../../electron/card/dg15.ts';
import { parseDg14, chipSecurity } from '../../../electron/card/security-info.ts';
import { parseSignedCms, checkCmsSignature } from '../../../electron/card/pki/cms.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard, type IssuedCard } from '../../virtual-card/issue.ts';
import type { CardProfileInput } from '../../virtual-card/profile.ts';

// The reader's functions against the chip's, which other hands wrote from the standard: each parameter once.

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

async function open(profile: CardProfileInput): Promise<{ card: IssuedCard; channel: CardChannel; opened: Opened }> {
  const card = issueCard(profile);
  const channel = new CardChannel(new VirtualChip(card));
  return { card, channel, opened: await openChip(channel, passwordsFor({ mrz: card.mrz.join('') }), random) };
}

async function active(profile: CardProfileInput, extended = true): Promise<boolean | null> {
  const { card, channel } = await open(profile);
  const dg14 = card.files.get(0x010e);
  const hashName = dg14 ? parseDg14(dg14).activeHash : null;
  const { verdict } = await runActiveAuthentication(channel, parseDg15(card.files.get(0x010f)!)!, hashName, random, extended);
  return verdict.ok;
}

async function chip(profile: CardProfileInput): Promise<boolean | null> {
  const { card, channel } = await open(profile);
  return (await runChipAuthentication(channel, parseDg14(card.files.get(0x010e)!), random)).ok;
}

const hashes = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
const suites = ['3des', 'aes-128', 'aes-192', 'aes-256'] as const;
const curves = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

describe('active authentication with the virtual chip', () => {
  it.each(['rsa-1024', 'rsa-1280', 'rsa-1536', 'rsa-2048'] as const)('%s_everyHash_isProved', async (kind) => {
    for (const hash of hashes) expect({ hash, ok: await active({ active: { kind, hash } }) }).toEqual({ hash, ok: true });
  });

  it.each<[string, CardProfileInput]>([
    ['sha1WithTheLongTrailer', { active: { kind: 'rsa-1024', hash: 'sha1', longTrailer: true } }],
    ['theSmallerOfSAndNMinusS', { active: { kind: 'rsa-1024', smaller: true } }],
    ['derSignature', { active: { kind: 'ecdsa', der: true } }],
    ['explicitCurve', { active: { kind: 'ecdsa', parameterId: 17, explicit: true } }],
  ])('%s_isProved', async (_, profile) => {
    expect(await active(profile)).toBe(true);
  });

  it('rsa2048OverShortCommands_isFetchedInPieces', async () => {
    expect(await active({ active: { kind: 'rsa-2048' }, faults: { noExtended: true } }, false)).toBe(true);
  });

  it.each(curves)('ecdsaOnCurve_%i_everyHash_isProved', async (parameterId) => {
    for (const hash of hashes) expect({ hash, ok: await active({ active: { kind: 'ecdsa', parameterId, hash } }) }).toEqual({ hash, ok: true });
  });

  it.each<[string, CardProfileInput, boolean | null]>([
    ['otherKeyRsa', { active: { kind: 'rsa-1024' }, faults: { activeOtherKey: true } }, false],
    ['otherKeyEcdsa', { active: { kind: 'ecdsa' }, faults: { activeOtherKey: true } }, false],
    ['recordedSignature', { active: { kind: 'rsa-1024' }, faults: { activeReplay: true } }, false],
    ['wrongTrailer', { active: { kind: 'rsa-1024' }, faults: { activeTrailerWrong: true } }, false],
    ['wrongTrailerSha1', { active: { kind: 'rsa-1024', hash: 'sha1' }, faults: { activeTrailerWrong: true } }, false],
    ['refused6D00', { active: { kind: 'rsa-1024' }, faults: { activeStatus: '6D00' } }, null],
  ])('%s_isNotProved', async (_, profile, ok) => {
    expect(await active(profile)).toBe(ok);
  });

  it('clonedDg15WithItsOwnKey_provesOnlyThatKey', async () => {
    const card = issueCard({ active: { kind: 'ecdsa' }, faults: { clonedGroup: 'DG15' } });
    expect(card.files.get(0x010f)).not.toEqual(issueCard({ active: { kind: 'ecdsa' } }).files.get(0x010f));
    expect(await active({ active: { kind: 'ecdsa' }, faults: { clonedGroup: 'DG15' } })).toBe(true);
  });
});

describe('chip authentication with the virtual chip', () => {
  it.each(curves)('onCurve_%i_everyCipherAndWriting_isProved', async (parameterId) => {
    for (const suite of suites) expect({ suite, ok: await chip({ chip: { parameterId, suite } }) }).toEqual({ suite, ok: true });
    for (const parameters of ['named', 'standardised'] as const) {
      expect({ parameters, ok: await chip({ chip: { parameterId, parameters } }) }).toEqual({ parameters, ok: true });
    }
  });

  it.each([0, 1, 2])('overDhGroup_%i_isProved', async (parameterId) => {
    expect([await chip({ chip: { parameterId } }), await chip({ chip: { parameterId, suite: '3des', parameters: 'standardised' } })]).toEqual([true, true]);
  });

  it.each<[string, CardProfileInput, boolean | null]>([
    ['keyIdentifier', { chip: { keyId: 7 } }, true],
    ['twoKeys', { chip: { keyId: 7, secondKey: true } }, true],
    ['keyWithoutInfo', { chip: { info: false, suite: '3des' } }, true],
    ['afterBac', { chip: {}, pace: null }, true],
    ['otherKey', { chip: {}, faults: { chipOtherKey: true } }, false],
    ['otherKey3des', { chip: { suite: '3des' }, faults: { chipOtherKey: true } }, false],
    ['refused6A80', { chip: {}, faults: { chipStatus: '6A80' } }, null],
  ])('%s_isSaid', async (_, profile, ok) => {
    expect(await chip(profile)).toBe(ok);
  });
});

describe('PACE with the virtual chip', () => {
  it.each([0, 1, 2])('overDhGroup_%i_everyCipher_opens', async (parameterId) => {
    for (const suite of suites) expect((await open({ pace: { parameterId, suite }, bac: false })).opened.access).toBe('pace-mrz');
  });

  it.each(curves)('chipMappingOnCurve_%i_provesTheKeyOfCardSecurity', async (parameterId) => {
    for (const suite of ['aes-128', 'aes-192', 'aes-256'] as const) {
      const { card, opened } = await open({ pace: { mapping: 'cam', parameterId, suite } });
      const cms = parseSignedCms(card.cardSecurity!);
      const [key] = chipSecurity(cms.content).keys;
      expect(checkCmsSignature(cms)).toBe('valid');
      expect(chipHoldsKey(opened.chipMapping!, key!.key!.curve!, key!.key!.publicKey)).toBe(true);
    }
  });

  it('chipMappingWithAnotherKey_isNotProved', async () => {
    const { card, opened } = await open({ pace: { mapping: 'cam' }, faults: { camOtherKey: true } });
    const [key] = chipSecurity(parseSignedCms(card.cardSecurity!).content).keys;
    expect(chipHoldsKey(opened.chipMapping!, key!.key!.curve!, key!.key!.publicKey)).toBe(false);
  });

  it('wrongCanCounted_63C2ThenBlocked', async () => {
    const chipOfCard = new VirtualChip(issueCard({ bac: false, faults: { wrongKey: '63Cx' } }));
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 4; i += 1) {
      chipOfCard.power();
      codes.push(await openChip(new CardChannel(chipOfCard), passwordsFor({ can: '999999' }), random).then(() => 'opened', (error: { code: string }) => error.code));
    }
    expect(codes).toEqual(['card-key-wrong', 'card-key-wrong', 'card-blocked', 'card-blocked']);
  });
});
