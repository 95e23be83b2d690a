import { describe, expect, it } from 'vitest';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import { CardReading } from '../../../shared/contracts/identity.ts';
import { otherGroups, readCard } from '../../../electron/card/read-card.ts';
import type { CardKey } from '../../../electron/card/card-key.ts';
import { issueCard, type IssuedCard } from '../../virtual-card/issue.ts';
import type { CardProfileInput } from '../../virtual-card/profile.ts';
import { canOf, mrzOf, person, read, today } from './read-virtual.ts';

describe('a whole read', () => {
  it('paceByCan_goodCard_givesPersonDocumentAndVerdicts', async () => {
    const { reading } = await read({});
    expect(CardReading.parse(reading)).toEqual(reading);
    expect(reading).toMatchObject({
      ok: true, problem: null, warnings: [], person,
      document: { mrz: 'IDVNM0900123450001090012345<<1\n9009176M3009174VNM<<<<<<<<<<<2\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<', number: '090012345', expiry: '2030-09-17' },
      chip: { access: 'pace-can', reads: [{ file: 'COM' }, { file: 'SOD' }, { file: 'DG1', bytes: 95 }, { file: 'DG13' }] },
      trust: { hashes: { ok: true }, signature: { ok: true }, chain: { ok: null }, active: { ok: null }, chip: { ok: null }, genuine: { ok: null } },
    });
  });

  it.each(['3des', 'aes-128', 'aes-192', 'aes-256'] as const)('paceWith_%s_opens', async (suite) => {
    const { reading } = await read({ pace: { suite, parameterId: 12 } }, mrzOf);
    expect(reading).toMatchObject({ ok: true, chip: { access: 'pace-mrz' }, person });
  });

  it.each([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])('paceOnCurve_%i_opens', async (parameterId) => {
    const { reading } = await read({ pace: { suite: 'aes-256', parameterId } });
    expect(reading).toMatchObject({ ok: true, chip: { access: 'pace-can' } });
  });

  it('noPace_mrzKey_opensByBac', async () => {
    const { reading } = await read({ pace: null }, mrzOf);
    expect(reading).toMatchObject({ ok: true, chip: { access: 'bac' }, person });
  });

  it('documentNumberOfTwelveDigits_isCutToNine', async () => {
    const key = () => ({ documentNumber: '001090012345', birthDate: '1990-09-17', expiryDate: '2030-09-17' });
    expect((await read({}, key)).reading).toMatchObject({ ok: true, chip: { access: 'pace-mrz' } });
  });

  it('noExpiryCard_isSaidInWords', async () => {
    const old = { birthDate: '1955-03-02', personalId: '001055012345', expiresOn: 'no-expiry' as const };
    const { reading } = await read({ person: old }, mrzOf);
    expect(reading).toMatchObject({ ok: true, person: { expiresOn: 'no-expiry' }, document: { expiry: 'no-expiry' }, warnings: [] });
  });

  it('expiredCard_isReadWithAWarning', async () => {
    expect((await read({}, canOf, { today: '2031-01-01' })).reading).toMatchObject({ ok: true, warnings: ['expired'] });
  });

  it.each(['ecdsa-brainpool-explicit', 'rsa', 'rsa-pss'] as const)('sodSignedBy_%s_isVerified', async (signer) => {
    expect((await read({ signer })).reading.trust.signature.ok).toBe(true);
  });

  it('faceAskedFor_isReadAndCompared', async () => {
    const seen: number[] = [];
    const { reading } = await read({ faceBytes: 15_000 }, canOf, { also: ['DG2'], onProgress: (file, bytes) => { if (file === 'DG2') seen.push(bytes); } });
    expect(reading.chip?.reads.at(-1)).toMatchObject({ file: 'DG2' });
    expect(reading.trust.hashes).toMatchObject({ ok: true, reason: expect.stringContaining('DG2') });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('faceBeyond32kB_isReadByTheOddCommand', async () => {
    const { reading } = await read({ faceBytes: 60_000 }, canOf, { also: ['DG2'], lengths: [4_096] });
    expect(reading).toMatchObject({ ok: true, trust: { hashes: { ok: true } } });
  });
});

describe('lengths', () => {
  it.each<[string, CardProfileInput, number]>([
    ['extended', {}, 8], ['noExtended', { faults: { noExtended: true } }, 330], ['le4096', { faults: { maxLe: 4_096 } }, 25],
    ['le256', { faults: { maxLe: 256 } }, 280], ['le160', { faults: { maxLe: 160 } }, 420], ['inPieces', { faults: { getResponse: 255 } }, 300],
    ['shortReadsWithWarning', { faults: { shortReads: 2_000, shortReadsWarn: true } }, 50],
  ])('faceOf60kB_%s_isReadWholeInFewCommands', async (_, profile, most) => {
    const { reading } = await read({ faceBytes: 60_000, ...profile }, mrzOf, { also: ['DG2'] });
    expect(reading).toMatchObject({ ok: true, face: { bytes: 60_000 }, trust: { hashes: { ok: true } } });
    expect(reading.chip!.apdus).toBeLessThanOrEqual(most + 16);
  });

  it('progress_isToldInBytesOfEachFile', async () => {
    const last = new Map<string, [number, number]>();
    const { reading } = await read({ faceBytes: 15_000, faults: { noExtended: true } }, canOf, {
      also: otherGroups, onProgress: (file, bytes, of) => { last.set(file, [bytes, of]); },
    });
    expect([...last]).toEqual(reading.chip!.reads.map(({ file, bytes }) => [file, [bytes, bytes]]));
  });
});

describe('from the QR alone', () => {
  const byQr = (card: IssuedCard): CardKey => {
    const { citizen } = parseIdentityQr(card.qr);
    if (!citizen) throw new Error('the invented QR must parse');
    return { qr: citizen };
  };

  it('canIsLastSixDigits_opensAtOnce', async () => {
    expect((await read({}, byQr)).reading).toMatchObject({ ok: true, chip: { access: 'pace-can' }, warnings: [] });
  });

  it('otherCan_opensByTheComputedExpiry', async () => {
    expect((await read({ can: '987654' }, byQr)).reading).toMatchObject({ ok: true, chip: { access: 'pace-mrz' } });
  });

  it('noPace_opensByBacWithTheComputedExpiry', async () => {
    expect((await read({ pace: null }, byQr)).reading).toMatchObject({ ok: true, chip: { access: 'bac' } });
  });

  it('nothingFits_stopsAfterFewTries', async () => {
    const { reading, chip } = await read({ can: '987654', person: { expiresOn: '2027-03-03' } }, byQr);
    expect(reading.problem?.code).toBe('card-key-wrong');
    expect(chip.apdus).toBeLessThan(40);
  });

  it('cardThatCounts_isLeftItsLastTry', async () => {
    const { reading, chip, card } = await read({ can: '987654', person: { expiresOn: '2027-03-03' }, faults: { wrongKey: '63Cx' } }, byQr);
    expect(reading.problem?.code).toBe('card-key-wrong');
    chip.power();
    expect((await readCard(chip, { mrz: card.mrz.join('') }, { today })).ok).toBe(true);
    chip.power();
    expect((await readCard(chip, { can: '987654' }, { today })).ok).toBe(true);
  });

  it('canThatIsBlocked_isPassedOver', async () => {
    const { reading, chip, card } = await read({ can: '987654', faults: { wrongKey: '63Cx' } }, () => ({ can: '111111' }));
    for (let i = 0; i < 2; i += 1) {
      chip.power();
      await readCard(chip, { can: '111111' }, { today });
    }
    chip.power();
    expect((await readCard(chip, { can: '987654' }, { today })).problem?.code).toBe('card-blocked');
    chip.power();
    expect([reading.problem?.code, (await readCard(chip, byQr(card), { today })).chip?.access]).toEqual(['card-key-wrong', 'pace-mrz']);
  });

  it.each([['born29February', '1996-02-29', '2019-06-01', '2021-03-01'], ['born29FebruaryOtherForm', '1996-02-29', '2019-06-01', '2021-02-28'], ['withinTwoYears', '1998-06-01', '2021-07-01', '2038-06-01'], ['noExpiry', '1955-03-02', '2021-07-01', 'no-expiry']] as const)(
    '%s_opensByTheComputedExpiry', async (_, birthDate, issuedOn, expiresOn) => {
      const person = { birthDate, issuedOn, expiresOn, personalId: `001${birthDate < '2000' ? 0 : 2}${birthDate.slice(2, 4)}012345` };
      expect((await read({ pace: null, person }, byQr, { today: '2020-01-01' })).reading).toMatchObject({ ok: true, chip: { access: 'bac' }, warnings: [] });
    });

  it('chipOfAnotherPerson_isReadAndEveryDifferenceIsNamed', async () => {
    const other = { qr: { ...parseIdentityQr(issueCard().qr).citizen!, fullName: 'Nguyễn Văn Ân', birthDate: '1991-09-17', sex: 'Nữ' as const, issuedOn: '2021-05-11' } };
    const { reading } = await read({}, () => other);
    expect(reading.warnings).toEqual(['name-differs-qr', 'birth-differs-qr', 'sex-differs-qr', 'issue-differs-qr']);
  });
});
