import { describe, expect, it } from 'vitest';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import type { CardReading, Citizen } from '../../../shared/contracts/identity.ts';
import { otherGroups, readCard } from '../../../electron/card/read-card.ts';
import type { CardKey } from '../../../electron/card/card-key.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';
import type { CardProfileInput } from '../../virtual-card/profile.ts';
import { canOf, mrzOf, person, read, today } from './read-virtual.ts';

describe('cards that do things their own way', () => {
  it.each<[string, CardProfileInput]>([
    ['selectOfMasterFileRefused', { faults: { refuseMasterFile: true } }],
    ['cardAccessByShortIdentifier', { faults: { cardAccess: 'short-id' } }],
    ['cardAccessUnderTheApplication', { faults: { cardAccess: 'application' } }],
    ['noShortIdentifiers', { faults: { noShortIds: true } }],
    ['noExtendedLength', { faults: { noExtended: true } }],
    ['noExtendedLengthSaidBare', { faults: { noExtended: true, refusalsAreBare: true } }],
    ['longestLe4096', { faults: { maxLe: 4_096 } }],
    ['longestLe256', { faults: { maxLe: 256 } }],
    ['longestLe223', { faults: { maxLe: 223 } }],
    ['longestLe160', { faults: { maxLe: 160 } }],
    ['longestLe160SaidBare', { faults: { maxLe: 160, refusalsAreBare: true } }],
    ['shortReads', { faults: { shortReads: 100 } }],
    ['answersInPieces', { faults: { getResponse: 90 } }],
    ['wrongLeNamed', { faults: { wrongLe: true } }],
    ['noPaceNamed', { faults: { cardAccess: 'none' } }],
    ['paceRefused', { faults: { paceRefused: true } }],
  ])('%s_isReadWhole', async (_, profile) => {
    const { reading } = await read({ faceBytes: 9_000, ...profile }, mrzOf, { also: ['DG2'] });
    expect(reading).toMatchObject({ ok: true, problem: null, person, trust: { hashes: { ok: true }, signature: { ok: true } } });
    expect(reading.chip?.reads.map(({ file }) => file)).toEqual(['COM', 'SOD', 'DG1', 'DG13', 'DG2']);
  });

  it.each<[string, CardProfileInput['faults'], string[], string]>([
    ['aListThatIsMissing', { missing: ['COM'] }, ['SOD', 'DG1', 'DG13', 'DG2'], 'com-missing'],
    ['aFaceThatIsNotGiven', { denied: ['DG2'] }, ['COM', 'SOD', 'DG1', 'DG13'], 'not-allowed-to-read'],
  ])('%s_refusedByABareStatus_theRestIsRead', async (_, faults, files, warning) => {
    const { reading } = await read({ faults: { ...faults, refusalsAreBare: true } }, mrzOf, { also: ['DG2'] });
    expect(reading).toMatchObject({ ok: true, person, warnings: [warning], trust: { hashes: { ok: true } } });
    expect(reading.chip?.reads.map(({ file }) => file)).toEqual(files);
  });

  it.each([['cut', '60505F0104'], ['ofAnotherTag', '6103020101'], ['withoutAList', '60020500']])('listThatIs_%s_isAWarning', async (_, list) => {
    const card = issueCard();
    card.files.set(0x011e, Uint8Array.from(Buffer.from(list, 'hex')));
    const reading = await readCard(new VirtualChip(card), canOf(card), { today, also: otherGroups });
    expect(reading).toMatchObject({ ok: true, person, warnings: ['com-missing'], face: { format: 'jpeg' }, trust: { hashes: { ok: true } } });
  });

  it('aProofRefusedByABareStatus_theChannelIsNotOpenedAgainForNothing', async () => {
    const commands = async (refusalsAreBare: boolean): Promise<number> => {
      const { reading } = await read({ active: { kind: 'rsa-1024' }, faults: { activeStatus: '6D00', refusalsAreBare } }, canOf, { also: ['DG15'] });
      expect(reading).toMatchObject({ ok: true, trust: { active: { ok: null } } });
      return reading.chip!.apdus;
    };
    expect(await commands(true)).toBe(await commands(false));
  });

  it('aProofRefusedByABareStatus_theOtherOneIsAskedOverANewChannel', async () => {
    const profile: CardProfileInput = { active: { kind: 'rsa-1024' }, chip: {}, faults: { activeStatus: '6D00', refusalsAreBare: true } };
    const { reading } = await read(profile, canOf, { also: ['DG14', 'DG15'] });
    expect(reading).toMatchObject({ ok: true, trust: { active: { ok: null }, chip: { ok: true } } });
  });

  /** The same chip, but for the commands that `refused` answers. */
  const readThrough = async (refused: (apdu: Uint8Array) => number | null): Promise<CardReading> => {
    const card = issueCard();
    const chip = new VirtualChip(card);
    return readCard({ transmit: async (apdu) => {
      const sw = refused(apdu);
      return sw === null ? chip.transmit(apdu) : Uint8Array.of(sw >> 8, sw & 0xff);
    } }, canOf(card), { today });
  };

  it.each([['223', 223], ['160', 160]])('cardAccessWithAtMost%sBytesAtOnce_isRead', async (_, most) => {
    const reading = await readThrough(([cla, ins, , , le]) => (cla === 0 && ins === 0xb0 && (le! - 1 & 0xff) + 1 > most ? 0x6700 : null));
    expect(reading).toMatchObject({ ok: true, chip: { access: 'pace-can' }, person });
  });

  it('selectThatWantsToAnswer_isLetAnswer_andAskedSoFromThenOn', async () => {
    let refused = 0;
    const reading = await readThrough(([cla, ins, , p2]) => {
      const isQuiet = cla === 0 && ins === 0xa4 && p2 === 0x0c;
      refused += Number(isQuiet);
      return isQuiet ? 0x6a86 : null;
    });
    expect(reading).toMatchObject({ ok: true, chip: { access: 'pace-can' }, person });
    expect(refused).toBe(1);
  });

  it('extendedLength_fewestCommands', async () => {
    const withIt = await read({});
    const without = await read({ faults: { noExtended: true } });
    expect(withIt.reading.chip!.apdus).toBeLessThanOrEqual(16 + 8);
    expect(without.reading.chip!.apdus).toBeLessThanOrEqual(40 + 8);
  });

  it('paceCanOnlyKeyOnBacOnlyCard_asksForAnotherKey', async () => {
    expect((await read({ pace: null })).reading.problem?.code).toBe('card-key-needed');
  });

  it.each<[string, CardProfileInput, string]>([
    ['wrongCan', { can: '111111' }, 'card-key-wrong'],
    ['blocked', { faults: { blocked: true } }, 'card-blocked'],
  ])('%s_isNamed', async (_, profile, code) => {
    expect((await read(profile, () => ({ can: '012345' }))).reading.problem?.code).toBe(code);
  });

  it('wrongMrzByBac_isNamed', async () => {
    const key = () => ({ documentNumber: '090012345', birthDate: '1990-09-17', expiryDate: '2031-09-17' });
    expect((await read({ pace: null }, key)).reading.problem?.code).toBe('card-key-wrong');
  });

  it.each<[string, CardKey]>([
    ['can', { can: '12' }], ['mrz', { mrz: 'IDVNM' }], ['date', { documentNumber: '1', birthDate: 'x', expiryDate: '2030-01-01' }],
  ])('impossibleKey_%s_isRefusedBeforeTheCardIsAsked', async (_, key) => {
    const { reading, chip } = await read({}, () => key);
    expect([reading.problem?.code, chip.apdus, reading.chip]).toEqual(['card-key-needed', 0, null]);
  });
});

describe('content that does not fit', () => {
  it('changedGroup_isAFalseVerdictNotAProblem', async () => {
    const { reading } = await read({ faults: { corruptHash: 'DG13' } });
    expect(reading).toMatchObject({ ok: true, trust: { hashes: { ok: false, reason: expect.stringContaining('DG13') }, signature: { ok: true } } });
  });

  it.each([1, 0x20, 0x80, 0xff])('anySignOfTheMrzChangedBy_%i_isReadAndAFalseVerdict', async (change) => {
    const card = issueCard();
    const dg1 = card.files.get(0x0101)!;
    for (let at = 5; at < dg1.length; at += 4) {
      card.files.set(0x0101, dg1.with(at, dg1[at]! ^ change));
      const { ok, document, trust } = await readCard(new VirtualChip(card), canOf(card), { today });
      expect({ at, ok, read: document !== null, hashes: trust.hashes.ok, genuine: trust.genuine.ok }).toEqual({ at, ok: true, read: true, hashes: false, genuine: false });
    }
  });

  it('dg1ThatHoldsNoMrz_isAProblemBesideTheVerdicts', async () => {
    const card = issueCard();
    card.files.set(0x0101, card.files.get(0x0101)!.with(3, 0x1e));
    expect(await readCard(new VirtualChip(card), canOf(card), { today })).toMatchObject({
      ok: false, person: null, problem: { code: 'card-file-invalid' }, trust: { hashes: { ok: false }, signature: { ok: true }, genuine: { ok: false } },
    });
  });

  it.each(['ecdsa-p256', 'rsa'] as const)('changedSignature_%s_isAFalseVerdict', async (signer) => {
    const { reading } = await read({ signer, faults: { corruptSignature: true } });
    expect(reading).toMatchObject({ ok: true, trust: { hashes: { ok: true }, signature: { ok: false } } });
  });

  it.each<[string, CardProfileInput, string[]]>([
    ['noSod', { faults: { missing: ['SOD'] } }, ['sod-missing']],
    ['noCom', { faults: { missing: ['COM'] } }, ['com-missing']],
    ['noDg13', { faults: { missing: ['DG13'] } }, ['dg13-missing']],
    ['dg13NoTlv', { faults: { dg13: 'no-tlv' } }, ['dg13-unreadable']],
    ['dg13BadText', { faults: { dg13: 'bad-utf8' } }, ['dg13-field-damaged']],
    ['dg13MoreFields', { faults: { dg13: 'unknown-index' } }, ['dg13-field-unknown']],
    ['dg13OfAnother', { faults: { dg13: 'other-person' } }, ['id-differs-mrz-dg13', 'name-differs-mrz-dg13', 'id-sex-differs']],
    ['groupNotSigned', { faults: { unsignedGroup: 'DG13' } }, ['not-in-sod']],
  ])('%s_isAWarning', async (_, profile, warnings) => {
    expect((await read(profile)).reading).toMatchObject({ ok: true, warnings });
  });

  it.each<[string, Partial<Citizen>, string[]]>([
    ['otherOldId', { oldId: '987654321' }, ['old-id-differs-qr']],
    ['otherResidence', { residence: 'Số 1, Hà Nội' }, ['residence-differs-qr']],
    ['sameResidenceWrittenOtherwise', { residence: 'THÔN 1 - AN BÌNH - GIA BÌNH - BẮC NINH' }, []],
    ['nameWithTheToneElsewhere', { fullName: 'NGUYỄN VĂN AN'.normalize('NFD') }, []],
    ['yearOfBirthAlone', { birthDate: '1990' }, []],
    ['nothingMore', { oldId: null, residence: '', sex: null, issuedOn: null }, []],
  ])('qrWith_%s_isComparedWithTheChip', async (_, changed, warnings) => {
    const qr = { ...parseIdentityQr(issueCard().qr).citizen!, ...changed };
    expect((await read({}, () => ({ qr }))).reading.warnings).toEqual(warnings);
  });

  it('withoutDg13_qrIsComparedWithTheMrz', async () => {
    const qr = parseIdentityQr(issueCard().qr).citizen!;
    const faults = { missing: ['DG13' as const] };
    expect((await read({ faults }, () => ({ qr }))).reading.warnings).toEqual(['dg13-missing']);
    expect((await read({ faults }, () => ({ qr: { ...qr, fullName: 'Trần Văn An' } }))).reading.warnings).toEqual(['dg13-missing', 'name-differs-qr']);
  });

  it('printedMrzUnlikeThatOfTheChip_isAWarning', async () => {
    const { reading } = await read({}, (card) => ({ mrz: card.mrz.join('').replace('NGUYEN<<VAN<AN', 'TRAN<<VAN<AN<<') }));
    expect(reading).toMatchObject({ ok: true, warnings: ['mrz-differs-printed'] });
  });

  it('numberOfAnotherSexAndYear_isAWarning', async () => {
    const { reading } = await read({ person: { personalId: '001185012345' } });
    expect(reading.warnings).toEqual(expect.arrayContaining(['id-sex-differs', 'id-birth-year-differs']));
  });

  it('withoutDg13_personComesFromTheMrz', async () => {
    const { reading } = await read({ faults: { missing: ['DG13'] } });
    expect(reading.person).toMatchObject({ personalId: person.personalId, fullName: 'NGUYEN VAN AN', birthDate: '1990-09-17', sex: 'Nam', expiresOn: '2030-09-17' });
  });

  it('groupThatMayNotBeRead_isAWarning', async () => {
    const { reading } = await read({ faults: { denied: ['DG2'] } }, canOf, { also: ['DG2'] });
    expect(reading).toMatchObject({ ok: true, warnings: ['not-allowed-to-read'] });
  });

  it.each<[string, CardProfileInput, string]>([
    ['noDg1', { faults: { missing: ['DG1'] } }, 'card-file-missing'],
    ['dg1Cut', { faults: { cutFile: 'DG1' } }, 'card-file-invalid'],
    ['dg13Cut', { faults: { cutFile: 'DG13' } }, 'card-file-invalid'],
  ])('%s_isAProblem', async (_, profile, code) => {
    expect((await read(profile)).reading).toMatchObject({ ok: false, problem: { code } });
  });
});
