import { ProblemError } from '../../shared/contracts/problems.ts';
import type { SuiteName } from './ciphers.ts';
import { standardCurves, type NamedCurve } from './curves.ts';
import { oidText, readTlv, readTlvs, smallInteger, type Tlv } from './tlv.ts';

/** One way of PACE that the card offers and that we can do. */
export interface PaceOffer {
  oid: string;
  suite: SuiteName;
  parameterId: number;
  curve: NamedCurve;
}

// id-PACE-ECDH-GM (ICAO 9303-11 clause 9.2.1): the last arc names the cipher. DH-GM (1), IM (3, 4) and CAM (6) are left
// out until a public transcript lets them be tested; a card that offers only those is opened by BAC.
const ecdhGenericMapping = '0.4.0.127.0.7.2.2.4.2';
const suiteByArc: Record<string, SuiteName> = { 1: '3des', 2: 'aes-128', 3: 'aes-192', 4: 'aes-256' };
const paceVersion = 2;

/** The SEQUENCEs of a SecurityInfos SET (EF.CardAccess, and DG14 inside its tag). @throws ProblemError `card-file-invalid` */
export function securityInfos(file: Uint8Array): { oid: string; rest: Tlv[] }[] {
  const set = readTlv(file);
  if (set.tag !== 0x31) throw new ProblemError('card-file-invalid', 'security infos');
  return readTlvs(set.value).flatMap((node) => {
    const [id, ...rest] = node.tag === 0x30 ? readTlvs(node.value) : [];
    return id?.tag === 0x06 ? [{ oid: oidText(id.value), rest }] : [];
  });
}

/** The PACE offers of EF.CardAccess that we know, strongest cipher first, in the card's order otherwise. */
export function paceOffers(cardAccess: Uint8Array): PaceOffer[] {
  const strength: SuiteName[] = ['aes-256', 'aes-192', 'aes-128', '3des'];
  const offers = securityInfos(cardAccess).flatMap(({ oid, rest }): PaceOffer[] => {
    const suite = oid.startsWith(`${ecdhGenericMapping}.`) ? suiteByArc[oid.slice(ecdhGenericMapping.length + 1)] : undefined;
    const [version, parameter] = rest;
    if (!suite || version?.tag !== 0x02 || smallInteger(version.value, 'pace version') !== paceVersion) return [];
    if (parameter?.tag !== 0x02) return [];
    const parameterId = smallInteger(parameter.value, 'pace parameter');
    const curve = standardCurves[parameterId];
    return curve ? [{ oid, suite, parameterId, curve }] : [];
  });
  return offers.toSorted((a, b) => strength.indexOf(a.suite) - strength.indexOf(b.suite));
}
