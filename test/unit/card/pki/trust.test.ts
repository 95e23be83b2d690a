import { describe, expect, it } from 'vitest';
import { noAnchors } from '../../../../electron/card/pki/anchors.ts';
import { parseSod } from '../../../../electron/card/sod.ts';
import { judge, nothingChecked, type JudgeContext, type Trust } from '../../../../electron/card/trust.ts';
import type { Verdict } from '../../../../shared/contracts/identity.ts';
import { chipTrust } from '../../../../shared/domain/chip-trust.ts';
import { issueCard, type IssuedCard } from '../../../virtual-card/issue.ts';
import type { CardProfileInput } from '../../../virtual-card/profile.ts';

const proved: Verdict = { ok: true, reason: 'proved' };
const refuted: Verdict = { ok: false, reason: 'refuted' };
const notAsked: Verdict = { ok: null, reason: 'not asked' };
const sodId = 0x011d;

function filesOf(card: IssuedCard, without: readonly string[] = []): Map<string, Uint8Array> {
  const named = [...card.files].filter(([id]) => id > 0x0100 && id < 0x0111).map(([id, bytes]) => [`DG${id & 0xff}`, bytes] as const);
  return new Map(named.filter(([name]) => !without.includes(name)));
}

function judged(profile: CardProfileInput, context: Partial<JudgeContext> = {}, without: readonly string[] = []): Trust {
  const card = issueCard({ active: {}, chip: {}, ...profile });
  return judge(parseSod(card.files.get(sodId)!), filesOf(card, without), {
    anchors: { certificates: [card.csca], crls: [card.crl] }, today: '2026-11-22', active: notAsked, chip: notAsked, ...context,
  });
}

const oks = (trust: Trust): (boolean | null)[] => Object.values(trust).map(({ ok }) => ok);

describe('judge', () => {
  it.each<[string, CardProfileInput, Partial<JudgeContext>, (boolean | null)[], string]>([
    ['everythingProvedByActiveAuthentication_isGenuine', {}, { active: proved }, [true, true, true, true, null, true], 'genuine'],
    ['everythingProvedByChipAuthentication_isGenuine', {}, { chip: proved }, [true, true, true, null, true, true], 'genuine'],
    ['chipNotAsked_isChained', {}, {}, [true, true, true, null, null, null], 'chained'],
    ['noCsca_isIntactAndNotGenuine', {}, { anchors: noAnchors, active: proved }, [true, true, null, true, null, null], 'intact'],
    ['activeAuthenticationFailed_isFalse', {}, { active: refuted, chip: proved }, [true, true, true, false, true, false], 'failed'],
    ['chipAuthenticationFailed_isFalse', {}, { active: proved, chip: refuted }, [true, true, true, true, false, false], 'failed'],
    ['changedGroup_isFalse', { faults: { corruptHash: 'DG13' } }, { active: proved }, [false, true, true, true, null, false], 'failed'],
    ['changedSignature_isFalseAndBindsNothing', { faults: { corruptSignature: true } }, { active: proved }, [true, false, true, null, null, false], 'failed'],
    ['revokedSigner_isFalse', { issuer: { revoked: true } }, { active: proved }, [true, true, false, true, null, false], 'failed'],
    ['expiredSigner_isFalse', { issuer: { signerUntil: '2024-01-01' } }, { active: proved }, [true, true, false, true, null, false], 'failed'],
    ['strangerUnderTheSameName_isFalse', { issuer: { signedBy: 'stranger-same-name' } }, { active: proved }, [true, true, false, true, null, false], 'failed'],
    ['stranger_isIntact', { issuer: { signedBy: 'stranger' } }, { active: proved }, [true, true, null, true, null, null], 'intact'],
    ['noCertificateInTheSod_isNotChecked', { issuer: { certificateInSod: false } }, { active: proved }, [true, null, null, null, null, null], 'not-checked'],
  ])('%s', (_, profile, context, expected, state) => {
    const trust = judged(profile, context);
    expect(oks(trust)).toEqual(expected);
    expect(chipTrust(trust).state).toBe(state);
    expect(Object.values(trust).every(({ reason }) => reason.length > 0 && reason === reason.normalize('NFC'))).toBe(true);
  });

  // github.com/gmrtd/gmrtd issue 349: a key that nobody signed proves nothing.
  it.each<[string, Partial<JudgeContext>, string, 'active' | 'chip']>([
    ['DG15', { active: proved }, 'DG15', 'active'],
    ['DG14', { chip: proved }, 'DG14', 'chip'],
  ])('proofByAKeyOf_%s_thatIsNotSigned_isNotCountedAndNotGenuine', (group, context, name, proof) => {
    const card = issueCard({ active: {}, chip: {} });
    const sod = parseSod(card.files.get(sodId)!);
    const unsigned = { ...sod, hashes: new Map([...sod.hashes].filter(([number]) => `DG${number}` !== group)) };
    const trust = judge(unsigned, filesOf(card), { anchors: { certificates: [card.csca], crls: [] }, today: '2026-11-22', active: notAsked, chip: notAsked, ...context });
    expect(trust[proof]).toMatchObject({ ok: null, reason: expect.stringContaining(name) });
    expect(trust.genuine.ok).toBe(null);
  });

  it('chipKeySignedElsewhere_countsWithoutDg14', () => {
    expect(judged({}, { chip: proved, chipKeySigned: true }, ['DG14']).genuine.ok).toBe(true);
    expect(judged({}, { chip: proved }, ['DG14']).genuine.ok).toBe(null);
  });

  it('listedGroupNotRead_isNamedAndNotFailed', () => {
    const { hashes } = judged({}, {}, ['DG3', 'DG2']);
    expect(hashes.ok).toBe(true);
    expect(hashes.reason).toMatch(/không đọc: .*DG2/);
  });

  it('keyFilesThatAreSignedAndMissing_areNamedAsAPossibleCopy', () => {
    expect(judged({}, {}, ['DG14', 'DG15']).genuine).toMatchObject({ ok: null, reason: expect.stringMatching(/DG14, DG15 nhưng không đọc được tệp này: có thể là bản sao/) });
  });

  it('noSod_nothingIsChecked', () => {
    const trust = judge(null, new Map(), { anchors: noAnchors, today: '2026-11-22', active: notAsked, chip: notAsked });
    expect(oks(trust)).toEqual([null, null, null, null, null, null]);
    expect([chipTrust(trust).state, chipTrust(nothingChecked()).state]).toEqual(['not-checked', 'not-checked']);
  });
});
