import { concat } from '../../electron/card/bytes.ts';
import { hash } from '../../electron/card/ciphers.ts';
import { oidBytes, tlv } from '../../electron/card/tlv.ts';
import { makeAuthority, type Authority } from './authority.ts';
import { comOf, dg13Of, dg1Of, dg2Of, mrzInformationOf, mrzOf, qrOf } from './data-groups.ts';
import { CardProfile, type CardProfileInput } from './profile.ts';

/** A card as the issuer hands it out: files by identifier, and what opens it. */
export interface IssuedCard {
  profile: CardProfile;
  files: Map<number, Uint8Array>;
  cardAccess: Uint8Array | null;
  paceOid: string | null;
  can: string;
  mrz: string[];
  mrzInformation: string;
  qr: string;
  /** DER of the test CSCA above the card's signer. */
  csca: Uint8Array;
}

type GroupName = 'DG1' | 'DG2' | 'DG3' | 'DG13';
const ids: Record<GroupName | 'COM' | 'SOD', number> = { DG1: 0x0101, DG2: 0x0102, DG3: 0x0103, DG13: 0x010d, COM: 0x011e, SOD: 0x011d };
const comTags: Record<GroupName, number> = { DG1: 0x61, DG2: 0x75, DG3: 0x63, DG13: 0x6d };
const paceArc = { '3des': 1, 'aes-128': 2, 'aes-192': 3, 'aes-256': 4 };
const integer = (n: number): Uint8Array => tlv(0x02, Uint8Array.of(n));

/** Makes the invented card of a profile. `authority` lets several cards share one issuer. */
export function issueCard(input: CardProfileInput = {}, authority?: Authority): IssuedCard {
  const profile = CardProfile.parse(input);
  const { person, faults } = profile;
  const issuer = authority ?? makeAuthority(profile.signer);
  const groups: Record<GroupName, Uint8Array> = {
    DG1: dg1Of(person),
    DG2: dg2Of(profile.faceBytes),
    DG3: tlv(0x63, tlv(0x7f61, integer(0))),
    DG13: dg13Of(person, faults.dg13),
  };
  const names = Object.keys(groups) as GroupName[];
  const files = new Map<number, Uint8Array>(names.map((group) => [ids[group], groups[group]]));
  files.set(ids.COM, comOf(names.map((group) => comTags[group])));
  files.set(ids.SOD, sodOf(groups, faults, issuer));
  for (const gone of faults.missing) files.delete(ids[gone]);
  if (faults.cutFile && faults.cutFile in ids) {
    const id = ids[faults.cutFile as GroupName];
    files.set(id, files.get(id)!.slice(0, -10));
  }
  const paceOid = profile.pace ? `0.4.0.127.0.7.2.2.4.2.${paceArc[profile.pace.suite]}` : null;
  const cardAccess = profile.pace && paceOid && faults.cardAccess !== 'none'
    ? tlv(0x31, tlv(0x30, tlv(0x06, oidBytes(paceOid)), integer(2), integer(profile.pace.parameterId)))
    : null;
  return {
    profile, files, cardAccess, paceOid,
    can: profile.can ?? person.personalId.slice(-6),
    mrz: mrzOf(person),
    mrzInformation: mrzInformationOf(person),
    qr: qrOf(person),
    csca: issuer.csca,
  };
}

/** EF.SOD: 77 { CMS over LDSSecurityObject } (ICAO 9303-10 clause 4.6.2). */
function sodOf(groups: Record<GroupName, Uint8Array>, faults: CardProfile['faults'], issuer: Authority): Uint8Array {
  const entries = (Object.keys(groups) as GroupName[]).filter((group) => group !== faults.unsignedGroup).map((group) => {
    const digest = hash('sha256', groups[group]);
    if (group === faults.corruptHash) digest[0]! ^= 1;
    return tlv(0x30, integer(ids[group] & 0xff), tlv(0x04, digest));
  });
  const content = tlv(0x30,
    integer(0), tlv(0x30, tlv(0x06, oidBytes('2.16.840.1.101.3.4.2.1'))), tlv(0x30, ...entries));
  const cms = issuer.signSecurityObject(content);
  if (!faults.corruptSignature) return tlv(0x77, cms);
  // The signature stands at the very end of the CMS; its last byte is inside s, or inside the RSA block.
  const bent = concat(cms);
  bent[bent.length - 1]! ^= 1;
  return tlv(0x77, bent);
}
