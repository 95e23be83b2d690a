import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CardReading } from '../../../shared/contracts/identity.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import { parseMrz } from '../../../shared/domain/mrz.ts';
import { otherGroups, readCard } from '../../../electron/card/read-card.ts';
import { VirtualChip } from '../../virtual-card/chip.ts';
import { issueCard } from '../../virtual-card/issue.ts';
import { CardProfile, Group, type CardProfileInput } from '../../virtual-card/profile.ts';

const folder = path.join(import.meta.dirname, '../../virtual-card/profiles');
const names = readdirSync(folder).map((file) => path.basename(file, '.json'));
const profileOf = (name: string): CardProfileInput => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as CardProfileInput;

function read(profile: CardProfileInput): Promise<CardReading> {
  const card = issueCard(profile);
  return readCard(new VirtualChip(card), { mrz: card.mrz.join('') }, {
    also: otherGroups, anchors: { certificates: [card.csca], crls: [card.crl] }, today: '2026-01-15',
  });
}

const verdicts = ({ trust }: CardReading): Record<string, boolean | null> => Object.fromEntries(Object.entries(trust).map(([name, { ok }]) => [name, ok]));
const all = { hashes: true, signature: true, chain: true, active: true, chip: true, genuine: true };

describe('the profiles that come with the virtual card', () => {
  const expected: Record<string, { access: string; face: string; trust: Partial<typeof all> | Record<string, boolean | null> }> = {
    'can-cuoc-2024': { access: 'pace-mrz', face: 'jp2', trust: all },
    'cccd-2021': { access: 'pace-mrz', face: 'jpeg', trust: all },
    'clone': { access: 'pace-mrz', face: 'jpeg', trust: { ...all, active: false, chip: false, genuine: false } },
    'forged': { access: 'pace-mrz', face: 'jpeg', trust: { ...all, chain: false, genuine: false } },
    'identity-card-td2': { access: 'pace-mrz', face: 'j2k', trust: { ...all, active: null } },
    'no-clone-protection': { access: 'pace-mrz', face: 'jpeg', trust: { ...all, active: null, chip: null, genuine: null } },
    'no-pace': { access: 'bac', face: 'jpeg', trust: all },
    'passport-td3': { access: 'pace-mrz', face: 'jp2', trust: all },
    'revoked-signer': { access: 'pace-mrz', face: 'jpeg', trust: { ...all, chain: false, chip: null, genuine: false } },
    'slow-old-reader': { access: 'pace-mrz', face: 'jpeg', trust: { ...all, chip: null } },
  };

  it.each(names)('%s_isReadWithTheVerdictsItsNamePromises', async (name) => {
    const reading = await read(profileOf(name));
    const { access, face, trust } = expected[name]!;
    expect(reading).toMatchObject({ ok: true, chip: { access }, face: { format: face } });
    expect(verdicts(reading)).toEqual(trust);
  });

  it.each(names)('%s_hasAnMrzThatFitsAndNoTruePerson', (name) => {
    const card = issueCard(profileOf(name));
    const mrz = parseMrz(card.mrz.join('\n'));
    expect(mrz).not.toBeNull();
    expect(Object.values(mrz!.checks).filter((check) => check === false)).toEqual([]);
    expect(card.qr === '' || parseIdentityQr(card.qr).citizen !== null).toBe(true);
  });

  it('unknownKey_isRefused', () => {
    expect(() => CardProfile.parse({ faults: { wrongMac: 3 } })).toThrow(/wrongMac/);
  });
});

describe('clones and forgeries', () => {
  const good: CardProfileInput = { active: { kind: 'ecdsa' }, chip: {} };
  const rsa: CardProfileInput = { active: { kind: 'rsa-1024', hash: 'sha1' }, chip: {} };

  it.each<[string, CardProfileInput, Record<string, boolean | null>]>([
    ['anotherActiveKey', { ...good, faults: { activeOtherKey: true } }, { ...all, active: false, genuine: false }],
    ['aRecordedSignature', { ...rsa, faults: { activeReplay: true } }, { ...all, active: false, genuine: false }],
    ['aWrongTrailer', { ...rsa, faults: { activeTrailerWrong: true } }, { ...all, active: false, genuine: false }],
    ['anotherChipKey', { ...good, faults: { chipOtherKey: true } }, { ...all, chip: false, genuine: false }],
    ['activeRefused', { active: { kind: 'ecdsa' }, faults: { activeStatus: '6D00' } }, { ...all, active: null, chip: null, genuine: null }],
    ['strangersSignature', { ...good, issuer: { signedBy: 'stranger-same-name' } }, { ...all, chain: false, genuine: false }],
    ['revokedSigner', { ...good, issuer: { revoked: true } }, { ...all, chain: false, genuine: false }],
    ['signerExpired', { ...good, issuer: { signerUntil: '2022-01-01' } }, { ...all, chain: false, genuine: false }],
    ['signerNotYetValid', { ...good, issuer: { signerFrom: '2044-01-01' } }, { ...all, chain: false, genuine: false }],
    ['cscaExpired', { ...good, issuer: { cscaUntil: '2022-01-01' } }, { ...all, chain: false, genuine: false }],
    ['corruptSignature', { ...good, faults: { corruptSignature: true } }, { hashes: true, signature: false, genuine: false }],
  ])('%s_isSeenInItsOwnVerdict', async (_, profile, trust) => {
    expect(verdicts(await read(profile))).toMatchObject(trust);
  });

  it.each(Group.options.filter((group) => group !== 'DG3'))('hashOf_%s_corrupt_isSeen', async (group) => {
    const reading = await read({ ...good, details: true, faults: { corruptHash: group } });
    expect(verdicts(reading)).toMatchObject({ hashes: false, genuine: false });
    expect(reading.trust.hashes.reason).toContain(group);
  });

  it.each(['DG14', 'DG15'] as const)('cloned_%s_isNeverGenuine', async (clonedGroup) => {
    const one = clonedGroup === 'DG15' ? { active: { kind: 'ecdsa' as const } } : { chip: {} };
    const listed = await read({ ...one, faults: { clonedGroup } });
    expect(verdicts(listed)).toMatchObject({ hashes: false, genuine: false });
    const unlisted = await read({ ...one, faults: { clonedGroup, clonedGroupListed: false } });
    expect(unlisted.warnings).toContain('not-in-sod');
    expect(unlisted.trust.genuine.ok).not.toBe(true);
  });

  it('strangerOfAnotherName_isNoKnownIssuer', async () => {
    const { trust } = await read({ ...good, issuer: { signedBy: 'stranger' } });
    expect([trust.chain.ok, trust.genuine.ok]).not.toContain(true);
  });

  it('outdatedCrl_isNeverAFullYesInSilence', async () => {
    const { trust } = await read({ ...good, issuer: { crlUntil: '2022-01-01' } });
    expect(trust.chain.ok === true ? trust.chain.reason : 'not yes').toMatch(/not yes|CRL|thu hồi/);
  });
});

describe('faces and sizes', () => {
  it.each<[string, CardProfileInput]>([
    ['jpegOf64kB', { faceBytes: 65_536 }],
    ['jp2Of64kB', { face: { format: 'jp2' }, faceBytes: 65_536 }],
    ['j2kOf40kB', { face: { format: 'j2k' }, faceBytes: 40_000 }],
    ['jpegIn39794', { face: { record: '39794-5' }, faceBytes: 20_000 }],
    ['j2kIn39794', { face: { record: '39794-5', format: 'j2k' } }],
    ['jpegOf64kBInShortPieces', { faceBytes: 65_536, faults: { noExtended: true, maxLe: 223 } }],
    ['jpegOf64kBInPiecesOf160', { faceBytes: 65_536, faults: { noExtended: true, maxLe: 160 } }],
    ['shortReadsThatWarn', { faceBytes: 9_000, faults: { shortReads: 100, shortReadsWarn: true } }],
  ])('%s_isReadWhole', async (_, profile) => {
    const { face, ok, trust } = await read(profile);
    const parsed = CardProfile.parse(profile);
    expect([ok, trust.hashes.ok]).toEqual([true, true]);
    expect(face).toMatchObject({ format: parsed.face.format, ...(parsed.faceBytes ? { bytes: parsed.faceBytes } : {}) });
  });

  it('faceThatIsNoImage_isReadWithoutOne', async () => {
    expect(await read({ face: { format: 'unknown' } })).toMatchObject({ ok: true, face: null });
  });
});

describe('foreign documents', () => {
  it.each<[string, CardProfileInput, string]>([
    ['td1', { document: { format: 'TD1', code: 'I<' } }, 'X1234567'],
    ['td1WithALongNumber', { document: { format: 'TD1', code: 'I<', number: 'D23145890734' } }, 'D23145890734'],
    ['td2', { document: { format: 'TD2', code: 'I<' } }, 'X1234567'],
    ['td3', { document: { format: 'TD3' } }, 'X1234567'],
    ['td3SexUnspecified', { document: { sexUnspecified: true } }, 'X1234567'],
  ])('%s_byBacAndByPace_isRead', async (_, profile, number) => {
    for (const pace of [null, {}]) {
      const reading = await read({ ...profile, pace });
      expect(reading).toMatchObject({ ok: true, chip: { access: pace ? 'pace-mrz' : 'bac' }, document: { number }, person: { fullName: 'EXAMPLE ANNA MARIA', personalId: null }, trust: { chain: { ok: true } } });
    }
  });
});

describe('a reader that sends anything at all', () => {
  it('commandsOfEveryShape_areAnsweredByAStatusAndNeverStopTheChip', async () => {
    const card = issueCard({ active: {}, chip: {}, pace: { mapping: 'cam' } });
    const chip = new VirtualChip(card);
    const instructions = [0x22, 0x82, 0x84, 0x86, 0x88, 0xa4, 0xb0, 0xb1, 0xc0, 0xca];
    let seed = 12_345;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let i = 0; i < 20_000; i += 1) {
      const head = [[0x00, 0x0c, 0x10, 0x80, 0xff][next(5)]!, instructions[next(instructions.length)]!, next(256), next(256)];
      const apdu = Uint8Array.from([...head, ...Array.from({ length: next(40) }, () => next(256))]).subarray(0, next(44));
      expect((await chip.transmit(apdu)).length).toBeGreaterThanOrEqual(2);
    }
    chip.power();
    expect((await readCard(chip, { mrz: card.mrz.join('') })).ok).toBe(true);
  });
});
