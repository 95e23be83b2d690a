import { ascii, concat } from '../../electron/card/bytes.ts';
import { hash } from '../../electron/card/ciphers.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import { makeAuthority, type Authority } from './authority.ts';
import { activeKey, agreementKey, type ActiveKey, type AgreementKey } from './chip-keys.ts';
import { comOf, dg11Of, dg12Of, dg13Of, dg1Of, dg2Of } from './data-groups.ts';
import { mrzInformationOf, mrzOf, qrOf } from './mrz-lines.ts';
import { CardProfile, Group, type CardProfileInput } from './profile.ts';
import { activeInfo, chipInfo, chipPublicKeyInfo, paceInfo, paceWays, securityInfoSet, type PaceWay } from './security-infos.ts';
import { hashOids } from './signing-key.ts';

/** A card as the issuer hands it out: files by identifier, the keys inside, and what opens it. */
export interface IssuedCard {
  profile: CardProfile;
  /** Files of the eMRTD application. */
  files: Map<number, Uint8Array>;
  cardAccess: Uint8Array | null;
  /** EF.CardSecurity under the master file: CMS, for chip authentication mapping. */
  cardSecurity: Uint8Array | null;
  paceWays: PaceWay[];
  can: string;
  mrz: string[];
  mrzInformation: string;
  /** Text of the printed QR; empty on a document that has none. */
  qr: string;
  /** The key that signs in active authentication. */
  active: ActiveKey | null;
  /** Keys of chip authentication by identifier. */
  chipKeys: ReadonlyMap<number | null, AgreementKey>;
  /** Private key of chip authentication mapping. */
  camSecret: bigint | null;
  /** DER of the test CSCA that readers are given, and its CRL. */
  csca: Uint8Array;
  crl: Uint8Array;
  /** DER of the document signer's certificate. */
  signer: Uint8Array;
}

const ids: Record<Group | 'COM' | 'SOD', number> = {
  DG1: 0x0101, DG2: 0x0102, DG3: 0x0103, DG11: 0x010b, DG12: 0x010c, DG13: 0x010d, DG14: 0x010e, DG15: 0x010f, COM: 0x011e, SOD: 0x011d,
};
const comTags: Record<Group, number> = { DG1: 0x61, DG2: 0x75, DG3: 0x63, DG11: 0x6b, DG12: 0x6c, DG13: 0x6d, DG14: 0x6e, DG15: 0x6f };
const ldsSecurityObject = '2.23.136.1.1.1';
const securityObject = '0.4.0.127.0.7.3.2.1';
const secondKeyId = 99;
const integer = (n: number): Uint8Array => tlv(0x02, Uint8Array.of(n));

/** Makes the invented card of a profile. `authority` lets several cards share one issuer. */
export function issueCard(input: CardProfileInput = {}, authority?: Authority): IssuedCard {
  const profile = CardProfile.parse(input);
  const { person, document, faults, pace } = profile;
  const issuer = authority ?? makeAuthority(profile.signer, profile.issuer, document?.code[0]);
  const mrz = mrzOf(profile);
  const groups = groupsOf(profile, mrz);
  const files = new Map(groups.map(([group, bytes]) => [ids[group], bytes]));
  files.set(ids.COM, comOf(groups.map(([group]) => comTags[group])));
  files.set(ids.SOD, sodOf(groups, profile, issuer));
  if (faults.clonedGroup) files.set(ids[faults.clonedGroup], keyGroup(faults.clonedGroup, profile, 'clone'));
  for (const gone of faults.missing) files.delete(ids[gone]);
  if (faults.cutFile) {
    const id = ids[faults.cutFile];
    const file = files.get(id);
    if (file) files.set(id, file.slice(0, -10));
  }
  const ways = paceWays(pace);
  const cam = pace?.mapping === 'cam' ? agreementKey(pace.parameterId, 'standardised', 'mapping') : null;
  return {
    profile, files, mrz,
    cardAccess: pace && faults.cardAccess !== 'none' ? securityInfoSet(ways.map((way) => paceInfo(way, pace.parameterId))) : null,
    cardSecurity: pace && cam
      ? issuer.sign(securityInfoSet([...ways.map((way) => paceInfo(way, pace.parameterId)), chipPublicKeyInfo(cam, null)]), securityObject)
      : null,
    paceWays: ways,
    can: profile.can ?? person.personalId.slice(-6),
    mrzInformation: mrzInformationOf(person, document),
    qr: document ? '' : qrOf(person, profile.qr),
    active: profile.active ? activeKey(profile.active, faults.activeOtherKey || faults.clonedGroup === 'DG15' ? 'clone' : 'card') : null,
    chipKeys: chipKeysOf(profile, faults.chipOtherKey || faults.clonedGroup === 'DG14' ? 'clone' : 'card'),
    camSecret: cam && pace ? (faults.camOtherKey ? agreementKey(pace.parameterId, 'standardised', 'other mapping') : cam).secret : null,
    csca: issuer.csca, crl: issuer.crl, signer: issuer.signer,
  };
}

function groupsOf(profile: CardProfile, mrz: readonly string[]): [Group, Uint8Array][] {
  const { person, document, faults, details, active, chip } = profile;
  const all: Record<Group, Uint8Array | null> = {
    DG1: dg1Of(mrz),
    DG2: dg2Of(profile),
    DG3: tlv(0x63, tlv(0x7f61, integer(0))),
    DG11: details ? dg11Of(profile) : null,
    DG12: details ? dg12Of(profile) : null,
    DG13: document ? null : dg13Of(person, faults.dg13),
    DG14: chip || active?.kind === 'ecdsa' ? keyGroup('DG14', profile, 'card') : null,
    DG15: active ? keyGroup('DG15', profile, 'card') : null,
  };
  return Group.options.flatMap((group) => {
    const bytes = all[group];
    return bytes ? [[group, bytes] as [Group, Uint8Array]] : [];
  });
}

function keyGroup(group: 'DG14' | 'DG15', profile: CardProfile, use: string): Uint8Array {
  const { active, chip } = profile;
  if (group === 'DG15') return tlv(0x6f, active ? activeKey(active, use).publicKeyInfo : new Uint8Array(0));
  return tlv(0x6e, securityInfoSet([
    ...(active?.kind === 'ecdsa' ? [activeInfo(active.hash)] : []),
    ...(chip?.info ? [chipInfo(chip)] : []),
    ...[...chipKeysOf(profile, use)].map(([keyId, key]) => chipPublicKeyInfo(key, keyId)),
  ]));
}

function chipKeysOf({ chip }: CardProfile, use: string): Map<number | null, AgreementKey> {
  if (!chip) return new Map();
  const own = agreementKey(chip.parameterId, chip.parameters, use);
  const keys = new Map<number | null, AgreementKey>([[chip.keyId, own]]);
  if (chip.secondKey) keys.set(secondKeyId, agreementKey(chip.parameterId, chip.parameters, `second ${use}`));
  return keys;
}

/** EF.SOD: 77 { CMS over LDSSecurityObject } (ICAO 9303-10 clause 4.6.2). */
function sodOf(groups: readonly [Group, Uint8Array][], { faults, issuer: { ldsHash, ldsVersion } }: CardProfile, issuer: Authority): Uint8Array {
  const unlisted = new Set<Group | null>([faults.unsignedGroup, faults.clonedGroupListed ? null : faults.clonedGroup]);
  const entries = groups.filter(([group]) => !unlisted.has(group)).map(([group, bytes]) => {
    const digest = hash(ldsHash, bytes);
    if (group === faults.corruptHash) digest[0]! ^= 1;
    return tlv(0x30, integer(ids[group] & 0xff), tlv(0x04, digest));
  });
  const version = ldsVersion === 1 ? [tlv(0x30, tlv(0x13, ascii('0107')), tlv(0x13, ascii('040000')))] : [];
  const content = tlv(0x30, integer(ldsVersion), tlv(0x30, tlv(0x06, oidBytes(hashOids[ldsHash]))), tlv(0x30, ...entries), ...version);
  const cms = issuer.sign(content, ldsSecurityObject);
  if (!faults.corruptSignature) return tlv(0x77, cms);
  // The signature stands at the very end of the CMS; its last byte is inside s, or inside the RSA block.
  const bent = concat(cms);
  bent[bent.length - 1]! ^= 1;
  return tlv(0x77, bent);
}
