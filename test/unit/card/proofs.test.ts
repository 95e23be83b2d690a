import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../electron/card/bytes.ts';
import { otherGroups, readCard, type ReadOptions } from '../../../electron/card/read-card.ts';
import { readTlv, tlv } from '../../../electron/card/tlv.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';
import type { CardProfileInput } from '../../virtual-card/profile.ts';
import type { AgreementKey } from '../../../electron/card/agreement-key.ts';
import type { Random } from '../../../electron/card/bac.ts';
import { CardChannel } from '../../../electron/card/channel.ts';
import { chipAuthenticationChoices, runChipAuthentication } from '../../../electron/card/chip-authentication.ts';
import { standardCurves } from '../../../electron/card/curves.ts';
import { ecDomain } from '../../../electron/card/key-agreement.ts';
import type { ChipAuthenticationOffer, ChipKey } from '../../../electron/card/security-info.ts';

const today = '2026-01-15';

async function read(profile: CardProfileInput, options: ReadOptions = {}, trusted = true) {
  const card = issueCard(profile);
  const anchors = { certificates: trusted ? [card.csca] : [], crls: [] };
  const key = profile.document ? { mrz: card.mrz.join('\n') } : { can: card.can };
  const reading = await readCard(new VirtualChip(card), key, { also: otherGroups, today, anchors, ...options });
  const { active, chip, genuine } = reading.trust;
  return { reading, verdicts: { ok: reading.ok, active: active.ok, chip: chip.ok, genuine: genuine.ok }, card };
}

describe('Active Authentication', () => {
  it.each<[string, NonNullable<CardProfileInput['active']>]>([
    ['rsa1024', { kind: 'rsa-1024', hash: 'sha1' }],
    ['rsa1280', { kind: 'rsa-1280', hash: 'sha224' }],
    ['rsa1536', { kind: 'rsa-1536', hash: 'sha384' }],
    ['rsa2048', { kind: 'rsa-2048', hash: 'sha256' }],
    ['rsa2048_sha512', { kind: 'rsa-2048', hash: 'sha512' }],
    ['rsa_sha1LongTrailer', { kind: 'rsa-1024', hash: 'sha1', longTrailer: true }],
    ['rsa_smallerOfTheTwo', { kind: 'rsa-1024', smaller: true }],
    ['ecdsaP256', { kind: 'ecdsa' }],
    ['ecdsaExplicit', { kind: 'ecdsa', explicit: true, parameterId: 13 }],
    ['ecdsaP521', { kind: 'ecdsa', parameterId: 18, hash: 'sha512' }],
    ['ecdsaP192Sha1', { kind: 'ecdsa', parameterId: 8, hash: 'sha1' }],
    ['ecdsaBrainpool512', { kind: 'ecdsa', parameterId: 17, hash: 'sha384' }],
  ])('%s_isProvedAndTheChipIsGenuine', async (_, active) => {
    const { verdicts, reading } = await read({ active });
    expect(verdicts).toEqual({ ok: true, active: true, chip: null, genuine: true });
    expect(reading.warnings).toEqual([]);
  });

  it('derSignature_isTakenWithAWarning', async () => {
    const { verdicts, reading } = await read({ active: { kind: 'ecdsa', der: true } });
    expect([verdicts.active, reading.warnings]).toEqual([true, ['active-signature-form']]);
  });

  it.each(['6A88', '6A81', '6D00'])('refusedBy_%s_isNotChecked', async (activeStatus) => {
    const { verdicts, reading } = await read({ active: {}, faults: { activeStatus } });
    expect(verdicts).toEqual({ ok: true, active: null, chip: null, genuine: null });
    expect(reading.trust.active.reason).toContain(activeStatus);
  });

  it.each<[string, CardProfileInput]>([
    ['otherKey', { active: {}, faults: { activeOtherKey: true } }],
    ['otherKeyRsa', { active: { kind: 'rsa-1024' }, faults: { activeOtherKey: true } }],
    ['recordedSignature', { active: {}, faults: { activeReplay: true } }],
    ['trailerWrong', { active: { kind: 'rsa-1024' }, faults: { activeTrailerWrong: true } }],
  ])('%s_isAFalseVerdictOfAGoodRead', async (_, profile) => {
    expect((await read(profile)).verdicts).toEqual({ ok: true, active: false, chip: null, genuine: false });
  });

  it.each([true, false])('keyOfTheClonersOwn_listed_%s_provesNothing', async (clonedGroupListed) => {
    const { verdicts } = await read({ active: {}, faults: { clonedGroup: 'DG15', clonedGroupListed } });
    expect([verdicts.ok, verdicts.active, verdicts.genuine === true]).toEqual([true, null, false]);
  });

  it.each<[string, CardProfileInput['faults']]>([
    ['noExtendedLength', { noExtended: true, getResponse: 200 }], ['refusedBare', { noExtended: true, refusalsAreBare: true, getResponse: 200 }],
    ['answersInPieces', { getResponse: 100 }],
  ])('longSignature_%s_isFetched', async (_, faults) => {
    expect((await read({ active: { kind: 'rsa-2048' }, faults })).verdicts).toMatchObject({ ok: true, active: true });
  });
});

describe('Chip Authentication', () => {
  it.each([0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])('domainParameters_%i_areProved', async (parameterId) => {
    expect((await read({ chip: { parameterId, suite: 'aes-256' } })).verdicts).toEqual({ ok: true, active: null, chip: true, genuine: true });
  });

  it.each<[string, NonNullable<CardProfileInput['chip']>]>([
    ['3des', { suite: '3des' }], ['aes192', { suite: 'aes-192' }], ['named', { parameters: 'named' }], ['standardised', { parameters: 'standardised' }],
    ['keyNumber', { keyId: 5 }], ['twoKeys', { keyId: 5, secondKey: true }], ['keyWithoutInfo', { suite: '3des', info: false }],
    ['dhWithoutInfo', { suite: '3des', info: false, parameterId: 0 }], ['dh3des', { suite: '3des', parameterId: 2 }],
  ])('%s_isProved', async (_, chip) => {
    expect((await read({ chip })).verdicts).toMatchObject({ ok: true, chip: true, genuine: true });
  });

  describe('of several keys', () => {
    const random: Random = (length) => new Uint8Array(length).fill(7);
    const domain = ecDomain(standardCurves[12]!.point);
    const key: AgreementKey = { domain, curve: standardCurves[12]!, publicKey: domain.publicKey(domain.privateKey(random)) };
    const offer = (keyId: number): ChipAuthenticationOffer => ({ oid: '0.4.0.127.0.7.2.2.3.2.2', kind: 'ecdh', suite: 'aes-128', keyId: Uint8Array.of(keyId) });
    const keyOf = (keyId: number | null): ChipKey => ({ kind: 'ecdh', keyId: keyId === null ? null : Uint8Array.of(keyId), key });

    it('oneThatTheCardRefuses_theNextIsAsked', async () => {
      const asked: string[] = [];
      const channel = new CardChannel({ transmit: async (apdu) => {
        asked.push(toHex(apdu));
        return Uint8Array.of(0x6a, 0x88);
      } });
      const security = { offers: [offer(1), offer(2), offer(3), offer(4)], keys: [keyOf(1), keyOf(2), keyOf(3), keyOf(4)], pace: [], activeHash: null };
      expect(await runChipAuthentication(channel, security, random)).toMatchObject({ ok: null, reason: expect.stringContaining('6A88') });
      expect(asked.map((apdu) => apdu.slice(-6))).toEqual(['840101', '840102', '840103']);
    });

    it.each<[string, ChipKey[], number]>([
      ['keyWithoutANumber_isTheOneOfTheOffer', [keyOf(null)], 1], ['keyOfAnotherNumber_isNot', [keyOf(9)], 0],
    ])('%s', (_, keys, choices) => {
      expect(chipAuthenticationChoices({ offers: [offer(1)], keys, pace: [], activeHash: null })).toHaveLength(choices);
    });
  });

  it.each(['3des', 'aes-256'] as const)('afterBac_%s_isProved', async (suite) => {
    const card = issueCard({ pace: null, chip: { suite } });
    const reading = await readCard(new VirtualChip(card), { mrz: card.mrz.join('') }, { also: otherGroups, today });
    expect([reading.chip?.access, reading.trust.chip.ok]).toEqual(['bac', true]);
  });

  it('otherKeyThanTheSignedOne_isAFalseVerdictOfAGoodRead', async () => {
    const { verdicts, reading } = await read({ chip: {}, faults: { chipOtherKey: true } });
    expect(verdicts).toEqual({ ok: true, active: null, chip: false, genuine: false });
    expect(reading.person?.fullName).toBe('Nguyễn Văn An');
  });

  it('refused_isNotChecked', async () => {
    expect((await read({ chip: {}, faults: { chipStatus: '6A80' } })).verdicts).toEqual({ ok: true, active: null, chip: null, genuine: null });
  });

  it.each([true, false])('keyOfTheClonersOwn_listed_%s_provesNothing', async (clonedGroupListed) => {
    const { verdicts } = await read({ chip: {}, faults: { clonedGroup: 'DG14', clonedGroupListed } });
    expect([verdicts.ok, verdicts.chip, verdicts.genuine === true]).toEqual([true, null, false]);
  });

  it('besideActiveAuthentication_bothAreProved', async () => {
    expect((await read({ active: {}, chip: {} })).verdicts).toEqual({ ok: true, active: true, chip: true, genuine: true });
  });

  it('withoutAnIssuerThatIsTrusted_isProvedButNotGenuine', async () => {
    expect((await read({ active: {}, chip: {} }, {}, false)).verdicts).toEqual({ ok: true, active: true, chip: true, genuine: null });
  });
});

describe('PACE', () => {
  it.each(['aes-128', 'aes-192', 'aes-256'] as const)('chipMapping_%s_provesTheChipByCardSecurity', async (suite) => {
    const { verdicts, reading } = await read({ pace: { mapping: 'cam', suite, parameterId: 13 } });
    expect(verdicts).toEqual({ ok: true, active: null, chip: true, genuine: true });
    expect(reading.trust.chip.reason).toContain('PACE-CAM');
  });

  it('chipMappingByAnotherKey_isAFalseVerdictOfAGoodRead', async () => {
    expect((await read({ pace: { mapping: 'cam' }, faults: { camOtherKey: true } })).verdicts).toMatchObject({ ok: true, chip: false, genuine: false });
  });

  it('chipMappingWithoutTrustedIssuer_isLeftToChipAuthentication', async () => {
    const { verdicts, reading } = await read({ pace: { mapping: 'cam' }, chip: {} }, {}, false);
    expect(verdicts).toMatchObject({ ok: true, chip: true, genuine: null });
    expect(reading.trust.chip.reason).toContain('Chip Authentication');
  });

  it('chipMappingData_missing_isGotAroundByTheOtherOffer', async () => {
    expect((await read({ pace: { mapping: 'cam' }, faults: { camDataMissing: true } })).verdicts).toMatchObject({ ok: true, chip: null });
  });

  it.each([0, 1, 2])('overNumberField_%i_opens', async (parameterId) => {
    const { reading } = await read({ pace: { parameterId, suite: 'aes-256' } });
    expect(reading).toMatchObject({ ok: true, chip: { access: 'pace-can' } });
  });

  it('overNumberFieldWithoutExtendedLength_fallsBackToBac', async () => {
    const card = issueCard({ pace: { parameterId: 2, suite: 'aes-256' }, faults: { noExtended: true } });
    const reading = await readCard(new VirtualChip(card), { mrz: card.mrz.join('') }, { today });
    expect(reading).toMatchObject({ ok: true, chip: { access: 'bac' } });
  });
});

describe('EF.CardAccess', () => {
  it.each([['theSameInDg14', '0D', []], ['anotherInDg14', '0C', ['card-access-differs']]])('%s_warnsOnlyOfADifference', async (_, id, warnings) => {
    const card = issueCard({ pace: { parameterId: 13 }, chip: {} });
    const dg14 = tlv(0x6e, tlv(0x31, readTlv(readTlv(card.files.get(0x010e)!).value).value, fromHex(`3012060A04007F000702020402020201020201${id}`)));
    const files = new Map(card.files).set(0x010e, dg14);
    const reading = await readCard(new VirtualChip({ ...card, files }), { can: card.can }, { also: otherGroups, today });
    expect([reading.ok, reading.warnings]).toEqual([true, warnings]);
  });
});

describe('foreign documents', () => {
  it.each(['TD1', 'TD2', 'TD3'] as const)('%s_personComesFromTheMrz', async (format) => {
    const { reading } = await read({ document: { format, code: format === 'TD3' ? 'P<' : 'I<' }, active: { kind: 'rsa-2048' }, chip: {} });
    expect(reading).toMatchObject({
      ok: true, problem: null,
      person: { personalId: null, fullName: 'EXAMPLE ANNA MARIA', birthDate: '1990-09-17', sex: 'Nam', nationality: 'UTO', expiresOn: '2030-09-17' },
      document: { number: 'X1234567', expiry: '2030-09-17' },
      trust: { hashes: { ok: true }, genuine: { ok: true } },
    });
  });

  it('longNumberOfTd1_opensAndIsWhole', async () => {
    const { reading } = await read({ document: { format: 'TD1', code: 'I<', number: 'AB12345678901' } });
    expect(reading).toMatchObject({ ok: true, document: { number: 'AB12345678901' } });
  });

  it('detailsWhereListed_areTaken', async () => {
    const { reading } = await read({ document: {}, details: true });
    expect(reading.chip?.reads.map(({ file }) => file)).toEqual(expect.arrayContaining(['DG11', 'DG12']));
    expect(reading.person).toMatchObject({ personalId: null, issuedOn: '2021-05-10' });
    expect(reading.warnings).toEqual([]);
  });
});

describe('the face', () => {
  it.each([
    ['jpeg', '19794-5'], ['jp2', '19794-5'], ['j2k', '19794-5'], ['jpeg', '39794-5'], ['jp2', '39794-5'],
  ] as const)('%s_in_%s_isToldAndHandedOver', async (format, record) => {
    const seen: number[] = [];
    const { reading } = await read({ face: { format, record } }, { onFace: (picture) => seen.push(picture.bytes.length) });
    expect(reading.face).toMatchObject({ format });
    expect(seen).toEqual([reading.face!.bytes]);
    expect(reading.face!.width).toBeGreaterThan(100);
  });

  it('imageOfNoKnownForm_isAWarningNotAFailedRead', async () => {
    const { reading } = await read({ face: { format: 'unknown' } });
    expect([reading.ok, reading.face, reading.warnings]).toEqual([true, null, ['face-unreadable']]);
  });
});

describe('commands of a whole read', () => {
  it.each<[string, CardProfileInput, number]>([
    ['extendedLength', { active: { kind: 'rsa-2048' }, chip: {}, faceBytes: 15_000 }, 25],
    ['oneFileAfterAnother', {}, 16],
  ])('%s_fewest', async (_, profile, most) => {
    expect((await read(profile)).reading.chip!.apdus).toBeLessThanOrEqual(most);
  });
});
